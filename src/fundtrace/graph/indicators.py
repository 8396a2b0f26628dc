"""Goals, indicators and targets."""

from __future__ import annotations

from collections.abc import Sequence

from fundtrace.graph.categories import Categories
from fundtrace.graph.concepts import CodeLists
from fundtrace.graph.forms import CONCEPT, DECIMAL, INTEGER, IRI, TEXT, WORD, Form, code_of
from fundtrace.graph.pen import Pen, shorten
from fundtrace.graph.provenance import Provenance
from fundtrace.graph.sourcing import Source
from fundtrace.graph.units import Units
from fundtrace.records import Indicator, Target
from fundtrace.vocab import classes as c
from fundtrace.vocab import properties as p

_GOAL = Form(
    c.Goal,
    (p.ordinal, INTEGER),
    (p.section, WORD),
    (p.heading, TEXT),
    (p.text, TEXT),
    (p.line, INTEGER),
    (p.source, IRI),
)
_INDICATOR = Form(
    c.Indicator,
    (p.indicatorOf, IRI),
    (p.ordinal, INTEGER),
    (p.level1, WORD),
    (p.level2, WORD),
    (p.category, CONCEPT),
    (p.name, TEXT),
    (p.description, TEXT),
    (p.basisText, TEXT),
    (p.basisCategory, code_of("basis")),
    (p.line, INTEGER),
    (p.source, IRI),
    (p.sourceRow, IRI),
    (p.target, IRI),
)
_TARGET = Form(
    c.Target,
    (p.targetKind, code_of("target")),
    (p.comparator, WORD),
    (p.value, DECIMAL),
    (p.valueUnit, WORD),
    (p.normalisedValue, DECIMAL),
    (p.normalisedUnit, CONCEPT),
    (p.printed, TEXT),
    (p.source, IRI),
)


class Lists:
    """The code lists that indicators and targets are looked up in."""

    def __init__(self, lists: CodeLists) -> None:
        self.categories = Categories(lists)
        self.units = Units(lists)


def write_goals(pen: Pen, owner: str, stem: str, goals: Sequence[str], provenance: Provenance) -> None:
    """States the goals of a project or statement in printed order; the ordinal counts blank ones too."""
    for ordinal, text in enumerate(goals, start=1):
        if text and not text.isspace():
            iri = pen.iris.part("goal", stem, ordinal)
            pen.link(owner, p.goal, iri)
            pen.state[_GOAL](iri, shorten(text), ordinal, None, None, text, None, provenance.source)


def write_narrative_goals(pen: Pen, source: Source) -> None:
    """States the goals of a file outside every project; their keys have `narrative` in them."""
    for ordinal, goal in enumerate(source.document.goals, start=1):
        text, heading = goal.text, goal.heading
        if text and not text.isspace():
            iri = pen.iris.part("goal", f"{source.key}-narrative", ordinal)
            pen.link(f"<{source.iri}>", p.goal, iri)
            label = shorten(heading or "") or shorten(text)
            pen.state[_GOAL](iri, label, ordinal, goal.section, heading, text, goal.line, source.iri)


def write_indicators(
    pen: Pen, owner: str, stem: str, indicators: Sequence[Indicator], lists: Lists, provenance: Provenance
) -> Sequence[str]:
    """States the indicators of a project or statement, which is given by its IRI, with their targets; gives their IRIs."""
    edition, source, state = lists.categories.edition(indicators), provenance.source, pen.state[_INDICATOR]
    ordinals = range(1, len(indicators) + 1)
    iris = pen.iris.parts("indicator", stem, ordinals)
    targets = pen.iris.parts("target", stem, ordinals)
    pen.links(f"<{owner}>", p.indicator, iris)
    for ordinal, indicator, iri, target in zip(ordinals, indicators, iris, targets, strict=True):
        level1, level2, name, basis = indicator.level1, indicator.level2, indicator.name, indicator.basis
        description = indicator.description
        state(
            iri,
            _label(ordinal, name, description, level2, level1),
            owner,
            ordinal,
            level1,
            level2,
            edition.category(level1, level2),
            name,
            description,
            basis.printed if basis is not None else None,
            basis.category if basis is not None else None,
            indicator.line,
            source,
            provenance.row(indicator.position),
            target,
        )
        _write_target(pen, target, indicator.target, lists.units, source)
    return iris


def _label(ordinal: int, *texts: str | None) -> str:
    for text in texts:
        if text and not text.isspace():
            return shorten(text)
    return f"绩效指标 {ordinal}"


def _write_target(pen: Pen, iri: str, target: Target, units: Units, source: str) -> None:
    printed, value, unit = target.printed, target.value, target.unit
    normalised = units.normalise(value, unit) if value and unit else None
    pen.state[_TARGET](
        iri,
        shorten(printed or "") or "未印出指标值",
        target.kind,
        target.comparator,
        value,
        unit,
        normalised[0] if normalised is not None else None,
        normalised[1] if normalised is not None else None,
        printed,
        source,
    )
