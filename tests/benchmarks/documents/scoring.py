"""What was read against what was written: recall and precision for each kind of fact, and speed."""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tests.benchmarks.documents.writing import facts_path

from fundtrace.pipeline.documents import read_file
from fundtrace.records import Citation, Document, Indicator

Bag = dict[str, Counter[Hashable]]
_MISSES = 200


@dataclass(slots=True)
class Score:
    """Counts of facts by kind: written, read, and both; the misses of each kind; documents, bytes and seconds."""

    written: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    both: Counter[str] = field(default_factory=Counter)
    misses: list[tuple[str, str, str, str]] = field(default_factory=list)
    documents: int = 0
    refused: int = 0
    seconds: float = 0.0
    forms: dict[str, tuple[int, float]] = field(default_factory=dict)

    def add(self, other: Score) -> None:
        """Count what another score counted."""
        self.written += other.written
        self.read += other.read
        self.both += other.both
        self.misses += other.misses
        self.documents += other.documents
        self.refused += other.refused
        self.seconds += other.seconds
        for name, (count, seconds) in other.forms.items():
            have = self.forms.get(name, (0, 0.0))
            self.forms[name] = (have[0] + count, have[1] + seconds)

    def recall(self, kind: str) -> float:
        """The share of what was written that was read."""
        return self.both[kind] / self.written[kind] if self.written[kind] else 1.0

    def precision(self, kind: str) -> float:
        """The share of what was read that was written."""
        return self.both[kind] / self.read[kind] if self.read[kind] else 1.0


def score(paths: Iterable[Path], jobs: int = 1) -> Score:
    """Reads documents and counts."""
    total = Score()
    if jobs == 1:
        for path in paths:
            total.add(_score(path))
        return total
    with get_context("spawn").Pool(jobs) as pool:
        for one in pool.imap_unordered(_score, paths, chunksize=20):
            total.add(one)
    return total


def _score(path: Path) -> Score:
    facts = json.loads(facts_path(path).read_text(encoding="utf-8"))
    start = time.perf_counter()
    outcome = read_file(path)
    seconds = time.perf_counter() - start
    one = Score(
        documents=1,
        refused=int(not outcome.documents),
        seconds=seconds,
        forms={facts["format"]: (1, seconds)},
    )
    written = _told(facts)
    read = _found(outcome.documents[0]) if outcome.documents else defaultdict(Counter)
    told = json.dumps([each.model_dump(mode="json") for each in outcome.documents], ensure_ascii=False)
    for contact in facts["contacts"]:
        written["contacts withheld"][contact] += 1
        read["contacts withheld"][contact] += contact not in told
    if facts["region"] is None:
        read.pop("region", None)
    if not facts["form"].startswith(("hebei", "prose", "surrounded")):
        read.pop("units", None)
    for kind in written.keys() | read.keys():
        one.written[kind] = written[kind].total()
        one.read[kind] = read[kind].total()
        one.both[kind] = (written[kind] & read[kind]).total()
        for sign, lost in (("-", written[kind] - read[kind]), ("+", read[kind] - written[kind])):
            one.misses += [(kind, sign, path.name, str(fact)) for fact in list(lost)[:_MISSES]]
    return one


def _squeezed(text: str | None) -> str:
    return "".join((text or "").split()).strip("。；;")


def _told(facts: dict[str, Any]) -> Bag:
    bag: Bag = defaultdict(Counter)
    bag["fiscal year"][facts["fiscal_year"]] += 1
    if facts["region"]:
        bag["region"][facts["region"]] += 1
    for place, project in _numbered(facts["projects"], lambda each: _squeezed(each["name"]["text"])):
        bag["projects"][place] += 1
        if project["code"]:
            bag["codes"][place, project["code"]] += 1
        if project["unit"]:
            bag["units"][(place, *project["unit"])] += 1
        for part, value in project["amounts"].items():
            bag["amounts"][place, part, Decimal(value)] += 1
        if project["purpose"]:
            bag["purposes"][place, _squeezed(project["purpose"]["text"])] += 1
        if project["level"]:
            bag["fund levels"][place, project["level"]] += 1
        for month, printed in (project["plan"] or {}).get("points", ()):
            bag["plan points"][place, month, printed] += 1
        if project["plan"] and project["plan"]["kind"]:
            bag["plan kinds"][place, project["plan"]["kind"]] += 1
        _told_goals(bag, place, project["goals"])
        _told_indicators(bag, place, project["indicators"])
        texts: list[tuple[str, str | None, Any]] = [
            ("name", None, project["name"]),
            ("purpose", None, project["purpose"]),
            ("basis", None, project["grounds"]),
        ]
        texts += [("goal", None, goal) for goal in project["goals"]]
        texts += [("basis", _squeezed(each["name"]), each["basis"]) for each in project["indicators"]]
        for where, indicator, text in texts:
            for cited in (text or {}).get("cited", ()):
                _cite(bag, (place, where, indicator), cited)
    for statement in facts["statements"]:
        place = ("statement", _squeezed(statement["unit"]))
        bag["statements"][place] += 1
        for part, value in statement["amounts"].items():
            bag["statement amounts"][part, Decimal(value)] += 1
        _told_goals(bag, place, statement["goals"])
        _told_indicators(bag, place, statement["indicators"])
        for goal in statement["goals"]:
            for cited in goal["cited"]:
                _cite(bag, ("document", "goal", None), cited)
    for cited in facts["narrative"]:
        _cite(bag, ("document", "narrative", None), cited)
    return bag


