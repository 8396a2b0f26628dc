"""Cheap checks that every build makes: terms of the ontology only, nothing dangling, nothing empty, counts that agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from fundtrace.errors import SystemFailure
from fundtrace.graph.concepts import SKOS
from fundtrace.graph.terms import LABEL, TYPE
from fundtrace.vocab import TERMS

_SKOS_PROPERTIES = ("prefLabel", "notation", "definition", "broader", "broadMatch", "inScheme")
_EMPTY = re.compile(r'"\s*"(?:@[a-z-]+|\^\^<[^>]*>)? \.\Z')


@dataclass(slots=True)
class Tally:
    """What passes by in the statements of a release.

    `classes` counts instances by the local name of their class, `severities` the findings by theirs, `decided` the
    suggestions that a person confirmed or rejected.
    """

    base: str
    namespace: str
    statements: int = 0
    decided: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    _subjects: set[str] = field(default_factory=set)
    _objects: set[str] = field(default_factory=set)
    _predicates: dict[str, str] = field(default_factory=dict)

    def watch(self, lines: Iterable[str]) -> Iterator[str]:
        """Passes the lines on. Raises `SystemFailure` `invalid-release` at one that no release may have."""
        ids, known_classes = f"<{self.base}id/", self._known("class", ("Concept", "ConceptScheme"))
        properties = {TYPE: "type", LABEL: "label", **self._known("property", _SKOS_PROPERTIES)}
        severity, prefix = f"<{self.namespace}severity>", f"{ids}concept/severity-"
        decision = f"<{self.namespace}decision>"
        subject = ""
        for line in lines:
            start, predicate, rest = line.split(" ", 2)
            value = rest[:-2]
            self.statements += 1
            if start != subject:
                subject = start
                self._subjects.add(start)
                if start.startswith("_:"):
                    raise _invalid("含有空白节点", "there is a blank node", line)
            if predicate not in properties:
                raise _invalid("谓词不在本体之中", "the predicate is not a term of the ontology", line)
            if predicate == TYPE:
                if value not in known_classes:
                    raise _invalid("类不在本体之中", "the class is not a term of the ontology", line)
                self.classes[known_classes[value]] += 1
            elif value.startswith(ids):
                self._objects.add(value)
                if predicate == severity:
                    self.severities[value.removeprefix(prefix)[:-1]] += 1
                elif predicate == decision:
                    self.decided += 1
            elif value.startswith("_:"):
                raise _invalid("含有空白节点", "there is a blank node", line)
            elif _EMPTY.search(rest):
                raise _invalid("值为空", "the value is empty", line)
            yield line

    def close(self) -> None:
        """Raises `SystemFailure` `invalid-release` if something is named that nothing is said of."""
        dangling = self._objects - self._subjects
        if dangling:
            raise _invalid("所指的资源没有陈述", "nothing is said of a resource that is named", min(dangling))

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
