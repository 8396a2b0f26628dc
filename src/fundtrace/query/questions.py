"""The saved questions: `queries/**/*.rq`, each with YAML front matter in its `#+` lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal

import pyoxigraph as ox
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fundtrace import resources
from fundtrace.errors import SystemFailure
from fundtrace.query.binding import parameter_names
from fundtrace.resources import parse_yaml

INTERNAL: Final = frozenset({"pages", "stores"})
"""Folders whose questions serve the pages and remote stores, and are not listed for people."""

ParameterType = Literal["iri", "string", "number", "year", "concept"]
ColumnKind = Literal["iri", "concept", "text", "money", "number", "year"]


class _Described(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Described):
    """A text in Chinese and English."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Parameter(_Described):
    """What a question may be asked with.

    `scheme` names the code list of a `concept` (`stage`: the value `budget` stands for `id/concept/stage-budget`).
    `written` says that the value may be given as any written form of a document number.
    """

    type: ParameterType
    label: Words
    default: str | None = None
    required: bool = False
    choices: tuple[str, ...] = ()
    scheme: str | None = None
    written: Literal["document-number"] | None = None


class Column(_Described):
    """A column of the answer: its heading, and what its values are. `scheme` is the code list of a `concept`."""

    label: Words
    kind: ColumnKind
    scheme: str | None = None


class Chart(_Described):
    """The chart that suits the answer: its form, and the columns on its axes.

    A `sankey` flows from `x` to `to`, by way of `via` if that is given, as wide as `y`.
    """

    form: Literal["bar", "line", "pie", "sankey"]
    x: str
    y: str
    via: str | None = None
    to: str | None = None

    @property
    def axes(self) -> tuple[str, ...]:
        """The columns that it is drawn from."""
        return tuple(name for name in (self.x, self.via, self.to, self.y) if name)


class _FrontMatter(_Described):
    title: Words
    summary: Words
    parameters: dict[str, Parameter] = {}
    any_of: tuple[str, ...] = ()
    columns: dict[str, Column] | tuple[str, ...] = ()
    example: dict[str, str] = {}
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A saved question: what its front matter says, and the SPARQL as it stands in the file.

    `any_of` names parameters of which at least one must be given. An internal question may leave its columns undescribed.
    """

    id: str
    folder: str
    title: Words
    summary: Words
    parameters: Mapping[str, Parameter]
    any_of: tuple[str, ...]
    columns: Mapping[str, Column]
    example: Mapping[str, str]
    chart: Chart | None
    text: str

    @property
    def answers_at_once(self) -> bool:
        """Whether it can be asked without any value."""
        return not (self.any_of or any(one.required for one in self.parameters.values()))

    @property
    def internal(self) -> bool:
        """Whether it serves our own pages and API, and may change or go without notice."""
        return self.folder.split("/")[0] in INTERNAL


def load_questions() -> Mapping[str, Question]:
    """All questions by id (the path below `queries/` without `.rq`), internal ones too; read once.

    Raises `SystemFailure` that names file and key when one is wrong.
    """
    return _read_all(resources.folder("queries"))


def catalogue() -> Mapping[str, Question]:
    """The questions for people, by id."""
    return {name: question for name, question in load_questions().items() if not question.internal}


def read_question(path: Path, root: Path) -> Question:
    """One question. Raises `SystemFailure` when its front matter or its SPARQL is wrong."""
    name = path.relative_to(root).with_suffix("").as_posix()
    folder = name.rpartition("/")[0]
    text = path.read_text(encoding="utf-8")
    matter = _front_matter(name, text)
    internal = folder.split("/")[0] in INTERNAL
    for key, problem in _problems(matter, text, internal=internal):
        raise _wrong(name, key, problem)
    columns = matter.columns if isinstance(matter.columns, dict) else {}
    return Question(
        id=name,
        folder=folder,
        title=matter.title,
        summary=matter.summary,
        parameters=MappingProxyType(matter.parameters),
        any_of=matter.any_of,
        columns=MappingProxyType(columns),
        example=MappingProxyType(matter.example),
        chart=matter.chart,
        text=text,
    )


@cache
def _read_all(root: Path) -> Mapping[str, Question]:
    found = (read_question(path, root) for path in sorted(root.rglob("*.rq")))
    return MappingProxyType({question.id: question for question in found})


def _front_matter(name: str, text: str) -> _FrontMatter:
    lines = [re.sub(r"^#\+ ?", "", line) for line in text.splitlines() if line.startswith("#+")]
    try:
        loaded: Any = parse_yaml("\n".join(lines))
    except yaml.YAMLError as error:
        raise _wrong(name, "#+", " ".join(str(error).split())) from error
    try:
        return _FrontMatter.model_validate(loaded or {})
    except ValidationError as error:
        first = error.errors()[0]
        raise _wrong(name, ".".join(map(str, first["loc"])) or "#+", first["msg"]) from error


def _problems(matter: _FrontMatter, text: str, *, internal: bool) -> Iterator[tuple[str, str]]:
    bound = parameter_names(text)
    for name, parameter in matter.parameters.items():
        if name not in bound:
            yield f"parameters.{name}", f"no line `VALUES ?{name} {{ UNDEF }}` binds it"
        if (parameter.type == "concept") != bool(parameter.scheme):
            yield f"parameters.{name}.scheme", "a concept needs a scheme, and nothing else may have one"
        if parameter.default and parameter.choices and parameter.default not in parameter.choices:
            yield f"parameters.{name}.default", "the default is not one of the choices"
    for name in sorted(bound - matter.parameters.keys()):
        yield f"parameters.{name}", "the query binds a parameter that is not described"
    for key, named in (("any_of", matter.any_of), ("example", matter.example)):
        for name in named:
            if name not in matter.parameters:
                yield f"{key}.{name}", "there is no such parameter"
    try:
        results = ox.Store().query(text)
    except SyntaxError as error:
        yield "SPARQL", str(error)
        return
    variables = [v.value for v in results.variables] if isinstance(results, ox.QuerySolutions) else []
    if not internal and list(matter.columns) != variables:
        yield "columns", f"they must be the projected variables in order: {', '.join(variables)}"
    if isinstance(matter.columns, dict):
        for name, column in matter.columns.items():
            if (column.kind == "concept") != bool(column.scheme):
                yield f"columns.{name}.scheme", "a concept needs a scheme, and nothing else may have one"
    elif not internal:
        yield "columns", "each needs a label and a kind"
    yield from _chart_problems(matter.chart, matter.columns)


def _chart_problems(chart: Chart | None, columns: Collection[str]) -> Iterator[tuple[str, str]]:
    if chart is None:
        return
    for axis in chart.axes:
        if axis not in columns:
            yield "chart", f"there is no column {axis}"
    if (chart.form == "sankey") != bool(chart.to):
        yield "chart.to", "a sankey needs a column to flow to, and nothing else may have one"


def _wrong(name: str, key: str, problem: str) -> SystemFailure:
    return SystemFailure(
        "question-file",
        f"{key} 有误：{problem}",
        f"{key} is wrong: {problem}",
        subject=f"queries/{name}.rq",
    )
