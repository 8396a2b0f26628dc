"""The store on disk: loaded from text, opened read-only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fundtrace.errors import SystemFailure
from fundtrace.graph import Iris, load_store, open_store, statements


def test_a_store_holds_the_statements(make: Any, tmp_path: Path) -> None:
    """Every line becomes one quad of the default graph."""
    lines = sorted(set(statements([make.document()], Iris(make.base), make.namespace)))
    text = tmp_path / "statements.nt"
    text.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    load_store(text, tmp_path / "store")
    assert len(open_store(tmp_path / "store")) == len(lines)


def test_broken_text_is_refused(tmp_path: Path) -> None:
    """The error says where the text stops being N-Triples."""
    text = tmp_path / "statements.nt"
    text.write_text("<http://a/s> <http://a/p> .\n", encoding="utf-8")
    with pytest.raises(SystemFailure, match="store-load"):
        load_store(text, tmp_path / "store")


def test_a_folder_without_a_store_is_refused(tmp_path: Path) -> None:
    """Opening reads what is there and makes nothing."""
    with pytest.raises(OSError, match="No such"):
        open_store(tmp_path / "none")
    assert not (tmp_path / "none").exists()
