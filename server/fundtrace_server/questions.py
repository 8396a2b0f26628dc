"""`/questions`: the saved questions as forms, tables and files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from fundtrace.errors import UsageError
from fundtrace.query import Question, Table, ask, catalogue
from fundtrace.query.tables import (
    CSV_MEDIA_TYPE,
    JSON_MEDIA_TYPE,
    XLSX_MEDIA_TYPE,
    csv_bytes,
    json_bytes,
    xlsx_bytes,
)
from fundtrace_server.addresses import address_of
from fundtrace_server.headers import CORS
from fundtrace_server.holding import serving_of
from fundtrace_server.problems import Problem, not_found
from fundtrace_server.rendering import language_of, page
from fundtrace_server.views.linking import Link

SHOWN = 200
"""Rows that a page shows; a file has all."""

Language = Literal["zh", "en"]
_NOT_PARAMETERS = frozenset({"lang"})
_FILES: Mapping[str, tuple[str, Callable[[Table, Language], bytes]]] = {
    "csv": (CSV_MEDIA_TYPE, csv_bytes),
    "json": (JSON_MEDIA_TYPE, lambda table, _: json_bytes(table)),
    "xlsx": (XLSX_MEDIA_TYPE, xlsx_bytes),
}


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
        "wrong": problem,
        "suffixes": tuple(_FILES),
    }
    return page(request, "question.html", context, status=400 if problem else 200)


def question_data(request: Request) -> Response:
    """`GET /questions/{id}.{csv|json|xlsx}`: the whole answer as a file."""
    suffix = request.path_params["suffix"]
    if suffix not in _FILES:
        raise not_found(request.url.path)
    question = _question(request)
    try:
        table = ask(serving_of(request).release, question, _values(request))
    except UsageError as error:
        raise Problem(400, error.code, error.zh, error.en) from error
    media_type, write = _FILES[suffix]
    language: Language = "en" if language_of(request) == "en" else "zh"
    name = f"{question.id.replace('/', '-')}.{suffix}"
    headers = {**CORS, "Content-Type": media_type, "Content-Disposition": f'attachment; filename="{name}"'}
    if suffix == "json":
        del headers["Content-Disposition"]
    return Response(write(table, language), headers=headers)


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
