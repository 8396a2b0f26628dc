"""The dumps of a release: every serialisation, compressed, with checksums; equal releases give equal bytes."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from fundtrace.release.export import FORMATS, ExportFormat
from fundtrace.release.layout import STATEMENTS, sync
from fundtrace.release.opening import Release

FOLDER = "dumps"
SUMS = "SHA256SUMS"
_LEVEL = 2  # of zlib: a third larger than the usual 6, and made in a third of the time
_SAME_TEXT = frozenset({"ntriples", "nquads"})
"""What is the statement text as it is: all statements are in the default graph."""


@dataclass(frozen=True, slots=True)
class Dump:
    """One compressed file: its format, name, size in bytes and SHA-256 in hexadecimal."""

    form: ExportFormat
    file: str
    size: int
    sha256: str


def write_dumps(release: Release) -> None:
    """Makes the folder `dumps` of a release, unless it is there and holds what its checksums say.

    The folder appears in one step. Raises `SystemFailure` `corrupt-release`.
    """
    draft, folder = release.path / f"{FOLDER}.unfinished", release.path / FOLDER
    shutil.rmtree(draft, ignore_errors=True)
    if _holds(release):
        return
    draft.mkdir()
    for form in FORMATS.values():
        path = draft / file_name(release, form)
        if form.name in _SAME_TEXT:
            _link(release.path / STATEMENTS, path)
        else:
            with (
                path.open("wb") as target,
                gzip.GzipFile("", "wb", _LEVEL, target, mtime=0) as packed,
            ):
                form.write(release, cast(BinaryIO, packed))
    sums = "".join(f"{_sha256(path)}  {path.name}\n" for path in sorted(draft.iterdir()))
    (draft / SUMS).write_text(sums, encoding="ascii")
    for path in (*draft.iterdir(), draft):
        sync(path)
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)
    sync(release.path)


def dumps(release: Release) -> tuple[Dump, ...]:
    """The dumps of a release, as their checksums list them; none where they were not made."""
    listed = _sums(release)
    return tuple(
        Dump(form, name, (release.path / FOLDER / name).stat().st_size, listed[name])
        for form in FORMATS.values()
        if (name := file_name(release, form)) in listed
    )


def file_name(release: Release, form: ExportFormat) -> str:
    """The name of the dump in a format: `fundtrace-<version>.ttl.gz`."""
    return f"fundtrace-{release.version}{form.suffix}.gz"


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without links
        shutil.copyfile(source, target)


def _sums(release: Release) -> dict[str, str]:
    try:
        lines = (release.path / FOLDER / SUMS).read_text(encoding="ascii").splitlines()
    except (FileNotFoundError, UnicodeDecodeError):
        return {}
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def _holds(release: Release) -> bool:
    listed = _sums(release)
    folder = release.path / FOLDER
    return set(listed) == {file_name(release, form) for form in FORMATS.values()} and all(
        (folder / name).is_file() and _sha256(folder / name) == digest for name, digest in listed.items()
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
