"""What the index holds, read from the shapes: a class is a table, a property a column or a link table.

The shapes of a class are all node shapes that target it, taken together. A property that any of them limits to one
value (`sh:maxCount 1`) is a column, any other a link table. `concepts.ttl` beside this module says the same of SKOS
concepts, which the ontology's own shapes leave to SKOS; its `sh:name` gives a column a name other than its term's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

import pyoxigraph as ox

from fundtrace.graph.terms import LABEL
from fundtrace.resources import folder
from fundtrace.vocab import TERMS

Kind: TypeAlias = Literal[
    "text", "lang", "date", "year", "integer", "boolean", "money", "decimal", "reference"
]

CONCEPT: Final = "Concept"
"""The class of the concepts of code lists."""

_SH: Final = "http://www.w3.org/ns/shacl#"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_KINDS: Final[Mapping[str, Kind]] = {
    f"{_XSD}string": "text",
    f"{_RDF}langString": "lang",
    f"{_XSD}date": "date",
    f"{_XSD}gYear": "year",
    f"{_XSD}integer": "integer",
    f"{_XSD}boolean": "boolean",
    f"{_XSD}decimal": "decimal",
}
_RESERVED: Final = frozenset({"n", "key", "class", "label_zh", "label_en"})
_MONEY: Final = "（元）"
"""How the Chinese label of a property of money ends: its values are yuan."""


@dataclass(frozen=True, slots=True)
class Column:
    """A property with at most one value.

    `term` is its IRI as the files of the repository spell it, `datatype` that of its values (empty for a reference),
    `targets` the classes a reference may lead to (empty: any), `required` whether every entity has it.
    """

    name: str
    kind: Kind
    term: str
    datatype: str
    targets: tuple[str, ...]
    required: bool

    @property
    def target(self) -> str | None:
        """The one class that a reference leads to; None when there are several, or for other kinds."""
        return self.targets[0] if len(self.targets) == 1 else None


class Link(Column):
    """A property with any number of values; `required` means at least one."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A class: its IRI as the files of the repository spell it, its columns and its links, by name."""

    name: str
    term: str
    columns: Mapping[str, Column]
    links: Mapping[str, Link]

    @property
    def properties(self) -> Mapping[str, Column]:
        """Columns and links together."""
        return {**self.columns, **self.links}


@dataclass(frozen=True, slots=True)
class Projection:
    """All tables, by the local name of their class, in alphabetical order."""

    tables: Mapping[str, Table]

    def references(self, target: str) -> Iterator[tuple[Table, Column]]:
        """The columns and links of all classes that may lead to this class: the ways back from it."""
        for table in self.tables.values():
            for column in table.properties.values():
                if column.kind == "reference" and (not column.targets or target in column.targets):
                    yield table, column


@cache
def projection() -> Projection:
    """The projection of the ontology's shapes and of SKOS concepts. Raises `ValueError` as `derive` does."""
    shapes = folder("ontology") / "shapes.ttl", Path(__file__).with_name("concepts.ttl")
    return derive(path.read_text(encoding="utf-8") for path in shapes)


