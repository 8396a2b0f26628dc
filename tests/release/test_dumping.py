"""Dumps: every serialisation with its checksum, the same bytes for the same release."""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from fundtrace.release import FORMATS, Account, Release, build_release, dumps, export, open_release

BASE = "http://localhost:8000/"
Lines = Callable[..., list[str]]


def _build(data: Path, lines: list[str], *, wanted: bool = True) -> Release:
    return build_release(data, lines, BASE, f"{BASE}ontology#", Account(), dumps=wanted).release


def test_each_format_is_dumped_with_its_checksum(tmp_path: Path, lines: Lines) -> None:
    """A dump unpacks to what `export` writes, and `SHA256SUMS` is what sha256sum checks."""
    release = _build(tmp_path, lines())
    made = dumps(release)
    assert [dump.form.name for dump in made] == list(FORMATS)
    for dump in made:
        packed = (release.path / "dumps" / dump.file).read_bytes()
        text = io.BytesIO()
        export(release, dump.form.name, text)
        assert gzip.decompress(packed) == text.getvalue()
        assert packed[4:8] == bytes(4)  # no time
        assert (len(packed), hashlib.sha256(packed).hexdigest()) == (dump.size, dump.sha256)
    sums = (release.path / "dumps" / "SHA256SUMS").read_text().splitlines()
    assert sums == sorted((f"{dump.sha256}  {dump.file}" for dump in made), key=lambda line: line[66:])


def test_equal_releases_have_equal_dumps(tmp_path: Path, lines: Lines) -> None:
    """Two folders hold the same bytes."""
    one, two = (_build(tmp_path / name, lines()) for name in ("a", "b"))
    assert [dump.sha256 for dump in dumps(one)] == [dump.sha256 for dump in dumps(two)]


def test_dumps_can_be_made_later(tmp_path: Path, lines: Lines) -> None:
    """A release without dumps says so; the next build of the same statements adds them, and without the wish they stay."""
    assert dumps(_build(tmp_path, lines(), wanted=False)) == ()
    assert len(dumps(_build(tmp_path, lines()))) == 5
    assert len(dumps(_build(tmp_path, lines(), wanted=False))) == 5


@pytest.mark.parametrize("name", ["SHA256SUMS", "ttl"])
def test_damaged_dumps_are_made_anew(tmp_path: Path, lines: Lines, name: str) -> None:
    """A file that is not what its checksum says is replaced by the next build."""
    release = _build(tmp_path, lines())
    before = dumps(release)
    file = name if name == "SHA256SUMS" else before[0].file
    (release.path / "dumps" / file).write_bytes(b"\xff")
    _build(tmp_path, lines())
    assert dumps(open_release(tmp_path)) == before
    assert (
        hashlib.sha256((release.path / "dumps" / before[0].file).read_bytes()).hexdigest() == before[0].sha256
    )


def test_a_file_system_without_links_gets_copies(
    tmp_path: Path, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The statement text is the dump in N-Triples, linked where that can be."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr("os.link", refuse)
    assert len(dumps(_build(tmp_path, lines()))) == 5
