"""Goals, indicators and targets."""

from __future__ import annotations

from collections.abc import Sequence

from fundtrace.graph.categories import Categories
from fundtrace.graph.concepts import CodeLists
from fundtrace.graph.pen import Pen, shorten
from fundtrace.graph.provenance import Provenance
from fundtrace.graph.sourcing import Source
from fundtrace.graph.units import Units
from fundtrace.records import Indicator, Target
from fundtrace.vocab import classes as c
from fundtrace.vocab import properties as p


class Lists:
    """The code lists that indicators and targets are looked up in."""

    def __init__(self, lists: CodeLists) -> None:
        self.categories = Categories(lists)
        self.units = Units(lists)


def write_goals(pen: Pen, owner: str, stem: str, goals: Sequence[str], provenance: Provenance) -> None:
    """States the goals of a project or statement in printed order; the ordinal counts blank ones too."""
    for ordinal, text in enumerate(goals, start=1):
        if not text.strip():
            continue
        iri = pen.iris.part("goal", stem, ordinal)
        subject = pen.entity(c.Goal, iri, shorten(text))
        pen.link(owner, p.goal, iri)
        pen.integer(subject, p.ordinal, ordinal)
        pen.text(subject, p.text, text)
        provenance.source(subject)


def write_narrative_goals(pen: Pen, source: Source) -> None:
    """States the goals of a file outside every project; their keys have `narrative` in them."""
    iri = source.iri
    for ordinal, goal in enumerate(source.document.goals, start=1):
        if not goal.text.strip():
            continue
        part = pen.iris.part("goal", f"{source.key}-narrative", ordinal)
        subject = pen.entity(c.Goal, part, shorten(goal.heading or "") or shorten(goal.text))
        pen.link(f"<{iri}>", p.goal, part)
        pen.integer(subject, p.ordinal, ordinal)
        pen.text(subject, p.section, goal.section)
        pen.text(subject, p.heading, goal.heading)
        pen.text(subject, p.text, goal.text)
        pen.integer(subject, p.line, goal.line)
        pen.link(subject, p.source, iri)


def write_indicators(
    pen: Pen, owner_iri: str, stem: str, indicators: Sequence[Indicator], lists: Lists, provenance: Provenance
) -> None:
    """States the indicators of a project or statement with their targets."""
    owner = f"<{owner_iri}>"
    edition = lists.categories.edition(indicators)
    for ordinal, indicator in enumerate(indicators, start=1):
        iri = pen.iris.part("indicator", stem, ordinal)
        subject = pen.entity(c.Indicator, iri, _label(indicator, ordinal))
        pen.link(owner, p.indicator, iri)
        pen.link(subject, p.indicatorOf, owner_iri)
        pen.integer(subject, p.ordinal, ordinal)
        pen.text(subject, p.level1, indicator.level1)
        pen.text(subject, p.level2, indicator.level2)
        pen.named_concept(subject, p.category, edition.category(indicator))
        pen.text(subject, p.name, indicator.name)
        pen.text(subject, p.description, indicator.description)
        if indicator.basis is not None:
            pen.text(subject, p.basisText, indicator.basis.printed)
            pen.concept(subject, p.basisCategory, "basis", indicator.basis.category)
        pen.integer(subject, p.line, indicator.line)
        provenance.source(subject)
        provenance.row(subject, indicator.position)
        target_iri = pen.iris.part("target", stem, ordinal)
        pen.link(subject, p.target, target_iri)
        _write_target(pen, target_iri, indicator.target, lists.units, provenance)


def _label(indicator: Indicator, ordinal: int) -> str:
    for text in (indicator.name, indicator.description, indicator.level2, indicator.level1):
        if text and text.strip():
            return shorten(text)
    return f"绩效指标 {ordinal}"


def _write_target(pen: Pen, iri: str, target: Target, units: Units, provenance: Provenance) -> None:
    subject = pen.entity(c.Target, iri, shorten(target.printed or "") or "未印出指标值")
    pen.concept(subject, p.targetKind, "target", target.kind)
    pen.text(subject, p.comparator, target.comparator)
    pen.decimal(subject, p.value, target.value)
    pen.text(subject, p.valueUnit, target.unit)
    normalised = units.normalise(target.value, target.unit) if target.value and target.unit else None
    if normalised is not None:
        pen.decimal(subject, p.normalisedValue, normalised[0])
        pen.named_concept(subject, p.normalisedUnit, normalised[1])
    pen.text(subject, p.printed, target.printed)
    provenance.source(subject)
