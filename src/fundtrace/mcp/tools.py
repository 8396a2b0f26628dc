"""What an agent may ask. Every tool answers from one release, bounded as what comes over HTTP is."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from functools import partial
from typing import Any, Final, Literal, TypeVar

from anyio import to_thread
from mcp.server.mcpserver.exceptions import ToolError

from fundtrace import resources
from fundtrace.api import Release
from fundtrace.api.releases import named
from fundtrace.errors import FundtraceError, UsageError
from fundtrace.graphql import execute, sdl
from fundtrace.mcp.evidence import told
from fundtrace.mcp.pool import Pool
from fundtrace.query import catalogue, prepare
from fundtrace.query.resolving import near
from fundtrace.query.tables import json_bytes

SEARCH_SECONDS: Final = 5.0
MOST_MATCHES: Final = 50
MOST_ROWS: Final = 500
"""Rows of a saved question that are given."""

MOST_TEXT: Final = 2_000
"""Characters of a number, title, code or words."""

T = TypeVar("T")


class Tools:
    """The tools over whatever release is current when one is called. `opened` gives that release."""

    def __init__(self, opened: Callable[[], Release], pool: Pool) -> None:
        self._opened = opened
        self._pool = pool

    async def resolve(self, text: str) -> dict[str, Any]:
        """Which entities a text names: a Chinese document number in any written form (冀财社[2020]186), a project code, a title,
        or words. Gives the canonical number, the matches with their IRIs, and near numbers where nobody cites this one."""

        def answer() -> dict[str, Any]:
            _check(text)
            release = self._opened()
            found = release.resolve(text)
            close = near(release.index, found.number) if found.number and not found.matches else ()
            body = {
                "number": found.number.canonical if found.number else None,
                "way": found.way,
                "matches": [dataclasses.asdict(match) for match in found.matches],
                "near": [dataclasses.asdict(match) for match in close],
            }
            return told(release, text, body)

        return await _run(answer)

    async def search(self, text: str, limit: int = 20) -> dict[str, Any]:
        """Full text over names, titles, purposes, goals, indicators and printed bases, best first; Chinese words of one character
        and more. Gives IRIs, labels and the place that matched; at most 50."""

        def answer() -> dict[str, Any]:
            _check(text)
            release = self._opened()
            matches = release.index.search(text, (), max(1, min(limit, MOST_MATCHES)), 0, SEARCH_SECONDS)
            body = [
                {
                    "iri": f"{release.base}id/{match.key}",
                    "class": match.cls,
                    "label": match.label_zh,
                    "place": match.place,
                    "text": "".join(part for part, _ in match.snippet),
                }
                for match in matches
            ]
            return told(release, text, body)

        return await _run(answer)

    async def trace(self, document: str) -> dict[str, Any]:
        """From one funding document (its number in any form, or its title) down: who draws on it, in which role, for how much
        (yuan, as decimal strings), with which indicators. The totals are the budget of the distinct projects funded under it, not
        what the document allots, and are never summed over fiscal years or stages."""

        def answer() -> dict[str, Any]:
            _check(document)
            release = self._opened()
            return told(release, document, dataclasses.asdict(release.trace(document)))

        return await _run(answer)

    async def describe_schema(self, part: Literal["graphql", "ontology", "questions"]) -> str:
        """What can be asked: the GraphQL schema (SDL), the ontology (Turtle), or the saved questions with their parameters (JSON)."""
        if part == "graphql":
            return await to_thread.run_sync(sdl)
        if part == "ontology":
            return (resources.folder("ontology") / "core.ttl").read_text(encoding="utf-8")
        return json.dumps(
            {
                question.id: {
                    "title": question.title.en,
                    "summary": question.summary.en,
                    "parameters": {
                        name: parameter.model_dump(exclude_defaults=True)
                        for name, parameter in question.parameters.items()
                    },
                    "example": dict(question.example),
                }
                for question in catalogue().values()
            },
            ensure_ascii=False,
        )

    async def ask(self, question: str, values: dict[str, str] | None = None) -> dict[str, Any]:
        """Answer a saved question, such as documents/projects-citing with {"number": "冀财社[2020]186"}; describe_schema("questions")
        lists them. At most 500 rows are given, and a note says when there are more."""
        release = await to_thread.run_sync(self._opened)
        try:
            for value in (question, *(values or {}).values()):
                _check(value)
            prepared = prepare(named(question), values, release.base, release.namespace)
            found = await self._pool.table(release, prepared)
        except FundtraceError as error:
            raise ToolError(str(error)) from error

        def answer() -> dict[str, Any]:
            cut = len(found.rows) > MOST_ROWS
            shown = dataclasses.replace(found, rows=found.rows[:MOST_ROWS])
            notes = (f"the first {MOST_ROWS} of {len(found.rows)} rows",) if cut else ()
            query = json.dumps({"question": question, "values": dict(found.values)}, ensure_ascii=False)
            return told(release, query, json.loads(json_bytes(shown))["rows"], notes)

        return await _run(answer)

    async def graphql(self, operation: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
        """Run a GraphQL operation (read-only, Relay connections, 20 nodes a page unless `first` says otherwise); the schema is
        describe_schema("graphql")."""

        def answer() -> dict[str, Any]:
            release = self._opened()
            return told(release, operation, execute(release, operation, variables or {}, None))

        return await _run(answer)

    async def sparql(self, query: str) -> dict[str, Any]:
        """Run a SPARQL 1.1 query (SELECT, ASK, CONSTRUCT, DESCRIBE); the terms are describe_schema("ontology"). Runs in a process of
        its own with limits of time, memory and size; SERVICE and updates are refused."""
        release = await to_thread.run_sync(self._opened)
        try:
            found = await self._pool.answer(release, query)
        except FundtraceError as error:
            raise ToolError(str(error)) from error
        return await _run(partial(told, release, query, found))


def _check(text: str) -> None:
    if len(text) > MOST_TEXT:
        raise UsageError(
            "text-too-long",
            f"文字有 {len(text)} 个字符，上限为 {MOST_TEXT}；请给出一个文号、编码、标题或几个词",
            f"the text has {len(text)} characters, at most {MOST_TEXT} are taken; give one number, code, title or a few words",
        )


async def _run(answer: Callable[[], T]) -> T:
    try:
        return await to_thread.run_sync(answer)
    except FundtraceError as error:
        raise ToolError(str(error)) from error
