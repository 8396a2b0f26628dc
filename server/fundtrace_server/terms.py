"""The ontology's own words: what it says of each class and property, and the ontology as Turtle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from fundtrace.resources import folder
from fundtrace.settings import ONTOLOGY_NAMESPACE

_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_TYPE = f"{_RDF}type"
_SOURCE = "http://purl.org/dc/terms/source"
_CLASSES = {f"{_OWL}Class", f"{_RDFS}Class"}
_PARENTS = (f"{_RDFS}subClassOf", f"{_RDFS}subPropertyOf")
_ELSEWHERE = (*_PARENTS, f"{_RDFS}seeAlso")

_Facts = Mapping[str, Mapping[str, list[NamedNode | BlankNode | Literal]]]


@dataclass(frozen=True, slots=True)
class TermText:
    """A class or property: label and comment by language, and the IRIs that it stands beside.

    `domain` and `range` list the members of a union. `elsewhere` are broader or related terms of other vocabularies.
    """

    iri: str
    name: str
    is_class: bool
    label: Mapping[str, str]
    comment: Mapping[str, str]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    parents: tuple[str, ...]
    inverse: tuple[str, ...]
    elsewhere: tuple[str, ...]
    sources: tuple[str, ...]


class TermNames:
    """Labels and comments by IRI."""

    def __init__(self, terms: Mapping[str, TermText]) -> None:
        self.terms = terms

    def label(self, iri: str, language: str) -> str:
        """The label of a term, else its local name."""
        term = self.terms.get(iri)
        found = term.label.get(language) or term.label.get("zh") if term else None
        return found or iri.replace("#", "/").rsplit("/", 1)[-1]

    def comment(self, iri: str, language: str) -> str:
        """The comment of a term, else nothing."""
        term = self.terms.get(iri)
        return (term.comment.get(language) or term.comment.get("zh") or "") if term else ""


@lru_cache(maxsize=16)
def ontology_turtle(namespace: str, name: str = "core.ttl") -> str:
    """A file of the ontology in the namespace of a release. Raises `FileNotFoundError` for a damaged installation."""
    text = (folder("ontology") / name).read_text(encoding="utf-8")
    return text.replace(ONTOLOGY_NAMESPACE, namespace)


@lru_cache(maxsize=4)
def term_names(namespace: str) -> TermNames:
    """The terms of the ontology in a namespace, read once."""
    facts = _facts(namespace, "core.ttl")
    aligned = _facts(namespace, "alignments.ttl")
    return TermNames(
        {
            iri: _term(iri, found, facts, aligned.get(iri, {}), namespace)
            for iri, found in facts.items()
            if iri.startswith(namespace) and iri != namespace and _TYPE in found
        }
    )


def _facts(namespace: str, name: str) -> _Facts:
    facts: dict[str, dict[str, list[NamedNode | BlankNode | Literal]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for quad in parse(ontology_turtle(namespace, name), format=RdfFormat.TURTLE):
        if isinstance(quad.subject, NamedNode | BlankNode) and isinstance(
            quad.object, NamedNode | BlankNode | Literal
        ):
            facts[quad.subject.value][quad.predicate.value].append(quad.object)
    return facts


def _term(
    iri: str,
    found: Mapping[str, list[NamedNode | BlankNode | Literal]],
    facts: _Facts,
    aligned: Mapping[str, list[NamedNode | BlankNode | Literal]],
    namespace: str,
) -> TermText:
    broader = {one for name in _PARENTS for one in _nodes(found.get(name, []), facts)}
    related = {one for name in _ELSEWHERE for one in _nodes(aligned.get(name, []), {})}
    return TermText(
        iri=iri,
        name=iri.removeprefix(namespace),
        is_class=any(kind.value in _CLASSES for kind in found.get(_TYPE, [])),
        label=_by_language(found.get(f"{_RDFS}label", [])),
        comment=_by_language(found.get(f"{_RDFS}comment", [])),
        domain=_nodes(found.get(f"{_RDFS}domain", []), facts),
        range=_nodes(found.get(f"{_RDFS}range", []), facts),
        parents=tuple(sorted(one for one in broader if one.startswith(namespace))),
        inverse=_nodes(found.get(f"{_OWL}inverseOf", []), facts),
        elsewhere=tuple(sorted({*related, *(one for one in broader if not one.startswith(namespace))})),
        sources=tuple(one.value for one in found.get(_SOURCE, [])),
    )


def _by_language(terms: list[NamedNode | BlankNode | Literal]) -> dict[str, str]:
    return {term.language or "zh": term.value for term in terms if isinstance(term, Literal)}


def _nodes(terms: list[NamedNode | BlankNode | Literal], facts: _Facts) -> tuple[str, ...]:
    """The IRIs among the terms, and those of the unions among them."""
    found = {term.value for term in terms if isinstance(term, NamedNode)}
    for term in terms:
        if isinstance(term, BlankNode):
            for members in facts.get(term.value, {}).get(f"{_OWL}unionOf", []):
                found |= set(_members(members, facts))
    return tuple(sorted(found))


def _members(first: NamedNode | BlankNode | Literal, facts: _Facts) -> list[str]:
    found: list[str] = []
    node = first
    while isinstance(node, BlankNode):
        cell = facts[node.value]
        found += [one.value for one in cell[f"{_RDF}first"] if isinstance(one, NamedNode)]
        node = cell[f"{_RDF}rest"][0]
    return found
