"""Where an issuer code begins: the run of characters in front of a year, told from the prose it is glued to."""

from __future__ import annotations

import re

from fundtrace.citations.agencynames import is_agency
from fundtrace.citations.codelists import place_names
from fundtrace.citations.strengths import (
    KIND_END,
    LONGEST_CODE,
    grammar,
    has_area,
    named_place,
    strength,
)
from fundtrace.citations.words import (
    ALSO_AREAS,
    CONNECTORS,
    LEAD_IN_WORDS,
    NEVER_ISSUERS,
    NOUN_ENDS,
    PARTICLES,
    PLACE_NAMES,
    PURPOSES,
)

LONGEST_RUN = 48
"""Characters in front of a year that are looked at."""
LONGEST_UNLISTED = 10
"""Characters that a code may have when its letters are unknown to the lists."""

_LEADS = re.compile("|".join(sorted(LEAD_IN_WORDS, key=len, reverse=True)))
_WORDS = re.compile("|".join(sorted({*LEAD_IN_WORDS, *NOUN_ENDS}, key=len, reverse=True)))
_LEADS_END = re.compile(rf"(?:{_LEADS.pattern})$")
_MAIN_ORGAN = re.compile(r"财|政|府|人社|发改|办")
_CENTRAL = re.compile(
    r"(?<!省)(?:国卫|国办|国科|国资|国市监|人社部|工信部|税总)|(?<=.{4})(?:中办|人社厅|工信厅|医保办)"
)
_ZONES = ("经开", "高新", "新区", "开发", "开发区", "管委")
_UNIT = re.compile(r"[万亿千百]?元|[万亿]|年度?|月|日|号|期|个|人次?|户|家|次|份")
_MINUTES = re.compile(r"(?:纪要|党委会|党组会|常委会|办公会|常务会|专题会|会议)$")


def issuer_start(
    run: str,
    blanks: frozenset[int] = frozenset(),
    *,
    after_number: bool = False,
    after_digit: bool = False,
    fresh: bool = False,
) -> int | None:
    """Where in `run`, the characters in front of a year, the issuer code begins; None when none is there.

    `blanks` are the indices that white space stands in front of. `after_number`: the run begins where another number
    ended. `after_digit`: a figure stands in front of it, so it may begin with a unit. `fresh`: nothing stands in front of
    it that 和 could join, so that 和财农 is a code of 和政's.

    >>> issuer_start("补助资金冀财社"), issuer_start("苏州市住房和城乡建设局苏住建规"), issuer_start("和政发")
    (4, 11, 0)
    """
    begin = 0
    while begin < len(run):
        first = begin == 0
        rest = frozenset(blank - begin for blank in blanks if blank > begin)
        cut = _cut(run[begin:], rest, after_number and first, after_digit and first, fresh)
        if not cut:
            return None if cut is None else begin
        fresh = _leads(run[begin : begin + cut])
        begin += cut
    return None


def _cut(run: str, blanks: frozenset[int], after_number: bool, after_digit: bool, fresh: bool) -> int | None:
    """How many characters to take off the front: 0 when the run is a code, None when no code is in it."""
    whole = strength(run)
    if whole == "placed" and not (after_number and run[0] in CONNECTORS):
        return 0
    if whole == "unknown" and after_digit and (unit := _UNIT.match(run)) and unit.end() < len(run):
        return unit.end()
    if front := _front(run, after_number, fresh):
        return front
    if len(run) <= LONGEST_CODE and _MINUTES.search(run):
        return 0
    if whole == "known":
        return next((b for b in sorted(_breaks(run, blanks)) if strength(run[b:]) == "placed"), 0)
    return _inside(run, blanks)


def _front(run: str, after_number: bool, fresh: bool) -> int:
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
        return int(not also_area or _behind_particle(run, fresh))
    return 0


