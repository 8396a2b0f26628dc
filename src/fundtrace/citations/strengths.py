"""How well the code lists know an issuer code, by its letters alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from fundtrace.citations.codelists import agencies, place_names
from fundtrace.citations.words import NEVER_ISSUERS

LONGEST_CODE = 12
"""Characters that an issuer code may have."""

Strength = Literal["placed", "known", "unknown"]

KIND_END = re.compile(r".(?:发|字|函|规|办|通|秘|文)$")
"""A code that ends in its kind, 字 and the like."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """The lists as patterns and sets; `initials` are the first characters of places' names."""

    placed: re.Pattern[str]
    known: re.Pattern[str]
    exact: frozenset[str]
    prefixes: tuple[str, ...]
    provinces: frozenset[str]
    initials: frozenset[str]


@cache
def grammar() -> Grammar:
    """The patterns of the lists, made once."""
    lists = agencies()
    provinces = [area.letters for area in lists.areas if area.level == "provincial"]
    local = [area.letters for area in lists.areas if area.level != "provincial"]
    local += lists.segmentation["areas"]
    organs = [*(organ.letters for organ in lists.organs), *lists.segmentation["organs"]]
    fields = [*lists.segmentation["fields"], *(letters for organ in lists.organs for letters in organ.fields)]
    tail = f"{_any(organs)}{_any([*organs, *fields, *lists.kinds])}{{0,5}}"
    return Grammar(
        placed=re.compile(f"(?:{_any(provinces)}{_any(local)}?|{_any(local)}{{1,2}}){tail}"),
        known=re.compile(tail),
        exact=frozenset(listed.code for listed in lists.codes if not listed.prefix),
        prefixes=tuple(listed.code for listed in lists.codes if listed.prefix),
        provinces=frozenset(provinces),
        initials=frozenset(name[0] for name in place_names()),
    )


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, set(words)), key=len, reverse=True)) + ")"


@lru_cache(maxsize=8192)
def strength(code: str) -> Strength:
    """How well the lists know a code.

    `placed`: it is listed as a whole, or made of known letters and begins with those of an area or with the name of a
    place (合川府发); `known`: made of known letters, beginning with an organ's; `unknown`: anything else.

    >>> strength("冀财社"), strength("政办发"), strength("巨鹿")
    ('placed', 'known', 'unknown')
    """
    lists = grammar()
    if len(code) > LONGEST_CODE:
        return "unknown"
    if code in lists.exact or lists.placed.fullmatch(code):
        return "placed"
    if code.startswith(lists.prefixes) and len(code) <= max(map(len, lists.prefixes)) + 4:
        return "placed"
    if lists.known.fullmatch(code):
        return "known"
    return "placed" if named_place(code, 0) else "unknown"


def named_place(code: str, start: int) -> bool:
    """Whether the name of a place stands at `start` and a code of known letters behind it."""
    return any(
        code[start:end] in place_names() and grammar().known.fullmatch(code, end)
        for end in range(start + 2, min(start + 5, len(code)))
    )


def firm(code: str) -> bool:
    """Whether a code is sure enough to carry a year without brackets: 冀人社字2019 267号."""
    known = strength(code)
    return known == "placed" or (known == "known" and KIND_END.search(code) is not None)


def never_issuer(code: str) -> bool:
    """Whether the run numbers a thing (合同, 楼) rather than a document."""
    return strength(code) == "unknown" and (code.endswith(NEVER_ISSUERS) or code.startswith(("第", "号")))


def has_area(code: str) -> bool:
    """Whether a code begins with the letters or the name of an area."""
    return grammar().placed.fullmatch(code) is not None or (
        not grammar().known.fullmatch(code) and named_place(code, 0)
    )
