"""`/questions`: the saved questions as forms, tables and files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Literal

from pyoxigraph import QueryResultsFormat, parse_query_results
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from fundtrace.errors import UsageError
from fundtrace.query import Answer, Question, Table, catalogue, prepare, provenance, turtle_bytes
from fundtrace.query.asking import Cell
from fundtrace.query.describing import TURTLE_MEDIA_TYPE
from fundtrace.query.questions import Column
from fundtrace.query.results import rows_of
from fundtrace.query.tables import (
    CSV_MEDIA_TYPE,
    JSON_MEDIA_TYPE,
    csv_bytes,
    json_bytes,
)
from fundtrace.query.workbooks import XLSX_MEDIA_TYPE, xlsx_bytes
from fundtrace.release import Release
from fundtrace_server.addresses import Address, address_of
from fundtrace_server.headers import CORS
from fundtrace_server.holding import serving_of
from fundtrace_server.problems import Problem, not_found
from fundtrace_server.query_pages import written
from fundtrace_server.rendering import language_of, page, reader_of
from fundtrace_server.sparql import client_of
from fundtrace_server.views.charting import bars_of, flow_of
from fundtrace_server.views.linking import Link
from fundtrace_server.views.offering import offered

SHOWN = 200
"""Rows that a page shows; a file has all."""

Language = Literal["zh", "en"]
_NOT_PARAMETERS = frozenset({"lang", "release", "unit"})
FILES: Mapping[str, tuple[str, Callable[[Release, Table, Language], bytes]]] = {
    "csv": (CSV_MEDIA_TYPE, lambda _, table, language: csv_bytes(table, language)),
    "json": (JSON_MEDIA_TYPE, lambda _release, table, _language: json_bytes(table)),
    "xlsx": (
        XLSX_MEDIA_TYPE,
        lambda release, table, language: xlsx_bytes(table, language, provenance(release)),
    ),
    "ttl": (TURTLE_MEDIA_TYPE, lambda release, table, _: turtle_bytes(release, table)),
}
"""The files of an answer, by suffix: media type, and how it is written."""
_SHOWN_INLINE = frozenset({"json", "ttl"})


def question_list(request: Request) -> Response:
    """`GET /questions`: all of them, by folder."""
    questions = sorted(catalogue().values(), key=lambda question: question.id)
    folders = [(folder, list(members)) for folder, members in groupby(questions, key=lambda one: one.folder)]
    return page(request, "questions.html", {"folders": folders})


async def question_page(request: Request) -> Response:
    """`GET /questions/{id}`: the form, the answer once the form is filled in, and the query itself."""
    question = _question(request)
    values = _values(request)
    table, problem = None, None
    if values or question.answers_at_once:
        try:
            table = await _asked(request, question, values)
        except UsageError as error:
            problem = error
    context = await run_in_threadpool(_shown, request, question, values, table, problem)
    return await run_in_threadpool(page, request, "question.html", context, status=400 if problem else 200)


def _shown(
    request: Request,
    question: Question,
    values: Mapping[str, str],
    table: Table | None,
    problem: UsageError | None,
) -> dict[str, object]:
    """What the page of a question is made of."""
    release, reader = serving_of(request).release, reader_of(request)
    flow = flow_of(table, release.base, reader) if table else None
    return {
        "question": question,
        "query": written(question, {} if problem else values, release.namespace, release.base),
        "wrong": problem,
        "values": values,
        "table": table,
        "columns": _columns(table) if table else [],
        "shown": [_linked(row, table, release.base) for row in table.rows[:SHOWN]] if table else [],
        "limit": SHOWN,
        "flow": flow,
        "bars": bars_of(table, release.base, reader) if table and not flow else [],
        "offered": {name: offered(release.index, name, reader.language) for name in question.parameters},
        "suffixes": tuple(FILES),
    }


async def question_data(request: Request) -> Response:
    """`GET /questions/{id}.{csv|json|xlsx|ttl}`: the whole answer as a file.

    Turtle has all statements about the entities that the answer names.
    """
    suffix = request.path_params["suffix"]
    if suffix not in FILES:
        raise not_found(request.url.path)
    question = _question(request)
    release = serving_of(request).release
    try:
        table = await _asked(request, question, _values(request))
    except UsageError as error:
        raise Problem(400, error.code, error.zh, error.en) from error
    media_type, write = FILES[suffix]
    language: Language = "en" if language_of(request) == "en" else "zh"
    name = f"{question.id.replace('/', '-')}.{suffix}"
    headers = {**CORS, "Content-Type": media_type, "Content-Disposition": f'attachment; filename="{name}"'}
    if suffix in _SHOWN_INLINE:
        del headers["Content-Disposition"]
    return Response(await run_in_threadpool(write, release, table, language), headers=headers)


async def _asked(request: Request, question: Question, values: Mapping[str, str]) -> Table:
    """The answer, evaluated as queries of the public are: a whole table within the limits of time and size, or an error."""
    serving = serving_of(request)
    prepared = prepare(question, values, serving.release.base, serving.release.namespace)
    found = await serving.pool.answer(prepared.query, solutions="tsv", client=client_of(request))
    body = found.body if isinstance(found, Answer) else b"".join([piece async for piece in found.pieces()])
    return await run_in_threadpool(
        lambda: prepared.table(rows_of(parse_query_results(body, QueryResultsFormat.TSV)))
    )


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


def _named(columns: Sequence[Column], place: int) -> bool:
    """Whether an IRI is shown by the name in the column after it."""
    return columns[place].kind == "iri" and place + 1 < len(columns) and columns[place + 1].kind == "text"


def _columns(table: Table) -> list[Column]:
    """The columns of the page: an IRI and the name beside it are one, a link."""
    every = [*table.columns.values()]
    return [column for place, column in enumerate(every) if not _named(every, place)]


def _linked(row: tuple[Cell, ...], table: Table, base: str) -> list[tuple[str, object]]:
    """Cells with what they are: `link`, `money`, `number` or `text`."""
    every = [*table.columns.values()]
    cells: list[tuple[str, object]] = []
    named: Address | None = None
    for place, (cell, column) in enumerate(zip(row, every, strict=True)):
        address = address_of(cell, base) if column.kind == "iri" and isinstance(cell, str) else None
        if _named(every, place):
            named = address
        elif named:
            cells.append(("link", Link(str(cell or named.key), named.page)))
            named = None
        elif address:
            cells.append(("link", Link(address.key, address.page)))
        elif cell is None:
            cells.append(("absent", ""))
        elif column.kind == "concept":
            cells.append(("concept", f"{column.scheme}-{cell}"))
        else:
            cells.append((column.kind, cell))
    return cells
