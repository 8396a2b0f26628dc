"""What the SHACL shapes demand of each class and property, for people to read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from fundtrace_server.terms import ontology_turtle


@dataclass(frozen=True, slots=True)
class Demand:
    """One property shape: its own name, the property it is about, what values may be, how often, how strong, and why.

    `values` are IRIs of classes, datatypes and listed concepts, or patterns; `most` is None where there is no limit.
    """

    name: str
    path: str
    values: tuple[str, ...]
    least: int
    most: int | None
    must: bool
    message: dict[str, str]


@dataclass(frozen=True, slots=True)
class Shape:
    """One node shape: its name, the classes it is about, what it says itself, and its property shapes."""

    name: str
    classes: tuple[str, ...]
    message: dict[str, str]
    demands: tuple[Demand, ...]


@lru_cache(maxsize=2)
def shapes_of(namespace: str) -> tuple[Shape, ...]:
    """The node shapes in a namespace, in the order of their names, read once."""
    graph = Graph().parse(data=ontology_turtle(namespace, "shapes.ttl"), format="turtle")
    return tuple(
        Shape(
            name=_name(node),
            classes=tuple(sorted(map(str, graph.objects(node, SH.targetClass)))),
            message=_messages(graph, node),
            demands=tuple(
                sorted(
                    (_demand(graph, one) for one in graph.objects(node, SH.property)),
                    key=lambda one: (one.path, one.name),
                )
            ),
        )
        for node in sorted(graph.subjects(RDF.type, SH.NodeShape), key=str)
        if isinstance(node, URIRef)
    )


@lru_cache(maxsize=2)
def demands_on(namespace: str) -> dict[str, tuple[tuple[Shape, Demand], ...]]:
    """The property shapes about each class and each property, by IRI, with the node shape that they belong to."""
    found: dict[str, list[tuple[Shape, Demand]]] = defaultdict(list)
    for shape in shapes_of(namespace):
        for demand in shape.demands:
            for iri in (*shape.classes, demand.path):
                found[iri].append((shape, demand))
    return {iri: tuple(demands) for iri, demands in found.items()}


def _demand(graph: Graph, node: Node) -> Demand:
    least, most = graph.value(node, SH.minCount), graph.value(node, SH.maxCount)
    return Demand(
        name=_name(node),
        path=str(graph.value(node, SH.path)),
        values=tuple(_values(graph, node)),
        least=int(str(least)) if least is not None else 0,
        most=int(str(most)) if most is not None else None,
        must=graph.value(node, SH.severity) in {None, SH.Violation},
        message=_messages(graph, node),
    )


def _values(graph: Graph, node: Node) -> list[str]:
    found = [str(one) for name in (SH["class"], SH.datatype, SH.pattern) for one in graph.objects(node, name)]
    for listed in graph.objects(node, SH["in"]):
        found += [str(one) for one in Collection(graph, listed)]
    return sorted(found)


def _messages(graph: Graph, node: Node) -> dict[str, str]:
    return {
        one.language or "zh": str(one) for one in graph.objects(node, SH.message) if isinstance(one, Literal)
    }


def _name(node: Node) -> str:
    return str(node).replace("#", "/").rsplit("/", 1)[-1]
