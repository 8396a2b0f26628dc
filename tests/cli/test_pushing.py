"""`fundtrace release push` as a person runs it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fundtrace.cli import main, pushing


def run(*args: str) -> Result:
    """Runs `fundtrace` in this process; errors of ours become exit codes, others are raised."""
    return CliRunner().invoke(main, ["release", "push", *args], catch_exceptions=False)


def test_a_release_is_pushed_and_pushing_again_sends_nothing(
    sample_data: Path, store_server: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command names the graph and what it sent, and tells how far it is on the way."""
    monkeypatch.setattr(pushing, "_TOLD_SECONDS", 0.0)
    address = store_server().address
    first = run("--store", address, "--data", str(sample_data))
    assert (first.exit_code, "/id/release/" in first.stdout) == (0, True)
    assert "statements loaded" in first.stderr
    monkeypatch.setenv("FUNDTRACE_STORE", address)
    assert "发送 sent 0" in run("--data", str(sample_data)).stdout


def test_a_push_without_a_store_says_what_to_give(sample_data: Path) -> None:
    """Exit code 2 and the flag."""
    result = run("--data", str(sample_data))
    assert (result.exit_code, "--store" in result.stderr) == (2, True)
