"""What is counted when a release is opened."""

from __future__ import annotations

import pytest

from fundtrace.errors import SystemFailure
from fundtrace.release import Release
from fundtrace_server import warming
from fundtrace_server.views import cube
from fundtrace_server.views.members import Of
from fundtrace_server.warming import warm


def test_the_counts_of_large_pages_are_there_before_anybody_asks(release: Release) -> None:
    """A page of the most cited document finds its count made."""
    cube._counted.cache_clear()
    warm(release).join(30)
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
    warm(release).join(30)
    seen: list[object] = []
    monkeypatch.setattr(warming, "view_home", lambda *told: seen.append(told))
    monkeypatch.setattr(warming, "SECONDS", -1.0)
    warm(release).join(30)
    assert len(seen) == 1
