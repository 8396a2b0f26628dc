"""The page of a project: money, plan, goals, promised indicators, citations, and the printed rows behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from fundtrace.release import Release
from fundtrace_server.addresses import page_path
from fundtrace_server.description import Description
from fundtrace_server.views.findings import FindingView, findings_of
from fundtrace_server.views.linking import Link, node_link

_PRINTED_ORDER = tuple(
    f"budget-line-{kind}"
    for kind in (
        "total",
        "fiscal",
        "carryover",
        "other",
        "income-total",
        "basic-personnel",
        "basic-public",
        "basic-total",
        "project",
        "expenditure-total",
    )
)
_STRENGTH = ("role-funds", "role-basis", "role-mention")


@dataclass(frozen=True, slots=True)
class RowView:
    """A printed row that something was read from."""

    file: str
    source: Link | None
    page: int | None
    table: int | None
    row: int | None
    line: int | None
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BudgetLineView:
    """A figure: its kind (concept code), yuan, the printed text and unit, and the printed row."""

    kind: str
    yuan: Decimal | None
    printed: str | None
    unit: str | None
    row: RowView | None


@dataclass(frozen=True, slots=True)
class PlanPoint:
    """A point of the spending plan: month and printed text."""

    month: int
    printed: str


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """A row of the three-level table; `span1` and `span2` are rows that the level cell spans, 0 when covered."""

    level1: str | None
    level2: str | None
    span1: int
    span2: int
    name: str | None
    description: str | None
    target: str | None
    basis: str | None
    basis_category: str | None
    documents: tuple[Link, ...]
    row: RowView | None
    anchor: str


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
    fund_level: str | None
    direct_funds: bool
    budget: tuple[BudgetLineView, ...]
    plan: tuple[PlanPoint, ...]
    plan_kind: str | None
    goals: tuple[str, ...]
    indicators: tuple[IndicatorView, ...]
    citations: tuple[CitedView, ...]
    findings: tuple[FindingView, ...]
    rows: tuple[RowView, ...]
    line: int | None


def view_project(release: Release, description: Description, language: str) -> ProjectView:
    """The view of a project that exists in the release."""
    base = release.base

    def to(name: str) -> Link | None:
        return node_link(description, description.node(name), base, language)

    schedule = description.node("schedule")
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
        purpose=description.text("purpose"),
        fund_level=description.concept("fundLevel"),
        direct_funds=description.text("directFunds") == "true",
        budget=budget_lines(description, base),
        plan=_plan(description, schedule),
        plan_kind=description.concept("scheduleKind", schedule) if schedule else None,
        goals=tuple(description.text("text", goal) or "" for goal in description.nodes("goal")),
        indicators=indicators(description, base),
        citations=_citations(description, base),
        findings=findings_of(release, description.iri),
        rows=tuple(read_row(description, row, base) for row in description.nodes("sourceRow")),
        line=description.whole("line"),
    )


def budget_lines(description: Description, base: str) -> tuple[BudgetLineView, ...]:
    """The figures of a project or statement, in the order in which they are printed in most forms."""
    found = []
    for line in description.nodes("budgetLine"):
        kind = description.concept("lineKind", line) or ""
        view = BudgetLineView(
            kind=kind,
            yuan=description.amount("yuan", line),
            printed=description.text("printed", line),
            unit=description.text("printedUnit", line),
            row=_row_of(description, line, base),
        )
        found.append(
            (_PRINTED_ORDER.index(kind) if kind in _PRINTED_ORDER else len(_PRINTED_ORDER), line, view)
        )
    return tuple(view for _, _, view in sorted(found, key=lambda one: one[:2]))


def indicators(description: Description, base: str) -> tuple[IndicatorView, ...]:
    """The indicators of a project or statement, in printed order, with the spans of their level cells."""
    nodes = description.nodes("indicator")
    cited: dict[str, list[Link]] = {}
    for citation in description.nodes("citation"):
        indicator = description.node("citingIndicator", citation)
        document = description.node("citedDocument", citation)
        if indicator and document:
            to = _short(description, document, base)
            cited.setdefault(indicator, [])
            cited[indicator] += [to] if to not in cited[indicator] else []
    levels = [(description.text("level1", node), description.text("level2", node)) for node in nodes]
    spans1 = _spans([level1 for level1, _ in levels])
    spans2 = _spans(levels)
    views = []
    for number, node in enumerate(nodes):
        target = description.node("target", node)
        views.append(
            IndicatorView(
                level1=levels[number][0],
                level2=levels[number][1],
                span1=spans1[number],
                span2=spans2[number],
                name=description.text("name", node),
                description=description.text("description", node),
                target=description.text("printed", target) if target else None,
                basis=description.text("basisText", node),
                basis_category=description.concept("basisCategory", node),
                documents=tuple(cited.get(node, ())),
                row=_row_of(description, node, base),
                anchor=f"indicator-{number + 1}",
            )
        )
    return tuple(views)


def read_row(description: Description, iri: str, base: str) -> RowView:
    """A source row with the file it stands in."""
    source = description.node("source", iri) or description.node("source")
    file = description.text("fileName", source) if source else None
    return RowView(
        file=file or (description.label(source) if source else ""),
        source=node_link(description, source, base),
        page=description.whole("page", iri),
        table=description.whole("table", iri),
        row=description.whole("row", iri),
        line=description.whole("line", iri),
        cells=tuple((description.text("cells", iri) or "").split("\t")),
    )


def _row_of(description: Description, subject: str, base: str) -> RowView | None:
    node = description.node("sourceRow", subject)
    return read_row(description, node, base) if node else None


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
    spans = _spans([document for _, document, _ in found])
    return tuple(
        _citation(description, node, document, span, base)
        for (_, document, node), span in zip(found, spans, strict=True)
    )


def _citation(description: Description, node: str, document: str, span: int, base: str) -> CitedView:
    indicator = description.node("citingIndicator", node)
    return CitedView(
        document=_short(description, document, base),
        span=span,
        role=description.concept("role", node) or "",
        place=description.concept("place", node) or "",
        reason=description.text("reason", node),
        printed=description.text("printed", node) or "",
        article=description.text("article", node),
        stated=description.amount("statedAmount", node),
        indicator=description.text("name", indicator) if indicator else None,
        line=description.whole("line", node),
    )


def _short(description: Description, document: str, base: str) -> Link:
    """A document by its number where it has one, else by its label."""
    label = description.text("number", document) or description.label(document)
    return Link(label, page_path(document, base))


def _spans(keys: Sequence[object]) -> list[int]:
    spans: list[int] = []
    for key, run in groupby(keys):
        length = len(list(run))
        spans += [1] * length if key is None else [length, *[0] * (length - 1)]
    return spans
