"""What several rooms' tests stand on: the sample documents, and a release of them, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

import fundtrace
from fundtrace.pipeline import build
from fundtrace.release import Release
from fundtrace.settings import Settings


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of the sample documents."""
    return Path(fundtrace.__file__).parent / "samples" / "documents"


@pytest.fixture(scope="session")
def sample_data(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one release of the samples. Nothing may write to it."""
    data = tmp_path_factory.mktemp("sample-data")
    build([samples], Settings(data=str(data), jobs=1))
    return data


@pytest.fixture(scope="session")
def sample_release(sample_data: Path) -> Release:
    """The release of the samples."""
    from fundtrace.release import open_release

    return open_release(sample_data)
