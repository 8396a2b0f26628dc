"""Sorting by runs on disk."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fundtrace.release.sorting import sorted_lines

_LINE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), max_size=5)


@given(lines=st.lists(_LINE, max_size=40), run=st.integers(1, 9), fan_in=st.integers(2, 4))
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_runs_of_any_size_give_the_same_order(
    tmp_path: Path, lines: list[str], run: int, fan_in: int
) -> None:
    """Sorted by bytes, each once, whatever fits into memory and however many runs are merged; each run is told of, and no file is left."""
    written: list[str] = []

    def read(file: Path) -> None:
        written.extend(file.read_text(encoding="utf-8").split("\n")[:-1])

    found = list(sorted_lines(lines, tmp_path, run, fan_in, read))
    assert found == sorted(set(lines), key=lambda line: line.encode())
    assert set(written) == (set(lines) if len(lines) >= run else set())
    assert list(tmp_path.iterdir()) == []
