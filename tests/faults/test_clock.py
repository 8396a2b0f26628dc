"""A clock that jumps: releases follow one another as they were built, not as their times say."""

from __future__ import annotations

import os
import shutil
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fundtrace.cli.main import main
from fundtrace.release import current_version

LATE, EARLY = "253402300799", "0"
"""The last second of the year 9999, and the first of 1970."""


def _fundtrace(data: Path, *arguments: str, epoch: str | None = None) -> Result:
    return CliRunner().invoke(main, [*arguments, "--data", str(data)], env={"SOURCE_DATE_EPOCH": epoch})


def test_a_time_that_no_calendar_has_is_refused(pair) -> None:
    """Exit code 2, one line, and nothing has changed."""
    for epoch in ("253402300800", "9" * 30, "9" * 5_000):
        done = _fundtrace(pair.data, "build", "--jobs", "1", str(pair.document), epoch=epoch)
        assert done.exit_code == 2
        assert "[setting-date]" in done.stderr
    assert current_version(pair.data) == pair.good


def test_releases_follow_the_order_of_their_builds(own, serve, samples: Path) -> None:
    """A release of the year 9999, then one of 1970: each is taken up at once, and the way back leads where it should."""
    server = serve(own.data)
    versions = [own.good]
    for name, epoch in (("funing-2020.md", LATE), ("hezheng-2024.txt", EARLY)):
        built = _fundtrace(own.data, "build", "--jobs", "1", str(samples / name), epoch=epoch)
        assert built.exit_code == 0, built.stderr
        versions.append(str(current_version(own.data)))
        # The time of the file says nothing either.
        os.utime(own.data / "current", (0, 0) if epoch == EARLY else (int(LATE), 0))
        page = server.client.get("/")
        assert page.status_code == 200
        assert page.headers["x-release"] == versions[-1]
        year = parsedate_to_datetime(server.client.get("/catalog").headers["last-modified"]).year
        assert year == (1970 if epoch == EARLY else 9999)
    assert len(set(versions)) == 3
    listed = _fundtrace(own.data, "release", "list")
    assert listed.exit_code == 0
    assert all(version in listed.stdout for version in versions)
    assert _fundtrace(own.data, "release", "rollback").exit_code == 0
    assert current_version(own.data) == versions[1]
    assert server.client.get("/readyz").json() == {"release": versions[1]}
    assert _fundtrace(own.data, "release", "rollback").exit_code == 0
    assert server.release() == own.good


@pytest.mark.parametrize("date", ["0001-01-01", "9999-12-31T23:59:59"])
def test_the_date_of_a_release_may_be_any_of_the_calendar(own, date: str) -> None:
    """The first and the last day of the calendar make a release that can be read and listed."""
    shutil.rmtree(own.data / "releases" / own.other)
    built = _fundtrace(own.data, "build", "--jobs", "1", "--date", date, str(own.document))
    assert built.exit_code == 0, built.stderr
    assert date[:4] in _fundtrace(own.data, "release", "list").stdout
