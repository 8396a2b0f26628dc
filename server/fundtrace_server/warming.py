"""What pages count once for a release, counted when the release is opened, so that the first visitor does not wait for it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.errors import FundtraceError
from fundtrace.index import Index
from fundtrace.release import Release
from fundtrace_server.indexed import ask, prepared, table, value
from fundtrace_server.messages import LANGUAGES
from fundtrace_server.views.document import groups
from fundtrace_server.views.finding_list import FindingsWanted, view_findings
from fundtrace_server.views.gathering import documents_of
from fundtrace_server.views.home import view_home
from fundtrace_server.views.listing import listing
from fundtrace_server.views.members import COLUMNS, Of
from fundtrace_server.views.sources import view_sources
from fundtrace_server.views.wanted import Wanted

_log = logging.getLogger(__name__)

MOST: Final = 12
"""Documents, departments and regions of which the counts are made: those with the most projects, which take longest."""

SECONDS: Final = 10.0
"""After this it stops with what it has."""

_CLASSES: Final = ("FundingDocument", "Department", "Region")


def warm(release: Release) -> threading.Thread:
    """Begin in a thread of its own, which answers nobody and ends with the process."""
    thread = threading.Thread(target=_work, args=(release,), name="warming", daemon=True)
    thread.start()
    return thread


def _work(release: Release) -> None:
    until = time.monotonic() + SECONDS
    try:
        for _ in _counted(release):
            if time.monotonic() > until:
                return
    except FundtraceError as error:
        # Whoever asks for the page is told; nobody waits for this.
        _log.info("counting ahead has ended: %s", error)


def _counted(release: Release) -> Iterator[object]:
    """One thing after another, the pages that most people open first."""
    index = release.index
    for language in LANGUAGES:
        yield view_home(release, language)
    yield view_findings(index, FindingsWanted(), LANGUAGES[0])
    yield view_sources(release, LANGUAGES[0], 1)
    for class_name in _CLASSES:
        for n in _largest(index, class_name):
            yield _listed(index, class_name, n)


@prepared
def _projects(group: str) -> sa.Select[Any]:
    total = table(f"Total_{group}")
    of = total.c[group]
    several = sa.func.sum(total.c.projects)
    return (
        sa.select(of).where(of.is_not(None)).group_by(of).order_by(several.desc(), of).limit(value("limit"))
    )


def _largest(index: Index, class_name: str) -> list[int]:
    group = COLUMNS.get(class_name, "document")
    return [n for (n,) in ask(index, _projects(group), limit=MOST)]


def _listed(index: Index, class_name: str, n: int) -> object:
    """What the page of one counts, as it is first opened."""
    language = LANGUAGES[0]
    if class_name == "FundingDocument":
        found = groups(index, n)
        return found, listing(index, Of(class_name, n, "funds"), Wanted(), language)
    of = Of(class_name, n)
    return documents_of(index, of, language), listing(index, of, Wanted(), language)
