"""Progress is a bar on a terminal and plain lines in a log."""

from __future__ import annotations

import io
import json
import math
import re
from pathlib import Path

import pytest
from rich.console import Console

from fundtrace.cli.progress import BuildProgress, event_log
from fundtrace.errors import UsageError


def test_a_log_gets_plain_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal there are no control characters, and the last line says how many were read."""
    monkeypatch.setattr("fundtrace.cli.progress.PLAIN_SECONDS", math.inf)
    log = io.StringIO()
    with BuildProgress(Console(file=log)) as progress:
        progress.step(1, 2)
        progress.step(2, 2, failed=True)
    assert log.getvalue() == "读取 read 2/2 失败 failed 1\n"


def test_a_terminal_gets_a_bar() -> None:
    """On a terminal the bar is drawn and taken away again."""
    screen = io.StringIO()
    with BuildProgress(Console(file=screen, force_terminal=True, width=80)) as progress:
        progress.step(1, 2, failed=True)
        progress.step(2, 2)
    assert "reading" in screen.getvalue()


def test_events_are_json_lines(tmp_path: Path) -> None:
    """Each has its time, the word and what it is about; a file that cannot be written is named."""
    with event_log(tmp_path / "log") as log:
        log("read", {"file": "甲.txt", "code": None})
    (event,) = map(json.loads, (tmp_path / "log").read_text(encoding="utf-8").splitlines())
    assert (event["event"], event["file"], event["code"]) == ("read", "甲.txt", None)
    assert event["time"].endswith("+00:00")
    with event_log(None) as log:
        log("read", {})
    with pytest.raises(UsageError, match="cannot be written"), event_log(tmp_path):
        pass


def test_a_slow_log_says_how_much_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rate and seconds left, every few seconds."""
    monkeypatch.setattr("fundtrace.cli.progress.PLAIN_SECONDS", 0.0)
    log = io.StringIO()
    with BuildProgress(Console(file=log, width=200)) as progress:
        progress.step(1, 2)
    assert re.fullmatch(r"读取 read 1/2 [\d.]+/s 剩余 left \d+ s\n", log.getvalue())
