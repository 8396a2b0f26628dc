"""Cheap checks that every build makes: terms of the ontology only, nothing dangling, nothing empty, counts that agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import TextIO

import pyoxigraph as ox

from fundtrace.errors import SystemFailure
from fundtrace.graph.concepts import SKOS
from fundtrace.graph.terms import LABEL, TYPE
from fundtrace.release.describing import Statistics
from fundtrace.release.sorting import Runs
from fundtrace.vocab import TERMS

_SKOS_PROPERTIES = ("prefLabel", "notation", "definition", "broader", "broadMatch", "inScheme")
NAMED = 200_000
"""Resources that are named and kept in memory, about 50 MB."""

_BATCH = 4_096
_END = " ."
_DOUBTFUL = frozenset(('"', *filter(str.isspace, map(chr, range(0x10000)))))
"""What an empty value may begin with."""
_EMPTY = re.compile(r'"\s*"(?:@[a-z-]+|\^\^<[^>]*>)? \.\Z')


@dataclass(slots=True)
class Tally:
    """What passes by in the sorted statements of a release; what it must remember of them goes to files of `folder`.

    `classes` counts instances by the local name of their class, `severities` the findings by theirs, `decided` the
    suggestions that a person confirmed or rejected, `subjects` what something is said of, `predicates` the statements of each predicate
    that a release may have. Lines whose predicate is `wanted` are set aside, and so is the first one about each subject.
    """

    base: str
    namespace: str
    folder: Path
    wanted: frozenset[str] = frozenset()
    statements: int = 0
    decided: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    subjects: int = 0
    predicates: dict[str, int] = field(init=False)
    _kinds: dict[str, str] = field(init=False)
    _named: set[str] = field(default_factory=set)
    _runs: Runs = field(init=False)

    def __post_init__(self) -> None:
        self._runs = Runs(self.folder, "named")
        self._kinds = self._known("class", ("Concept", "ConceptScheme"))
        self.predicates = dict.fromkeys((TYPE, LABEL, *self._known("property", _SKOS_PROPERTIES)), 0)

    def watch(self, lines: Iterable[str]) -> Generator[str, None, None]:
        """Passes the lines on. Raises `SystemFailure` `invalid-release` at one that no release may have."""
        waiting, subject = iter(lines), ""
        with (
            self._subjects.open("w", encoding="utf-8", newline="\n") as subjects,
            self.aside.open("w", encoding="utf-8", newline="\n") as aside,
        ):
            while batch := list(islice(waiting, _BATCH)):
                subject = self._check(batch, subject, subjects, aside)
                yield from batch

    def add(self, lines: Sequence[str]) -> None:
        """Counts the lines of one more subject, of which nothing was said before."""
        self._check(lines, "", StringIO(), StringIO())

    def _check(self, lines: Sequence[str], subject: str, subjects: TextIO, aside: TextIO) -> str:
        """Takes note of lines that follow those about a subject; gives the subject of the last one."""
        ids, known_classes, predicates = f"<{self.base}id/", self._kinds, self.predicates
        severity, decision = f"<{self.namespace}severity>", f"<{self.namespace}decision>"
        severities, name, line = f"{ids}concept/severity-", self._named.add, ""
        wanted, kept = self.wanted, list[str]()
        try:
            for line in lines:
                start, predicate, rest = line.split(" ", 2)
                if start != subject:
                    subject = start
                    subjects.write(f"{start}\n")
                    kept.append(line)
                    self.subjects += 1
                    if start.startswith("_:"):
                        raise _invalid("含有空白节点", "there is a blank node", line)
                elif predicate in wanted:
                    kept.append(line)
                predicates[predicate] += 1
                if rest[0] == '"':
                    if rest[1] in _DOUBTFUL and _EMPTY.match(rest):
                        raise _invalid("值为空", "the value is empty", line)
                elif predicate == TYPE:
                    if rest[:-2] not in known_classes:
                        raise _invalid("类不在本体之中", "the class is not a term of the ontology", line)
                    self.classes[known_classes[rest[:-2]]] += 1
                elif rest.startswith(ids):
                    name(rest)
                    if predicate == severity:
                        self.severities[rest.removeprefix(severities)[:-3]] += 1
                    elif predicate == decision:
                        self.decided += 1
                elif rest.startswith("_:"):
                    raise _invalid("含有空白节点", "there is a blank node", line)
        except KeyError as error:
            raise _invalid("谓词不在本体之中", "the predicate is not a term of the ontology", line) from error
        self.statements += len(lines)
        if len(self._named) >= NAMED:
            self._runs.add(self._named)
            self._named.clear()
        aside.write("\n".join([*kept, ""]))
        return subject

    @property
    def counted(self) -> Statistics:
        """What has passed by, for VoID."""
        classes = {term: self.classes[name] for term, name in self._kinds.items() if self.classes[name]}
        predicates = {term: number for term, number in self.predicates.items() if number}
        return Statistics(self.statements, self.subjects, predicates, classes)

    def close(self) -> None:
        """Raises `SystemFailure` `invalid-release` if something is named that nothing is said of."""
        self._runs.add(self._named)
        self._named.clear()
        with self._subjects.open(encoding="utf-8", newline="\n") as subjects:
            known = next(subjects, "")[:-1]
            for name in self._runs.merged():
                while known and f"{known}{_END}" < name:
                    known = next(subjects, "")[:-1]
                if known != name[: -len(_END)]:
                    raise _invalid(
                        "所指的资源没有陈述",
                        "nothing is said of a resource that is named",
                        name[: -len(_END)],
                    )
        self._subjects.unlink()

    @property
    def _subjects(self) -> Path:
        return self.folder / "subjects"

    @property
    def aside(self) -> Path:
        """The file of the sorted lines that are set aside."""
        return self.folder / "aside"

    def _known(self, kind: str, borrowed: tuple[str, ...]) -> dict[str, str]:
        ours = [term.name for term in TERMS.values() if (term.kind == "class") == (kind == "class")]
        return {
            **{f"<{self.namespace}{name}>": name for name in ours},
            **{f"<{SKOS}{name}>": name for name in borrowed},
        }


def compare(store: ox.Store, tally: Tally) -> None:
    """Reads the counts back from the store. Raises `SystemFailure` `invalid-release` where they differ."""
    if len(store) != tally.statements:
        raise _invalid(
            "图数据库的陈述数不符", "the store holds another number of statements", str(len(store))
        )
    found = count_entities(store)
    for name, number in tally.classes.items():
        if found.get(name) != number:
            raise _invalid("图数据库的实体数不符", "the store holds another number of entities", name)


def count_entities(store: ox.Store) -> dict[str, int]:
    """Instances by the local name of their class, as the store has them."""
    solutions = store.query("SELECT ?class (COUNT(?s) AS ?n) WHERE { ?s a ?class } GROUP BY ?class")
    if not isinstance(solutions, ox.QuerySolutions):  # pragma: no cover
        raise TypeError("a SELECT query gives solutions")
    counts: dict[str, int] = {}
    for solution in solutions:
        name, number = solution["class"], solution["n"]
        if isinstance(name, ox.NamedNode) and isinstance(number, ox.Literal):
            counts[re.split("[#/]", name.value)[-1]] = int(number.value)
    return counts


def _invalid(zh: str, en: str, what: str) -> SystemFailure:
    return SystemFailure("invalid-release", f"{zh}：{what}", f"{en}: {what}")
