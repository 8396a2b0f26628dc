"""What is counted when a release is opened."""

from __future__ import annotations

import math
import threading

import pytest

from fundtrace.errors import SystemFailure
from fundtrace.release import Release
from fundtrace_server import warming
from fundtrace_server.views import cube
from fundtrace_server.views.members import Of
from fundtrace_server.warming import warm


@pytest.fixture(autouse=True)
def _nothing_else_is_counted() -> None:
    """Applications of other tests may have begun to count in this process, and go on after their end."""
    for thread in threading.enumerate():
        if thread.name == "warming":
            thread.join()


def test_the_counts_of_large_pages_are_there_before_anybody_asks(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of the most cited document finds its count made."""
    cube._counted.cache_clear()
    monkeypatch.setattr(warming, "SECONDS", math.inf)
    warm(release).join()
    made = cube._counted.cache_info()
    assert made.currsize > 0
    largest = warming._largest(release.index, "FundingDocument")[0]
    cube.cells(release.index, Of("FundingDocument", largest, "funds"))
    assert cube._counted.cache_info().misses == made.misses


def test_what_cannot_be_counted_ahead_harms_nobody(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends quietly, and it ends when its time is over."""

    def broken(*_: object) -> None:
        raise SystemFailure("corrupt-index", "坏了", "broken")

    monkeypatch.setattr(warming, "view_findings", broken)
    warm(release).join()
    seen: list[object] = []
    monkeypatch.setattr(warming, "view_home", lambda *told: seen.append(told))
    monkeypatch.setattr(warming, "SECONDS", -1.0)
    warm(release).join()
    assert len(seen) == 1
