"""Printed indicator levels to concepts: `ontology/codes/indicator-categories.ttl`, one scheme an edition.

The edition of a project or statement is the one scheme whose first level alone holds a first-level name that is
printed among its indicators, otherwise that of 2015. The category of an indicator is the second-level concept of that
edition that is called as its level 2; else the first-level concept that is called as its level 1; else it has none.
Names are compared in NFKC, without spaces, without a score in brackets and without 指标 at their end, which many forms leave out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from fundtrace.graph.concepts import CodeLists
from fundtrace.graph.keys import squeeze
from fundtrace.records import Indicator

DEFAULT_EDITION = "indicator-2015"
"""The scheme of an edition that no first-level name gives away."""

_THEMES = "indicator-theme"
_SCORE: Final = re.compile(r"\([0-9.]{1,6}(?:分|%)?\)$")


@dataclass(frozen=True, slots=True)
class Edition:
    """One scheme of indicator categories: its first and its second levels by printed name."""

    level1: Mapping[str, str]
    level2: Mapping[str, str]

    def category(self, level1: str | None, level2: str | None) -> str | None:
        """The IRI of the category of an indicator of these levels, None for names that the edition does not have."""
        second = self.level2.get(_plain(level2)) if level2 else None
        if second is not None or not level1:
            return second
        return self.level1.get(_plain(level1))


class Categories:
    """The editions of indicator categories that the code lists hold."""

    def __init__(self, lists: CodeLists) -> None:
        first: defaultdict[str, dict[str, str]] = defaultdict(dict)
        second: defaultdict[str, dict[str, str]] = defaultdict(dict)
        prefix = f"{lists.base}id/concept/"
        for concept in sorted(lists.concepts.values(), key=lambda concept: concept.iri):
            scheme = (concept.named("inScheme") or "").removeprefix(prefix)
            if scheme.startswith("indicator-") and scheme != _THEMES:
                level = second if concept.named("broader") else first
                level[scheme].update({_plain(name): concept.iri for name in concept.names})
        self._editions = {scheme: Edition(first[scheme], second[scheme]) for scheme in sorted(first)}
        bearers: defaultdict[str, set[str]] = defaultdict(set)
        for scheme, names in first.items():
            for name in names:
                bearers[name].add(scheme)
        self._telling = {name: min(schemes) for name, schemes in bearers.items() if len(schemes) == 1}

    def edition(self, indicators: Iterable[Indicator]) -> Edition:
        """The edition that these indicators, all those of one project or statement, were written for."""
        printed = {indicator.level1 for indicator in indicators}
        told = {scheme for level1 in printed if level1 and (scheme := self._telling.get(_plain(level1)))}
        return self._editions[told.pop() if len(told) == 1 else DEFAULT_EDITION]


@lru_cache(maxsize=4_096)
def _plain(name: str) -> str:
    """A printed name without white space, a score in brackets behind it (`产出指标（50分）`), and the word 指标."""
    return _SCORE.sub("", squeeze(name)).removesuffix("指标")
