"""Printed classification codes to concepts: `ontology/codes/functional.ttl` and the two economic classifications.

A scheme is called by its classification and the first year it holds for (`functional-2019`). A code is looked up in the
latest edition that had begun in the fiscal year; without a year, or before the first edition, there is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from fundtrace.graph.concepts import CodeLists
from fundtrace.graph.keys import squeeze

_EDITION: Final = re.compile(r"(functional|economic-department|economic-government)-(\d{4})\Z")
_DIGITS: Final = re.compile(r"[0-9]{3,}\Z")
_BY_FIRST_DIGIT: Final = {"2": "functional", "3": "economic-department", "5": "economic-government"}
_OTHER_CODES: Final = frozenset({"procurement", "assets", "project"})
"""Kinds of tables whose codes are of catalogues of their own."""


def code_in(kind: str, printed: str | None) -> str | None:
    """The code that a row of a table of this kind prints, if it is one of a classification: three digits or more."""
    code = squeeze(printed or "")
    return code if kind not in _OTHER_CODES and _DIGITS.match(code) else None


class Classifications:
    """The editions of the functional and economic classifications that the code lists hold."""

    def __init__(self, lists: CodeLists) -> None:
        self._prefix = f"{lists.base}id/concept/"
        self._concepts = lists.concepts
        years: defaultdict[str, list[int]] = defaultdict(list)
        for iri in lists.concepts:
            edition = _EDITION.match(iri.removeprefix(self._prefix))
            if edition is not None:
                years[edition[1]].append(int(edition[2]))
        self._years = {name: sorted(found, reverse=True) for name, found in years.items()}

    def concept(self, code: str, year: int | None) -> str | None:
        """The IRI of a code of digits in the edition of a fiscal year, None when that edition has no such code."""
        name = _BY_FIRST_DIGIT.get(code[0], "")
        begun = (edition for edition in self._years.get(name, ()) if year is not None and edition <= year)
        edition = next(begun, None)
        iri = f"{self._prefix}{name}-{edition}-{code}"
        return iri if edition is not None and iri in self._concepts else None
