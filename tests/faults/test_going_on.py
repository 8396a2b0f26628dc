"""A server goes on answering from the last good release, whatever happens to the data folder while it does."""

from __future__ import annotations

import json
import os
import shutil
import threading
from email.utils import parsedate_to_datetime
from pathlib import Path

from click.testing import CliRunner, Result

from fundtrace.cli.main import main
from fundtrace.release import current_version, open_release

LATE, EARLY = "253402300799", "0"
"""The last second of the year 9999, and the first of 1970."""
LIMITS = {0: "data-folder", 2_000: "data-folder", 1_000_000: "index-build"}
"""Bytes that a file may have, and what a build of the smaller sample says then."""


def _fundtrace(data: Path, *arguments: str, epoch: str | None = None) -> Result:
    return CliRunner().invoke(main, [*arguments, "--data", str(data)], env={"SOURCE_DATE_EPOCH": epoch})


def test_a_build_on_a_full_disk_changes_nothing(folder, server, builds: str, python, tmp_path: Path) -> None:
    """Wherever it stops, the code is 4, the message says what to do, the release before is whole and served."""
    other = folder.data / "releases" / folder.other
    other.rename(tmp_path / "other")
    limits = json.dumps(list(LIMITS))
    done = python(builds, limits, "build", "--jobs", "1", "--data", str(folder.data), str(folder.document))
    assert done.stdout.split("\n")[:-1] == [f"{limit} 4" for limit in LIMITS], done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("fundtrace: ")]
    assert [line.rpartition("[")[2].rstrip("]") for line in lines] == list(LIMITS.values())
    assert all("space" in line and "run" in line for line in lines)
    assert "Traceback" not in done.stderr
    assert current_version(folder.data) == folder.good
    assert open_release(folder.data).is_intact()
    assert [path.name for path in (folder.data / "releases").iterdir()] == [folder.good]
    assert server.release() == folder.good
    shutil.move(tmp_path / "other", other)


def test_no_damaged_release_is_taken_up(folder, server, damage, tmp_path: Path) -> None:
    """Whatever part is cut or overwritten, every face answers from the last good release, and the log says what to do."""
    release = folder.data / "releases" / folder.other
    whole = tmp_path / "whole"
    shutil.copytree(release, whole)
    for number, (pattern, spoil) in enumerate(damage.values(), 1):
        for path in release.glob(pattern):
            path.write_bytes(spoil(path.read_bytes()))
        folder.switch(folder.other)
        refusals = server.told("not taken up", number)
        assert server.release() == folder.good
        shutil.rmtree(release)
        shutil.copytree(whole, release)
    assert all("run fundtrace build again" in line for line in refusals)
    # What was refused damaged is opened anew once it is whole.
    folder.switch(folder.other)
    server.comes_to(folder.other)
    folder.switch(folder.good)
    server.comes_to(folder.good)


def test_releases_follow_the_order_of_their_builds(folder, server, samples: Path) -> None:
    """A release of the year 9999, then one of 1970: each is taken up; the way back leads where it should, and no request fails."""
    versions, ended, answers = [folder.good], threading.Event(), set()

    def ask_on() -> None:
        while not ended.is_set():
            for path in ("/", "/readyz", "/graphql?query={release{version}}"):
                answer = server.client.get(path)
                answers.add((answer.status_code, answer.headers.get("x-release")))

    asking = threading.Thread(target=ask_on)
    asking.start()
    try:
        for name, epoch in (("funing-2020.md", LATE), ("hezheng-2024.txt", EARLY)):
            built = _fundtrace(folder.data, "build", "--jobs", "1", str(samples / name), epoch=epoch)
            assert built.exit_code == 0, built.stderr
            versions.append(str(current_version(folder.data)))
            # The time of the file says nothing either.
            os.utime(folder.data / "current", (0, 0) if epoch == EARLY else (int(LATE), 0))
            server.comes_to(versions[-1])
            year = parsedate_to_datetime(server.client.get("/catalog").headers["last-modified"]).year
            assert year == (1970 if epoch == EARLY else 9999)
        assert len(set(versions)) == 3
        listed = _fundtrace(folder.data, "release", "list")
        assert listed.exit_code == 0
        assert all(version in listed.stdout for version in versions)
        for version in (versions[1], folder.good):
            assert _fundtrace(folder.data, "release", "rollback").exit_code == 0
            assert current_version(folder.data) == version
            server.comes_to(version)
    finally:
        ended.set()
        asking.join()
    assert server.release() == folder.good
    assert answers == {(200, version) for version in versions}
