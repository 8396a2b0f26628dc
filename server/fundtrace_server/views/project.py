"""The page of a project: money, plan, goals, promised indicators, citations, and the printed rows behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from fundtrace.release import Release
from fundtrace_server.description import Description
from fundtrace_server.indexed import number_of
from fundtrace_server.views.findings import FindingView, findings_about
from fundtrace_server.views.indicators import IndicatorView, indicators, short_document, spans
from fundtrace_server.views.linking import Link, node_link
from fundtrace_server.views.neighbours import SuggestionView, suggestions
from fundtrace_server.views.printed import BudgetLineView, RowView, budget_lines, read_row, row_of

_PARTS = frozenset({"budget-line", "schedule", "schedule-point", "goal", "indicator", "target", "citation"})
_STRENGTH = ("role-funds", "role-basis", "role-mention")


@dataclass(frozen=True, slots=True)
class PlanPoint:
    """A point of the spending plan: month and printed text."""

    month: int
    printed: str


@dataclass(frozen=True, slots=True)
class CitedView:
    """A citation seen from the project; `span` is the rows that its document's cell spans, 0 when covered."""

    document: Link
    span: int
    role: str
    place: str
    reason: str | None
    printed: str
    article: str | None
    stated: Decimal | None
    indicator: str | None
    line: int | None
    row: RowView | None


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal as printed, and the row that it stands in."""

    text: str
    row: RowView | None


@dataclass(frozen=True, slots=True)
class ProjectView:
    """Everything on the page."""

    iri: str
    label: str
    code: str | None
    year: str | None
    stage: str | None
    department: Link | None
    unit: Link | None
    region: Link | None
    series: Link | None
    source: Link | None
    implementing_unit: str | None
    purpose: str | None
    purpose_row: RowView | None
    fund_level: str | None
    direct_funds: bool
    budget: tuple[BudgetLineView, ...]
    plan: tuple[PlanPoint, ...]
    plan_kind: str | None
    plan_row: RowView | None
    goals: tuple[GoalView, ...]
    indicators: tuple[IndicatorView, ...]
    citations: tuple[CitedView, ...]
    findings: tuple[FindingView, ...]
    suggestions: tuple[SuggestionView, ...]
    rows: tuple[RowView, ...]
    line: int | None


def view_project(release: Release, description: Description, language: str) -> ProjectView:
    """The view of a project that exists in the release."""
    base = release.base

    def to(name: str) -> Link | None:
        return node_link(description, description.node(name), base, language)

    schedule = description.node("schedule")
    rows = tuple(read_row(description, row, base) for row in description.nodes("sourceRow"))
    plan = _plan(description, schedule)
    purpose = description.text("purpose")
    number = number_of(release.index, description.iri.removeprefix(f"{base}id/"))
    return ProjectView(
        iri=description.iri,
        label=description.label(language=language),
        code=description.text("code"),
        year=description.text("fiscalYear"),
        stage=description.concept("stage"),
        department=to("department"),
        unit=to("unit"),
        region=to("region"),
        series=to("inSeries"),
        source=to("source"),
        implementing_unit=description.text("implementingUnit"),
        purpose=purpose,
        purpose_row=_holding(rows, [purpose] if purpose else []),
        fund_level=description.concept("fundLevel"),
        direct_funds=description.text("directFunds") == "true",
        budget=budget_lines(description, base),
        plan=plan,
        plan_row=_holding(rows, [point.printed for point in plan]),
        plan_kind=description.concept("scheduleKind", schedule) if schedule else None,
        goals=tuple(_goal(description, goal, rows) for goal in description.nodes("goal")),
        indicators=indicators(description, base),
        citations=_citations(description, base),
        findings=findings_about(release.index, _parts(description, base), language),
        suggestions=suggestions(release.index, number, language) if number is not None else (),
        rows=rows,
        line=description.whole("line"),
    )


def _goal(description: Description, goal: str, rows: Sequence[RowView]) -> GoalView:
    text = description.text("text", goal) or ""
    return GoalView(text, _holding(rows, [text]))


def _holding(rows: Sequence[RowView], texts: Sequence[str]) -> RowView | None:
    """The row in which all of the texts are printed, whatever the spaces; None when no row has them."""
    wanted = ["".join(text.split()) for text in texts if text.strip()]
    if not wanted:
        return None
    for row in rows:
        printed = "".join("".join(row.cells).split())
        if all(text in printed for text in wanted):
            return row
    return None


def _parts(description: Description, base: str) -> list[str]:
    """The keys of the project and of everything that is told of it."""
    own = f"{base}id/"
    subjects = {str(triple.subject)[1:-1].removeprefix(own) for triple in description.triples}
    parts = (one for one in subjects if one.partition("/")[0] in _PARTS)
    return sorted({description.iri.removeprefix(own), *parts})


def _plan(description: Description, schedule: str | None) -> tuple[PlanPoint, ...]:
    if schedule is None:
        return ()
    points = [
        PlanPoint(description.whole("month", node) or 0, description.text("printed", node) or "")
        for node in description.nodes("schedulePoint", schedule)
    ]
    return tuple(sorted(points, key=lambda point: point.month))


def _citations(description: Description, base: str) -> tuple[CitedView, ...]:
    found: list[tuple[int, str, str]] = []
    strongest: dict[str, int] = {}
    for node in description.nodes("citation"):
        document = description.node("citedDocument", node)
        if document is None:
            continue
        role = description.concept("role", node) or ""
        strength = _STRENGTH.index(role) if role in _STRENGTH else len(_STRENGTH)
        strongest[document] = min(strength, strongest.get(document, strength))
        found.append((strength, document, node))
    found.sort(key=lambda one: (strongest[one[1]], one[1], one[0]))
    widths = spans([document for _, document, _ in found])
    return tuple(
        _citation(description, node, document, span, base)
        for (_, document, node), span in zip(found, widths, strict=True)
    )


def _citation(description: Description, node: str, document: str, span: int, base: str) -> CitedView:
    indicator = description.node("citingIndicator", node)
    return CitedView(
        document=short_document(description, document, base),
        span=span,
        role=description.concept("role", node) or "",
        place=description.concept("place", node) or "",
        reason=description.text("reason", node),
        printed=description.text("printed", node) or "",
        article=description.text("article", node),
        stated=description.amount("statedAmount", node),
        indicator=description.text("name", indicator) if indicator else None,
        line=description.whole("line", node),
        row=row_of(description, node, base),
    )
