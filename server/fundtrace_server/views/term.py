"""The page of a term of the ontology: what it means, where it is used, what is demanded of it, and examples."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from fundtrace.release import Release
from fundtrace_server.addresses import page_path
from fundtrace_server.description import RDF_TYPE, RDFS_LABEL
from fundtrace_server.formats import statements_in
from fundtrace_server.terms import TermText, ontology_turtle, term_names
from fundtrace_server.views.linking import Link

if TYPE_CHECKING:
    from fundtrace_server.demands import Demand, Shape

EXAMPLES = 3
"""Statements or entities that are shown as examples."""

_SOURCES = ("example.ttl", "example-others.ttl")
_TYPED = re.compile(r"\^\^<http://www\.w3\.org/2001/XMLSchema#(\w+)>$")
_ID = "http://localhost:8000/id/"


@dataclass(frozen=True, slots=True)
class TermView:
    """Everything on the page; `used` are the properties of a class, `told` examples as Turtle, `found` entities of the release."""

    term: TermText
    namespace: str
    used: tuple[TermText, ...]
    demands: tuple[tuple[Shape, Demand], ...]
    told: tuple[str, ...]
    found: tuple[Link, ...]


def view_term(
    release: Release, term: TermText, demands: Mapping[str, tuple[tuple[Shape, Demand], ...]]
) -> TermView:
    """The view of a term of the ontology."""
    terms = term_names(release.namespace).terms.values()
    return TermView(
        term=term,
        namespace=release.namespace,
        used=tuple(sorted((one for one in terms if term.iri in one.domain), key=lambda one: one.name)),
        demands=demands.get(term.iri, ()),
        told=_told(term, release.namespace),
        found=_found(release, term),
    )


def short_name(iri: str) -> str:
    """The last part of an IRI, for a table."""
    return iri.replace("#", "/").rstrip("/").rsplit("/", 1)[-1]


def _told(term: TermText, namespace: str) -> tuple[str, ...]:
    wanted = [
        one
        for one in _example(namespace)
        if (
            one.predicate.value == RDF_TYPE
            and isinstance(one.object, NamedNode)
            and one.object.value == term.iri
            if term.is_class
            else one.predicate.value == term.iri
        )
    ]
    return tuple(_turtle(one, namespace) for one in wanted[:EXAMPLES])


def _turtle(triple: Triple, namespace: str) -> str:
    return f"{_node(triple.subject, namespace)} {_node(triple.predicate, namespace)} {_node(triple.object, namespace)} ."


def _node(term: object, namespace: str) -> str:
    if not isinstance(term, NamedNode):
        return _TYPED.sub(r"^^xsd:\1", str(term))
    if term.value == RDF_TYPE:
        return "a"
    if term.value.startswith(namespace):
        return f"ft:{term.value.removeprefix(namespace)}"
    return f"<{term.value.removeprefix(_ID)}>"


def _found(release: Release, term: TermText) -> tuple[Link, ...]:
    """Entities of the release that are of this class, or of which this property tells."""
    node = NamedNode(term.iri)
    quads = (
        release.store.quads_for_pattern(None, NamedNode(RDF_TYPE), node)
        if term.is_class
        else release.store.quads_for_pattern(None, node, None)
    )
    links = []
    for quad in islice(quads, EXAMPLES):
        subject = quad.subject
        if isinstance(subject, NamedNode):
            labels = release.store.quads_for_pattern(subject, NamedNode(RDFS_LABEL), None)
            label = next((one.object.value for one in labels if isinstance(one.object, Literal)), None)
            links.append(Link(label or short_name(subject.value), page_path(subject.value, release.base)))
    return tuple(links)


@lru_cache(maxsize=2)
def _example(namespace: str) -> tuple[Triple, ...]:
    return tuple(triple for name in _SOURCES for triple in statements_in(ontology_turtle(namespace, name)))
