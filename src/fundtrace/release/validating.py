"""The shapes, asked of a release: what it must contain and does not. What was found is kept in `validation.json`."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyoxigraph as ox
from pydantic import BaseModel, ConfigDict, ValidationError

from fundtrace.errors import SystemFailure
from fundtrace.graph.shapes import rules
from fundtrace.release.layout import sync
from fundtrace.resources import folder

VALIDATION = "validation.json"
NAMED = 3
"""Violations that a message names; it says how many there are besides."""

When = Literal["now", "later", "never"]
"""Before the release becomes current, after that, or not at all."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A resource (IRI, or `_:` and a name) that breaks a shape; a violation refuses a release, a warning does not."""

    code: str
    violation: bool
    resource: str
    zh: str
    en: str


class Validation(BaseModel):
    """What the shapes found: the SHA-256 of the shapes that were asked, and the number of breaches by code."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shapes_sha256: str
    violations: dict[str, int]
    warnings: dict[str, int]


def breaches(store: ox.Store, base: str, namespace: str) -> Iterator[Breach]:
    """What breaks the shapes, by code and resource; one shape's breaches are in memory at a time.

    A resource that breaks one shape in several ways is named once.
    """
    for rule in rules(base, namespace):
        found: set[str] = set()
        for query in rule.queries:
            solutions = store.query(query)
            if not isinstance(solutions, ox.QuerySolutions):  # pragma: no cover
                raise TypeError("a SELECT query gives solutions")
            found.update(_name(solution["this"]) for solution in solutions)
        for resource in sorted(found):
            yield Breach(rule.code, rule.violation, resource, rule.zh, rule.en)


@dataclass(frozen=True, slots=True)
class Checked:
    """What the shapes found in a release, and the first breaches of what every release must keep."""

    validation: Validation
    first: tuple[Breach, ...] = ()

    def refusal(self, *, switched: bool) -> SystemFailure | None:
        """`shape-violation`, if there are any; `switched` says whether the release has become current all the same."""
        if not self.first:
            return None
        total = sum(self.validation.violations.values())
        zh = "；".join(f"{breach.code} <{breach.resource}> {breach.zh}" for breach in self.first)
        en = "; ".join(f"{breach.code} <{breach.resource}> {breach.en}" for breach in self.first)
        what_zh, what_en = _SWITCHED if switched else _KEPT
        return SystemFailure(
            "shape-violation",
            f"违反形状规则 {total} 处：{zh}；{what_zh}",
            f"{total} violations of the shapes: {en}; {what_en}",
        )


_KEPT = (
    "新版本未生成，当前版本不变。请把来源文件和这条消息报告给我们；用 --validate later 可先生成，再用 fundtrace check 查看全部",
    "no release was made, and the current one is as it was. Report this message with the source documents; "
    "--validate later makes the release all the same, and fundtrace check lists them all",
)
_SWITCHED = (
    "新版本已成为当前版本。用 fundtrace check 查看全部，用 fundtrace release rollback 回到上一个版本",
    "the release is current all the same. fundtrace check lists them all, and fundtrace release rollback "
    "makes the one before current again",
)


def validate(path: Path, store: ox.Store, base: str, namespace: str) -> Checked:
    """Asks the shapes of the release in a folder, and keeps the answer there; a good one that is kept is not asked again."""
    known = read_validation(path)
    if known is not None and known.shapes_sha256 == _shapes_sha256() and not known.violations:
        return Checked(known)
    violations, warnings = Counter[str](), Counter[str]()
    first: list[Breach] = []
    for breach in breaches(store, base, namespace):
        (violations if breach.violation else warnings)[breach.code] += 1
        if breach.violation and len(first) < NAMED:
            first.append(breach)
    made = Validation(
        shapes_sha256=_shapes_sha256(),
        violations=dict(sorted(violations.items())),
        warnings=dict(sorted(warnings.items())),
    )
    draft = path / f".{VALIDATION}"
    draft.write_text(made.model_dump_json(indent=2) + "\n", encoding="utf-8")
    sync(draft)
    draft.replace(path / VALIDATION)
    return Checked(made, tuple(first))


def read_validation(path: Path) -> Validation | None:
    """What the shapes found in the release of this folder; None if they were not asked, or nobody can read the answer."""
    try:
        return Validation.model_validate_json((path / VALIDATION).read_bytes())
    except (OSError, ValidationError):
        return None


def _shapes_sha256() -> str:
    return hashlib.sha256((folder("ontology") / "shapes.ttl").read_bytes()).hexdigest()


def _name(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
