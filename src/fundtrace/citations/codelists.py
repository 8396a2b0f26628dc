"""The published code lists that the grammar knows: agency codes, codes without an area, unique titles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml

from fundtrace import resources
from fundtrace.errors import UsageError
from fundtrace.resources import parse_yaml

Level = Literal["central", "provincial", "city", "county"]
Ground = Literal["said", "rule", "table"]
_Row = TypeVar("_Row")
_BARE = re.compile(
    r"(.{2,}?)(?:(?:[\u3400-\u9fff]{1,3}族)*自治[区州县旗]|地区|林区|特区|新区|[省市区县旗盟])?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """地区字: letters of a code, the region they stand for, and its level.

    `government` is the letter that its people's government uses (政 or 府); `shared` names another region that
    uses the same letters, so that composition proves nothing.
    """

    letters: str
    region: str
    level: Level
    municipality: bool = False
    government: str = ""
    shared: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organ:
    """机关字: letters of a code, and what the organ is called on each level (empty: no such organ there)."""

    letters: str
    provincial: str = ""
    municipality: str = ""
    city: str = ""
    county: str = ""
    prefix: str = ""
    regions: tuple[str, ...] = ()
    open: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)

    def name(self, area: Area) -> str:
        """The organ's full name in a region; empty when the list has none."""
        if self.regions and not area.region.endswith(self.regions):
            return ""
        own = (area.municipality and self.municipality) or getattr(self, area.level)
        return f"{self.prefix}{area.region}{own}" if own else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCode:
    """A code that is listed as a whole (or, with `prefix`, all that begin with it), and the ground for it."""

    code: str
    agency: str
    level: Level
    ground: Ground
    prefix: bool = False
    region: str | None = None
    field: str | None = None
    kind: str | None = None
    joint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AmbiguousCode:
    """A code that several agencies use, and which they may be."""

    code: str
    may_be: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTitle:
    """A document whose title is unique: full title, other printings, and its number where that is unique too."""

    title: str
    kind: Literal["law", "measure"]
    also: tuple[str, ...] = ()
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Agencies:
    """The whole of `agencies.yml`."""

    areas: tuple[Area, ...]
    organs: tuple[Organ, ...]
    kinds: Mapping[str, str]
    codes: tuple[ListedCode, ...]
    ambiguous: tuple[AmbiguousCode, ...]
    segmentation: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ScopedIssuers:
    """The whole of `scoped-issuers.yml`."""

    codes: frozenset[str]
    relative: tuple[str, ...]


@cache
def agencies() -> Agencies:
    """The agency codes. Raises `UsageError` with code `code-list` when somebody's edit broke the file."""
    path = _path("agencies.yml")
    return read_agencies(path.read_text(encoding="utf-8"), str(path))


@cache
def scoped_issuers() -> ScopedIssuers:
    """The codes that many places use. Raises `UsageError` with code `code-list`."""
    path = _path("scoped-issuers.yml")
    data = _mapping(path.read_text(encoding="utf-8"), str(path))
    return ScopedIssuers(frozenset(data["codes"]), tuple(data["relative"]))


@cache
def place_names() -> frozenset[str]:
    """Names of provinces, cities and counties of two to four characters, without what they are: 顺平, 合川."""
    rows = _path("regions.tsv").read_text(encoding="utf-8").splitlines()[1:]
    bare = (_BARE.fullmatch(row.split("\t")[1]) for row in rows)
    return frozenset(name[1] for name in bare if name and len(name[1]) <= 4)


@cache
def listed_titles() -> tuple[ListedTitle, ...]:
    """The documents whose title is unique. Raises `UsageError` with code `code-list`."""
    path = _path("titles.yml")
    data = _mapping(path.read_text(encoding="utf-8"), str(path))
    return tuple(_row(ListedTitle, row, str(path)) for row in data["titles"])


def read_agencies(text: str, subject: str) -> Agencies:
    """The agency codes of a YAML text; `subject` names it in errors."""
    data = _mapping(text, subject)
    try:
        return Agencies(
            areas=tuple(_row(Area, row, subject) for row in data["areas"]),
            organs=tuple(_row(Organ, row, subject) for row in data["organs"]),
            kinds=dict(data["kinds"]),
            codes=tuple(_row(ListedCode, row, subject) for row in data["codes"]),
            ambiguous=tuple(_row(AmbiguousCode, row, subject) for row in data["ambiguous"]),
            segmentation={name: tuple(letters) for name, letters in data["segmentation"].items()},
        )
    except KeyError as error:
        raise _broken(subject, f"缺少 {error}", f"{error} is missing") from error


def _path(name: str) -> Path:
    return resources.folder("ontology") / "codes" / name


def _mapping(text: str, subject: str) -> dict[str, Any]:
    try:
        data = parse_yaml(text)
    except yaml.YAMLError as error:
        raise _broken(subject, f"不是合格的 YAML：{error}", f"not well-formed YAML: {error}") from error
    if not isinstance(data, dict):
        raise _broken(subject, "最外层应为“名称: 内容”", "the outermost level must be a mapping")
    return data


def _row(kind: type[_Row], row: Any, subject: str) -> _Row:
    try:
        return kind(**{name: tuple(v) if isinstance(v, list) else v for name, v in row.items()})
    except (TypeError, AttributeError) as error:
        raise _broken(
            subject, f"这一行的列名不对：{row}（{error}）", f"a wrong column in {row}: {error}"
        ) from error


def _broken(subject: str, zh: str, en: str) -> UsageError:
    return UsageError("code-list", f"代码表有误：{zh}", f"the code list is broken: {en}", subject=subject)
