"""The page of a small graph: each subject with what is said of it, in the prefixed names that programs know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from fundtrace.release import Release
from fundtrace_server.description import RDF_TYPE
from fundtrace_server.views.linking import Link


@dataclass(frozen=True, slots=True)
class Said:
    """One statement about a subject: the property, and the value with its address where it has one."""

    name: str
    value: Link
    language: str | None


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject: its IRI, the fragment by which it is reached on the page, and what is said of it."""

    iri: str
    anchor: str
    said: tuple[Said, ...]


def view_graph(turtle: str, release: Release, prefixes: Mapping[str, str]) -> tuple[Subject, ...]:
    """The subjects of a graph in the order of the text.

    A value under the base of the release has the path of this server as its address, another IRI of the web itself.
    """
    told: dict[str, list[Said]] = defaultdict(list)
    for quad in parse(turtle, format=RdfFormat.TURTLE):
        term = quad.object
        predicate = quad.predicate.value
        name = "a" if predicate == RDF_TYPE else _short(predicate, prefixes)
        if isinstance(term, Literal):
            told[_text(quad.subject)].append(Said(name, Link(term.value, None), term.language))
        elif isinstance(term, NamedNode):
            told[_text(quad.subject)].append(
                Said(name, Link(_short(term.value, prefixes), _address(term.value, release.base)), None)
            )
    return tuple(Subject(iri, iri.partition("#")[2], tuple(said)) for iri, said in told.items())


def _short(iri: str, prefixes: Mapping[str, str]) -> str:
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _address(iri: str, base: str) -> str | None:
    if iri.startswith(base):
        return "/" + iri.removeprefix(base)
    return iri if iri.startswith(("http://", "https://")) else None


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
