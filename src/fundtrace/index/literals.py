"""N-Triples terms to values of the index, by kind.

The text of a release is canonical: one blank between terms, no comments. So a line is split at its blanks, three times
as fast as by a parser; only a line with an escape goes through one. A term that is not of the kind that the shapes
say raises `ValueError`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

import pyoxigraph as ox

from fundtrace.index.projection import Kind
from fundtrace.index.sqlite import units

Value: TypeAlias = str | int | float
Decode: TypeAlias = Callable[[str], Value | tuple[str, str]]

_BEGINNINGS: Final = frozenset({'"', "<"})
_ENDS: Final = (" .\n", " .")
_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_TRUTH: Final[Mapping[str, int]] = {"true": 1, "1": 1, "false": 0, "0": 0}


def split(line: str) -> tuple[str, str, str]:
    """The three terms of a line. A literal's escapes stay; `plain` takes them out. Raises `ValueError` for any other text."""
    subject, predicate, rest = line.split(" ", 2)
    value = rest.rstrip(" .\n")
    if subject[0] != "<" or predicate[0] != "<" or value[:1] not in _BEGINNINGS or not rest.endswith(_ENDS):
        raise ValueError(line)
    return subject, predicate, value


def plain(value: str) -> str:
    """A literal without escapes between its quotes. Raises `ValueError` for what is no literal."""
    try:
        quad = next(iter(ox.parse(f"<s:s> <p:p> {value} .".encode(), format=ox.RdfFormat.N_TRIPLES)))
    except (SyntaxError, StopIteration) as error:
        raise ValueError(value) from error
    term = quad.object
    if not isinstance(term, ox.Literal):
        raise ValueError(value)
    if term.language:
        return f'"{term.value}"@{term.language}'
    return f'"{term.value}"' + ("" if term.datatype.value == _STRING else f"^^<{term.datatype.value}>")


def tagged(value: str) -> tuple[str, str]:
    """Text and language of a literal in a language. Raises `ValueError` for any other term."""
    text, mark, language = value.rpartition('"@')
    if not mark or text[:1] != '"':
        raise ValueError(value)
    return text[1:], language


def decoder(kind: Kind, datatype: str, prefix: str) -> Decode:
    """What takes a term of this kind to its value; `prefix` is `<{base}id/`, which references begin with."""
    if kind == "lang":
        return tagged
    if kind == "reference":
        start = len(prefix)

        def reference(value: str) -> str:
            if not value.startswith(prefix):
                raise ValueError(value)
            return value[start:-1]

        return reference
    if kind == "text" and datatype == _STRING:

        def text(value: str) -> str:
            if value[0] != '"' or value[-1] != '"':
                raise ValueError(value)
            return value[1:-1]

        return text
    suffix = f'"^^<{datatype}>'
    end = -len(suffix)
    convert = _CONVERT.get(kind, str)

    def typed(value: str) -> Value:
        if not value.endswith(suffix):
            raise ValueError(value)
        return convert(value[1:end])

    return typed


def _truth(text: str) -> int:
    if text not in _TRUTH:
        raise ValueError(text)
    return _TRUTH[text]


def _decimal(text: str) -> str:
    float(text)
    return text


_CONVERT: Final[Mapping[Kind, Callable[[str], Value]]] = {
    "year": int,
    "integer": int,
    "boolean": _truth,
    "money": units,
    "decimal": _decimal,
}
