"""Regions, departments and budget units: gathered over all sources, because each prints its own names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from fundtrace.graph.findings import Remark
from fundtrace.graph.iris import Iris
from fundtrace.graph.naming import preferred, unlike
from fundtrace.graph.pen import Pen
from fundtrace.graph.regions import RegionTree
from fundtrace.graph.sourcing import Source
from fundtrace.records import Unit
from fundtrace.vocab import classes as c
from fundtrace.vocab import properties as p


@dataclass(slots=True)
class _Body:
    """A region, department or unit as the sources name it; of unlike settings, that of the last source key counts."""

    last: str = ""
    code: str | None = None
    region: str | None = None
    department: str | None = None
    certain: bool = False
    names: Counter[str] = field(default_factory=Counter)
    sources: set[str] = field(default_factory=set)


class Organisations:
    """Collects what the sources say of organisations, then states it."""

    def __init__(self, iris: Iris, tree: RegionTree) -> None:
        self._iris = iris
        self._tree = tree
        self._regions: defaultdict[str, _Body] = defaultdict(_Body)
        self._departments: defaultdict[str, _Body] = defaultdict(_Body)
        self._units: defaultdict[str, _Body] = defaultdict(_Body)

    def add(self, source: Source) -> None:
        """Takes note of the organisations that a source names."""
        document, iri = source.document, source.iri
        department = document.department
        if department is not None and department.region is not None and source.region:
            region = self._regions[source.region]
            region.certain |= not department.region.inferred
            _name(region, department.region.name, iri)
        if department is not None and source.department:
            body = self._departments[source.department]
            if body.last <= source.key:
                body.last, body.code, body.region = source.key, department.code, source.region
            body.certain |= not department.derived
            _name(body, department.name, iri)
        for project in document.projects:
            if project.unit is not None:
                self._add_unit(source, project.unit)
        for statement in document.statements:
            self._add_unit(source, statement.unit)

    def need_region(self, code: str) -> None:
        """A region that something else names, such as the one of an issuing agency."""
        self._regions[code].certain = True

    def write(self, pen: Pen) -> Iterator[Remark]:
        """States the organisations and the regions above them; gives the remarks that unlike names call for."""
        self._write_regions(pen)
        for key, body in sorted(self._departments.items()):
            subject = _entity(pen, c.Department, self._iris.iri("department", key), body, key)
            pen.boolean(subject, p.derived, not body.certain if body.code else None)
            if body.region:
                pen.link(subject, p.region, self._iris.region(body.region))
        for key, body in sorted(self._units.items()):
            subject = _entity(pen, c.BudgetUnit, self._iris.iri("unit", key), body, key)
            if body.region:
                pen.link(subject, p.region, self._iris.region(body.region))
            if body.department:
                pen.link(subject, p.department, self._iris.iri("department", body.department))
        bodies = {"region": self._regions, "department": self._departments, "unit": self._units}
        for kind, found in bodies.items():
            for key, body in sorted(found.items()):
                yield from _remarks(self._iris, kind, key, body)

    def _add_unit(self, source: Source, unit: Unit) -> None:
        body = self._units[source.unit_key(unit)]
        if body.last <= source.key:
            body.last, body.code = source.key, source.unit_code(unit)
            body.region, body.department = source.region, source.department
        _name(body, unit.name, source.iri)

    def _write_regions(self, pen: Pen) -> None:
        for code in list(self._regions):
            for ancestor in self._tree.ancestors(code):
                self._regions[ancestor.code].certain = True
        for code, body in sorted(self._regions.items()):
            known = self._tree.regions.get(code)
            if known is not None and not body.names:
                body.names[known.name] += 1
            body.code = code
            subject = _entity(pen, c.Region, self._iris.region(code), body, known.name if known else code)
            pen.boolean(subject, p.inferred, not body.certain)
            if known is not None and known.standard:
                pen.text(subject, p.gbCode, code)
            if known is not None and known.parent is not None:
                pen.link(subject, p.parentRegion, self._iris.region(known.parent))


def _name(body: _Body, name: str | None, source: str) -> None:
    if name:
        body.names[name] += 1
    body.sources.add(source)


def _entity(pen: Pen, kind: str, iri: str, body: _Body, fallback: str) -> str:
    subject = pen.entity(kind, iri, preferred(body.names) if body.names else fallback)
    pen.text(subject, p.code, body.code)
    for name in sorted(body.names):
        pen.text(subject, p.name, name)
    for source in sorted(body.sources):
        pen.link(subject, p.source, source)
    return subject


def _remarks(iris: Iris, kind: str, key: str, body: _Body) -> list[Remark]:
    pair = unlike(body.names)
    if pair is None:
        return []
    left, right = pair
    return [
        Remark(
            f"{kind}-{key}",
            "unlike-names",
            "info",
            f"同一代码 {body.code or key} 之下印有不同的名称：{left}、{right}",
            f"unlike names are printed under the code {body.code or key}: {left}, {right}",
            (iris.iri(kind, key),),
            tuple(sorted(body.sources)),
        )
    ]
