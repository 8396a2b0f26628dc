"""Reviewed files: what a person decided, corrected or added, as YAML, beside the sources and never in them.

    merges:      two numbers or titles that are, or are not, one document
    corrections: what was misread, place by place; an error of the source itself is never corrected
    documents:   address, dates and status of a policy or funding document
    sources:     address and dates of a source file, which is named by its SHA-256

Every entry says by whom and on which day (`by`, `date`). A file is taken whole or refused whole.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from fundtrace.citations import is_scoped, parse_number
from fundtrace.errors import UsageError
from fundtrace.pipeline.marking import Marked

_KEY = re.compile(r"[\w~-]{2,150}\Z")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_SECTIONS = ("merges", "corrections", "documents", "sources")
MOST_ENTRIES = 100_000

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Address = Annotated[str, StringConstraints(pattern=r'^https?://[^\s<>"{}|\\^`]+$', max_length=2_000)]
Rule = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]


def _is_day(value: object) -> object:
    if not isinstance(value, date) and not (isinstance(value, str) and _DAY.match(value)):
        raise ValueError("应为 YYYY-MM-DD 的日期 | expected a date, YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_is_day)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    by: Text
    date: Day
    at: str = Field(repr=False)
    """File and line of the entry."""


class Merge(_Entry):
    """`document` is, or is not, `same_as`: numbers in any written form, or the last part of their IRIs.

    `rule` is the reason of the suggestion that is confirmed or rejected, or another slug.
    """

    document: Text
    same_as: Text
    decision: Literal["confirmed", "rejected"]
    rule: Rule


class CellPlace(BaseModel):
    """A cell: 1-based numbers of the table in its source, the row in its table, and the cell in its row."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    table: int = Field(ge=1)
    row: int = Field(ge=1)
    cell: int = Field(ge=1)

    def __str__(self) -> str:
        return f"table {self.table}, row {self.row}, cell {self.cell}"


class LinePlace(BaseModel):
    """A paragraph or cell, by the 1-based line of the source where it starts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: int = Field(ge=1)

    def __str__(self) -> str:
        return f"line {self.line}"


class Correction(_Entry):
    """At this place of the source, `as_read` (which stands there once) is printed as `as_printed`."""

    source: Sha256
    place: CellPlace | LinePlace
    as_read: Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
    as_printed: Annotated[str, StringConstraints(min_length=1, max_length=2_000)]


class Status(BaseModel):
    """What a published page says of a document, and the day of that."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: Literal["in-force", "amended", "superseded", "repealed"]
    address: Address
    date: Day


class DocumentFacts(_Entry):
    """What is known of a document beside what the sources print."""

    document: Text
    address: Address | None = None
    published: Day | None = None
    retrieved: Day | None = None
    status: Status | None = None


class SourceFacts(_Entry):
    """Where a source file was published and retrieved."""

    source: Sha256
    address: Address | None = None
    published: Day | None = None
    retrieved: Day | None = None


