"""One source document and what it tells: which units, projects and statements it speaks of, under which keys.

Everything here depends on what that document says and on nothing else; `surveying` compares the documents.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from fundtrace.graph.iris import Iris
from fundtrace.graph.keys import hash8, squeeze
from fundtrace.records import DepartmentStatement, Document, Project, Unit

T = TypeVar("T", bound=Project | DepartmentStatement)


@dataclass(frozen=True)
class Source:
    """One source document, its IRI, and the keys of what it is about."""

    document: Document
    key: str
    iri: str
    region: str | None
    department: str | None
    _unit_keys: dict[tuple[str | None, str], str] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @cached_property
    def scope(self) -> str:
        """What a document number or title is keyed by when its issuer does not make it unique."""
        return self.region or self.department or self.key

    def unit_key(self, unit: Unit) -> str:
        """The key of a budget unit that this source names."""
        printed = unit.code, unit.name
        key = self._unit_keys.get(printed)
        if key is None:
            key = Iris.unit_key(self.region, self.department, self.unit_code(unit), unit.name)
            self._unit_keys[printed] = key
        return key

    def unit_code(self, unit: Unit) -> str | None:
        """The code of a unit; where none is printed, the one code that the same source prints beside the same name."""
        return unit.code or self._codes.get(squeeze(unit.name))

    @cached_property
    def _codes(self) -> dict[str, str]:
        """Names of units, squeezed, that the document prints with one code and no other."""
        units = [record.unit for record in self.document.projects + self.document.statements if record.unit]
        codes: defaultdict[str, set[str]] = defaultdict(set)
        for unit in units:
            if unit.code:
                codes[squeeze(unit.name)].add(unit.code)
        return {name: min(found) for name, found in codes.items() if len(found) == 1}


def make_source(document: Document, key: str, iri: str = "") -> Source:
    """A source under its key, with the region and department that the document names."""
    region, department = _places(document)
    return Source(document, key, iri, region, department)


@dataclass(frozen=True, slots=True)
class Telling(Generic[T]):
    """What one source says of one project or statement, which other sources may say in equal words.

    `first`: of those who say it, this source has the first key. The record is told by it; the others add themselves
    and their rows.
    """

    key: str
    stem: str
    source: Source
    record: T
    first: bool


def plain_source_key(document: Document) -> str:
    """The key of a source without a letter: its department, year and stage, else a hash of what it is called."""
    _, department = _places(document)
    if department is not None and document.fiscal_year is not None:
        return Iris.dated_key(department, document.fiscal_year, document.stage)
    return f"doc-{hash8(document.title or '', *(project.name for project in document.projects))}"


def project_stems(source: Source) -> Iterator[str]:
    """The key of the series of each project of a source, in printed order."""
    twins: Counter[tuple[str | None, str]] = Counter()
    for project in source.document.projects:
        if project.code:
            yield Iris.series_key(source.region or source.department, project.code, project.name)
        else:
            parent = source.unit_key(project.unit) if project.unit else source.department
            twins[parent, squeeze(project.name)] += 1
            yield Iris.series_key(parent, None, project.name, twins[parent, squeeze(project.name)])


def statement_stems(source: Source) -> Iterator[str]:
    """The key of the unit of each whole-unit statement of a source, in printed order."""
    return (source.unit_key(statement.unit) for statement in source.document.statements)


def dated(source: Source, stem: str) -> str:
    """The key, without a letter, of what the source's year and stage says of the bearer of a stem."""
    return Iris.dated_key(stem, source.document.fiscal_year, source.document.stage)


def _places(document: Document) -> tuple[str | None, str | None]:
    department = document.department
    if department is None:
        return None, None
    place = department.region
    region = place.code if place else None
    return region, Iris.department_key(
        region, department.code, department.name, place.name if place else None
    )