def _behind_particle(run: str, fresh: bool) -> bool:
    """Whether a code begins behind the first character, which may be a place's too: 经顺财社, but 和政办发 and 和财农."""
    rest = run[1:]
    if strength(rest) == "placed":
        return run[0] != "和" or not fresh or has_area(rest)
    organ = strength(rest) == "unknown" and rest[0] in grammar().initials and _MAIN_ORGAN.match(rest, 1)
    return bool(organ) and not run.startswith(PLACE_NAMES) and strength(rest[1:]) != "unknown"


def _leads(words: str) -> bool:
    """Whether a code must follow: words that end in a verb, a particle, or an agency's name."""
    return (
        _LEADS_END.search(words) is not None
        or (words[-1] in PARTICLES and words[-1] not in CONNECTORS)
        or is_agency(words)
    )


def _inside(run: str, blanks: frozenset[int]) -> int | None:
    """The cut in a run that is not known as a whole."""
    boundaries = sorted(_boundaries(run, blanks))
    for wanted in ("placed", "known"):
        for index in boundaries:
            if strength(run[index:]) == wanted and index + 1 < len(run):
                return index
    provinces = grammar().provinces
    for index in range(1, len(run) - 1):
        if (
            run[index] in provinces
            and run[index - 1 : index + 1] != "高新"
            and strength(run[index:]) == "placed"
        ):
            return index - 1 if index > 1 and named_place(run, index - 1) else index
    words = [match.end() for match in _WORDS.finditer(run) if _plausible(run[match.end() :])]
    names = [index for index in range(3, len(run) - 1) if _named_before(run, index)]
    if words or names:
        return max(*words[-1:], *names[:1], 0)
    if glued := _glued(run):
        return glued
    if _plausible(run):
        return 0
    return next((index for index in range(1, len(run) - 1) if strength(run[index:]) == "placed"), None)


def _named_before(run: str, index: int) -> bool:
    """Whether an agency's full name ends at `index`, and a code follows."""
    short = index == 3 and (len(run) < 6 or not run[:3].endswith(("局", "政府")))
    return (
        not short
        and not run.startswith(("办公室", "办公厅", "公室", "公厅"), index)
        and is_agency(run[:index])
        and not is_agency(run[: index + 1])
        and _plausible(run[index:])
    )


def _glued(run: str) -> int | None:
    """Where a central organ's or an unlisted place's code begins behind prose that nothing parts from it: 特困供养顺财社.

    Only four characters and more in front of it can be prose; the area in front of a main organ's letter is the name of
    a place, a letter with 市 or 县, or a letter that names of places begin with. None when none of these stands there.
    """
    central = [m.start() for m in _CENTRAL.finditer(run, 1) if strength(run[m.start() :]) != "unknown"]
    central += [i for i in range(4, len(run) - 1) if run[i] != "财" and run[i:] in grammar().exact]
    if central:
        return min(central)
    organs = [m.start() for m in _MAIN_ORGAN.finditer(run) if strength(run[m.start() :]) != "unknown"]
    if not organs and KIND_END.search(run):
        organs = [i for i in range(4, len(run) - 1) if strength(run[i:]) == "known"]
    index = max((i for i in organs if run[i] == "财"), default=organs[0] if organs else 0)
    while index > 4 and run[index] != "财" and strength(run[index - 1 :]) == "known":
        index -= 1
    front = run[:index]
    if len(front) < 4 or front.endswith(_ZONES):
        return None
    if front.endswith(PURPOSES):
        return index
    kind = front[-1] in "市州县区旗盟"
    bare = front[:-1] if kind else front
    if bare[-2:] in place_names():
        return len(bare) - 2
    if kind or bare[-1] in grammar().initials:
        return len(bare) - 1
    return index if strength(run[index:]) == "placed" else None


def _boundaries(run: str, blanks: frozenset[int]) -> set[int]:
    """Where a code may begin: behind a word, a particle, a blank, or an agency's full name."""
    found = _breaks(run, blanks)
    found.update(match.end() for match in _WORDS.finditer(run) if match.end() < len(run))
    found.update(
        i + 1
        for i in range(1, len(run) - 1)
        if (run[i] in PARTICLES or run[i] in CONNECTORS)
        and not (run[i] == "和" and _leads(run[:i]) and not has_area(run[i + 1 :]))
    )
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
