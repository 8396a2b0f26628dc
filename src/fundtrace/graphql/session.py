"""What one request reads from the graph: entities and citations in batches, one query for each level of the answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final, Protocol, TypeVar, runtime_checkable

from graphql import DocumentNode
from pyoxigraph import Literal, NamedNode, Store
from strawberry.dataloader import DataLoader

from fundtrace.graphql.identity import name_of
from fundtrace.query.questions import load_questions
from fundtrace.query.results import Answering, Row, select

E = TypeVar("E", bound=Enum)

_LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"
_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@runtime_checkable
class OpenRelease(Answering, Protocol):
    """A release, as far as an answer needs it: its graph and its version."""

    @property
    def version(self) -> str: ...  # noqa: D102


class Entity:
    """One entity: its IRI, its class (a local name of the ontology), and what is stated of it, by local name."""

    def __init__(
        self, session: Session, iri: str, values: Mapping[str, Sequence[NamedNode | Literal]]
    ) -> None:
        self.session = session
        self.iri = iri
        self._values = values

    @property
    def name(self) -> str:
        """Its kind and key."""
        return name_of(self.iri, self.session.graph.base)

    def classes(self) -> set[str]:
        """The local names of its classes."""
        prefix = self.session.graph.namespace
        return {value.removeprefix(prefix) for value in self.texts("type") if value.startswith(prefix)}

    def texts(self, name: str) -> list[str]:
        """All values of a property, in a fixed order."""
        return sorted(term.value for term in self._values.get(name, ()))

    def text(self, name: str) -> str | None:
        """The value of a property, the first where there are several."""
        return next(iter(self.texts(name)), None)

    def integer(self, name: str) -> int | None:
        """The value of a property as a whole number."""
        value = self.text(name)
        return None if value is None else int(value)

    def boolean(self, name: str) -> bool | None:
        """The value of a property as a boolean."""
        value = self.text(name)
        return None if value is None else value in {"true", "1"}

    def concept(self, name: str, scheme: str, kind: type[E]) -> E | None:
        """The value of a property as a member of the enum of its code list; None for a concept that is not in it."""
        return as_member(self.text(name), scheme, kind, self.session.graph.base)

    def label(self, language: str) -> str:
        """The label in a language, else in Chinese, else any, else the key."""
        labels = {
            term.language: term.value for term in self._values.get("label", ()) if isinstance(term, Literal)
        }
        return labels.get(language) or labels.get("zh") or next(iter(labels.values()), self.name)

    async def linked(self, name: str) -> Entity | None:
        """The entity that a property points at."""
        iri = self.text(name)
        return None if iri is None else await self.session.entities.load(iri)

    async def members(self, name: str) -> list[Entity]:
        """The entities that a property points at, by their ordinals."""
        found = await self.session.entities.load_many(self.texts(name))
        return sorted(
            (one for one in found if one is not None), key=lambda one: (one.integer("ordinal") or 0, one.iri)
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """A project and a document that it cites, in the strongest role."""

    document: str
    project: str
    role: str
    fiscal_year: int | None
    stage: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A member of a class; fiscal year and stage where they are stated."""

    iri: str
    fiscal_year: int | None
    stage: str | None


