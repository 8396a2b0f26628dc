"""Records kept from build to build, so that a file that has not changed is not read again.

An entry is found by the hash of the file's bytes and its name (which decides its format), in a folder that is named after
all that turns bytes into records: our code, the data it goes by, and the libraries that open files. It holds the outlines of
the documents before their records, packed by themselves, because a build wants those of all documents before it wants any record.
"""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
import shutil
import zlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

import fundtrace
from fundtrace.graph import Outline, outline
from fundtrace.pipeline.documents import Outcome
from fundtrace.pipeline.reviewed import NOTHING, Reviewed, digest_of
from fundtrace.resources import folder

_ROOMS = (
    "citations",
    "reading",
    "recognising",
    "records",
    *(f"graph/{name}.py" for name in ("fingerprints", "iris", "keys", "outlines", "sourcing")),
    "pipeline/correcting.py",
    "pipeline/documents.py",
)
_LIBRARIES = ("lxml", "olefile", "opencc", "openpyxl", "pypdfium2", "xlrd")
_OUTCOME = TypeAdapter(Outcome)
_OUTLINES = TypeAdapter(tuple[Outline, ...])

logger = logging.getLogger(__name__)


class Memory:
    """The records of a data folder, and the refusals. It may be used by several processes at once."""

    def __init__(self, data: Path) -> None:
        self._records = data / "records"
        self._folder = self._records / stamp()

    def key(self, path: Path, reviewed: Reviewed = NOTHING) -> str | None:
        """What the entry of a file is called, which depends on its corrections too; None for one that cannot be opened."""
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256")
        except OSError:
            return None
        corrections = reviewed.corrections_of(digest.hexdigest())
        digest.update(b"\0" + os.fsencode(path.name) + digest_of(corrections).encode())
        return digest.hexdigest()

    def holds(self, key: str | None) -> bool:
        """Whether records are remembered under a key, whole."""
        return key is not None and _packed(self._entry(key)) is not None

    def refusal(self, key: str | None) -> Outcome | None:
        """The refusal that is remembered under a key."""
        return self._outcome(self._refused(key)) if key is not None else None

    def recall(self, key: str | None) -> Outcome | None:
        """The records that are remembered under a key. An entry that is damaged is as good as none."""
        return self._outcome(self._entry(key)) if key is not None else None

    def outlines(self, key: str | None) -> tuple[Outline, ...] | None:
        """The outlines of the documents that are remembered under a key."""
        packed = _packed(self._entry(key)) if key is not None else None
        try:
            return None if packed is None else _OUTLINES.validate_json(_unpacked(packed)[0])
        except (zlib.error, ValidationError):
            return None

    def keep(self, key: str | None, path: Path, outcome: Outcome, reviewed: Reviewed = NOTHING) -> None:
        """Remembers what became of a file, unless it changed while it was read.

        What cannot be written is not remembered, which costs time and nothing else.
        """
        if key is None or self.key(path, reviewed) != key:
            return
        outlines = _OUTLINES.dump_json(tuple(map(outline, outcome.documents)))
        packed = zlib.compress(outlines, 1) + zlib.compress(_OUTCOME.dump_json(outcome), 1)
        entry = self._refused(key) if outcome.code else self._entry(key)
        draft = entry.with_name(f"{entry.name}-{secrets.token_hex(4)}")
        try:
            entry.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(hashlib.sha256(packed).hexdigest().encode() + b"\n" + packed)
            draft.replace(entry)
            if not outcome.code:
                self._refused(key).unlink(missing_ok=True)
        except OSError as error:
            logger.warning("records are not kept: %s", error)

    def places(self, key: str) -> dict[str, Path]:
        """Where what is remembered under a key is kept: its `records`, or its `refusal`."""
        return {"records": self._entry(key), "refusal": self._refused(key)}

    def forget_others(self) -> None:
        """Removes what other software remembered."""
        if self._folder.is_dir():
            for other in self._records.iterdir():
                if other.name != self._folder.name:
                    shutil.rmtree(other, ignore_errors=True)

    def _outcome(self, entry: Path) -> Outcome | None:
        packed = _packed(entry)
        try:
            return None if packed is None else _OUTCOME.validate_json(zlib.decompress(_unpacked(packed)[1]))
        except (zlib.error, ValidationError):
            return None

    def _entry(self, key: str) -> Path:
        return self._folder / key[:2] / key

    def _refused(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.refused"


def _packed(entry: Path) -> bytes | None:
    """The content of an entry, if it has its checksum."""
    try:
        checksum, _, packed = entry.read_bytes().partition(b"\n")
    except OSError:
        return None
    return packed if hashlib.sha256(packed).hexdigest().encode() == checksum else None


def _unpacked(packed: bytes) -> tuple[bytes, bytes]:
    """The text of the outlines, and the records, which stay packed. Raises `zlib.error`."""
    first = zlib.decompressobj()
    return first.decompress(packed), first.unused_data


@cache
def stamp() -> str:
    """The hash of all that decides what a file says, besides its bytes and name: twelve hex digits."""
    digest = hashlib.sha256()
    for name, path in _ground():
        digest.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    for library in _LIBRARIES:
        try:
            digest.update(f"{library}=={version(library)}\n".encode())
        except PackageNotFoundError:
            continue
    return digest.hexdigest()[:12]


def _ground() -> Iterator[tuple[str, Path]]:
    package = Path(fundtrace.__file__).parent
    for root in (*(package / room for room in _ROOMS), folder("ontology") / "codes"):
        files = [root] if root.is_file() else sorted(root.rglob("*"))
        for path in files:
            if path.is_file() and path.suffix != ".pyc":
                yield path.relative_to(root.parent).as_posix(), path
