"""One file to records: what a worker process does, and what `inspect` shows."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fundtrace.errors import FundtraceError, InputError
from fundtrace.pipeline.correcting import correct
from fundtrace.pipeline.reviewed import Correction
from fundtrace.reading import read
from fundtrace.records import Document


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its documents, or the code and reason why there are none."""

    documents: tuple[Document, ...] = ()
    code: str = ""
    zh: str = ""
    en: str = ""


def inspect(path: Path) -> Document:
    """The records of one file; of an archive, those of its first document. Raises `InputError`."""
    return _documents(path, ())[0]


def read_file(path: Path, corrections: Sequence[Correction] = ()) -> Outcome:
    """The records of one file as a value that can be sent between processes; refusals are values too.

    `corrections` are made in what was read, as far as they are about this file.
    """
    try:
        return Outcome(_documents(path, corrections))
    except FundtraceError as error:
        return Outcome(code=error.code, zh=error.zh, en=error.en)


def printable(name: str) -> str:
    """A file name that any text can hold: bytes that are no UTF-8 become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _documents(path: Path, corrections: Sequence[Correction]) -> tuple[Document, ...]:
    """What a file holds; parts of an archive that are not ours are left out unless nothing else is there."""
    # The process that only puts together what others have read needs no reader.
    from fundtrace.recognising import recognise

    documents: list[Document] = []
    refusal: InputError | None = None
    for sheets in read(path):
        try:
            named = dataclasses.replace(sheets, file=printable(sheets.file))
            documents.append(recognise(correct(named, corrections)))
        except InputError as error:
            refusal = refusal or error
    if documents:
        return tuple(documents)
    raise refusal or InputError(
        "empty-file", "文件中没有可读取的内容", "the file holds nothing that can be read", subject=path.name
    )
