"""The page of anything else: its statements and those that point at it, in words of the ontology."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from fundtrace.release import Release
from fundtrace_server.addresses import page_path
from fundtrace_server.description import RDF_TYPE, RDFS_LABEL, Description, Term
from fundtrace_server.pointing import Pointing, pointing_at
from fundtrace_server.terms import TermNames

_OWN_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"


@dataclass(frozen=True, slots=True)
class Value:
    """An object of a statement: a text, or a label with a page."""

    text: str
    path: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Property:
    """A property with its name in words, its comment, and its values."""

    name: str
    label: str
    comment: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class EntityView:
    """Everything on the page; `number` is that of the page of what points here, `more` says that another follows."""

    iri: str
    class_name: str | None
    class_label: str
    label: str
    properties: tuple[Property, ...]
    pointing: tuple[Property, ...]
    number: int
    more: bool


def view_entity(
    release: Release, description: Description, names: TermNames, language: str, number: int = 1
) -> EntityView:
    """The view of any entity that exists in the release."""
    pointing = pointing_at(release, description.iri, number)
    class_name = description.class_of()
    return EntityView(
        iri=description.iri,
        class_name=class_name,
        class_label=names.label(release.namespace + class_name, language) if class_name else "",
        label=description.label(language=language),
        properties=_properties(release, description, names, language),
        pointing=_pointing(release, pointing, names, language),
        number=number,
        more=pointing.more,
    )


def _properties(
    release: Release, description: Description, names: TermNames, language: str
) -> tuple[Property, ...]:
    found = []
    for predicate, objects in description.properties().items():
        if predicate in {RDF_TYPE, RDFS_LABEL, _OWN_LABEL}:
            continue
        values = tuple(_value(description, term, release.base, language) for term in objects)
        found.append(_property(names, predicate, language, values))
    return tuple(found)


def _pointing(release: Release, pointing: Pointing, names: TermNames, language: str) -> tuple[Property, ...]:
    described = Description("", pointing.names, release.namespace)
    grouped: dict[str, list[Value]] = defaultdict(list)
    for triple in pointing.triples:
        grouped[triple.predicate.value].append(_value(described, triple.subject, release.base, language))
    return tuple(
        _property(names, predicate, language, tuple(sorted(values, key=lambda value: value.text)))
        for predicate, values in sorted(grouped.items())
    )


def _property(names: TermNames, predicate: str, language: str, values: tuple[Value, ...]) -> Property:
    return Property(
        name=predicate,
        label=names.label(predicate, language),
        comment=names.comment(predicate, language),
        values=values,
    )


def _value(description: Description, term: Term, base: str, language: str) -> Value:
    if isinstance(term, NamedNode):
        return Value(description.label(term.value, language), page_path(term.value, base))
    if isinstance(term, Literal):
        return Value(term.value, language=term.language)
    return Value(str(term))
