"""What several rooms' tests stand on: the sample documents, and a release of them, built once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

import fundtrace
from fundtrace.pipeline import build
from fundtrace.release import Release, open_release
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
    return open_release(sample_data)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A headless Chromium that asks nobody anything by itself.

    It lives as long as one module: while it runs, the thread has an event loop, which other tests must not find.
    """
    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()