class Session:
    """The graph, the document and the loaders of one request. `notes` are what the answer says of itself."""

    def __init__(self, graph: OpenRelease, document: DocumentNode) -> None:
        self.graph = graph
        self.document = document
        self.notes: list[str] = []
        self.entities: DataLoader[str, Entity | None] = DataLoader(self._entities)
        self.citing: DataLoader[str, list[Pair]] = DataLoader(self._citing)
        self.cited: DataLoader[str, list[Pair]] = DataLoader(self._cited)
        self.document_totals: DataLoader[str, list[Row]] = DataLoader(self._document_totals)

    def ask(self, question: str, **values: NamedNode | Literal | Sequence[NamedNode]) -> list[Row]:
        """The rows of `queries/graphql/{question}.rq`."""
        return select(self.graph, load_questions()[f"graphql/{question}"], **values)

    def note(self, text: str) -> None:
        """Say something of the answer, once."""
        if text not in self.notes:
            self.notes.append(text)

    def listed(self, class_name: str) -> tuple[Listed, ...]:
        """All members of a class in the order of their kinds and keys; kept as long as the release is open."""
        graph = self.graph
        return _listed(graph.store, graph.base, graph.namespace, class_name)

    def project_totals(self) -> tuple[Row, ...]:
        """Totals of all projects by fiscal year and stage; kept as long as the release is open."""
        graph = self.graph
        return _project_totals(graph.store, graph.base, graph.namespace)

    async def _entities(self, iris: list[str]) -> list[Entity | None]:
        found: defaultdict[str, defaultdict[str, list[NamedNode | Literal]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for row in self.ask("entities", entity=_nodes(iris)):
            value = row["value"]
            if isinstance(value, NamedNode | Literal):
                found[text(row, "entity")][self._local(text(row, "property"))].append(value)
        return [Entity(self, iri, found[iri]) if iri in found else None for iri in iris]

    async def _citing(self, documents: list[str]) -> list[list[Pair]]:
        pairs = self._pairs(self.ask("pairs", document=_nodes(documents)))
        return _grouped(documents, [(pair.document, pair) for pair in pairs])

    async def _cited(self, projects: list[str]) -> list[list[Pair]]:
        pairs = self._pairs(self.ask("pairs", project=_nodes(projects)))
        return _grouped(projects, [(pair.project, pair) for pair in pairs])

    async def _document_totals(self, documents: list[str]) -> list[list[Row]]:
        rows = self.ask("document-totals", document=_nodes(documents))
        return _grouped(documents, [(text(row, "document"), row) for row in rows])

    def _pairs(self, rows: list[Row]) -> list[Pair]:
        pairs = [
            Pair(
                text(row, "document"), text(row, "project"), text(row, "role"), year(row), text(row, "stage")
            )
            for row in rows
        ]
        return sorted(pairs, key=lambda pair: (pair.document, pair.project))

    def _local(self, iri: str) -> str:
        return {_LABEL: "label", _TYPE: "type"}.get(iri) or iri.removeprefix(self.graph.namespace)


T = TypeVar("T")


def text(row: Row, name: str) -> str:
    """The text of a variable, empty when it is unbound."""
    term = row.get(name)
    return term.value if isinstance(term, NamedNode | Literal) else ""


def year(row: Row) -> int | None:
    """The fiscal year of a row."""
    value = text(row, "fiscalYear")
    return int(value) if value else None


def as_member(iri: str | None, scheme: str, kind: type[E], base: str) -> E | None:
    """The member of an enum that a concept of a code list stands for."""
    code = (iri or "").removeprefix(f"{base}id/concept/{scheme}-")
    return next((member for member in kind if member.value == code), None)


def _nodes(iris: Sequence[str]) -> list[NamedNode]:
    return [NamedNode(iri) for iri in iris]


def _grouped(keys: list[str], found: list[tuple[str, T]]) -> list[list[T]]:
    groups: dict[str, list[T]] = {key: [] for key in keys}
    for key, one in found:
        groups[key].append(one)
    return [groups[key] for key in keys]


@dataclass(frozen=True, slots=True)
class _Graph:
    store: Store
    base: str
    namespace: str


@lru_cache(maxsize=8)
def _listed(store: Store, base: str, namespace: str, class_name: str) -> tuple[Listed, ...]:
    question = load_questions()["graphql/members"]
    rows = select(_Graph(store, base, namespace), question, **{"class": NamedNode(namespace + class_name)})
    members = (Listed(text(row, "entity"), year(row), text(row, "stage") or None) for row in rows)
    return tuple(sorted(members, key=lambda one: one.iri))


@lru_cache(maxsize=2)
def _project_totals(store: Store, base: str, namespace: str) -> tuple[Row, ...]:
    return tuple(select(_Graph(store, base, namespace), load_questions()["graphql/project-totals"]))
