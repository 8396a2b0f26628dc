"""The register of a remote store: which releases in it are whole, and which of them is current.

It is a small named graph, `{base}id/release/current`. `<release> void:triples N` stands in it for every release that was pushed
and counted, and `<{base}id/release/current> dcat:hasCurrentVersion <release>` for one of them (VoID 2011, DCAT 3). A release that
is not in it is not whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pyoxigraph import Literal, NamedNode

from fundtrace.graph.literals import XSD
from fundtrace.graph.remote import RemoteStore, Row, not_an_answer
from fundtrace.query import load_questions

HAS_CURRENT: Final = "http://www.w3.org/ns/dcat#hasCurrentVersion"
TRIPLES: Final = "http://rdfs.org/ns/void#triples"


def release_graph(base: str, version: str) -> str:
    """The IRI of the named graph that holds a release: that of the release."""
    return f"{base}id/release/{version}"


def register_graph(base: str) -> str:
    """The IRI of the register."""
    return f"{base}id/release/current"


@dataclass(frozen=True, slots=True)
class Register:
    """What a store says of the releases under one base: statements of each whole one by its graph, and the current graph."""

    whole: Mapping[str, int]
    current: str | None = None

    def with_release(self, graph: str, statements: int) -> Register:
        """The register with a release that is whole and current."""
        return Register(MappingProxyType({**self.whole, graph: statements}), graph)

    def without(self, graph: str) -> Register:
        """The register without a release."""
        left = {name: count for name, count in self.whole.items() if name != graph}
        return Register(MappingProxyType(left), None if self.current == graph else self.current)

    def statements(self, base: str) -> Iterator[str]:
        """It as N-Triples lines, sorted."""
        for graph, count in sorted(self.whole.items()):
            yield f'<{graph}> <{TRIPLES}> "{count}"^^<{XSD}integer> .\n'
        if self.current:
            yield f"<{register_graph(base)}> <{HAS_CURRENT}> <{self.current}> .\n"


def read_register(store: RemoteStore, base: str) -> Register:
    """What the store says now. Raises what the store raises."""
    rows = store.rows(load_questions()["stores/register"].text, register_graph(base))
    whole: dict[str, int] = {}
    current = None
    for row in rows:
        match row.get("subject"), row.get("property"), row.get("object"):
            case NamedNode() as graph, NamedNode(value=name), Literal() as count if name == TRIPLES:
                whole[graph.value] = int(count.value)
            case _, NamedNode(value=name), NamedNode() as graph if name == HAS_CURRENT:
                current = graph.value
    return Register(MappingProxyType(whole), current)


def write_register(store: RemoteStore, base: str, register: Register) -> None:
    """Make the store say this. Raises what the store raises."""
    store.replace(register_graph(base), "".join(register.statements(base)).encode())


def counted(store: RemoteStore, graph: str) -> int:
    """How many statements a graph holds. Raises what the store raises."""
    rows = store.rows(load_questions()["stores/count"].text, graph)
    return _number(store, rows[0] if rows else {}, "statements")


def classes(store: RemoteStore, graph: str) -> dict[str, int]:
    """How many entities of each class a graph holds, by the local name of the class. Raises what the store raises."""
    rows = store.rows(load_questions()["stores/classes"].text, graph)
    found = ((row.get("class"), _number(store, row, "entities")) for row in rows)
    return {
        name.value.replace("#", "/").rpartition("/")[2]: count
        for name, count in found
        if isinstance(name, NamedNode)
    }


def _number(store: RemoteStore, row: Row, name: str) -> int:
    term = row.get(name)
    if not isinstance(term, Literal) or not term.value.isdecimal():
        raise not_an_answer(store.address, f"?{name}: {term}")
    return int(term.value)
