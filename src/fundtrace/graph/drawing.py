"""Forms made into functions: one for each form, with a branch for each property, its text ready.

Half of what emission costs is the loop that finds out, for every value, what is before it, what is behind, and how it becomes text. So
each form is written out as the function that one would write by hand for its class, and compiled, as `dataclasses` does. What is
written out comes from forms and from terms of the ontology, never from documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from fundtrace.graph.forms import CELLS, Form, Sort, printed
from fundtrace.graph.literals import escaped
from fundtrace.graph.terms import LABEL, TYPE, Terms

_PLAIN = """{0}.isprintable() and '"' not in {0} and "\\\\" not in {0}"""
"""The usual case of `escaped`, without the call: printable text holds no control character, surrogate or unassigned code point."""


def draw(
    form: Form, terms: Terms, lines: list[str], codes_of: Callable[[str], Mapping[str, str]]
) -> Callable[..., str]:
    """A function of an IRI, a label and the values of a form, that states them in `lines` and gives the IRI as a subject.

    `codes_of` gives the IRIs of the concepts of a code list.
    """
    names: dict[str, Any] = {
        "write": lines.append,
        "both": lines.extend,
        "escaped": escaped,
        "printed": printed,
        "cells": CELLS.convert,
    }
    kind, named = _line(f" {TYPE} {terms[form.kind]}"), _line(f' {LABEL} "', "label", '"@zh')
    body = [
        "s = f'<{iri}>'",
        f"if not ({_PLAIN.format('label')}):",
        "    label = escaped(label)",
        f"both(({kind}, {named}))",
    ]
    for number, (term, sort) in enumerate(form.columns):
        body += _column(number, f" {terms[term]} {sort.before}", sort, names, codes_of)
    values = ", ".join(f"v{number}" for number in range(len(form.columns)))
    text = "\n    ".join([f"def stated(iri, label, {values}):", *body, "return s"])
    exec(compile(text, f"<form of {form.kind}>", "exec"), names)  # noqa: S102  # our own text: forms and terms
    drawn: Callable[..., str] = names["stated"]
    return drawn


def _column(
    number: int, before: str, sort: Sort, names: dict[str, Any], codes_of: Callable[[str], Mapping[str, str]]
) -> Iterator[str]:
    """The lines of code for one property; what they need by name is put into `names`."""
    value, behind = f"v{number}", sort.behind
    yield f"if {value} is not None:"
    if sort.scheme is not None:
        names[f"codes{number}"] = codes_of(sort.scheme)
        yield f"    write({_line(before, f'codes{number}[{value}]', behind)})"
    elif sort.convert is None:
        yield f"    write({_line(before, value, behind)})"
    else:
        write = f"write({_line(before, value, behind)})"
        if sort is CELLS:
            # No cell holds a tab that would have to be told from those between them.
            yield f"    text = ''.join({value})"
            yield f"    if text >= '!' and {_PLAIN.format('text')}:"
            yield f"        text = '\\\\t'.join({value})"
            yield f"        write({_line(before, 'text', behind)})"
            yield f"    elif ({value} := cells({value})) is not None:"
            yield f"        {write}"
        elif sort.convert is printed:
            # Text from "!" on does not begin with a blank, so it is not blank.
            yield f"    if {value} >= '!' and {_PLAIN.format(value)}:"
            yield f"        {write}"
            yield f"    elif ({value} := printed({value})) is not None:"
            yield f"        {write}"
        else:
            names[f"convert{number}"] = sort.convert
            yield f"    if ({value} := convert{number}({value})) is not None:"
            yield f"        {write}"


def _line(before: str, value: str = "", behind: str = "") -> str:
    """The f-string of a statement about `s`."""
    start, end = (part.replace("{", "{{").replace("}", "}}") for part in (before, f"{behind} ."))
    return "f" + repr(f"{{s}}{start}{{{value}}}{end}" if value else f"{{s}}{start}{end}")