class Reviewed(BaseModel):
    """All that reviewed files say, in the order of their names and lines."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    merges: tuple[Merge, ...] = Field(default=(), max_length=MOST_ENTRIES)
    corrections: tuple[Correction, ...] = Field(default=(), max_length=MOST_ENTRIES)
    documents: tuple[DocumentFacts, ...] = Field(default=(), max_length=MOST_ENTRIES)
    sources: tuple[SourceFacts, ...] = Field(default=(), max_length=MOST_ENTRIES)

    @model_validator(mode="after")
    def _once(self) -> Self:
        seen: dict[tuple[str, ...], str] = {}
        for entry in (*self.merges, *self.corrections, *self.documents, *self.sources):
            match entry:
                case Merge(decision="confirmed"):
                    name: tuple[str, ...] = ("merge", key_of(entry.document, entry.at))
                case Merge():
                    pair = (key_of(entry.document, entry.at), key_of(entry.same_as, entry.at))
                    name = ("rejected", *sorted(pair))
                case Correction():
                    name = ("correction", entry.source, str(entry.place), entry.as_read)
                case DocumentFacts():
                    name = ("document", key_of(entry.document, entry.at))
                case SourceFacts():
                    name = ("source", entry.source)
            if name in seen:
                raise _wrong(
                    entry.at,
                    f"与 {seen[name]} 说的是同一件事；只留一处",
                    f"{seen[name]} is about the same; keep one of them",
                )
            seen[name] = entry.at
        self.merged()
        return self

    def merged(self) -> Mapping[str, str]:
        """The key of each document that was merged to the key of the one that stays."""
        steps = {
            key_of(one.document, one.at): (key_of(one.same_as, one.at), one.at)
            for one in self.merges
            if one.decision == "confirmed"
        }
        told = {key_of(one.document, one.at): one.at for one in self.documents}
        ends = {}
        for key, (end, at) in steps.items():
            passed = {key}
            while end in steps and end not in passed:
                passed.add(end)
                end = steps[end][0]
            if end in passed:
                raise _wrong(at, "合并绕成了一圈", "the merges go round in a circle")
            if key in told:
                raise _wrong(
                    told[key],
                    f"这份文件已并入 {end}；请改写在那一份上",
                    f"this document is merged into {end}; write the facts for that one",
                )
            ends[key] = end
        return ends

    def corrections_of(self, sha256: str) -> tuple[Correction, ...]:
        """The corrections of one source file."""
        return tuple(one for one in self.corrections if one.source == sha256)


NOTHING = Reviewed()
"""No reviewed file at all."""


def digest_of(corrections: tuple[Correction, ...]) -> str:
    """What records depend on besides the file and the software; empty without corrections."""
    if not corrections:
        return ""
    told = "\n".join(repr((str(one.place), one.as_read, one.as_printed)) for one in corrections)
    return hashlib.sha256(told.encode()).hexdigest()


def load_reviewed(path: Path) -> Reviewed:
    """Reads a YAML file, or all `.yml` and `.yaml` files of a folder in order of name.

    Raises `UsageError` `reviewed-file`, which names file and line and what was expected.
    """
    files = (
        sorted(one for one in path.iterdir() if one.suffix in {".yml", ".yaml"}) if path.is_dir() else [path]
    )
    told: dict[str, list[object]] = {name: [] for name in _SECTIONS}
    for file in files:
        marked = Marked(file)
        _read(marked, told)
    return Reviewed.model_validate(told)


def key_of(name: str, at: str) -> str:
    """The key of a document that a reviewed file names. Raises `UsageError` for a name that has none."""
    number = parse_number(name)
    if number is not None and not is_scoped(number.issuer):
        # A process that reads documents mints no IRI.
        from fundtrace.graph import Iris

        return Iris.number_key(number)
    if number is None and _KEY.match(name):
        return name
    raise _wrong(
        at,
        f"{name!r} 应为文号，或文件 IRI 的最后一段（各地通用的代字须用后者，如 130529-政办-2019-3）",
        f"{name!r} should be a document number, or the last part of the document's IRI "
        "(needed for issuer codes that many places use, as in 130529-政办-2019-3)",
    )


def _read(marked: Marked, told: dict[str, list[object]]) -> None:
    value = marked.value if marked.value is not None else {}
    if not isinstance(value, dict):
        raise marked.wrong(1, f"应为 {'、'.join(_SECTIONS)}", f"expected {', '.join(_SECTIONS)}")
    for section, entries in value.items():
        if section not in _SECTIONS:
            raise marked.wrong(
                marked.line((section,)),
                f"没有 {section} 这一部分；可用：{'、'.join(_SECTIONS)}",
                f"there is no part {section}; expected one of {', '.join(_SECTIONS)}",
            )
        for number, entry in enumerate(entries if isinstance(entries, list) else [entries]):
            if isinstance(entry, dict):
                if "at" in entry:
                    raise marked.wrong(
                        marked.line((section, number, "at")), "没有 at 这一项", "there is no part at"
                    )
                entry["at"] = f"{marked.path}:{marked.line((section, number))}"
    try:
        made = Reviewed.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = tuple(part for part in first["loc"] if part not in {"CellPlace", "LinePlace"})
        name = ".".join(str(part) for part in place)
        raise marked.wrong(
            marked.line(place), f"{name}：不合要求（{first['msg']}）", f"{name}: {first['msg']}"
        ) from error
    for section in _SECTIONS:
        told[section] += getattr(made, section)


def _wrong(at: str, zh: str, en: str) -> UsageError:
    return UsageError("reviewed-file", zh, en, subject=at)
