"""The ontology's own words: labels and comments of classes and properties, and the ontology as Turtle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from fundtrace.resources import folder
from fundtrace.settings import ONTOLOGY_NAMESPACE

_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_CLASSES = {f"{_OWL}Class", f"{_RDFS}Class"}


@dataclass(frozen=True, slots=True)
class TermText:
    """A class or property: label and comment by language, and the IRIs of its domain and range."""

    iri: str
    name: str
    is_class: bool
    label: Mapping[str, str]
    comment: Mapping[str, str]
    domain: tuple[str, ...]
    range: tuple[str, ...]


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


def ontology_turtle(namespace: str) -> str:
    """`core.ttl` in the namespace of a release. Raises `FileNotFoundError` for a damaged installation."""
    text = (folder("ontology") / "core.ttl").read_text(encoding="utf-8")
    return text.replace(ONTOLOGY_NAMESPACE, namespace)


@lru_cache(maxsize=4)
def term_names(namespace: str) -> TermNames:
    """The terms of the ontology in a namespace, read once."""
    facts: dict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    for quad in parse(ontology_turtle(namespace), format=RdfFormat.TURTLE):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            facts[quad.subject.value][quad.predicate.value].append(quad.object)
    return TermNames(
        {iri: _term(iri, found, namespace) for iri, found in facts.items() if iri.startswith(namespace)}
    )


def _term(iri: str, found: Mapping[str, list[NamedNode | Literal]], namespace: str) -> TermText:
    return TermText(
        iri=iri,
        name=iri.removeprefix(namespace),
        is_class=any(kind.value in _CLASSES for kind in found.get(_TYPE, [])),
        label=_by_language(found.get(f"{_RDFS}label", [])),
        comment=_by_language(found.get(f"{_RDFS}comment", [])),
        domain=_nodes(found.get(f"{_RDFS}domain", [])),
        range=_nodes(found.get(f"{_RDFS}range", [])),
    )


def _by_language(terms: list[NamedNode | Literal]) -> dict[str, str]:
    return {term.language or "zh": term.value for term in terms if isinstance(term, Literal)}


def _nodes(terms: list[NamedNode | Literal]) -> tuple[str, ...]:
    return tuple(sorted(term.value for term in terms if isinstance(term, NamedNode)))
