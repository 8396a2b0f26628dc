"""What the graph says of one entity and its parts, as a small index over a CONSTRUCT."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from fundtrace.release import Release
from fundtrace_server.asking import statements

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple


class Description:
    """Statements about `iri`, its parts, and the labels of its neighbours.

    Properties and classes are named by their local name in the release's namespace (`totalBudget`).
    """

    def __init__(self, iri: str, triples: Iterable[Triple], namespace: str) -> None:
        self.iri = iri
        self.namespace = namespace
        self.triples = list(triples)
        self._index: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for triple in self.triples:
            if isinstance(triple.subject, NamedNode):
                self._index[triple.subject.value][triple.predicate.value].append(triple.object)

    @property
    def exists(self) -> bool:
        """Whether the release says anything about the entity itself."""
        return self.iri in self._index

    def class_of(self, subject: str | None = None) -> str | None:
        """The local name of an entity's class."""
        for term in self._index[subject or self.iri][RDF_TYPE]:
            if isinstance(term, NamedNode) and term.value.startswith(self.namespace):
                return term.value.removeprefix(self.namespace)
        return None

    def label(self, subject: str | None = None, language: str = "zh") -> str:
        """The label in a language, else the Chinese one, else the last segment of the IRI."""
        subject = subject or self.iri
        labels = {
            term.language or "zh": term.value
            for term in self._index[subject][RDFS_LABEL]
            if isinstance(term, Literal)
        }
        return labels.get(language) or labels.get("zh") or subject.rsplit("/", 1)[-1]

    def properties(self, subject: str | None = None) -> dict[str, list[Term]]:
        """Predicate IRI to objects of one subject, in the order of the terms' text."""
        return {
            predicate: sorted(objects, key=str)
            for predicate, objects in sorted(self._index[subject or self.iri].items())
        }

    def terms(self, name: str, subject: str | None = None) -> list[Term]:
        """The objects of a property of ours."""
        return sorted(self._index[subject or self.iri][self.namespace + name], key=str)

    def nodes(self, name: str, subject: str | None = None) -> list[str]:
        """The IRIs that a property of ours points to, in the order of `ordinal` where the parts have one."""
        found = [term.value for term in self.terms(name, subject) if isinstance(term, NamedNode)]
        return sorted(found, key=lambda node: (self.whole("ordinal", node) or 0, node))

    def node(self, name: str, subject: str | None = None) -> str | None:
        """The first IRI that a property of ours points to."""
        return next(iter(self.nodes(name, subject)), None)

    def texts(self, name: str, subject: str | None = None) -> list[str]:
        """The literals of a property of ours."""
        return [term.value for term in self.terms(name, subject) if isinstance(term, Literal)]

    def text(self, name: str, subject: str | None = None) -> str | None:
        """The first literal of a property of ours."""
        return next(iter(self.texts(name, subject)), None)

    def amount(self, name: str, subject: str | None = None) -> Decimal | None:
        """The first literal of a property of ours as an exact decimal."""
        value = self.text(name, subject)
        return None if value is None else Decimal(value)

    def whole(self, name: str, subject: str | None = None) -> int | None:
        """The first literal of a property of ours as a whole number."""
        value = self.text(name, subject)
        return None if value is None else int(value)

    def concept(self, name: str, subject: str | None = None) -> str | None:
        """The code of the concept that a property of ours points to: `role-funds` for `…/id/concept/role-funds`."""
        node = self.node(name, subject)
        return node.rsplit("/", 1)[-1] if node else None


def describe(release: Release, iri: str) -> Description:
    """What a release says of an entity and its parts, bounded."""
    return Description(iri, statements(release, "describe", iri=NamedNode(iri)), release.namespace)
