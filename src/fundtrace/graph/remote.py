"""A store of another server, by the SPARQL 1.1 Protocol and the Graph Store HTTP Protocol (W3C, 2013).

Statements are only ever added to, put into or removed from one named graph, and read from one named graph. Adding the same statements
twice is adding them once, since releases have no blank nodes: so every request here may be tried again.
"""

from __future__ import annotations

import http.client
from collections.abc import Callable
from typing import Final, TypeAlias
from urllib.parse import quote, urlencode, urljoin

import pyoxigraph as ox

from fundtrace.errors import SystemFailure
from fundtrace.graph.exchange import Credentials, Exchange, Patience, Reply, check_address

JSON: Final = "application/sparql-results+json"
N_TRIPLES: Final = "application/n-triples"
FORM: Final = "application/x-www-form-urlencoded"

_LARGEST_ANSWER: Final = 16 << 20

Row: TypeAlias = dict[str, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]


class RemoteStore:
    """The store at an address; `query` and `graphs` are the addresses of its two services, relative to that.

    The address for graphs may have a query that the store wants (`store?no_transaction`). A request takes at most `seconds`. Every method raises what `exchange` raises.
    """

    def __init__(
        self,
        address: str,
        credentials: Credentials | None = None,
        *,
        query: str = "query",
        graphs: str = "store",
        seconds: float = 60.0,
        patience: Patience | None = None,
    ) -> None:
        self.address = check_address(address)
        here = f"{self.address}/"
        self._query = check_address(urljoin(here, query))
        self._graphs = urljoin(here, graphs)
        check_address(self._graphs.partition("?")[0])
        self._exchange = Exchange(credentials or Credentials.of(), seconds, patience or Patience())

    def add(self, graph: str, statements: bytes) -> None:
        """Add N-Triples to a graph, which is made if it is not there."""
        self._send("POST", graph, statements)

    def replace(self, graph: str, statements: bytes) -> None:
        """Make N-Triples all that a graph holds."""
        self._send("PUT", graph, statements)

    def rows(self, query: str, graph: str) -> list[Row]:
        """The rows of a SELECT over one graph alone. Raises `SystemFailure` `store-answer` for what is no such answer."""
        body = self.answer(query, graph, JSON, _LARGEST_ANSWER).body
        try:
            return _rows(body)
        except (SyntaxError, ValueError) as error:
            problem = str(error)
        # Out here, because the engine's results may not outlive their thread, as they would in a traceback.
        raise not_an_answer(self._query, problem)

    def answer(
        self,
        query: str,
        graph: str,
        media_type: str,
        limit: int,
        opened: Callable[[http.client.HTTPConnection], object] | None = None,
    ) -> Reply:
        """The whole answer to a query over one graph alone, in a media type. Raises `store-answer` for another one."""
        form = urlencode({"query": query, "default-graph-uri": graph}).encode("ascii")
        headers = {"Content-Type": FORM, "Accept": media_type}
        reply = self._exchange.ask("POST", self._query, form, headers, limit=limit, opened=opened)
        if reply.media_type != media_type:
            raise not_an_answer(self._query, f"{reply.media_type or '—'} ≠ {media_type}")
        return reply

    def _send(self, method: str, graph: str, statements: bytes) -> None:
        sign = "&" if "?" in self._graphs else "?"
        address = f"{self._graphs}{sign}graph={quote(graph, safe='')}"
        headers = {"Content-Type": N_TRIPLES}
        self._exchange.ask(method, address, statements, headers, limit=_LARGEST_ANSWER)


def _rows(body: bytes) -> list[Row]:
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if not isinstance(found, ox.QuerySolutions):
        raise ValueError("no rows")
    names = [variable.value for variable in found.variables]
    return [
        {name: term for name, term in zip(names, solution, strict=True) if term is not None}
        for solution in found
    ]


def not_an_answer(address: str, detail: str) -> SystemFailure:
    """The error for an answer that is none, or half of one."""
    return SystemFailure(
        "store-answer",
        f"存储的回答不是完整的 SPARQL 结果：{detail}",
        f"the store's answer is no whole SPARQL result: {detail}",
        subject=address,
    )
