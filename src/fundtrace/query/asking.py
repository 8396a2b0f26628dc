"""A saved question, asked with the words of a person, and answered as a table of typed values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Store

from fundtrace.citations import parse_number
from fundtrace.errors import UsageError
from fundtrace.query.binding import REPOSITORY_BASE, Term, bind
from fundtrace.query.questions import Column, Parameter, Question
from fundtrace.query.results import Answering, rows_of

Cell: TypeAlias = str | int | Decimal | None

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True, slots=True)
class Table:
    """An answer: the question, what it was asked with, its columns, and its rows in the order of the columns.

    A cell is a string (an IRI, a text, the code of a concept), an int (a year, a count), a `Decimal` (money in yuan, and
    numbers that are not whole) or None where nothing is stated.
    """

    question: Question
    values: Mapping[str, str]
    columns: Mapping[str, Column]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question that can be put to an endpoint: the query with its parameters bound, and what it was asked with."""

    question: Question
    values: Mapping[str, str]
    query: str
    base: str

    def table(self, rows: Iterable[Mapping[str, object]]) -> Table:
        """The table of the rows of the answer, each a mapping from column to term."""
        prefix = f"{self.base}id/concept/"
        columns = self.question.columns
        cells = (
            tuple(_cell(row.get(name), column, prefix) for name, column in columns.items()) for row in rows
        )
        return Table(self.question, self.values, columns, tuple(cells))


def prepare(
    question: Question,
    values: Mapping[str, str] | None = None,
    base: str = REPOSITORY_BASE,
    namespace: str = "",
) -> Prepared:
    """A question with strings for its parameters; defaults are filled in, empty strings count as not given.

    A concept may be given by its code or its IRI, an entity by its IRI or by `kind/key` below `id/`, and a document number
    in any written form. Raises `UsageError` that names the parameter when one is unknown, missing or of the wrong type.
    """
    given = {name: value.strip() for name, value in (values or {}).items() if value and value.strip()}
    for name in given:
        if name not in question.parameters:
            raise _wrong(question, name, "没有这个参数", "there is no such parameter", _names(question))
    used: dict[str, str] = {}
    terms: dict[str, Term] = {}
    for name, parameter in question.parameters.items():
        text = given.get(name) or parameter.default
        if text:
            used[name] = text
            terms[name] = _term(question, name, parameter, text, base)
        elif parameter.required:
            raise _wrong(question, name, "缺少这个参数", "this parameter is required", "")
    if question.any_of and not terms.keys() & set(question.any_of):
        names = "、".join(question.any_of), " or ".join(question.any_of)
        raise _wrong(question, question.any_of[0], f"请给出 {names[0]} 之一", f"give {names[1]}", "")
    return Prepared(question, used, bind(question, terms, namespace or f"{base}ontology#", base), base)


def ask(graph: Answering | Store, question: Question, values: Mapping[str, str] | None = None) -> Table:
    """Ask a question in this process, with strings for its parameters as `prepare` reads them."""
    if isinstance(graph, Store):
        prepared, store = prepare(question, values), graph
    else:
        prepared, store = prepare(question, values, graph.base, graph.namespace), graph.store
    return prepared.table(rows_of(store.query(prepared.query)))


def _term(question: Question, name: str, parameter: Parameter, text: str, base: str) -> Term:
    try:
        return term_of(parameter, text, base)
    except (ValueError, InvalidOperation) as error:
        expected = {
            "iri": ("IRI", "an IRI"),
            "number": ("数", "a number"),
            "year": ("四位年份", "a year of four digits"),
            "concept": (
                f"以下之一：{'、'.join(parameter.choices)}",
                f"one of {', '.join(parameter.choices)}",
            ),
            "string": ("文字", "valid text"),
        }[parameter.type]
        raise _wrong(
            question,
            name,
            f"{text!r} 不合要求，应为{expected[0]}",
            f"{text!r} will not do: give {expected[1]}",
            "",
        ) from error


def term_of(parameter: Parameter, text: str, base: str) -> Term:
    """A text as the term that a parameter is bound to. Raises `ValueError` or `InvalidOperation` for one of another type."""
    match parameter.type:
        case "iri":
            return NamedNode(text if ":" in text.split("/", 1)[0] else f"{base}id/{text.removeprefix('id/')}")
        case "number":
            if not (number := Decimal(text)).is_finite():
                raise ValueError(text)
            return Literal(f"{number:f}", datatype=NamedNode(f"{_XSD}decimal"))
        case "year":
            if not (len(text) == 4 and text.isascii() and text.isdigit()):
                raise ValueError(text)
            return Literal(text, datatype=NamedNode(f"{_XSD}gYear"))
        case "concept":
            prefix = f"{base}id/concept/{parameter.scheme}-"
            code = text.removeprefix(prefix).replace("_", "-")
            if parameter.choices and code not in parameter.choices:
                raise ValueError(text)
            return NamedNode(prefix + code)
        case "string":
            if parameter.choices and text not in parameter.choices:
                raise ValueError(text)
            number_read = parse_number(text) if parameter.written else None
            return Literal(number_read.canonical if number_read else text)


def _cell(term: object, column: Column, prefix: str) -> Cell:
    if not isinstance(term, NamedNode | Literal):
        return None
    match column.kind:
        case "money":
            return Decimal(term.value)
        case "number":
            number = Decimal(term.value)
            return int(number) if number == number.to_integral_value() else number
        case "year":
            return int(term.value)
        case "concept":
            return term.value.removeprefix(f"{prefix}{column.scheme}-")
        case _:
            return term.value


def _names(question: Question) -> str:
    return "、".join(question.parameters)


def _wrong(question: Question, name: str, zh: str, en: str, known: str) -> UsageError:
    listed = (f"；可用的参数：{known}", f"; the parameters are: {known}") if known else ("", "")
    return UsageError(
        "question-parameter", f"{name}：{zh}{listed[0]}", f"{name}: {en}{listed[1]}", subject=question.id
    )