def derive(shapes: Iterable[str]) -> Projection:
    """The projection of some shapes graphs, each the text of a Turtle file.

    Raises `ValueError` for a property whose name is taken, or whose values cannot be told from its shapes.
    """
    store = ox.Store()
    for text in shapes:
        store.load(text.encode(), format=ox.RdfFormat.TURTLE)
    graph = _Shapes(store)
    found: defaultdict[str, defaultdict[str, list[ox.NamedNode | ox.BlankNode]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for quad in store.quads_for_pattern(None, ox.NamedNode(f"{_SH}targetClass"), None, None):
        if isinstance(quad.object, ox.NamedNode):
            properties = found[quad.object.value]
            for shape in graph.all(quad.subject, "property"):
                path = graph.one(shape, "path")
                if isinstance(path, ox.NamedNode) and not isinstance(shape, ox.Literal | ox.Triple):
                    properties[path.value].append(shape)
    tables = [_table(term, properties, graph) for term, properties in found.items()]
    return Projection(MappingProxyType({table.name: table for table in sorted(tables, key=_name)}))


def _table(term: str, properties: Mapping[str, list[ox.NamedNode | ox.BlankNode]], graph: _Shapes) -> Table:
    columns: dict[str, Column] = {}
    links: dict[str, Link] = {}
    taken = {name.casefold() for name in _RESERVED}
    for path, shapes in sorted(properties.items()):
        if path == LABEL[1:-1]:
            continue
        column, single = _column(path, shapes, graph)
        if column.name.casefold() in taken:
            raise ValueError(f"{_local(term)} has two properties called {column.name}: {path}")
        taken.add(column.name.casefold())
        if single and column.kind != "lang":
            columns[column.name] = column
        else:
            links[column.name] = Link(
                column.name, column.kind, column.term, column.datatype, column.targets, column.required
            )
    return Table(_local(term), term, MappingProxyType(columns), MappingProxyType(links))


def _column(path: str, shapes: list[ox.NamedNode | ox.BlankNode], graph: _Shapes) -> tuple[Column, bool]:
    name = next((text for shape in shapes for text in graph.texts(shape, "name")), _local(path))
    single = any("1" in graph.texts(shape, "maxCount") for shape in shapes)
    required = any(
        graph.texts(shape, "minCount") not in ([], ["0"]) and graph.refuses(shape) for shape in shapes
    )
    datatype = next((text for shape in shapes for text in graph.texts(shape, "datatype")), "")
    if not datatype and not any(graph.refers(shape) for shape in shapes):
        local = _local(path)
        if local not in TERMS:
            raise ValueError(f"the shapes of {path} name neither a datatype nor a class")
        datatype = "" if TERMS[local].kind == "object" else f"{_XSD}string"
    targets = {target for shape in shapes for target in graph.targets(shape)}
    kind: Kind = _KINDS.get(datatype, "text") if datatype else "reference"
    if kind == "decimal" and _local(path) in TERMS and TERMS[_local(path)].label_zh.endswith(_MONEY):
        kind = "money"
    return Column(name, kind, path, datatype, tuple(sorted(targets)), required), single


class _Shapes:
    """The shapes graph, read by local names of the SHACL vocabulary."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def all(self, shape: object, name: str) -> list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]:
        return self._objects(shape, _SH + name)

    def one(self, shape: object, name: str) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None:
        return next(iter(self.all(shape, name)), None)

    def texts(self, shape: object, name: str) -> list[str]:
        return [one.value for one in self.all(shape, name) if isinstance(one, ox.Literal | ox.NamedNode)]

    def refuses(self, shape: object) -> bool:
        return self.texts(shape, "severity") in ([], [f"{_SH}Violation"])

    def refers(self, shape: object) -> bool:
        return f"{_SH}IRI" in self.texts(shape, "nodeKind") or bool([*self.targets(shape)])

    def targets(self, shape: object) -> Iterator[str]:
        """The classes of the values: by `sh:class`, by alternatives of it, or as concepts of a code list."""
        yield from map(_local, self.texts(shape, "class"))
        for alternatives in self.all(shape, "or"):
            for one in self._members(alternatives):
                yield from self.targets(one)
        listed = [one for values in self.all(shape, "in") for one in self._members(values)]
        if any(isinstance(one, ox.NamedNode) for one in listed) or any(
            "/id/concept/" in pattern for pattern in self.texts(shape, "pattern")
        ):
            yield CONCEPT

    def _members(self, head: object) -> Iterator[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]:
        while first := self._objects(head, f"{_RDF}first"):
            yield first[0]
            head = self._objects(head, f"{_RDF}rest")[0]

    def _objects(
        self, subject: object, predicate: str
    ) -> list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]:
        if not isinstance(subject, ox.NamedNode | ox.BlankNode):
            return []
        quads = self._store.quads_for_pattern(subject, ox.NamedNode(predicate), None, None)
        return sorted((quad.object for quad in quads), key=str)


def _name(table: Table) -> str:
    return table.name


def _local(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]
