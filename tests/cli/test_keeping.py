"""The commands that look after releases."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fundtrace.cli import main


def run(*args: str) -> Result:
    """Runs `fundtrace` in this process; errors of ours become exit codes, others are raised."""
    return CliRunner().invoke(main, list(args), catch_exceptions=False)


@pytest.fixture(scope="module")
def built(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a release of one sample, and a newer one of two. Nothing may write to it."""
    folder, data = tmp_path_factory.mktemp("in"), tmp_path_factory.mktemp("kept") / "data"
    for time, name in (("1", "funing-2020.md"), ("2", "hezheng-2024.txt")):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", time)
            (folder / name).write_bytes((samples / name).read_bytes())
            assert run("build", str(folder), "--data", str(data), "--jobs", "1").exit_code == 0
    return data


@pytest.fixture
def two_releases(built: Path, tmp_path: Path) -> Path:
    """The same in a folder of its own."""
    return Path(shutil.copytree(built, tmp_path / "data"))


def versions(data: Path) -> list[str]:
    """Versions of the data folder, oldest first, the current one with `*`."""
    entries = json.loads(run("release", "list", "--json", "--data", str(data)).output)
    return [entry["version"] + ("*" if entry["current"] else "") for entry in entries]


def test_diff_tells_people_and_programs(two_releases: Path) -> None:
    """A sentence for people; an object for programs; `current` is a name too."""
    first, _ = versions(two_releases)
    text = run("release", "diff", first, "current", "--data", str(two_releases)).output
    assert "1 source document added" in text.lower()
    told = json.loads(run("release", "diff", first, "current", "--json", "--data", str(two_releases)).output)
    assert told["summary"]["added"]["SourceDocument"] == 1
    assert run("release", "diff", "previous", "current", "--data", str(two_releases)).output == text


def test_there_is_nothing_before_the_first_release(two_releases: Path) -> None:
    """`previous` of the oldest release is an error that says so."""
    run("release", "rollback", "--data", str(two_releases))
    result = run("release", "diff", "previous", "current", "--data", str(two_releases))
    assert (result.exit_code, "no-earlier-release" in result.stderr) == (4, True)


def test_diff_of_an_unknown_version_says_where_to_look(two_releases: Path) -> None:
    """Exit code 4 and the command that lists the versions."""
    result = run("release", "diff", "000000000000", "current", "--data", str(two_releases))
    assert (result.exit_code, "fundtrace release list" in result.stderr) == (4, True)


def test_rollback_and_forward(two_releases: Path) -> None:
    """Without a version the previous release becomes current; with one, that one."""
    old, current = versions(two_releases)
    assert run("release", "rollback", "--data", str(two_releases)).output.split()[-1] == old
    assert versions(two_releases) == [f"{old}*", current.rstrip("*")]
    run("release", "rollback", current.rstrip("*"), "--data", str(two_releases))
    assert versions(two_releases) == [old, current]


def test_prune_tells_first_when_asked(two_releases: Path) -> None:
    """`--dry-run` removes nothing; without it the old release goes, and the current one stays."""
    old, current = versions(two_releases)
    args = ("release", "prune", "--keep", "1", "--data", str(two_releases))
    assert f"would remove {old}" in run(*args, "--dry-run").output
    assert versions(two_releases) == [old, current]
    assert f"removed {old}" in run(*args).output
    assert versions(two_releases) == [current]
    assert "nothing to remove" in run(*args).stderr
