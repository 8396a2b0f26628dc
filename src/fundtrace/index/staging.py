"""Statements to rows, in one pass: each class and link has a table of keys in a file beside the index.

References are keys here, since they lead forward as often as back; joins turn them into numbers later. What has no
place in the index is counted by reason and term, so that nothing is lost in silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, Final, Literal, TypeAlias

import apsw

from fundtrace.graph.concepts import code_lists
from fundtrace.graph.terms import LABEL, TYPE
from fundtrace.index.declarations import Strongest
from fundtrace.index.literals import END, Reading, checked, plain, reading
from fundtrace.index.metadata import link_name
from fundtrace.index.projection import CONCEPT, Column, Projection, Table
from fundtrace.vocab import NAMESPACE

Reason: TypeAlias = Literal[
    "other-base", "no-class", "other-class", "no-property", "other-kind", "second-value", "dangling"
]
LeftOut: TypeAlias = Mapping[tuple[Reason, str], int]
_Pairs: TypeAlias = list[tuple[str, str]]

_BATCH: Final = 50_000
"""Statements whose rows wait for one insertion."""
_TERMS: Final = 1_000
"""Distinct terms that are counted by name; a stranger's further ones are counted together."""
_REPOSITORY: Final = NAMESPACE.removesuffix("ontology#")


class Staging:
    """Fills `staging."{Class}"`, `staging."{Class}_{link}"` and `staging."Entity"` of a connection from sorted lines.

    Where a statement uses a relation that gives a role, the concept of the role is staged too.
    """

    def __init__(
        self,
        connection: apsw.Connection,
        projected: Projection,
        strongest: Strongest,
        base: str,
        namespace: str,
    ) -> None:
        self.left_out: Counter[tuple[Reason, str]] = Counter()
        self.statements = 0
        self._base, self._namespace = base, namespace
        self._prefix = f"<{base}id/"
        self._connection = connection
        self._batches: list[_Batch] = []
        self._roles = {
            link_name(strongest.table, relation): f"concept/{role}"
            for relation, role in strongest.roles.items()
        }
        self._named: set[str] = set()
        self._described: set[str] = set()
        self._entities = self._batch("Entity", ("key", "class", "label_zh", "label_en"))
        self._classes = {
            f"{self.localise(table.term)}{END}": self._class(table) for table in projected.tables.values()
        }

    def fill(self, lines: Iterable[str]) -> None:
        """Takes all statements. Raises `ValueError` for a line that is no N-Triples."""
        waiting = 0
        for subject, types, pairs in _groups(_ended(lines)):
            self._add(subject, types, pairs)
            waiting += len(types) + len(pairs)
            if waiting >= _BATCH:
                self._flush()
                self.statements, waiting = self.statements + waiting, 0
        self.statements += waiting
        self._flush()
        # What a release states of its concepts, the code lists state too: a publisher's own statements may name
        # a concept without describing it.
        self._named.update(
            self._roles[batch.name] for batch in self._batches if batch.filled and batch.name in self._roles
        )
        missing = sorted(self._named - self._described)
        told = code_lists(self._base, self._namespace).used(f"{self._base}id/{key}" for key in missing)
        for subject, types, pairs in _groups(_ended(sorted({*told}))):
            if subject[len(self._prefix) : -1] not in self._described:
                self._add(subject, types, pairs)
        self._flush()

    @property
    def filled(self) -> Mapping[str, int]:
        """How many rows each table has that has any."""
        return {batch.name: batch.filled for batch in self._batches if batch.filled}

    def leave_out(self, reason: Reason, term: str, count: int = 1) -> None:
        """Counts statements that have no place."""
        known = (reason, term)
        if known not in self.left_out and len(self.left_out) >= _TERMS:
            known = (reason, "…")
        if count:
            self.left_out[known] += count

    def localise(self, term: str) -> str:
        """A term of the repository in the IRIs of the installation, in angle brackets."""
        if term.startswith(NAMESPACE):
            return f"<{self._namespace}{term.removeprefix(NAMESPACE)}>"
        return f"<{term.replace(_REPOSITORY, self._base)}>"

    def _add(self, subject: str, types: list[str], pairs: _Pairs) -> None:
        classes = [self._classes[kind] for kind in types if kind in self._classes]
        if subject[:1] != "<" or len(classes) < len(types):
            types = [checked(subject, TYPE, kind) for kind in types]
            classes = [self._classes[kind] for kind in types if kind in self._classes]
        if not subject.startswith(self._prefix):
            self._refuse("other-base", subject, [*((TYPE, kind) for kind in types), *pairs])
            return
        if len(classes) < len(types):
            for kind in types:
                if kind not in self._classes:
                    self.leave_out("other-class", kind[1 : -1 - len(END)])
        if not classes:
            self._refuse("no-class", subject, pairs)
            return
        key = subject[len(self._prefix) : -1]
        if key.startswith("concept/"):
            self._described.add(key)
        row, unknown = classes[0].add(key, pairs, self.leave_out)
        self._entities.add((key, classes[0].name, row[1], row[2]))
        for other in classes[1:]:
            unknown &= other.add(key, pairs, self.leave_out)[1]
        if unknown:
            self._refuse("no-property", subject, (pair for pair in pairs if pair[0] in unknown))

    def _refuse(self, reason: Reason, subject: str, pairs: Iterable[tuple[str, str]]) -> None:
        for predicate, rest in pairs:
            checked(subject, predicate, rest)
            self.leave_out(reason, predicate[1:-1])

    def _flush(self) -> None:
        for batch in self._batches:
            batch.flush()

    def _batch(self, name: str, columns: tuple[str, ...]) -> _Batch:
        batch = _Batch(self._connection, name, columns)
        self._batches.append(batch)
        return batch

    def _class(self, table: Table) -> _Class:
        slots: dict[str, _Slot] = {}
        for index, column in enumerate(table.columns.values(), 3):
            slots[self.localise(column.term)] = _slot(index, self._reading(column))
        for link in table.links.values():
            names = ("subject", "object", "lang") if link.kind == "lang" else ("subject", "object")
            batch = self._batch(link_name(table.name, link.name), names)
            slots[self.localise(link.term)] = _slot(0, self._reading(link), batch.add)
        return _Class(table, self._batch(table.name, ("key", "label_zh", "label_en", *table.columns)), slots)

    def _reading(self, column: Column) -> Reading:
        plainly = reading(column.kind, column.datatype, self._prefix)
        if column.kind != "reference" or (column.targets and CONCEPT not in column.targets):
            return plainly
        named = self._named

        def naming(key: str) -> str:
            if key.startswith("concept/"):
                named.add(key)
            return key

        return plainly._replace(convert=naming)