def _told_goals(bag: Bag, place: Hashable, goals: list[dict[str, Any]]) -> None:
    for goal in goals:
        bag["goals"][place, _squeezed(goal["text"])] += 1


def _told_indicators(bag: Bag, place: Hashable, indicators: list[dict[str, Any]]) -> None:
    for each in indicators:
        name, target = _squeezed(each["name"]), each["target"]
        bag["indicators"][place, name] += 1
        bag["levels"][place, name, _squeezed(each["level1"]), _squeezed(each["level2"])] += 1
        bag["printed targets"][place, name, _squeezed(target["printed"])] += 1
        bag["targets"][
            place, name, target["comparator"], target["value"], target["unit"], target["kind"]
        ] += 1
        if each["description"]:
            bag["descriptions"][place, name, _squeezed(each["description"])] += 1
        if each["basis"]:
            bag["bases"][place, name, _squeezed(each["basis"]["text"])] += 1


def _cite(bag: Bag, where: tuple[Hashable, ...], cited: dict[str, Any]) -> None:
    key = cited["number"] or _squeezed(cited["title"])
    bag["citations"][(*where, key, cited["role"])] += 1
    if cited["title"]:
        bag["titles"][(*where, key, _squeezed(cited["title"]), cited["truncated"])] += 1
    if cited["issuers"]:
        bag["issuers"][(*where, key, *cited["issuers"])] += 1
    if cited["article"]:
        bag["articles"][(*where, key, cited["article"])] += 1


def _found(document: Document) -> Bag:
    bag: Bag = defaultdict(Counter)
    bag["fiscal year"][document.fiscal_year] += 1
    if document.department and document.department.region and document.department.region.code:
        bag["region"][document.department.region.code] += 1
    for place, project in _numbered(document.projects, lambda each: _squeezed(each.name)):
        bag["projects"][place] += 1
        if project.code:
            bag["codes"][place, project.code] += 1
        if project.unit:
            bag["units"][place, project.unit.code, _squeezed(project.unit.name)] += 1
        for part in ("total", "fiscal", "carryover", "other"):
            money = getattr(project.budget, part)
            if money and money.yuan is not None:
                bag["amounts"][place, part, Decimal(money.yuan)] += 1
        if project.purpose:
            bag["purposes"][place, _squeezed(project.purpose)] += 1
        if project.fund_level:
            bag["fund levels"][place, project.fund_level] += 1
        if project.schedule:
            for point in project.schedule.points:
                bag["plan points"][place, point.month, _squeezed(point.printed)] += 1
        for goal in project.goals:
            bag["goals"][place, _squeezed(goal)] += 1
        _found_indicators(bag, place, project.indicators)
        for citation in project.citations:
            indicator = (
                None if citation.indicator is None else _squeezed(project.indicators[citation.indicator].name)
            )
            _found_citation(bag, (place, citation.place, indicator), citation)
    _found_plan_kinds(bag, document)
    for statement in document.statements:
        place = ("statement", _squeezed(statement.unit.name))
        bag["statements"][place] += 1
        for part, money in statement.budget:
            if money and money.yuan is not None:
                bag["statement amounts"][part, Decimal(money.yuan)] += 1
        for goal in statement.goals:
            bag["goals"][place, _squeezed(goal)] += 1
        _found_indicators(bag, place, statement.indicators)
    for citation in document.citations:
        _found_citation(bag, ("document", citation.place, None), citation)
    return bag


def _found_plan_kinds(bag: Bag, document: Document) -> None:
    """Only kinds that the print decides are facts: those of figures with a percent sign, and those that add up."""
    for place, project in _numbered(document.projects, lambda each: _squeezed(each.name)):
        plan = project.schedule
        sure = (
            plan and plan.kind == "percent_cumulative" and all("%" in point.printed for point in plan.points)
        )
        if plan and (sure or plan.kind == "amount_cumulative"):
            bag["plan kinds"][place, plan.kind] += 1


def _found_indicators(bag: Bag, place: Hashable, indicators: Iterable[Indicator]) -> None:
    for each in indicators:
        name, target = _squeezed(each.name), each.target
        bag["indicators"][place, name] += 1
        bag["levels"][place, name, _squeezed(each.level1), _squeezed(each.level2)] += 1
        bag["printed targets"][place, name, _squeezed(target.printed)] += 1
        bag["targets"][place, name, target.comparator, target.value, target.unit, target.kind] += 1
        if each.description:
            bag["descriptions"][place, name, _squeezed(each.description)] += 1
        if each.basis:
            bag["bases"][place, name, _squeezed(each.basis.printed)] += 1


def _found_citation(bag: Bag, where: tuple[Hashable, ...], citation: Citation) -> None:
    _cite(
        bag,
        where,
        {
            "number": citation.number,
            "title": citation.title,
            "role": citation.role,
            "issuers": citation.issuers,
            "article": citation.article,
            "truncated": citation.title_truncated,
        },
    )


def _numbered(items: Iterable[Any], name: Any) -> Iterable[tuple[Hashable, Any]]:
    """Items with their name and which of those of that name they are."""
    seen: Counter[str] = Counter()
    for item in items:
        seen[name(item)] += 1
        yield (name(item), seen[name(item)]), item
