"""A clock that jumps: what no calendar has is refused, and any day of it can be the date of a release."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fundtrace.cli.main import main
from fundtrace.release import current_version


def _fundtrace(data: Path, *arguments: str, epoch: str | None = None) -> Result:
    return CliRunner().invoke(main, [*arguments, "--data", str(data)], env={"SOURCE_DATE_EPOCH": epoch})


def test_a_time_that_no_calendar_has_is_refused(pair) -> None:
    """Exit code 2, one line, and nothing has changed."""
    for epoch in ("253402300800", "9" * 30, "9" * 5_000):
        done = _fundtrace(pair.data, "build", "--jobs", "1", str(pair.document), epoch=epoch)
        assert done.exit_code == 2
        assert "[setting-date]" in done.stderr
    assert current_version(pair.data) == pair.good


@pytest.mark.parametrize("date", ["0001-01-01", "9999-12-31T23:59:59"])
def test_the_date_of_a_release_may_be_any_of_the_calendar(own, date: str) -> None:
    """The first and the last day of the calendar make a release that can be read and listed."""
    shutil.rmtree(own.data / "releases" / own.other)
    built = _fundtrace(own.data, "build", "--jobs", "1", "--date", date, str(own.document))
    assert built.exit_code == 0, built.stderr
    assert date[:4] in _fundtrace(own.data, "release", "list").stdout