class _Class:
    """The rows of one class and of its links."""

    __slots__ = ("_empty", "_rows", "_slots", "name")

    def __init__(self, table: Table, rows: _Batch, slots: Mapping[str, _Slot]) -> None:
        self.name = table.name
        self._rows, self._slots = rows, slots
        self._empty = (None,) * (2 + len(table.columns))

    def add(
        self, key: str, pairs: _Pairs, leave_out: Callable[[Reason, str], None]
    ) -> tuple[list[Any], set[str]]:
        """Takes an entity; gives its row, and the predicates that this class has no place for."""
        row: list[Any] = [key, *self._empty]
        unknown = set[str]()
        slots = self._slots
        for predicate, rest in pairs:
            slot = slots.get(predicate)
            if slot is None:
                if predicate != LABEL:
                    unknown.add(predicate)
                    continue
                slot = _LABELS.get(rest[-7:], _LABELS[_ZH])
            # Here and not in a function of its own, which would cost as much again.
            index, begins, ends, start, end, convert, link = slot
            if not (rest.startswith(begins) and rest.endswith(ends)):
                rest = checked("<", predicate, rest)
                if not (rest.startswith(begins) and rest.endswith(ends)):
                    leave_out("other-kind", predicate[1:-1])
                    continue
            value: Any = rest[start:end]
            if convert is not None:
                try:
                    value = convert(value)
                except ValueError:
                    leave_out("other-kind", predicate[1:-1])
                    continue
            if link is not None:
                link((key, *value) if value.__class__ is tuple else (key, value))
            elif row[index] is None:
                row[index] = value
            elif row[index] != value:
                leave_out("second-value", predicate[1:-1])
        self._rows.add(row)
        return row, unknown


class _Batch:
    """Rows of one staged table that wait for one `executemany`."""

    __slots__ = ("_connection", "_insert", "_rows", "add", "filled", "name")

    def __init__(self, connection: apsw.Connection, name: str, columns: tuple[str, ...]) -> None:
        quoted = ", ".join(f'"{column}"' for column in columns)
        connection.execute(f'CREATE TABLE staging."{name}" ({quoted})')
        self.name = name
        self.filled = 0
        self._connection = connection
        self._insert = f'INSERT INTO staging."{name}" VALUES ({", ".join("?" * len(columns))})'  # noqa: S608  # our names
        self._rows: list[Any] = []
        self.add = self._rows.append

    def flush(self) -> None:
        if self._rows:
            self.filled += len(self._rows)
            self._connection.executemany(self._insert, self._rows)
            self._rows.clear()


_Slot: TypeAlias = tuple[
    int, str, str, int, int, Callable[[str], Any] | None, Callable[[tuple[Any, ...]], None] | None
]
"""Where a property goes and how it is read: the index in its row, how the rest of a line begins and ends and how long both are, what
takes the text between to its value, and what takes a row of a link."""


def _slot(index: int, how: Reading, link: Callable[[tuple[Any, ...]], None] | None = None) -> _Slot:
    return index, how.begins, how.ends, len(how.begins), -len(how.ends), how.convert, link


_ZH, _EN = f'"@zh{END}', f'"@en{END}'
_LABELS: Final[Mapping[str, _Slot]] = {
    ends: _slot(index, Reading('"', ends)) for index, ends in enumerate((_ZH, _EN), 1)
}


def _ended(lines: Iterable[str]) -> Iterator[str]:
    """The lines with line ends, as those of a file are."""
    waiting = iter(lines)
    first = next(waiting, "")
    whole = chain([first], waiting) if first else waiting
    return iter(whole) if first.endswith("\n") else (f"{line}\n" for line in whole)


def _groups(lines: Iterable[str]) -> Iterator[tuple[str, list[str], _Pairs]]:
    """The statements about each subject: its classes and its predicates, each with what follows them in their line."""
    current, types, pairs = "", list[str](), list[tuple[str, str]]()
    for line in lines:
        subject, predicate, rest = line.split(" ", 2)
        if subject != current:
            if current:
                yield current, types, pairs
            current, types, pairs = subject, [], []
        if predicate == TYPE:
            types.append(rest)
        else:
            if "\\" in rest:
                rest = f"{plain(checked(subject, predicate, rest)[: -len(END)])}{END}"
            pairs.append((predicate, rest))
    if current:
        yield current, types, pairs
