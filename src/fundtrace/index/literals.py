"""N-Triples terms to values of the index, by kind.

The text of a release is canonical: one blank between terms, no comments. So a line is cut at its first two blanks, and what
is left tells its kind by how it begins and ends, three times as fast as by a parser; only a line with an escape goes through
one. A term that is not of the kind that the shapes say is told apart from text that is no N-Triples at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeAlias

import pyoxigraph as ox

from fundtrace.index.projection import Kind
from fundtrace.index.sqlite import units

Value: TypeAlias = str | int | float

END: Final = " .\n"
"""What follows the last term of a line."""

_BEGINNINGS: Final = frozenset({'"', "<"})
_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_TRUTH: Final[Mapping[str, int]] = {"true": 1, "1": 1, "false": 0, "0": 0}


class Reading(NamedTuple):
    """How a term of one kind is read out of the rest of a line: how that begins and ends, and what takes the text between to a value.

    `convert` (None: the text is the value) raises `ValueError` for text that is no such value.
    """

    begins: str
    ends: str
    convert: Callable[[str], Value | tuple[str, str]] | None = None

    def __call__(self, rest: str) -> Value | tuple[str, str]:
        """The value of the rest of a line. Raises `ValueError` for a term of another kind."""
        if not (rest.startswith(self.begins) and rest.endswith(self.ends)):
            raise ValueError(rest)
        text = rest[len(self.begins) : -len(self.ends)]
        return text if self.convert is None else self.convert(text)


def checked(subject: str, predicate: str, rest: str) -> str:
    """What follows the predicate of a line, as a release writes it. Raises `ValueError` for what is no line of one."""
    value = rest.rstrip(END)
    if (
        subject[:1] != "<"
        or predicate[:1] != "<"
        or value[:1] not in _BEGINNINGS
        or not rest.endswith((END, END[:-1]))
    ):
        raise ValueError(f"{subject} {predicate} {rest}")
    return f"{value}{END}"


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


def reading(kind: Kind, datatype: str, prefix: str) -> Reading:
    """How terms of this kind are read; `prefix` is `<{base}id/`, which references begin with."""
    if kind == "lang":
        return Reading('"', END, _tagged)
    if kind == "reference":
        return Reading(prefix, f">{END}")
    if kind == "text" and datatype == _STRING:
        return Reading('"', f'"{END}')
    return Reading('"', f'"^^<{datatype}>{END}', _CONVERT.get(kind))


def _tagged(value: str) -> tuple[str, str]:
    text, mark, language = value.rpartition('"@')
    if not mark:
        raise ValueError(value)
    return text, language


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
