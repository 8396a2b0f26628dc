"""Forms made into functions: one for each form, with a branch for each property, its text ready.

Half of what emission costs is the loop that finds out, for every value, what is before it, what is behind, and how it becomes text. So
each form is written out as the function that one would write by hand for its class, and compiled, as `dataclasses` does. What is
written out comes from forms and from terms of the ontology, never from documents. Such a function looks like this:

    def stated(iri, label, v0, v1):
        s = f'<{iri}>'
        texts = f'{label}{v1}'
        if not texts.isprintable() or '"' in texts or '\\\\' in texts:
            label = escaped(label)
            v1 = v1 and printed(v1)
        lines.append(f'{s} <…type> <…Target> .')
        lines.append(f'{s} <…label> "{label}"@zh .')
        if v0 is not None and (rest := few_v0[v0]):
            lines.append(s + rest)
        if v1 and (v1 >= '!' or not v1.isspace()):
            lines.append(f'{s} <…printed> "{v1}" .')
        return s
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from types import CodeType
from typing import Any

from fundtrace.graph.forms import Form, Sort, printed
from fundtrace.graph.literals import escaped
from fundtrace.graph.terms import LABEL, TYPE, Terms

_KEPT = 16_384
"""Values of a property that are kept ready; when there are more, all are forgotten."""


def draw(
    form: Form, terms: Terms, lines: list[str], codes_of: Callable[[str], Mapping[str, str]]
) -> Callable[..., str]:
    """A function of an IRI, a label and the values of a form, that states them in `lines` and gives the IRI as a subject.

    `codes_of` gives the IRIs of the concepts of a code list.
    """
    names: dict[str, Any] = {"lines": lines, "escaped": escaped, "printed": printed}
    for number, (term, sort) in enumerate(form.columns):
        if sort.how == "few":
            convert = sort.convert if sort.scheme is None else codes_of(sort.scheme).__getitem__
            names[f"few_v{number}"] = _Few(f" {terms[term]} {sort.before}", convert, f"{sort.behind} .")
    exec(_compiled(form, terms.namespace), names)  # noqa: S102  # our own text: forms and terms
    drawn: Callable[..., str] = names["stated"]
    return drawn


class _Few(dict[Any, str]):
    """What stands behind the subject, by the value: nothing for a value that is not stated."""

    def __init__(self, before: str, convert: Callable[[Any], str | None], behind: str) -> None:
        super().__init__()
        self._before = before
        self._convert = convert
        self._behind = behind

    def __missing__(self, value: Any) -> str:
        if len(self) >= _KEPT:
            self.clear()
        text = self._convert(value)
        rest = self[value] = "" if text is None else f"{self._before}{text}{self._behind}"
        return rest


@lru_cache(maxsize=256)
def _compiled(form: Form, namespace: str) -> CodeType:
    """The function of a form as code, which every pen of that namespace has in common."""
    terms = Terms(namespace)
    values = [f"v{number}" for number in range(len(form.columns))]
    body = [
        "s = f'<{iri}>'",
        *_escaping(form),
        f"lines.append({_line(f' {TYPE} {terms[form.kind]}')})",
        "lines.append(" + _line(f' {LABEL} "', "label", '"@zh') + ")",
    ]
    for value, (term, sort) in zip(values, form.columns, strict=True):
        body += _column(value, terms[term], sort)
    text = "\n    ".join([f"def stated(iri, label, {', '.join(values)}):", *body, "return s"])
    return compile(text, f"<form of {form.kind}>", "exec")


def _escaping(form: Form) -> Iterator[str]:
    """The lines of code that escape the label and all texts, after one look at all of them together."""
    texts, cells = (
        [f"v{number}" for number, (_, sort) in enumerate(form.columns) if sort.how == how]
        for how in ("text", "cells")
    )
    for value in cells:
        yield f"joined_{value} = ''.join({value} or ())"
    together = "".join(f"{{{text}}}" for text in ["label", *texts, *(f"joined_{value}" for value in cells)])
    # Printable text holds no control character, surrogate or unassigned code point; None is printed as such.
    yield f"texts = f'{together}'"
    yield """if not texts.isprintable() or '"' in texts or '\\\\' in texts:"""
    yield "    label = escaped(label)"
    for value in texts:
        yield f"    {value} = {value} and printed({value})"
    for value in cells:
        yield f"    {value}, joined_{value} = [*map(escaped, {value} or ())], printed(joined_{value})"


def _column(value: str, term: str, sort: Sort) -> Iterator[str]:
    """The lines of code for one property."""
    start, behind = f" {term} {sort.before}", sort.behind
    if sort.how == "few":
        yield f"if {value} is not None and (rest := few_{value}[{value}]):"
        yield "    lines.append(s + rest)"
    elif sort.how == "text":
        # The only blank in what has passed the look at all texts is " ", so what begins behind it, from "!" on, is not blank.
        yield f"if {value} and ({value} >= '!' or not {value}.isspace()):"
        yield f"    lines.append({_line(start, value, behind)})"
    elif sort.how == "cells":
        yield f"if joined_{value} and (joined_{value} >= '!' or not joined_{value}.isspace()):"
        yield f"    {value} = '\\\\t'.join({value})"
        yield f"    lines.append({_line(start, value, behind)})"
    else:
        yield f"if {value} is not None:"
        yield f"    lines.append({_line(start, value, behind)})"


def _line(before: str, value: str = "", behind: str = "") -> str:
    """The f-string of a statement about `s`."""
    start, end = (part.replace("{", "{{").replace("}", "}}") for part in (before, f"{behind} ."))
    return "f" + repr(f"{{s}}{start}{{{value}}}{end}" if value else f"{{s}}{start}{end}")
