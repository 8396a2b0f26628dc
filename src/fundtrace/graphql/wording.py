"""What the schema says of itself: the comments of the ontology, and the definitions of its code lists."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import pyoxigraph as ox

from fundtrace import resources
from fundtrace.vocab import TERMS

_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_CONCEPT: Final = "/id/concept/"


def told(term: str) -> str:
    """The description of a class or property of the ontology, in Chinese and English."""
    described = TERMS[term]
    return said(described.comment_zh, described.comment_en)


def told_concept(name: str) -> str:
    """The description of a concept or scheme (`role-funds`): its definition, else its label."""
    texts = _lists().texts[name]
    kind = "definition" if ("definition", "zh") in texts else "prefLabel"
    return said(texts[kind, "zh"], texts[kind, "en"])


def said(zh: str, en: str) -> str:
    """A description in two languages."""
    return f"{zh}\n{en}"


def codes_of(scheme: str) -> list[str]:
    """The codes of the concepts of a scheme, in the order of its file."""
    return [name.removeprefix(f"{scheme}-") for name, of in _lists().schemes.items() if of == scheme]


@dataclass(frozen=True, slots=True)
class _Lists:
    texts: dict[str, dict[tuple[str, str], str]]
    schemes: dict[str, str]


@cache
def _lists() -> _Lists:
    """What the code lists say of their concepts, by the name of each: its texts, and the scheme that it is in."""
    found = _Lists({}, {})
    for path in sorted((resources.folder("ontology") / "codes").glob("*.ttl")):
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            name = quad.predicate.value.removeprefix(_SKOS)
            concept = _name(quad.subject)
            if isinstance(quad.object, ox.Literal) and name in {"definition", "prefLabel"}:
                found.texts.setdefault(concept, {})[name, quad.object.language or ""] = quad.object.value
            elif name == "inScheme":
                found.schemes[concept] = _name(quad.object)
    return found


def _name(term: object) -> str:
    return str(term)[1:-1].partition(_CONCEPT)[2]
