"""`/questions`: the saved questions as forms, tables and files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from fundtrace.errors import UsageError
from fundtrace.query import Question, Table, ask, catalogue, provenance, turtle_bytes
from fundtrace.query.describing import TURTLE_MEDIA_TYPE
from fundtrace.query.tables import (
    CSV_MEDIA_TYPE,
    JSON_MEDIA_TYPE,
    XLSX_MEDIA_TYPE,
    csv_bytes,
    json_bytes,
    plain,
    xlsx_bytes,
)
from fundtrace.release import Release
from fundtrace_server.addresses import address_of
from fundtrace_server.headers import CORS
from fundtrace_server.holding import serving_of
from fundtrace_server.problems import Problem, not_found
from fundtrace_server.rendering import language_of, page
from fundtrace_server.views.linking import Link

SHOWN = 200
"""Rows that a page shows; a file has all."""

Language = Literal["zh", "en"]
_NOT_PARAMETERS = frozenset({"lang", "release"})
_FILES: Mapping[str, tuple[str, Callable[[Release, Table, Language], bytes]]] = {
    "csv": (CSV_MEDIA_TYPE, lambda _, table, language: csv_bytes(table, language)),
    "json": (JSON_MEDIA_TYPE, lambda _release, table, _language: json_bytes(table)),
    "xlsx": (
        XLSX_MEDIA_TYPE,
        lambda release, table, language: xlsx_bytes(table, language, provenance(release)),
    ),
    "ttl": (TURTLE_MEDIA_TYPE, lambda release, table, _: turtle_bytes(release, table)),
}
_SHOWN_INLINE = frozenset({"json", "ttl"})
BARS = 20
"""Bars of a chart; the table has all rows."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its value with the kind of its column, and its length from 0 to 100."""

    label: str
    value: str
    kind: str
    length: str


def question_list(request: Request) -> Response:
    """`GET /questions`: all of them, by folder."""
    questions = sorted(catalogue().values(), key=lambda question: question.id)
    folders = [(folder, list(members)) for folder, members in groupby(questions, key=lambda one: one.folder)]
    return page(request, "questions.html", {"folders": folders})


def question_page(request: Request) -> Response:
    """`GET /questions/{id}`: the form, the answer once the form is filled in, and the query itself."""
    question = _question(request)
    values = _values(request)
    table, problem = None, None
    if values or not (question.any_of or any(one.required for one in question.parameters.values())):
        try:
            table = ask(serving_of(request).release, question, values)
        except UsageError as error:
            problem = error
    base = serving_of(request).release.base
    context = {
        "question": question,
        "query": _without_front_matter(question.text),
        "values": values,
        "table": table,
        "shown": [_linked(row, table, base) for row in table.rows[:SHOWN]] if table else [],
        "limit": SHOWN,
        "bars": _bars(table, base) if table else [],
        "wrong": problem,
        "suffixes": tuple(_FILES),
    }
    return page(request, "question.html", context, status=400 if problem else 200)


def question_data(request: Request) -> Response:
    """`GET /questions/{id}.{csv|json|xlsx|ttl}`: the whole answer as a file.

    Turtle has all statements about the entities that the answer names.
    """
    suffix = request.path_params["suffix"]
    if suffix not in _FILES:
        raise not_found(request.url.path)
    question = _question(request)
    release = serving_of(request).release
    try:
        table = ask(release, question, _values(request))
    except UsageError as error:
        raise Problem(400, error.code, error.zh, error.en) from error
    media_type, write = _FILES[suffix]
    language: Language = "en" if language_of(request) == "en" else "zh"
    name = f"{question.id.replace('/', '-')}.{suffix}"
    headers = {**CORS, "Content-Type": media_type, "Content-Disposition": f'attachment; filename="{name}"'}
    if suffix in _SHOWN_INLINE:
        del headers["Content-Disposition"]
    return Response(write(release, table, language), headers=headers)


def _question(request: Request) -> Question:
    question = catalogue().get(request.path_params["id"])
    if question is None:
        raise not_found(request.path_params["id"])
    return question


def _values(request: Request) -> dict[str, str]:
    return {
        name: value
        for name, value in request.query_params.items()
        if name not in _NOT_PARAMETERS and value.strip()
    }


def _without_front_matter(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip()


def _linked(row: tuple[object, ...], table: Table, base: str) -> list[tuple[str, object]]:
    """Cells with what they are: `link`, `money`, `number` or `text`."""
    cells: list[tuple[str, object]] = []
    for cell, column in zip(row, table.columns.values(), strict=True):
        address = address_of(cell, base) if column.kind == "iri" and isinstance(cell, str) else None
        if address:
            cells.append(("link", Link(address.key, address.page)))
        elif cell is None:
            cells.append(("absent", ""))
        elif column.kind == "concept":
            cells.append(("concept", f"{column.scheme}-{cell}"))
        else:
            cells.append(("money" if column.kind == "money" else column.kind, cell))
    return cells


def _bars(table: Table, base: str) -> list[Bar]:
    """The longest rows of a question's chart; none when nothing can be drawn."""
    chart = table.question.chart
    if chart is None:
        return []
    places = {name: place for place, name in enumerate(table.columns)}
    drawn = [
        (row, number)
        for row in table.rows
        if isinstance(number := row[places[chart.y]], int | Decimal) and number > 0
    ]
    if chart.form != "line":
        drawn.sort(key=lambda pair: -pair[1])
    drawn = drawn[:BARS]
    longest = max((number for _, number in drawn), default=Decimal(1))
    # Rows of one chart may be of several years and stages, which a bar must name.
    names = [*chart.axes[:-1], *(one for one in ("regionName", "fiscalYear", "stage") if one in places)]
    return [
        Bar(
            " · ".join(plain(row[places[name]]) or "—" for name in dict.fromkeys(names)).replace(base, ""),
            plain(number),
            table.columns[chart.y].kind,
            plain(Decimal(100 * number / longest).quantize(Decimal("0.01"))),
        )
        for row, number in drawn
    ]
