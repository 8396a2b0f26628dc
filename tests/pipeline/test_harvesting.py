"""Harvesting: many files, several processes, and one that kills its reader."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from fundtrace.engines import Local, processors
from fundtrace.pipeline.documents import Outcome, read_file
from fundtrace.pipeline.harvesting import harvest


class Killer:
    """A path that ends whatever process receives it."""

    def __reduce__(self) -> Any:
        return os._exit, (9,)


class Steps:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int, bool]] = []

    def __call__(self, done: int, total: int, *, failed: bool = False) -> None:
        """Takes note."""
        self.told.append((done, total, failed))


def harvested(work: list[Any], jobs: int, steps: Steps) -> list[Outcome]:
    """The outcomes in the order of the work."""
    found = dict(harvest(work, len(work), Local(jobs), steps, read_file))
    return [found[number] for number in range(len(work))]


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_path_has_an_outcome(folder: Path, jobs: int) -> None:
    """Whatever finishes first; refusals are outcomes too, and every file is one step."""
    steps = Steps()
    paths: list[Any] = [folder / "b.txt", folder / "empty.txt", folder / "a.txt"]
    first, second, third = harvested(paths, jobs, steps)
    assert [first.documents[0].source.file, third.documents[0].source.file] == ["b.txt", "a.txt"]
    assert (second.documents, second.code) == ((), "empty-file")
    assert [told[:2] for told in steps.told] == [(1, 3), (2, 3), (3, 3)]
    assert sum(told[2] for told in steps.told) == 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_kills_its_reader_is_set_aside(folder: Path, jobs: int) -> None:
    """The others that were in work with it are read again and come through."""
    steps = Steps()
    paths: list[Any] = [
        folder / "a.txt",
        Killer(),
        folder / "b.txt",
        folder / "more" / "c.txt",
        folder / "a.txt",
    ]
    outcomes = harvested(paths, jobs, steps)
    assert [outcome.code for outcome in outcomes] == ["", "reader-died", "", "", ""]
    assert all(outcome.documents for number, outcome in enumerate(outcomes) if number != 1)
    assert len(steps.told) == 5


def test_a_fault_of_a_reader_is_an_outcome() -> None:
    """An error that no reader should raise names its kind and stops nothing."""
    paths: list[Any] = [42]
    (outcome,) = harvested(paths, 1, Steps())
    assert outcome.code == "reader-failed"
    assert "AttributeError" in outcome.en


def test_nothing_to_harvest() -> None:
    """No path, no process."""
    assert harvested([], 2, Steps()) == []


def test_there_is_a_processor() -> None:
    """At least one."""
    assert processors() >= 1
