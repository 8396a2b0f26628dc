"""Progress is a bar on a terminal and plain lines in a log."""

from __future__ import annotations

import io

from rich.console import Console

from fundtrace.cli.progress import BuildProgress


def test_a_log_gets_plain_lines() -> None:
    """Without a terminal there are no control characters, and the last line says how many were read."""
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
