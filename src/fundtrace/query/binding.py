"""Putting terms into a saved question, and its IRIs under the base and namespace of a release.

A parameter is a line `VALUES ?name { UNDEF }`, which leaves the query valid as it stands. Terms are serialised by the
engine's own library, which escapes them; text is never pasted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from fundtrace.query.tokens import tokens
from fundtrace.settings import ONTOLOGY_NAMESPACE

if TYPE_CHECKING:
    from fundtrace.query.questions import Question

REPOSITORY_BASE: Final = ONTOLOGY_NAMESPACE.removesuffix("ontology#")
"""The base that the files of the repository are written in."""

Term: TypeAlias = NamedNode | Literal
Value: TypeAlias = Term | Iterable[Term]

_LINE = re.compile(r"^[ \t]*VALUES[ \t]+\?(\w+)[ \t]*\{[ \t]*UNDEF[ \t]*\}[ \t]*$", re.MULTILINE)


def parameter_names(text: str) -> set[str]:
    """The names that the `VALUES ?name { UNDEF }` lines of a query bind."""
    return {match.group(1) for match in _LINE.finditer(text)}


def bind(question: Question | str, values: Mapping[str, Value], namespace: str, base: str) -> str:
    """The query with its parameters bound and its IRIs under `namespace` and `base`.

    `question` is a saved question or the text of one. A value is one term or several; a parameter without a value stays `UNDEF`, and one with no terms matches nothing.
    Raises `KeyError` for a value that no line binds.
    """
    localised = _localised(question if isinstance(question, str) else question.text, namespace, base)
    unknown = values.keys() - parameter_names(localised)
    if unknown:
        raise KeyError(f"no VALUES line binds {', '.join(sorted(unknown))}")

    def line(match: re.Match[str]) -> str:
        value = values.get(match.group(1))
        if value is None:
            return match.group()
        terms = [value] if isinstance(value, NamedNode | Literal) else value
        return f"VALUES ?{match.group(1)} {{ {' '.join(map(str, terms))} }}"

    return _LINE.sub(line, localised)


@lru_cache(maxsize=512)
def _localised(text: str, namespace: str, base: str) -> str:
    if namespace == ONTOLOGY_NAMESPACE and base == REPOSITORY_BASE:
        return text
    parts: list[str] = []
    end = 0
    for token in tokens(text):
        if token.kind == "iri":
            parts += [text[end : token.start], _moved(token.text, namespace, base)]
            end = token.start + len(token.text)
    return "".join([*parts, text[end:]])


def _moved(iri: str, namespace: str, base: str) -> str:
    for old, new in ((ONTOLOGY_NAMESPACE, namespace), (REPOSITORY_BASE, base)):
        if iri.startswith(f"<{old}"):
            return f"<{new}{iri[len(old) + 1 :]}"
    return iri
