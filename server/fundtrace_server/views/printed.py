"""What stands printed behind a value: source rows, and the figures that were read from them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fundtrace_server.description import Description
from fundtrace_server.views.linking import Link, link

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


@dataclass(frozen=True, slots=True)
class RowView:
    """A printed row that something was read from; `source` is labelled by its file name."""

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
            row=row_of(description, line, base),
        )
        found.append(
            (_PRINTED_ORDER.index(kind) if kind in _PRINTED_ORDER else len(_PRINTED_ORDER), line, view)
        )
    return tuple(view for _, _, view in sorted(found, key=lambda one: one[:2]))


def read_row(description: Description, iri: str, base: str) -> RowView:
    """A source row with the file it stands in."""
    source = description.node("source", iri) or description.node("source")
    file = description.text("fileName", source) if source else None
    return RowView(
        source=link(source, file or (description.label(source) if source else None), base),
        page=description.whole("page", iri),
        table=description.whole("table", iri),
        row=description.whole("row", iri),
        line=description.whole("line", iri),
        cells=tuple((description.text("cells", iri) or "").split("\t")),
    )


def row_of(description: Description, subject: str, base: str) -> RowView | None:
    """The printed row of a part; None when none is stated."""
    node = description.node("sourceRow", subject)
    return read_row(description, node, base) if node else None
