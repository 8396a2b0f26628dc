"""A store that is filled while its statements are still being sorted."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from fundtrace.errors import SystemFailure
from fundtrace.graph import open_store
from fundtrace.release.loading import Loading


def _run(folder: Path, *numbers: int) -> Path:
    run = folder / f"run-{numbers[0]}"
    run.write_text("".join(f"{_line(number)}\n" for number in numbers), encoding="utf-8")
    return run


def _line(number: int) -> str:
    return f'<http://a/{number}> <http://b/> "第{number}" .'


def test_what_comes_in_pieces_is_whole_in_the_end(tmp_path: Path) -> None:
    """Each statement once, those that come twice too, and a file may go as soon as it was taken."""
    with Loading(tmp_path / "store") as loading:
        assert not loading.begun
        for numbers in ((1, 2), (2, 3), (4,), (1,)):
            run = _run(tmp_path, *numbers)
            loading.add(run)
            run.unlink()
        assert loading.begun
        loading.finish([_line(5)])
    store = open_store(tmp_path / "store")
    assert {quad.object for quad in store} == {ox.Literal(f"第{number}") for number in range(1, 6)}


def test_a_piece_that_cannot_be_loaded_is_told_at_the_end(tmp_path: Path) -> None:
    """Those who check lines say better what is wrong with one, so nothing is said before."""
    broken = tmp_path / "broken"
    broken.write_text("no statement\n", encoding="utf-8")
    with Loading(tmp_path / "store") as loading:
        for run in (broken, _run(tmp_path, 1), _run(tmp_path, 2)):
            loading.add(run)
        with pytest.raises(SystemFailure, match="cannot load the graph store") as caught:
            loading.finish([])
    assert caught.value.code == "store-load"
    assert caught.value.subject == str(tmp_path / "store")


def test_a_loading_that_is_given_up_lets_go_of_its_folder(tmp_path: Path) -> None:
    """What waits may stay unloaded, and the store can be opened by others."""
    with Loading(tmp_path / "store") as loading:
        loading.add(_run(tmp_path, *range(10_000)))
        loading.add(_run(tmp_path, 10_001))
    assert len(ox.Store(str(tmp_path / "store"))) in {0, 1, 10_000, 10_001}
