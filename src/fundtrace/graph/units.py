"""Values of targets in one unit: `ontology/codes/unit.ttl`, with 万, 亿 and other multipliers before a unit expanded."""

from __future__ import annotations

from decimal import Decimal

from fundtrace.graph.concepts import CodeLists
from fundtrace.graph.keys import squeeze

MULTIPLIERS = {
    "千万": Decimal(10_000_000),
    "百万": Decimal(1_000_000),
    "十万": Decimal(100_000),
    "亿": Decimal(100_000_000),
    "万": Decimal(10_000),
    "千": Decimal(1_000),
    "百": Decimal(100),
}
"""Words before a unit, and what they multiply by; longer ones stand before the ones they begin with."""


class Units:
    """The units of the code list by printed name. Names are compared in NFKC without spaces."""

    def __init__(self, lists: CodeLists) -> None:
        scheme = f"{lists.base}id/concept/unit"
        self._units = {
            squeeze(name): concept.iri
            for concept in sorted(lists.concepts.values(), key=lambda concept: concept.iri)
            if concept.named("inScheme") == scheme
            for name in concept.names
        }

    def normalise(self, value: str, unit: str) -> tuple[str, str] | None:
        """The value as canonical text and the IRI of its unit; None for a unit that is not in the list.

        A unit that is listed as a whole is never taken apart: 千克 is kilogram, not a thousand 克.
        """
        name = squeeze(unit)
        listed = self._units.get(name)
        if listed is not None:
            return value, listed
        for word, factor in MULTIPLIERS.items():
            known = self._units.get(name.removeprefix(word)) if name.startswith(word) else None
            if known is not None:
                return _canonical(Decimal(value) * factor), known
        return None


def _canonical(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
