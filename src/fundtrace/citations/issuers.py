"""Where an issuer code begins: the run of characters in front of a year, told from the prose it is glued to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from fundtrace.citations.agencynames import is_agency
from fundtrace.citations.codelists import agencies
from fundtrace.citations.words import (
    ALSO_AREAS,
    CONNECTORS,
    LEAD_IN_WORDS,
    NEVER_ISSUERS,
    NOUN_ENDS,
    PARTICLES,
)

LONGEST_RUN = 48
"""Characters in front of a year that are looked at."""
LONGEST_CODE = 12
"""Characters that an issuer code may have."""
LONGEST_UNLISTED = 10
"""Characters that a code may have when its letters are unknown to the lists."""

Strength = Literal["placed", "known", "unknown"]

_LEADS = re.compile("|".join(sorted(LEAD_IN_WORDS, key=len, reverse=True)))
_WORDS = re.compile("|".join(sorted({*LEAD_IN_WORDS, *NOUN_ENDS}, key=len, reverse=True)))
_UNIT = re.compile(r"[万亿千百]?元|[万亿]|年度?|月|日|号|期|个|人次?|户|家|次|份")
_MINUTES = re.compile(r"(?:纪要|党委会|党组会|常委会|办公会|常务会|专题会|会议)$")
_KIND_END = re.compile(r".(?:发|字|函|规|办|通|秘|文)$")


@dataclass(frozen=True, slots=True)
class _Grammar:
    placed: re.Pattern[str]
    known: re.Pattern[str]
    exact: frozenset[str]
    prefixes: tuple[str, ...]
    provinces: frozenset[str]


@cache
def _grammar() -> _Grammar:
    lists = agencies()
    provinces = [area.letters for area in lists.areas if area.level == "provincial"]
    local = [area.letters for area in lists.areas if area.level != "provincial"]
    local += lists.segmentation["areas"]
    organs = [*(organ.letters for organ in lists.organs), *lists.segmentation["organs"]]
    fields = [*lists.segmentation["fields"], *(letters for organ in lists.organs for letters in organ.fields)]
    tail = f"{_any(organs)}{_any([*organs, *fields, *lists.kinds])}{{0,5}}"
    return _Grammar(
        placed=re.compile(f"(?:{_any(provinces)}{_any(local)}?|{_any(local)}{{1,2}}){tail}"),
        known=re.compile(tail),
        exact=frozenset(listed.code for listed in lists.codes if not listed.prefix),
        prefixes=tuple(listed.code for listed in lists.codes if listed.prefix),
        provinces=frozenset(provinces),
    )


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, set(words)), key=len, reverse=True)) + ")"


@lru_cache(maxsize=8192)
def strength(code: str) -> Strength:
    """How well the lists know a code.

    `placed`: it is listed as a whole, or made of known letters and begins with those of an area; `known`: made of known
    letters, beginning with an organ's; `unknown`: anything else.

    >>> strength("冀财社"), strength("政办发"), strength("巨鹿")
    ('placed', 'known', 'unknown')
    """
    grammar = _grammar()
    if len(code) > LONGEST_CODE:
        return "unknown"
    if code in grammar.exact or grammar.placed.fullmatch(code):
        return "placed"
    if code.startswith(grammar.prefixes) and len(code) <= max(map(len, grammar.prefixes)) + 4:
        return "placed"
    return "known" if grammar.known.fullmatch(code) else "unknown"


def firm(code: str) -> bool:
    """Whether a code is sure enough to carry a year without brackets: 冀人社字2019 267号."""
    known = strength(code)
    return known == "placed" or (known == "known" and _KIND_END.search(code) is not None)


def never_issuer(code: str) -> bool:
    """Whether the run numbers a thing (合同, 楼) rather than a document."""
    return strength(code) == "unknown" and code.endswith(NEVER_ISSUERS)


def issuer_start(
    run: str, blanks: frozenset[int] = frozenset(), *, after_number: bool = False, after_digit: bool = False
) -> int | None:
    """Where in `run`, the characters in front of a year, the issuer code begins; None when none is there.

    `blanks` are the indices that white space stands in front of. `after_number`: the run begins where another number
    ended. `after_digit`: a figure stands in front of it, so it may begin with a unit.

    >>> issuer_start("补助资金冀财社"), issuer_start("苏州市住房和城乡建设局苏住建规"), issuer_start("和政发")
    (4, 11, 0)
    """
    begin = 0
    while begin < len(run):
        first = begin == 0
        rest = frozenset(blank - begin for blank in blanks if blank > begin)
        cut = _cut(run[begin:], rest, after_number and first, after_digit and first)
        if not cut:
            return None if cut is None else begin
        begin += cut
    return None


def _cut(run: str, blanks: frozenset[int], after_number: bool, after_digit: bool) -> int | None:
    """How many characters to take off the front: 0 when the run is a code, None when no code is in it."""
    whole = strength(run)
    if whole == "placed" and not (after_number and run[0] in CONNECTORS):
        return 0
    if whole == "unknown" and after_digit and (unit := _UNIT.match(run)) and unit.end() < len(run):
        return unit.end()
    if front := _front(run, after_number):
        return front
    if len(run) <= LONGEST_CODE and _MINUTES.search(run):
        return 0
    if whole == "known":
        return next((b for b in sorted(_breaks(run, blanks)) if strength(run[b:]) == "placed"), 0)
    return _inside(run, blanks)


def _front(run: str, after_number: bool) -> int:
    """How many characters of words that lead in stand at the very front."""
    lead = (_WORDS if after_number else _LEADS).match(run)
    if lead and lead.end() < len(run):
        joined = after_number and run[lead.end()] in CONNECTORS and lead.end() + 1 < len(run)
        return lead.end() + joined
    if len(run) < 3:
        return 0
    if run[0] in CONNECTORS and after_number:
        return 1
    if run[0] in PARTICLES or run[0] in CONNECTORS:
        also_area = run[0] in ALSO_AREAS and not _MINUTES.search(run)
        return int(not also_area or strength(run[1:]) == "placed")
    return 0


def _inside(run: str, blanks: frozenset[int]) -> int | None:
    """The cut in a run that is not known as a whole."""
    boundaries = sorted(_boundaries(run, blanks))
    for wanted in ("placed", "known"):
        for index in boundaries:
            if strength(run[index:]) == wanted:
                return index
    provinces = _grammar().provinces
    for index in range(1, len(run) - 1):
        if run[index] in provinces and strength(run[index:]) == "placed":
            return index
    words = [match.end() for match in _WORDS.finditer(run) if _plausible(run[match.end() :])]
    names = [index for index in range(4, len(run) - 1) if is_agency(run[:index]) and _plausible(run[index:])]
    if words or names:
        return max(*words[-1:], *names[:1], 0)
    if _plausible(run):
        return 0
    return next((index for index in range(1, len(run) - 1) if strength(run[index:]) == "placed"), None)


def _boundaries(run: str, blanks: frozenset[int]) -> set[int]:
    """Where a code may begin: behind a word, a particle, a blank, or an agency's full name."""
    found = _breaks(run, blanks)
    found.update(match.end() for match in _WORDS.finditer(run) if match.end() < len(run))
    found.update(i + 1 for i in range(1, len(run) - 1) if run[i] in PARTICLES or run[i] in CONNECTORS)
    found.update(i for i in range(3, len(run)) if is_agency(run[:i]))
    return found


def _breaks(run: str, blanks: frozenset[int]) -> set[int]:
    """The blanks that may part words: not the one behind a single character, as in 巨 财 社, nor one within a code that
    the lists know, as in 围政 办字."""
    ordered = sorted(blanks)
    return {
        blank
        for before, blank in zip([0, *ordered], ordered, strict=False)
        if blank - before > 1 and strength(run[blank - 1 :]) != "known"
    }


def _plausible(code: str) -> bool:
    """Whether a run that no list knows may be a code at all."""
    return (
        2 <= len(code) <= LONGEST_UNLISTED
        and not code.endswith(NEVER_ISSUERS)
        and code[-1] not in PARTICLES
        and not _WORDS.search(code)
    )
