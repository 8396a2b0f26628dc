"""SPARQL of agents, in disposable processes."""

from __future__ import annotations

import dataclasses
import json
from typing import Any, Final

from pyoxigraph import QueryResultsFormat, parse_query_results

from fundtrace.errors import QueryError
from fundtrace.query import Answer, Table, WorkerPool
from fundtrace.query.asking import Prepared
from fundtrace.query.crew import Stored
from fundtrace.query.results import rows_of
from fundtrace.release import Release
from fundtrace.release.layout import STORE
from fundtrace.settings import Settings

OUTPUT_MIB: Final = 1
"""MiB of an answer; an agent reads less."""


class Pool:
    """One pool for the release that was asked last; it belongs to the event loop that asks."""

    def __init__(self, settings: Settings) -> None:
        self._settings = dataclasses.replace(
            settings, sparql_processes=1, sparql_output_mib=OUTPUT_MIB, workers=1, sparql_storage="disk"
        )
        self._version: str | None = None
        self._pool: WorkerPool | None = None

    async def answer(self, release: Release, query: str) -> Any:
        """Solutions and truth values as SPARQL JSON, graphs as Turtle. Raises `QueryError` as the endpoint does."""
        found = await self._asked(release, query, "json")
        return found.body.decode() if found.form == "graph" else json.loads(found.body)

    async def table(self, release: Release, prepared: Prepared) -> Table:
        """The answer to a saved question. Raises `QueryError` as the endpoint does."""
        found = await self._asked(release, prepared.query, "tsv")
        return prepared.table(rows_of(parse_query_results(found.body, QueryResultsFormat.TSV)))

    async def _asked(self, release: Release, query: str, solutions: str) -> Answer:
        if self._pool is None or self._version != release.version:
            self.close()
            self._pool = WorkerPool(Stored(release.path / STORE, release.namespace), self._settings)
            self._version = release.version
        found = await self._pool.answer(query, solutions=solutions, graph="turtle")
        if not isinstance(found, Answer):
            found.abandon()
            raise QueryError(
                "answer-size",
                f"查询结果超过 {OUTPUT_MIB} MiB；请加 LIMIT 或缩小范围",
                f"the answer is larger than {OUTPUT_MIB} MiB; add LIMIT or narrow the query",
                kind="too-large",
            )
        return found

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.close()
            self._pool = None
