"""Entities that words find in the full text of the index: ranked, with the marked place, and what tells each from its like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.index import Index, metadata, search_rows, sqlite
from fundtrace.index.searching import Match as Found
from fundtrace.index.searching import Snippet

CLASSES: Final = (
    "FundingDocument",
    "Project",
    "Department",
    "BudgetUnit",
    "Region",
    "Agency",
    "SourceDocument",
    "Indicator",
    "Goal",
    "BudgetTable",
)
"""What is found, in the order in which it is shown."""

SECONDS: Final = 2.0
"""How long one statement of a search may take."""

_NOTES: Final = {
    "Project": ("fiscalYear", "department"),
    "FundingDocument": ("documentKind", "scope"),
    "Department": ("region",),
    "BudgetUnit": ("department",),
    "Region": ("code", "parentRegion"),
    "Agency": ("region",),
    "SourceDocument": ("fiscalYear", "region"),
    "Indicator": ("level2", "indicatorOf"),
    "Goal": (),
    "BudgetTable": ("fiscalYear", "department"),
}
"""Columns whose values tell entities of one label apart."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that was found: class, label, a note, the path of its page, and the property and text that matched.

    `place` is the name of a property; None where the words lie in several values. `snippet` is the text in parts.
    """

    class_name: str
    label: str
    note: str
    path: str
    place: str | None
    snippet: Snippet

    @property
    def marked_label(self) -> Snippet:
        """The label in parts, marked where what matched is the label itself; else one part."""
        parts = [part for part in self.snippet if part[0] != "…"]
        before, found, after = self.label.partition("".join(text for text, _ in parts))
        if not parts or not found:
            return ((self.label, False),)
        return tuple(part for part in ((before, False), *parts, (after, False)) if part[0])

    @property
    def in_label(self) -> bool:
        """Whether what matched is the label itself, so that nothing needs to be shown twice."""
        return any(matched for _, matched in self.marked_label)


def find(
    index: Index,
    text: str,
    language: str,
    classes: Sequence[str] = CLASSES,
    *,
    limit: int = 20,
    offset: int = 0,
    seconds: float = SECONDS,
) -> list[Hit]:
    """The entities of these classes that hold every word of a text, best first. Raises `QueryError` `too-slow`."""
    found = index.search(text, classes, limit, offset, seconds)
    told = notes(index, ((one.cls, one.n) for one in found), language)
    return [_hit(one, told.get(one.n, ""), language) for one in found]


def tallies(index: Index, text: str) -> dict[str, int]:
    """How many entities of each class hold every word of a text, in the order of `CLASSES`."""
    counted = dict(index.run(*_tally_query(text), seconds=SECONDS).rows)
    return {name: counted[name] for name in CLASSES if counted.get(name)}


def notes(index: Index, entities: Iterable[tuple[str, int]], language: str) -> dict[int, str]:
    """What tells entities apart from others of the same label, by number: a year, a department, a region."""
    grouped: dict[str, list[int]] = {}
    for name, n in entities:
        grouped.setdefault(name, []).append(n)
    told: dict[int, str] = {}
    for name, numbers in grouped.items():
        if _NOTES.get(name):
            sql, parameters = _note_query(name, language)
            for n, *values in index.run(sql, {**parameters, "numbers": _listed(numbers)}).rows:
                told[n] = " · ".join(str(value) for value in values if value is not None)
    return told


def label_column(table: sa.FromClause, language: str) -> sa.ColumnElement[str]:
    """The label of an entity in a language, else in the other, else its key."""
    first, second = ("label_en", "label_zh") if language == "en" else ("label_zh", "label_en")
    return sa.func.coalesce(table.c[first], table.c[second], table.c.key)


def numbered(name: str) -> sa.Select[tuple[Any]]:
    """The members of a JSON list that is bound under a name, for `in_`."""
    listed = sa.func.json_each(sa.bindparam(name, type_=sa.Text)).table_valued("value")
    return sa.select(listed.c.value)


def _listed(numbers: Iterable[int]) -> str:
    return f"[{','.join(map(str, numbers))}]"


def _hit(found: Found, note: str, language: str) -> Hit:
    first, second = (found.label_en, found.label_zh) if language == "en" else (found.label_zh, found.label_en)
    label = first or second or found.key
    return Hit(found.cls, label, note, f"/page/{found.key}", found.place, found.snippet)


@cache
def _tally_sql() -> tuple[str, dict[str, Any]]:
    entity = metadata().tables["Entity"]
    found = search_rows("text", CLASSES).order_by(None).subquery()
    kind = entity.c["class"]
    rows = (
        sa.select(kind, sa.func.count())
        .select_from(found)
        .join(entity, entity.c.n == found.c.n)
        .group_by(kind)
    )
    return sqlite.compile(rows)


def _tally_query(text: str) -> tuple[str, dict[str, Any]]:
    sql, parameters = _tally_sql()
    return sql, {**parameters, "text": text}


@cache
def _note_query(name: str, language: str) -> tuple[str, dict[str, Any]]:
    tables = metadata().tables
    table, entity = tables[name], tables["Entity"]
    columns: list[sa.ColumnElement[Any]] = [table.c.n]
    source: sa.FromClause = table
    for column in _NOTES[name]:
        if column in {"fiscalYear", "code", "level2"}:
            columns.append(table.c[column])
        else:
            other = entity.alias(column)
            source = source.outerjoin(other, other.c.n == table.c[column])
            columns.append(sa.case((other.c.n.is_not(None), label_column(other, language))))
    return sqlite.compile(sa.select(*columns).select_from(source).where(table.c.n.in_(numbered("numbers"))))
