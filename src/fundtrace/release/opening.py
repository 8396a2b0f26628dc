"""Releases as they are opened: read-only, and once per process."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph as ox
from pydantic import ValidationError

from fundtrace.errors import SystemFailure
from fundtrace.graph import open_store
from fundtrace.index import Index, open_index
from fundtrace.release.info import ReleaseInfo
from fundtrace.release.layout import INFO, STATEMENTS, STORE, Layout

_BLOCK = 1 << 18
_VERSION = re.compile(r"[0-9a-f]{12}\Z")


@dataclass(frozen=True, slots=True)
class Release:
    """A finished release: its folder, and what `release.json` says of it."""

    version: str
    path: Path
    base: str
    namespace: str
    info: ReleaseInfo

    @property
    def store(self) -> ox.Store:
        """The graph, read-only; opened once per process. Raises `SystemFailure` `corrupt-release`."""
        return _store(self.path)

    @property
    def index(self) -> Index:
        """The entity index, read-only; opened once per process.

        Raises `SystemFailure`: `no-index`, `corrupt-index` or `foreign-index` (one that another version made).
        """
        return _index(self.path)

    @property
    def source_hashes(self) -> dict[str, str]:
        """SHA-256 of the files, by the IRI of their source document."""
        return {source.iri: source.sha256 for source in self.info.sources}

    @contextmanager
    def text(self) -> Iterator[BinaryIO]:
        """The sorted statements as a stream of bytes.

        What goes wrong while they are read, a broken checksum as well as broken syntax, becomes `SystemFailure`
        `corrupt-release`.
        """
        try:
            with gzip.open(self.path / STATEMENTS, "rb") as file:
                yield cast(BinaryIO, file)
        except (
            FileNotFoundError,
            gzip.BadGzipFile,
            EOFError,
            zlib.error,
            UnicodeDecodeError,
            SyntaxError,
        ) as error:
            raise _corrupt(self.path, str(error)) from error

    def statements(self) -> Iterator[str]:
        """The sorted statements, N-Triples lines with their line ends. Raises as `text` does."""
        with self.text() as file:
            # GzipFile gives lines by Python code, and any reader around it asks it at each line whether it is closed.
            rest = b""
            while block := file.read(_BLOCK):
                whole, end, rest = (rest + block).rpartition(b"\n")
                yield from io.StringIO((whole + end).decode(), newline="\n")
            if rest:
                yield rest.decode()

    def is_intact(self) -> bool:
        """Reads the whole release: whether its statements have their checksum and its store their number."""
        digest = hashlib.sha256()
        try:
            with self.text() as file:
                while block := file.read(1 << 20):
                    digest.update(block)
            # A store of its own: a damaged one must not stay open for the release that replaces it.
            store = open_store(self.path / STORE)
            return digest.hexdigest() == self.info.statements_sha256 and len(store) == self.info.statements
        except (SystemFailure, OSError):
            return False


def current_version(data: Path) -> str | None:
    """The version that is current in a data folder, None if there is none.

    Raises `SystemFailure` `corrupt-release` if the file `current` names no version.
    """
    layout = Layout(data)
    try:
        text = layout.current.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise _corrupt(layout.current, str(error)) from error
    if not _VERSION.match(text):
        raise _corrupt(layout.current, repr(text[:40]))
    return text


def open_release(data: Path, version: str | None = None) -> Release:
    """A release of a data folder, the current one when no version is named.

    Raises `SystemFailure` `no-release` when there is none, `corrupt-release` when it cannot be used.
    """
    wanted = version or current_version(data)
    if wanted is None:
        raise SystemFailure(
            "no-release",
            "这个数据文件夹里还没有版本；先运行 fundtrace build 文件夹",
            "there is no release in this data folder yet; run: fundtrace build FOLDER",
            subject=str(data),
        )
    folder = Layout(data).release(wanted)
    if version is not None and not (_VERSION.match(version) and folder.is_dir()):
        raise SystemFailure(
            "no-release",
            f"没有版本 {version}；fundtrace release list 列出已有的版本",
            f"there is no release {version}; see: fundtrace release list",
            subject=str(data),
        )
    release = _open(folder)
    _ = release.store
    return release


def list_releases(data: Path) -> tuple[ReleaseInfo, ...]:
    """What the finished releases of a data folder say of themselves, oldest first; damaged ones are left out."""
    found = []
    for folder in Layout(data).releases.glob("[0-9a-f]*"):
        try:
            found.append(_open(folder).info)
        except SystemFailure:
            continue
    return tuple(sorted(found, key=lambda info: (info.created, info.version)))


def find_intact(data: Path, version: str) -> Release | None:
    """The release of this version, if it is there and complete to the last byte."""
    try:
        release = _open(Layout(data).release(version))
    except SystemFailure:
        return None
    return release if release.is_intact() else None


def forget_stores() -> None:
    """Closes what this process keeps open, as far as nothing else uses it: the folder of a version was replaced."""
    _store.cache_clear()
    _index.cache_clear()


def _open(folder: Path) -> Release:
    try:
        info = ReleaseInfo.model_validate_json((folder / INFO).read_bytes())
    except (OSError, ValidationError) as error:
        raise _corrupt(folder, str(error).splitlines()[0]) from error
    if info.version != folder.name:
        raise _corrupt(folder, f"{INFO}: {info.version}")
    return Release(info.version, folder, info.base, info.namespace, info)


@lru_cache(maxsize=3)
def _store(folder: Path) -> ox.Store:
    try:
        return open_store(folder / STORE)
    except OSError as error:
        raise _corrupt(folder, str(error)) from error


@lru_cache(maxsize=3)
def _index(folder: Path) -> Index:
    return open_index(folder)


def _corrupt(path: Path, detail: str) -> SystemFailure:
    return SystemFailure(
        "corrupt-release",
        f"版本已损坏（{detail}）；重新运行 fundtrace build，它会重建这个版本",
        f"the release is damaged ({detail}); run fundtrace build again, which makes it anew",
        subject=str(path),
    )
