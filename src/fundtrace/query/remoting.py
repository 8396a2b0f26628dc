"""The queries of the public answered by a store of another server, in the place of a pool of worker processes.

The guard, the formats, the wall clock, the size of an answer and the shares of clients are those of the pool. An answer is taken only
when it is whole, parses, and the store still holds the release behind it; it is written anew in the format that was asked for.
"""

from __future__ import annotations

import asyncio
import http.client
import math
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final

import pyoxigraph as ox

from fundtrace.errors import FundtraceError, QueryError
from fundtrace.graph.exchange import StoreRefusal
from fundtrace.graph.remote import JSON, N_TRIPLES, RemoteStore
from fundtrace.query.answers import Answer, Answers, is_lasting
from fundtrace.query.asked import Dataset
from fundtrace.query.formats import GRAPH_FORMATS, SOLUTION_FORMATS, graph_format, solution_format
from fundtrace.query.functions import FUNCTIONS
from fundtrace.query.guarding import guard
from fundtrace.query.reasons import busy, closed, encoded, too_slow
from fundtrace.query.tokens import Token, decoded, tokens
from fundtrace.query.turns import Turns
from fundtrace.settings import Settings

_FORMS: Final = {"SELECT": "solutions", "ASK": "boolean", "CONSTRUCT": "graph", "DESCRIBE": "graph"}
_OTHER_GRAPHS: Final = frozenset({"FROM", "GRAPH"})
_START: Final = Token("sign", "", 0)
_LEAST_WAIT: Final = 10.0
_MIB: Final = 1 << 20
_NOTHING: Final = "tag:fundtrace,2021:no-such-graph"
"""A graph that no store has, for a dataset that our own graph would have nothing of either."""


