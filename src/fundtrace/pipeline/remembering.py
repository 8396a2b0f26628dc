"""Records kept from build to build, so that a file that has not changed is not read again.

An entry is found by the hash of the file's bytes and its name (which decides its format), in a folder that is named after
all that turns bytes into records: our code, the data it goes by, and the libraries that open files.
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
from fundtrace.pipeline.documents import Outcome
from fundtrace.records import Document
from fundtrace.resources import folder

_ROOMS = ("citations", "reading", "recognising", "records", "pipeline/documents.py")
_LIBRARIES = ("lxml", "olefile", "opencc", "openpyxl", "pypdfium2", "xlrd")
_DOCUMENTS: TypeAdapter[tuple[Document, ...]] = TypeAdapter(tuple[Document, ...])

logger = logging.getLogger(__name__)


class Memory:
    """The records of a data folder. Refusals are not remembered: what was wrong may be right the next time."""

    def __init__(self, data: Path) -> None:
        self._records = data / "records"
        self._folder = self._records / stamp()

    def key(self, path: Path) -> str | None:
        """What the entry of a file is called; None for a file that cannot be opened."""
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256")
        except OSError:
            return None
        digest.update(b"\0" + os.fsencode(path.name))
        return digest.hexdigest()

    def recall(self, key: str | None) -> Outcome | None:
        """What is remembered under a key. An entry that is damaged is as good as none."""
        if key is None:
            return None
        try:
            checksum, _, packed = self._entry(key).read_bytes().partition(b"\n")
            if hashlib.sha256(packed).hexdigest().encode() != checksum:
                return None
            return Outcome(_DOCUMENTS.validate_json(zlib.decompress(packed)))
        except (OSError, zlib.error, ValidationError):
            return None

    def keep(self, key: str | None, path: Path, outcome: Outcome) -> None:
        """Remembers the records of a file, unless there are none or it changed while it was read.

        What cannot be written is not remembered, which costs time and nothing else.
        """
        if key is None or not outcome.documents or self.key(path) != key:
            return
        packed = zlib.compress(_DOCUMENTS.dump_json(outcome.documents), 1)
        entry = self._entry(key)
        draft = entry.with_name(f"{entry.name}-{secrets.token_hex(4)}")
        try:
            entry.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(hashlib.sha256(packed).hexdigest().encode() + b"\n" + packed)
            draft.replace(entry)
        except OSError as error:
            logger.warning("records are not kept: %s", error)

    def forget_others(self) -> None:
        """Removes what other software remembered."""
        if self._folder.is_dir():
            for other in self._records.iterdir():
                if other.name != self._folder.name:
                    shutil.rmtree(other, ignore_errors=True)

    def _entry(self, key: str) -> Path:
        return self._folder / key[:2] / key


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
