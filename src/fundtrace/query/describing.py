"""What stands behind the table of a question: the statements about the entities that it names, and what its totals rest on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, QueryTriples, RdfFormat, Store, serialize

from fundtrace.query.asking import Table
from fundtrace.query.questions import load_questions
from fundtrace.query.results import Answering, construct, select

TURTLE_MEDIA_TYPE: Final = "text/turtle; charset=utf-8"

_PREFIXES: Final = {
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Provenance:
    """What every total of a release rests on: its version (None where none is stated), sources and departments."""

    version: str | None
    sources: int
    departments: int


def provenance(graph: Answering | Store) -> Provenance:
    """What the totals of a graph rest on."""
    row = select(graph, load_questions()["pages/provenance"])[0]
    text = {name: str(getattr(term, "value", "")) for name, term in row.items()}
    return Provenance(text.get("version"), int(text["sources"]), int(text["departments"]))


def entities(table: Table) -> Iterable[str]:
    """The IRIs that a table names, each once, in the order of its rows."""
    places = [place for place, column in enumerate(table.columns.values()) if column.kind == "iri"]
    return dict.fromkeys(
        cell for row in table.rows for place in places if isinstance(cell := row[place], str)
    )


def turtle_bytes(graph: Answering, table: Table) -> bytes:
    """The statements about every entity that a table names, in Turtle; empty when it names none."""
    nodes = [NamedNode(iri) for iri in entities(table)]
    found: QueryTriples = construct(graph, load_questions()["pages/statements-about"], entity=nodes)
    prefixes = {"ft": graph.namespace, **_PREFIXES}
    return serialize(found, format=RdfFormat.TURTLE, prefixes=prefixes) or b""
