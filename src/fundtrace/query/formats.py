"""The formats that answers are written in, by the short names that `?format=` takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pyoxigraph import QueryResultsFormat, RdfFormat


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its short name, the media type of an answer, and other media types that ask for it."""

    name: str
    media_type: str
    aliases: tuple[str, ...] = ()


_SOLUTIONS: Final = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_GRAPHS: Final = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
}


def _table(*formats: Format) -> Mapping[str, Format]:
    return MappingProxyType({one.name: one for one in formats})


SOLUTION_FORMATS: Final = _table(
    Format("json", "application/sparql-results+json", ("application/json",)),
    Format("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Format("csv", "text/csv; charset=utf-8", ("text/csv",)),
    Format("tsv", "text/tab-separated-values; charset=utf-8", ("text/tab-separated-values",)),
)
"""For SELECT and ASK, the preferred one first. CSV and TSV hold no ASK answer."""

GRAPH_FORMATS: Final = _table(
    Format("turtle", "text/turtle; charset=utf-8", ("text/turtle", "application/x-turtle")),
    Format("ntriples", "application/n-triples"),
    Format("rdfxml", "application/rdf+xml"),
    Format("jsonld", "application/ld+json", ("application/json",)),
    Format("trig", "application/trig"),
    Format("nquads", "application/n-quads"),
)
"""For CONSTRUCT and DESCRIBE, the preferred one first."""


def solution_format(name: str) -> QueryResultsFormat:
    """The engine's format of a name in `SOLUTION_FORMATS`."""
    return _SOLUTIONS[name]


def graph_format(name: str) -> RdfFormat:
    """The engine's format of a name in `GRAPH_FORMATS`."""
    return _GRAPHS[name]
