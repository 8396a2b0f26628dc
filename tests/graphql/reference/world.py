"""The statements of a release as plain Python objects: what the reference executor answers from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from fundtrace.index.projection import Column, projection

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_CONCEPTS = {
    "http://www.w3.org/2004/02/skos/core#Concept": "Concept",
    "http://www.w3.org/2004/02/skos/core#ConceptScheme": "ConceptScheme",
}


@dataclass(eq=False)
class Entity:
    """One entity: its key, class, labels by language, and its values by property, each text, number, truth or entity."""

    key: str
    cls: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    values: dict[str, list[Any]] = field(default_factory=dict)
    texts: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def one(self, name: str) -> Any:
        """The value of a property that has at most one; None where there is none."""
        return next(iter(self.values.get(name, ())), None)

    def many(self, name: str) -> list[Any]:
        """The values of a property, each once: entities by key, texts in their order."""
        found = set(self.values.get(name, ()))
        return sorted(found, key=lambda one: one.key if isinstance(one, Entity) else one)


class World:
    """All entities by key, and the ways back."""

    def __init__(self, lines: Iterable[str], base: str, namespace: str, version: str) -> None:
        self.base, self.namespace, self.version = base, namespace, version
        self.entities: dict[str, Entity] = {}
        self._back: dict[tuple[str, str, str], list[Entity]] = {}
        quads = list(ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES))
        for quad in quads:
            if quad.predicate.value == _TYPE:
                name = quad.object.value
                entity = self._entity(quad.subject.value)
                entity.cls = _CONCEPTS.get(name) or name.removeprefix(namespace)
        for quad in quads:
            self._read(quad)
        for one in [*self.entities.values()]:
            if not one.cls:
                del self.entities[one.key]

    def of(self, cls: str) -> list[Entity]:
        """The entities of a class by key."""
        return sorted((one for one in self.entities.values() if one.cls == cls), key=lambda one: one.key)

    def back(self, cls: str, name: str, entity: Entity) -> list[Entity]:
        """The entities of a class that name this one in a property, by key."""
        return sorted(set(self._back.get((cls, name, entity.key), ())), key=lambda one: one.key)

    def _entity(self, iri: str) -> Entity:
        key = iri.removeprefix(f"{self.base}id/")
        return self.entities.setdefault(key, Entity(key))

    def _read(self, quad: ox.Quad) -> None:
        subject, predicate = self._entity(quad.subject.value), quad.predicate.value
        if predicate == _LABEL:
            subject.labels[quad.object.language] = quad.object.value
            return
        table = projection().tables.get(subject.cls)
        column = next(
            (
                one
                for one in (table.properties.values() if table else ())
                if one.term.replace("http://localhost:8000/ontology#", self.namespace) == predicate
            ),
            None,
        )
        if column is None:
            return
        if column.kind == "lang":
            subject.texts.setdefault(column.name, []).append((quad.object.language, quad.object.value))
            return
        value = self._value(column, quad.object)
        subject.values.setdefault(column.name, []).append(value)
        if isinstance(value, Entity):
            self._back.setdefault((subject.cls, column.name, value.key), []).append(subject)

    def _value(self, column: Column, term: Any) -> Any:
        if column.kind == "reference":
            return self._entity(term.value)
        if column.kind in {"year", "integer"}:
            return int(term.value)
        if column.kind == "boolean":
            return term.value in {"true", "1"}
        return Decimal(term.value) if column.kind in {"money", "decimal"} else term.value
