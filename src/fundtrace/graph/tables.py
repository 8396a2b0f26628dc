"""Budget tables: each a data set of its own, each cell with text an observation of it."""

from __future__ import annotations

from collections.abc import Iterable

from fundtrace.graph.classification import Classifications, code_in
from fundtrace.graph.findings import Remark
from fundtrace.graph.forms import BOOLEAN, CONCEPT, DECIMAL, INTEGER, IRI, TEXT, WORD, Form
from fundtrace.graph.pen import Pen, shorten
from fundtrace.graph.provenance import write_rows
from fundtrace.graph.sourcing import Source
from fundtrace.records import BudgetTable, BudgetTableRow, Money, SourceRow
from fundtrace.vocab import classes as c
from fundtrace.vocab import properties as p

_NAMED = 10
"""Unknown codes that a finding names; it says how many there are."""


_OBSERVATION = Form(
    c.BudgetObservation,
    (p.code, TEXT),
    (p.name, TEXT),
    (p.rowLevel, WORD),
    (p.isLeaf, BOOLEAN),
    (p.side, WORD),
    (p.column, WORD),
    (p.yuan, DECIMAL),
    (p.printed, TEXT),
    (p.printedUnit, WORD),
    (p.ordinal, INTEGER),
    (p.classification, CONCEPT),
    (p.source, IRI),
    (p.row, INTEGER),
    (p.sourceRow, IRI),
)


def write_tables(pen: Pen, source: Source, classifications: Classifications) -> list[Remark]:
    """States the budget tables of a source; gives a remark for each table with codes that its year does not have."""
    remarks = []
    for number, table in enumerate(source.document.budget_tables, start=1):
        iri = pen.iris.part("table", source.key, number)
        subject = _write_table(pen, iri, source, table)
        unknown: dict[str, None] = {}
        ordinal = 0
        for row_number, row in enumerate(table.rows, start=1):
            cells = list(_cells(table, row))
            code = code_in(table.kind, row.code)
            concept = classifications.concept(code, source.document.fiscal_year) if code else None
            if code and not concept:
                unknown.setdefault(code)
            place = row.position
            printed_row = (
                pen.iris.row(source.key, place.table, place.row)
                if place.table is not None and place.row is not None
                else None
            )
            for column, heading, money in cells:
                ordinal += 1
                part = pen.iris.part("observation", source.key, f"{number}-{row_number}-{column}")
                pen.link(subject, p.observation, part)
                pen.state[_OBSERVATION](
                    part,
                    _label(row, heading, money),
                    row.code,
                    row.name,
                    row.level,
                    row.leaf,
                    row.side,
                    heading,
                    money.yuan,
                    money.printed,
                    money.unit,
                    ordinal,
                    concept,
                    source.iri,
                    row.position.row,
                    printed_row,
                )
        if unknown:
            remarks.append(_unknown_codes(pen, iri, f"table-{source.key}-{number}", source, list(unknown)))
    printed = _printed_rows(source) if source.document.budget_tables else []
    iris = pen.iris.rows(source.key, [(row.table, row.row) for row in printed])
    write_rows(pen, iris, printed, source.iri)
    return remarks


def _write_table(pen: Pen, iri: str, source: Source, table: BudgetTable) -> str:
    document = source.document
    subject = pen.entity(c.BudgetTable, iri, shorten(table.title))
    pen.text(subject, p.title, table.title)
    pen.concept(subject, p.tableKind, "table", table.kind)
    pen.text(subject, p.note, table.note)
    for heading in table.columns:
        pen.text(subject, p.column, heading)
    if source.region:
        pen.link(subject, p.region, pen.iris.region(source.region))
    if source.department:
        pen.link(subject, p.department, pen.iris.iri("department", source.department))
    pen.year(subject, p.fiscalYear, document.fiscal_year)
    pen.concept(subject, p.stage, "stage", document.stage)
    pen.integer(subject, p.line, table.line)
    pen.link(subject, p.source, source.iri)
    return subject


def _cells(table: BudgetTable, row: BudgetTableRow) -> Iterable[tuple[int, str, Money]]:
    """The cells of a row that hold text: 1-based ordinal of the column, its heading, and the amount."""
    for ordinal, heading in enumerate(dict.fromkeys([*table.columns, *row.cells]), start=1):
        money = row.cells.get(heading)
        if money is not None and money.printed.strip():
            yield ordinal, heading, money


def _label(row: BudgetTableRow, heading: str, money: Money) -> str:
    name = row.name.strip() or row.code or row.level or ""
    return shorten(f"{name} · {heading} {money.printed.strip()}{money.unit or ''}")


def _printed_rows(source: Source) -> list[SourceRow]:
    """The printed rows of the observations, one for both sides of a two-sided table: code, name and texts.

    A row that a project or statement was read from too is stated there, with all its cells.
    """
    document = source.document
    elsewhere = {
        (row.table, row.row) for record in document.projects + document.statements for row in record.rows
    }
    found: dict[tuple[int, int], SourceRow] = {}
    for table in document.budget_tables:
        for row in table.rows:
            place = row.position
            texts = [money.printed for _, _, money in _cells(table, row)]
            if place.table is None or place.row is None or not texts:
                continue
            cells = tuple(text for text in (row.code, row.name, *texts) if text)
            known = found.get((place.table, place.row))
            found[place.table, place.row] = SourceRow(
                page=place.page,
                table=place.table,
                row=place.row,
                line=known.line if known else row.line,
                cells=known.cells + cells if known else cells,
            )
    return [row for place, row in found.items() if place not in elsewhere]


def _unknown_codes(pen: Pen, iri: str, stem: str, source: Source, codes: list[str]) -> Remark:
    more = len(codes) > _NAMED
    return Remark(
        stem,
        "unknown-classification-code",
        "info",
        f"本年度科目表中没有的 {len(codes)} 个代码，照原文保留：{'、'.join(codes[:_NAMED])}{'等' if more else ''}",
        "codes that the classification list of the year does not have, kept as printed "
        f"({len(codes)}): {', '.join(codes[:_NAMED])}{', …' if more else ''}",
        (iri,),
        (pen.iris.iri("source", source.key),),
    )
