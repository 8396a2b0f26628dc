"""What the graph says of one entity and its parts, as a small index over a CONSTRUCT."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from itertools import islice
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from fundtrace.release import Release

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"

MOST = 20_000
"""Statements of a description."""

PARTS = ("budgetLine", "schedule", "schedulePoint", "goal", "indicator", "target", "citation", "sourceRow")
"""The properties that lead to a part of an entity."""

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
    """What a release says of an entity and its parts, and the names of their neighbours, at most `MOST` statements.

    It is what `queries/pages/describe.rq` constructs, walked statement by statement: the store is asked once for each
    neighbour and not once for each statement that names it, which takes a third of the time.
    """
    walk = _Walk(release)
    walk.parts(NamedNode(iri))
    return Description(iri, islice(walk.found, MOST), release.namespace)


class _Walk:
    def __init__(self, release: Release) -> None:
        self.found: dict[Triple, None] = {}
        self._store = release.store
        self._own = f"{release.base}id/"
        self._parts = {release.namespace + name for name in PARTS}
        self._names = [NamedNode(one) for one in (RDF_TYPE, RDFS_LABEL)]
        self._names += [NamedNode(release.namespace + name) for name in ("fileName", "number")]

    def parts(self, entity: NamedNode) -> None:
        """The statements of an entity and its parts, then the names of what they point to."""
        waiting, seen = [entity], {entity}
        neighbours: dict[NamedNode, None] = {}
        while waiting and len(self.found) < MOST:
            for quad in self._store.quads_for_pattern(waiting.pop(), None, None):
                self.found[quad.triple] = None
                value = quad.object
                if not isinstance(value, NamedNode) or value in seen:
                    continue
                if quad.predicate.value in self._parts:
                    seen.add(value)
                    waiting.append(value)
                elif value.value.startswith(self._own):
                    neighbours[value] = None
        for neighbour in neighbours:
            if neighbour not in seen:
                self._name(neighbour)

    def _name(self, node: NamedNode) -> None:
        for name in self._names:
            for quad in self._store.quads_for_pattern(node, name, None):
                self.found[quad.triple] = None
