"""What the processes load before they can answer."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("module", "left_out"),
    [
        ("fundtrace.query.zygote", {"pyoxigraph", "pydantic", "fundtrace.citations", "importlib.metadata"}),
        ("fundtrace.query.forking", {"asyncio", "pydantic", "sqlalchemy", "importlib.metadata"}),
        ("fundtrace_server.serving", {"openpyxl", "numpy", "rdflib", "markdown_it"}),
    ],
)
def test_what_few_ask_for_is_not_loaded_at_the_start(module: str, left_out: set[str]) -> None:
    """A server and the process of its workers load no library that the first answer does not need."""
    code = f"import sys, {module}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not left_out & set(loaded.stdout.split())
