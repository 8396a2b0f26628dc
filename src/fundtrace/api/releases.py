"""A release, with the questions that a program asks of it."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from os import PathLike
from pathlib import Path
from typing import Any, Final

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
)

from fundtrace.api.frames import Frame, Kind, Value
from fundtrace.errors import NoMatch, QueryError, UsageError
from fundtrace.graphql import execute
from fundtrace.pipeline import inspect as inspect_file
from fundtrace.query import Question, ask, catalogue, guard
from fundtrace.query.asking import Table
from fundtrace.query.resolving import Resolution, resolve
from fundtrace.query.tracing import Trace, trace
from fundtrace.records import Document
from fundtrace.release import Release as FinishedRelease
from fundtrace.release import open_release as open_finished
from fundtrace.settings import load

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS: Final = frozenset(
    f"{_XSD}{name}" for name in ("integer", "int", "long", "gYear", "nonNegativeInteger")
)
_KINDS: Final[dict[str, Kind]] = {"year": "integer", "number": "decimal", "money": "decimal"}


class Release(FinishedRelease):
    """A finished, read-only release that answers. Everything is evaluated in this process, without limits of time."""

    __slots__ = ()

    def resolve(self, text: str) -> Resolution:
        """The entities that a text names: a document number in any written form, a code, a title, or words."""
        return resolve(self.index, text)

    def trace(self, text: str) -> Trace:
        """The tree below the one funding document that a text names: projects, amounts in yuan, indicators.

        Raises `NoMatch` when the text names no document, `UsageError` `several-documents` when it names several.
        """
        matches = [match for match in self.resolve(text).matches if match.class_name == "FundingDocument"]
        if not matches:
            raise NoMatch(
                "no-document",
                "本版没有引用这份文件的项目；resolve 会列出相近的文件",
                "no project of this release cites such a document; resolve() lists what is near",
                subject=text,
            )
        if len(matches) > 1:
            listed = "；".join(match.label for match in matches[:5])
            raise UsageError(
                "several-documents",
                f"这段文字可指 {len(matches)} 份文件，请给出其中一份的文号：{listed}",
                f"the text may mean {len(matches)} documents; give the number of one: {listed}",
                subject=text,
            )
        return trace(self, matches[0].iri, matches[0].label)

    def documents(
        self, *, issuer: str | None = None, issued: int | None = None, kind: str | None = None
    ) -> Frame:
        """Funding documents, one a row, with the distinct projects in each role; by issuer code, year of the number, kind.

        Answers the saved question `export/documents`; raises what `ask` raises.
        """
        return self.ask("export/documents", issuer=issuer, issued=issued, kind=kind)

    def projects(
        self,
        *,
        document: str | None = None,
        role: str | None = None,
        fiscal_year: int | None = None,
        stage: str | None = None,
        department: str | None = None,
        region: str | None = None,
    ) -> Frame:
        """Projects, one a row; with `document` (a number in any written form or a title) those that cite it, by role.

        `department` and `region` are IRIs or `kind/key`, such as `department/130636-323`. Choose one fiscal year and one
        stage before you sum. Answers `export/projects`, or `documents/projects-citing`; raises what `ask` raises, and
        `UsageError` where a filter does not go with the others.
        """
        if document is None and role is None:
            return self.ask(
                "export/projects", year=fiscal_year, stage=stage, department=department, region=region
            )
        if document is None or department is not None or region is not None:
            raise UsageError(
                "projects-filters",
                "role 要与 document 一起给出；给出 document 时不能再用 department 和 region",
                "role goes with document, and document does not go with department or region",
            )
        return self.ask(
            "documents/projects-citing", number=document, role=role, year=fiscal_year, stage=stage
        )

    def ask(self, question: str, **values: str | int | None) -> Frame:
        """The answer to a saved question, such as `documents/by-budget`; None leaves a parameter out.

        Raises `UsageError`: `unknown-question`, or `question-parameter` for one that is unknown, missing or wrong.
        """
        given = {name: str(value) for name, value in values.items() if value is not None}
        return _frame(ask(self, named(question), given))

    def sparql(self, query: str) -> Frame | bool | str:
        """The answer to a SPARQL query: a frame for SELECT, a truth value for ASK, Turtle for CONSTRUCT and DESCRIBE.

        Raises `QueryError` for a query that is malformed, holds `SERVICE` or an update, or could end the process.
        """
        guard(query)
        try:
            found = self.store.query(query)
        except SyntaxError as error:
            raise QueryError(
                "query-syntax", f"查询有语法错误：{error}", f"the query has a syntax error: {error}"
            ) from error
        if isinstance(found, QueryBoolean):
            return bool(found)
        if isinstance(found, QueryTriples):
            return (found.serialize(format=RdfFormat.TURTLE) or b"").decode()
        return _solutions(found)

    def graphql(
        self, operation: str, variables: dict[str, Any] | None = None, operation_name: str | None = None
    ) -> dict[str, Any]:
        """The response to a GraphQL operation: `data`, `errors` and `extensions`, as over HTTP. Raises nothing."""
        return execute(self, operation, variables, operation_name)


def open_release(data: str | PathLike[str] | None = None, version: str | None = None) -> Release:
    """The current release of a data folder, or the version named.

    Without `data`, the folder is the setting: `FUNDTRACE_DATA`, `fundtrace.toml`, else `./data`. Raises `SystemFailure`
    `no-release` or `corrupt-release`.
    """
    folder = Path(data) if data is not None else load().data_path
    found = open_finished(folder, version)
    return Release(**{one.name: getattr(found, one.name) for one in fields(found)})


def named(question: str) -> Question:
    """The saved question of that name. Raises `UsageError` `unknown-question` that lists those there are."""
    known = catalogue()
    if question not in known:
        raise UsageError(
            "unknown-question",
            f"没有名为 {question} 的问题；已有：{'、'.join(known)}",
            f"there is no question {question}; there are: {', '.join(known)}",
        )
    return known[question]


def inspect(path: str | PathLike[str]) -> Document:
    """The records and findings of one file, nothing stored; of an archive, those of its first document.

    Raises `InputError` for a file that cannot be read, with what to do next.
    """
    return inspect_file(Path(path))


def _frame(table: Table) -> Frame:
    columns: dict[str, Kind] = {}
    for place, (name, column) in enumerate(table.columns.items()):
        kind = _KINDS.get(column.kind, "text")
        whole = column.kind == "number" and all(isinstance(row[place], int | None) for row in table.rows)
        columns[name] = "integer" if whole else kind
    rows = tuple(
        tuple(
            Decimal(cell) if kind == "decimal" and isinstance(cell, int) else cell
            for cell, kind in zip(row, columns.values(), strict=True)
        )
        for row in table.rows
    )
    return Frame(columns, rows)


def _solutions(found: QuerySolutions) -> Frame:
    names = [variable.value for variable in found.variables]
    terms = [tuple(solution) for solution in found]
    columns: dict[str, Kind] = {}
    for place, name in enumerate(names):
        types = {_datatype(row[place]) for row in terms} - {None}
        columns[name] = _kind_of(types)
    rows = tuple(
        tuple(_value(term, kind) for term, kind in zip(row, columns.values(), strict=True)) for row in terms
    )
    return Frame(columns, rows)


def _datatype(term: object) -> str | None:
    if term is None:
        return None
    return term.datatype.value if isinstance(term, Literal) else ""


def _kind_of(types: set[str | None]) -> Kind:
    if types and types <= _INTEGERS:
        return "integer"
    if types and types <= _INTEGERS | {f"{_XSD}decimal"}:
        return "decimal"
    return "boolean" if types == {f"{_XSD}boolean"} else "text"


def _value(term: object, kind: Kind) -> Value:
    if not isinstance(term, Literal | NamedNode):
        return None if term is None else str(term)
    match kind:
        case "integer":
            return int(term.value)
        case "decimal":
            return Decimal(term.value)
        case "boolean":
            return term.value in {"true", "1"}
        case "text":
            return term.value
