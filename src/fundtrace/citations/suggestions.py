"""Numbers that may name one document, though their codes differ: suggested, never merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Literal

from fundtrace.citations.codelists import agencies
from fundtrace.citations.decoding import decode_issuer
from fundtrace.citations.documentnumbers import DocumentNumber

SuggestionReason = Literal["kind-missing", "kind-differs", "area-missing", "field-differs", "letter-missing"]
_CONFIDENCE: dict[SuggestionReason, Decimal] = {
    "kind-missing": Decimal("0.8"),
    "area-missing": Decimal("0.7"),
    "kind-differs": Decimal("0.5"),
    "letter-missing": Decimal("0.5"),
    "field-differs": Decimal("0.3"),
}


@dataclass(frozen=True, slots=True, order=True)
class NumberPair:
    """Two numbers of one year and serial whose codes are one letter apart, why, and how likely (0 to 1)."""

    first: DocumentNumber
    second: DocumentNumber
    reason: SuggestionReason
    confidence: Decimal


def suggest(numbers: Iterable[DocumentNumber]) -> tuple[NumberPair, ...]:
    """Pairs of numbers that a person should compare: same year, same serial, codes one letter apart.

    Reasons: `kind-missing` (人社部 and 人社部发), `kind-differs` (冀人社发 and 冀人社字), `area-missing` (卫基层秘 and
    皖卫基层秘), `field-differs` (冀财规 and 冀财社), `letter-missing` (any other letter). Codes of two areas or two
    organs are never suggested.

    >>> a, b = DocumentNumber("人社部", 2014, "90"), DocumentNumber("人社部发", 2014, "90")
    >>> [(p.reason, str(p.confidence)) for p in suggest([a, b])]
    [('kind-missing', '0.8')]
    """
    alike: dict[tuple[int | None, str], set[DocumentNumber]] = defaultdict(set)
    for number in numbers:
        if number.kind == "numbered":
            alike[number.year, number.serial].add(number)
    pairs = {pair for group in alike.values() if len(group) > 1 for pair in _neighbours(group)}
    found = ((a, b, _reason(a.issuer, b.issuer)) for a, b in sorted(pairs))
    return tuple(NumberPair(a, b, reason, _CONFIDENCE[reason]) for a, b, reason in found if reason)


def _neighbours(numbers: Iterable[DocumentNumber]) -> Iterator[tuple[DocumentNumber, DocumentNumber]]:
    """The pairs of numbers whose codes are alike but for a letter, out of those of one year and serial."""
    groups: dict[str, set[DocumentNumber]] = defaultdict(set)
    for number in numbers:
        for code in _shortened(number.issuer):
            groups[code].add(number)
    for group in groups.values():
        yield from combinations(sorted(group), 2)


def _shortened(code: str) -> set[str]:
    return {code} | {code[:i] + code[i + 1 :] for i in range(len(code))}


def _reason(one: str, other: str) -> SuggestionReason | None:
    kinds = agencies().kinds
    short, long = sorted((one, other), key=len)
    if len(short) < len(long):
        index = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
        letter = long[index]
        if index == 0:
            area = any(a.letters == letter for a in agencies().areas)
            central = decode_issuer(short)
            return "area-missing" if area and (central is None or central.level != "central") else None
        return "kind-missing" if letter in kinds else "letter-missing"
    places = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(places) != 1 or places[0] == 0:
        return None
    index = places[0]
    if index == len(one) - 1 and one[index] in kinds and other[index] in kinds:
        return "kind-differs"
    mine, theirs = decode_issuer(one), decode_issuer(other)
    if mine and theirs and mine.agency == theirs.agency:
        return "field-differs"
    return None
