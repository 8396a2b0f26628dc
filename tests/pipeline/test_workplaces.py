"""Workplaces: where files are read does not show in the release, and a place that will not do is refused with a reason."""

from __future__ import annotations

import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from distributed import LocalCluster

from fundtrace.cli import main
from fundtrace.engines import Bounds, Engine, Failed, Local, cluster, opened
from fundtrace.errors import FundtraceError, SystemFailure, UsageError
from fundtrace.pipeline import workplace
from fundtrace.pipeline.collecting import collect
from fundtrace.pipeline.documents import Outcome
from fundtrace.pipeline.errands import Errand
from fundtrace.pipeline.remembering import Memory
from fundtrace.pipeline.reviewed import NOTHING
from fundtrace.pipeline.sharing import Parcel, SharedFolders, SharedStorage, fetch_parcel, fetch_seen
from fundtrace.pipeline.walking import walk
from fundtrace.pipeline.workplaces import software, surroundings
from fundtrace.settings import Settings


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """A Dask cluster with one worker thread in this process."""
    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0", protocol="tcp"
    ) as made:
        yield made.scheduler_address


def outcomes(engine: Engine, function: Callable[[Any], Any], *work: object) -> list[Any]:
    """What the function made of each piece of work, in order."""
    return [found for _, found in sorted(engine.run(function, work), key=lambda pair: pair[0])]


def test_an_engine_outlives_what_it_runs(scheduler: str) -> None:
    """Errors, deaths, endless work and too much memory are failures, the same on both engines, and the next piece is run."""
    short, small = Bounds(seconds=0.5), Bounds(memory=1 << 28)
    with opened("dask", 1, scheduler, software, short) as dask:
        for engine in (Local(1, short), dask):
            assert outcomes(engine, time.sleep, 600) == [Failed()]
    with opened("dask", 1, scheduler, software, small) as dask:
        for engine in (Local(1, small), dask):
            assert outcomes(engine, bytearray, 1 << 30, 1) == [Failed("MemoryError"), bytearray(1)]
        assert outcomes(dask, int, "1", "one", "2") == [1, Failed("ValueError"), 2]
        assert outcomes(dask, os._exit, 3) == [Failed()]
        assert outcomes(dask, int) == []


def test_a_cluster_gives_the_records_of_this_machine(folder: Path, tmp_path: Path, scheduler: str) -> None:
    """By shared folders and by shared storage: the same bytes, the same files set aside, and nothing left behind."""
    shared = tmp_path / "shared"
    ways = {"here": (), "folders": ("dask", scheduler), "storage": ("dask", scheduler, shared.as_uri())}
    found = []
    for name, way in ways.items():
        settings = Settings(data=str(tmp_path / name), jobs=1)
        with workplace(settings, *way) as place:
            files = [(path, path.name) for path in sorted(walk([folder], settings.data_path).files)]
            read = collect(files, settings.data_path, place.engine, _silent, _unlogged, way=place.way)
        assert not list(settings.data_path.glob(".workplace-*"))
        found.append((read.refused, read.files, _kept(settings.data_path)))
    assert found[0] == found[1] == found[2]
    assert (len(found[0][0]), found[0][1]) == (1, 3)
    assert not _kept(shared)


def _silent(done: int, total: int, *, failed: bool = False) -> None:
    """Says nothing."""


def _unlogged(event: str, about: object) -> None:
    """Writes nothing."""


def _kept(folder: Path) -> set[tuple[str, bytes]]:
    """The records of a data folder, or whatever lies in another one."""
    root = folder / "records" if (folder / "records").is_dir() else folder
    return {(str(path.relative_to(root)), path.read_bytes()) for path in root.rglob("*") if path.is_file()}


def test_what_makes_a_place_useless_is_told(
    scheduler: str, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No scheduler, no worker, another software, storage that is none: each has its code, and no build begins."""

    def code(*options: str) -> str:
        with pytest.raises(FundtraceError) as raised, workplace(settings, "dask", *options):
            raise AssertionError("opened")
        return raised.value.code

    with monkeypatch.context() as impatient:
        impatient.setattr(cluster, "CONNECT_SECONDS", 0.3)
        assert code("tcp://127.0.0.1:9") == code("nonsense://x") == "engine-scheduler"
    assert code(scheduler, "nonsense://bucket") == "shared-storage"
    (tmp_path / "file").touch()
    assert code(scheduler, f"{tmp_path.as_uri()}/file/x") == "shared-storage"
    with pytest.raises(UsageError, match="engine-unlike"), opened("dask", 1, scheduler, secrets.token_hex):
        raise AssertionError("opened")
    likeness = tmp_path / "likeness"
    likeness.write_text("first", encoding="utf-8")
    with opened("dask", 1, scheduler, partial(Path.read_text, likeness)) as engine:
        likeness.write_text("a worker that came later", encoding="utf-8")
        with pytest.raises(UsageError, match="came later"):
            outcomes(engine, int, "1")
    monkeypatch.setattr(cluster, "WORKERS_SECONDS", 0.3)
    with LocalCluster(n_workers=0, processes=False, dashboard_address="127.0.0.1:0", protocol="tcp") as empty:
        assert code(empty.scheduler_address) == "engine-workers"
    monkeypatch.delitem(sys.modules, "fundtrace.engines.cluster")
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert code(scheduler) == "engine-missing"


def test_a_folder_that_is_not_shared_is_found_out(folder: Path, tmp_path: Path) -> None:
    """The data folder by its sign, a document by its hash; neither is taken for a file that cannot be read."""
    sign = tmp_path / "sign"
    assert surroundings(sign) == f"{software()}, data folder not seen ({tmp_path})"
    sign.touch()
    assert surroundings(sign) == f"{software()}, data folder seen"
    errand = Errand(folder / "a.txt", "0" * 64, Memory(tmp_path), NOTHING)
    way = SharedFolders(tmp_path)
    with pytest.raises(SystemFailure, match="file-unseen"):
        way.unpack(errand, fetch_seen(way.pack(errand)))


def test_shared_storage_that_fails_stops_the_build(folder: Path, tmp_path: Path) -> None:
    """It never makes a document unreadable; records that did not arrive are read here, and an unreadable file is left to its reader."""
    memory, path = Memory(tmp_path / "data"), folder / "a.txt"
    errand = Errand(path, memory.key(path), memory, NOTHING)
    (tmp_path / "file").touch()
    broken, way = SharedStorage(f"{tmp_path}/file/x"), SharedStorage(f"{tmp_path}/shared")
    with pytest.raises(SystemFailure, match="shared-storage"):
        broken.pack(errand)
    gone = fetch_parcel(Parcel(f"{tmp_path}/shared/none", "a.txt", "0" * 64, NOTHING))
    with pytest.raises(SystemFailure, match="shared-storage"):
        way.unpack(errand, gone)
    way.unpack(errand, Outcome())
    assert memory.holds(errand.key)
    absent = Errand(folder / "none.txt", None, memory, NOTHING)
    outcome = way.read(way.pack(absent))
    way.unpack(absent, outcome)
    assert outcome.code == "unreadable-file"


def test_flags_of_a_cluster_are_for_a_cluster(folder: Path, tmp_path: Path) -> None:
    """`--scheduler` without `--engine dask` is wrong usage."""
    args = ["build", str(folder), "--data", str(tmp_path / "data"), "--scheduler", "tcp://127.0.0.1:9"]
    result = CliRunner().invoke(main, args)
    assert (result.exit_code, "[option-engine]" in result.stderr) == (2, True)
