"""The reference executor: graphql-core's own execution over plain objects, naive and without SQL."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from graphql import GraphQLResolveInfo, execute_sync, parse
from tests.graphql.reference.choosing import chosen, reached
from tests.graphql.reference.paging import Order, Page
from tests.graphql.reference.totals import Totals, canonical, member
from tests.graphql.reference.world import Entity, World

from fundtrace.citations import parse_number
from fundtrace.graphql.binding import Embedded, FirstText, One, Pages, Parts, Special, Texts, Value, column_of
from fundtrace.graphql.bindings import BOUND, MEASURES, NODES, ROOTS
from fundtrace.graphql.identity import decode, encode
from fundtrace.graphql.schema import served_schema

_STRENGTH = ("fundedUnder", "basedOn", "mentions")
_ROLES = {"fundedUnder": "FUNDS", "basedOn": "BASIS", "mentions": "MENTION"}
_TYPES = {BOUND[name].table: name for name in NODES}


class Thing:
    """An entity as an object of a type of the schema."""

    def __init__(self, kind: str, entity: Entity) -> None:
        self.kind, self.entity = kind, entity


class Reference:
    """Answers operations over a world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.notes: set[str] = set()

    def execute(self, document: str, variables: Mapping[str, Any]) -> tuple[Any, list[str], set[str]]:
        """The data, the codes of errors, and the notes of an operation that is valid."""
        self.notes = set()
        result = execute_sync(
            served_schema(),
            parse(document),
            variable_values=dict(variables),
            field_resolver=self._resolve,
            type_resolver=lambda value, *_: value.kind,
        )
        codes = [str((one.extensions or {}).get("code", one.message)) for one in result.errors or ()]
        return result.data, codes, self.notes

    def _resolve(self, source: Any, info: GraphQLResolveInfo, **arguments: Any) -> Any:
        name = info.field_name
        if source is None:
            return self._root(name, arguments)
        if isinstance(source, Thing):
            return self._field(source, name, arguments)
        value = source[name]
        return value(info, **arguments) if callable(value) else value

    # What operations begin with

    def _root(self, name: str, given: dict[str, Any]) -> Any:
        if name in ROOTS:
            return self._connection(ROOTS[name], self.world.of(BOUND[ROOTS[name]].table), given)
        if name in {"node", "nodes", "resource"}:
            if name == "nodes":
                return [self._node(decode(one) or "") for one in given["ids"]]
            key = decode(given["id"]) or "" if name == "node" else self._key(given["iri"])
            return self._node(key)
        if name == "fundingDocument":
            return self._one("FundingDocument", given, self._numbered(given.get("number")))
        if name == "trace":
            found = self._numbered(given["document"]) or []
            return self._tree(found[0]) if found else None
        if name == "project":
            return self._one("Project", given, self._coded(given.get("code"), given.get("fiscalYear")))
        return self._release()

    def _key(self, iri: str) -> str:
        start = f"{self.world.base}id/"
        return iri.removeprefix(start) if iri.startswith(start) else ""

    def _node(self, key: str) -> Thing | None:
        entity = self.world.entities.get(key)
        return None if entity is None or entity.cls not in _TYPES else Thing(_TYPES[entity.cls], entity)

    def _numbered(self, text: str | None) -> list[Entity] | None:
        if text is None:
            return None
        number = parse_number(text)
        if number is None:
            return []
        found = [one for one in self.world.of("FundingDocument") if one.one("number") == number.canonical]
        for merge in self.world.of("Merge"):
            if merge.one("mergedName") == number.canonical and merge.one("mergedInto") not in found:
                found.append(merge.one("mergedInto"))
        return found if len(found) == 1 else []

    def _coded(self, code: str | None, year: int | None) -> list[Entity] | None:
        if code is None:
            return None
        found = [
            one
            for one in self.world.of("Project")
            if one.one("code") == code and (year is None or one.one("fiscalYear") == year)
        ]
        budgets = [one for one in found if member(one.one("stage")) == "BUDGET"]
        if budgets:
            return budgets if len(budgets) == 1 else []
        return found if len(found) == 1 else []

    def _one(self, name: str, given: Mapping[str, Any], found: list[Entity] | None) -> Thing | None:
        if given.get("iri") is not None:
            key = self._key(given["iri"])
            found = [one for one in (self.world.of(name) if found is None else found) if one.key == key]
        return Thing(name, found[0]) if found else None

    def _release(self) -> dict[str, Any]:
        told = next(iter(self.world.of("Release")))
        counts = ("sourceCount", "projectCount", "indicatorCount", "documentCount")
        return {
            "version": self.world.version,
            "base": self.world.base,
            "namespace": self.world.namespace,
            "softwareVersion": told.one("softwareVersion"),
            **{name: told.one(name) for name in counts},
        }

    # Connections

    def _connection(
        self, name: str, entities: list[Entity], given: dict[str, Any], document: Thing | None = None
    ) -> dict[str, Any]:
        rows = [one for one in entities if chosen(self.world, name, one, given.get("filter"))]
        if given.get("role") and document is not None:
            rows = [one for one in rows if self._role(document, one) == given["role"]]
        order = Order(name, given.get("orderBy") or ())
        page = Page(order, rows, given)
        cursors = [order.cursor(one, self.world.version) for one in page.entities]
        for limit in ("after", "before"):
            if given.get(limit) and _version(given[limit]) != self.world.version:
                self.notes.add("cursor")
        edges = []
        for cursor, one in zip(cursors, page.entities, strict=True):
            edge = {"cursor": cursor, "node": Thing(name, one)}
            if document is not None:
                edge["role"] = self._role(document, one)
                edge["citations"] = self._citations(document, one)
            edges.append(edge)
        return {
            "edges": edges,
            "pageInfo": {
                "hasNextPage": page.more_after,
                "hasPreviousPage": page.more_before,
                "startCursor": cursors[0] if cursors else None,
                "endCursor": cursors[-1] if cursors else None,
            },
            "totalCount": len(rows),
            "aggregate": Totals(self.world, name, rows, self._label, self.notes.add).aggregate(),
        }

    def _role(self, begin: Thing, other: Entity) -> str | None:
        project, document = (
            (other, begin.entity) if begin.kind == "FundingDocument" else (begin.entity, other)
        )
        return next((_ROLES[name] for name in _STRENGTH if document in project.many(name)), None)

    def _citations(self, begin: Thing, other: Entity) -> list[Thing]:
        project, document = (
            (other, begin.entity) if begin.kind == "FundingDocument" else (begin.entity, other)
        )
        found = self.world.back("Citation", "citingProject", project)
        mine = [one for one in found if one.one("citedDocument") is document]
        return [Thing("Citation", one) for one in sorted(mine, key=lambda one: (one.one("ordinal"), one.key))]

    # Fields of entities

    def _field(self, source: Thing, name: str, given: dict[str, Any]) -> Any:
        entity, bound = source.entity, BOUND[source.kind]
        match bound.fields.get(name):
            case Value(column, enum):
                value = entity.one(column)
                if enum is not None:
                    return member(value)
                return canonical(value) if isinstance(value, Decimal) else value
            case Texts(column):
                return entity.many(column)
            case FirstText(column):
                return next(iter(entity.many(column)), None)
            case One(column):
                target = column_of(bound.table, column).target
                value = entity.one(column)
                return value and Thing(target if target else _TYPES[value.cls], value)
            case Parts(way):
                parts = reached(self.world, way, entity)
                return [
                    Thing(way.target, one)
                    for one in sorted(parts, key=lambda one: (one.one("ordinal") or 0, one.key))
                ]
            case Pages(way, cites):
                return self._connection(
                    way.target, reached(self.world, way, entity), given, source if cites else None
                )
            case Embedded(kind, column):
                return Thing(kind, entity) if not column or entity.one(column) is not None else None
            case Special(special):
                return self._special(source, special, given)
        return self._common(source, name, given)

    def _common(self, source: Thing, name: str, given: dict[str, Any]) -> Any:
        entity = source.entity
        if name == "id":
            return encode(entity.key)
        if name == "iri":
            return f"{self.world.base}id/{entity.key}"
        if name == "label":
            return self._label(entity, given["lang"])
        return self._connection("Finding", self.world.back("Finding", "about", entity), given)

    def _label(self, entity: Entity, lang: str) -> str:
        names = dict(entity.labels)
        if entity.cls == "Concept":
            for code in ("zh", "en"):
                texts = [text for of, text in entity.texts.get("prefLabel", ()) if of == code]
                if code not in names and texts:
                    names[code] = min(texts)
        first = lang.lower()
        other = "en" if first == "zh" else "zh"
        return names.get(first) or names.get(other) or entity.key

    def _special(self, source: Thing, name: str, given: dict[str, Any]) -> Any:
        entity = source.entity
        if name == "source":
            return self._source(entity)
        if name == "budget":
            return self._budget(entity)
        if name == "title":
            titles = entity.many("title")
            shown = [one for one in titles if one in entity.labels.get("zh", "")]
            return next(iter(shown or titles), None)
        if name == "fundedBudget":
            projects = self.world.back("Project", "fundedUnder", entity)
            rows = [one for one in projects if chosen(self.world, "Project", one, given.get("filter"))]
            totals = Totals(self.world, "Project", rows, self._label, self.notes.add)
            whole = totals.aggregate()
            return {
                "yuan": lambda _info: totals.money("sum", "total"),
                "projects": whole["count"],
                "shared": whole["shared"],
            }
        if name == "trace":
            return self._tree(entity)
        if name == "message":
            texts = entity.texts["message"]
            wanted = sorted(text for lang, text in texts if lang == given["lang"].lower())
            return next(iter(wanted), None) or min(text for _, text in texts)
        return [node for one in entity.many(name) if (node := self._node(one.key)) is not None]

    def _source(self, entity: Entity) -> dict[str, Any]:
        return {
            "document": next((Thing("SourceDocument", one) for one in entity.many("source")), None),
            "line": entity.one("line"),
            "rows": [Thing("SourceRow", one) for one in entity.many("sourceRow")],
        }

    def _budget(self, entity: Entity) -> dict[str, Any]:
        lines = {}
        for line in entity.many("budgetLine"):
            lines.setdefault(line.one("lineKind").one("notation"), Thing("Money", line))
        return {name: lines.get(name) for name in MEASURES}

    # The tree below a document

    def _tree(self, document: Entity) -> dict[str, Any]:
        projects = self.world.back("Project", "fundedUnder", document)
        totals = []
        for (year, stage), rows in sorted(
            _by(projects, "fiscalYear", "stage").items(),
            key=lambda one: (one[0][0] is None, one[0][0] or 0, one[0][1].key),
        ):
            whole = Totals(self.world, "Project", rows, self._label, self.notes.add)
            figures = whole.aggregate()
            totals.append(
                {
                    "fiscalYear": year,
                    "stage": member(stage),
                    "projects": figures["count"],
                    "yuan": whole.money("sum", "total"),
                    **{name: figures[name] for name in ("shared", "departments", "sources")},
                }
            )

        def branches(_info: Any, role: str, first: int, offset: int | None = None) -> list[dict[str, Any]]:
            return self._branches(document, role)[offset or 0 :][:first]

        return {"document": Thing("FundingDocument", document), "totals": totals, "branches": branches}

    def _branches(self, document: Entity, role: str) -> list[dict[str, Any]]:
        begin = Thing("FundingDocument", document)
        citing = [
            one for one in self.world.back("Project", "cites", document) if self._role(begin, one) == role
        ]
        found = []
        for (department, year, stage), rows in _by(citing, "department", "fiscalYear", "stage").items():
            values = [value for one in rows if (value := one.one("totalBudget")) is not None]
            total = sum(values, Decimal(0)) if values else None
            place = (
                total is None,
                -(total or 0),
                department is None,
                department.key if department else "",
                year is None,
                year or 0,
                stage.key,
            )
            branch = {
                "department": department and Thing("Department", department),
                "fiscalYear": year,
                "stage": member(stage),
                "projects": len(rows),
                "yuan": canonical(total),
                "citedBy": lambda _info, rows=rows, **given: self._connection("Project", rows, given, begin),
            }
            found.append((place, branch))
        return [branch for _, branch in sorted(found, key=lambda one: one[0])]


def _by(projects: list[Entity], *names: str) -> dict[tuple[Any, ...], list[Entity]]:
    groups: dict[tuple[Any, ...], list[Entity]] = {}
    for one in projects:
        groups.setdefault(tuple(one.one(name) for name in names), []).append(one)
    return groups


def _version(cursor: str) -> str:
    return str(json.loads(base64.urlsafe_b64decode(cursor))[0])
