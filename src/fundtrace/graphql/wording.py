"""What the schema says of itself: the comments of the ontology, and the definitions of its code lists."""

from __future__ import annotations

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
    texts = _concepts()[name]
    kind = "definition" if ("definition", "zh") in texts else "prefLabel"
    return said(texts[kind, "zh"], texts[kind, "en"])


def said(zh: str, en: str) -> str:
    """A description in two languages."""
    return f"{zh}\n{en}"


@cache
def _concepts() -> dict[str, dict[tuple[str, str], str]]:
    found: dict[str, dict[tuple[str, str], str]] = {}
    for path in sorted((resources.folder("ontology") / "codes").glob("*.ttl")):
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            name = quad.predicate.value.removeprefix(_SKOS)
            if isinstance(quad.object, ox.Literal) and name in {"definition", "prefLabel"}:
                concept = str(quad.subject)[1:-1].partition(_CONCEPT)[2]
                found.setdefault(concept, {})[name, quad.object.language or ""] = quad.object.value
    return found
