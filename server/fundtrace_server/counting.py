"""Where server processes share their counts. Loaded before the library that counts, which looks for the folder once."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

FOLDER_VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The environment variable that names the folder to prometheus_client."""


@contextmanager
def shared_counts() -> Iterator[None]:
    """A folder for the counts of the processes that are started within, removed behind them."""
    with tempfile.TemporaryDirectory(prefix="fundtrace-metrics-", ignore_cleanup_errors=True) as folder:
        os.environ[FOLDER_VARIABLE] = folder
        try:
            yield
        finally:
            del os.environ[FOLDER_VARIABLE]