class RemotePool:
    """Answers as `WorkerPool` does, from one graph of a remote store. Belongs to one event loop.

    `held` asks the store whether it still holds the whole release; it is called after every answer, since a store that has lost
    it answers with nothing and without an error. The time limit of `store` should be that of a query.
    """

    storage = "remote"

    def __init__(self, store: RemoteStore, graph: str, held: Callable[[], bool], settings: Settings) -> None:
        self._store = store
        self._graph = graph
        self._held = held
        self._seconds = settings.sparql_seconds
        self._limit = settings.sparql_output_mib * _MIB
        count = settings.sparql_processes
        places = count + math.ceil(max(0, settings.sparql_queue) / settings.workers)
        self._turns = Turns(count, places, max(1, places // 2))
        self._free = asyncio.Semaphore(count)
        self._answers = Answers(settings.sparql_cache_mib * _MIB // settings.workers)
        # As many again for connections that are being given up.
        self._threads = ThreadPoolExecutor(2 * count, thread_name_prefix="store")
        self._closed = False

    @property
    def figures(self) -> tuple[int, int, int, int]:
        """As `WorkerPool.figures`: nobody is known to wait, and nothing is lent."""
        return self._turns.under_way, self._turns.waiting, self._answers.size, 0

    def wait(self, seconds: float) -> None:
        """There is nothing to wait for: a store that is away is asked again by the next query."""

    def close(self) -> None:
        """Answer no more; connections that are open end with their requests."""
        self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)

    def kept(
        self, query: str, *, solutions: str | None, graph: str | None, dataset: Dataset | None = None
    ) -> Answer | None:
        """The answer that was kept, if there is one and the pool is open."""
        return None if self._closed else self._answers.get((query, solutions, graph, dataset))

    async def answer(
        self,
        query: str,
        *,
        solutions: str | None = "json",
        graph: str | None = "turtle",
        client: str = "",
        dataset: Dataset | None = None,
    ) -> Answer:
        """As `WorkerPool.answer`, but never a stream.

        Raises what that raises; `refused` also for `FROM`, `GRAPH` and our own functions, which only our own engine has, and
        `unavailable` with the code of the store's error when it is away, wrong, slow or without the release.
        """
        found = self.kept(query, solutions=solutions, graph=graph, dataset=dataset)
        if found is not None:
            return found
        if self._closed:
            raise closed()
        asked = dataset or Dataset()
        turn = self._turns.admit(client)
        try:
            guard(query)
            form = form_of(query)
            name = graph if form == "graph" else solutions
            if name is None:
                names = GRAPH_FORMATS if form == "graph" else SOLUTION_FORMATS
                raise QueryError(
                    "answer-format",
                    f"这种查询的结果可用的格式：{'、'.join(names)}",
                    f"answers of this form come as {', '.join(names)}",
                    kind="not-acceptable",
                )
            await self._take()
            try:
                found = await self._evaluate(query, form, name, self._default_graph(asked))
            finally:
                self._free.release()
            if is_lasting(query):
                self._answers.put((query, solutions, graph, dataset), found)
            return found
        finally:
            self._turns.leave(turn)

    def _default_graph(self, dataset: Dataset) -> str:
        """Our own graph stands for the default graph; all others of the store are none of the client's."""
        return self._graph if dataset.default is None or "" in dataset.default else _NOTHING

    async def _take(self) -> None:
        try:
            async with asyncio.timeout(max(self._seconds, _LEAST_WAIT)):
                await self._free.acquire()
        except TimeoutError as error:
            raise busy() from error

    async def _evaluate(self, query: str, form: str, name: str, default: str) -> Answer:
        line = _Line()
        work = asyncio.get_running_loop().run_in_executor(
            self._threads, self._ask, query, form, name, default, line
        )
        try:
            async with asyncio.timeout(self._seconds):
                return await asyncio.shield(work)
        except TimeoutError as error:
            raise too_slow(self._seconds) from error
        finally:
            if not work.done():
                # Nobody waits for what it says.
                work.add_done_callback(lambda done: done.cancelled() or done.exception())
                line.cut()

    def _ask(self, query: str, form: str, name: str, default: str, line: _Line) -> Answer:
        media_type = N_TRIPLES if form == "graph" else JSON
        try:
            body = self._store.answer(query, default, media_type, self._limit, line.opened).body
            held = self._held()
        except StoreRefusal as error:
            if error.status != 400:
                raise _unavailable(error.code, error.zh, error.en) from error
            raise QueryError(
                "query-syntax",
                f"存储不接受这条查询：{error.zh}",
                f"the store does not take the query: {error.en}",
            ) from error
        except FundtraceError as error:
            if error.code == "store-answer-size":
                raise self._too_large() from error
            raise _unavailable(error.code, error.zh, error.en) from error
        if not held:
            raise _unavailable(
                "store-release",
                "存储里没有这个版本的完整数据；推送（fundtrace release push）完成后再试",
                "the store does not hold the whole of this release; try again when it has been pushed (fundtrace release push)",
            )
        try:
            written = _graph(body, name) if form == "graph" else _solutions(body, name, form)
        except (SyntaxError, ValueError) as error:
            problem = str(error)
        else:
            if len(written.body) > self._limit:
                raise self._too_large()
            return written
        # Out here, because the engine's results may not outlive their thread, as they would in a traceback.
        raise _unavailable(
            "store-answer",
            f"存储的回答不是完整的 SPARQL 结果：{problem}",
            f"the store's answer is no whole SPARQL result: {problem}",
        )

    def _too_large(self) -> QueryError:
        size = self._limit // _MIB
        return QueryError(
            "answer-size",
            f"结果超过 {size} MiB；请用 LIMIT 分批查询",
            f"the answer has more than {size} MiB; ask for less with LIMIT",
            kind="too-large",
        )


class _Line:
    """The connection of one query, which another thread may cut."""

    def __init__(self) -> None:
        self._connection: http.client.HTTPConnection | None = None
        self._cut = False

    def opened(self, connection: http.client.HTTPConnection) -> None:
        """A connection is about to be made. Raises `ConnectionAbortedError` once it has been cut."""
        self._connection = connection
        if self._cut:
            raise ConnectionAbortedError

    def cut(self) -> None:
        """End it, whatever it waits for."""
        self._cut = True
        made = self._connection.sock if self._connection else None
        if made:
            with suppress(OSError):
                made.shutdown(socket.SHUT_RDWR)


def form_of(query: str) -> str:
    """`solutions`, `boolean` or `graph`: which form of answer a query has.

    Raises `QueryError`: `malformed` for what is no query; `refused` for `FROM` and `GRAPH`, since the other graphs of a store are its own affair, and
    for the functions of ours that a store does not know, and would pass over without a word.
    """
    encoded(query)
    form = None
    prefixes: dict[str, str] = {}
    before = [_START, _START]
    for token in tokens(decoded(query)[0]):
        if token.kind == "word":
            form = form or _FORMS.get(token.text.upper())
            if token.text.upper() in _OTHER_GRAPHS:
                raise _refused(token.text, "数据都在默认图里", "all data are in the default graph")
        elif token.kind == "iri" and before[0].text.upper() == "PREFIX":
            prefixes[before[1].text] = token.text[1:-1]
        elif token.text == "(" and _called(before[1], prefixes).endswith(tuple(FUNCTIONS)):
            raise _refused(
                before[1].text, "远程存储没有这个函数", "a remote store does not have this function"
            )
        before = [before[1], token]
    if form is None:
        raise QueryError(
            "query-syntax",
            "查询里没有 SELECT、ASK、CONSTRUCT 或 DESCRIBE",
            "there is no SELECT, ASK, CONSTRUCT or DESCRIBE in the query",
        )
    return form


def _called(token: Token, prefixes: dict[str, str]) -> str:
    """The IRI that a token names, the empty text for one that names none."""
    if token.kind == "iri":
        return token.text[1:-1]
    if token.kind != "name":
        return ""
    prefix, _, local = token.text.partition(":")
    return prefixes.get(f"{prefix}:", "") + local.replace("\\", "")


def _solutions(body: bytes, name: str, form: str) -> Answer:
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    boolean = isinstance(found, ox.QueryBoolean)
    if boolean != (form == "boolean"):
        raise ValueError("ASK ≠ SELECT")
    if boolean and name in {"csv", "tsv"}:
        raise QueryError(
            "query-evaluation",
            "ASK 的结果没有 CSV 和 TSV 格式",
            "the answer to ASK does not come as CSV or TSV",
        )
    written = found.serialize(format=solution_format(name))
    return Answer(written or b"", SOLUTION_FORMATS[name].media_type, "boolean" if boolean else "solutions")


def _graph(body: bytes, name: str) -> Answer:
    found = (quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES))
    return Answer(
        ox.serialize(found, format=graph_format(name)) or b"", GRAPH_FORMATS[name].media_type, "graph"
    )


def _refused(word: str, zh: str, en: str) -> QueryError:
    return QueryError("query-refused", f"不允许 {word}：{zh}", f"{word} is refused: {en}", kind="refused")


def _unavailable(code: str, zh: str, en: str) -> QueryError:
    return QueryError(code, zh, en, kind="unavailable")
