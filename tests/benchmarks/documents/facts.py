"""The facts that are put into a document: what a perfect reader would find."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(slots=True)
class Cited:
    """A document that a text names: its canonical number or its title, and what it is to the project."""

    number: str | None
    title: str | None
    role: str
    article: str | None = None
    issuers: list[str] = field(default_factory=list)
    truncated: bool = False


@dataclass(slots=True)
class Text:
    """A printed text and the documents that it names."""

    text: str
    cited: list[Cited] = field(default_factory=list)


@dataclass(slots=True)
class Target:
    """What is promised: the printed text, and comparator, value, unit and kind."""

    printed: str | None
    comparator: str | None
    value: str | None
    unit: str | None
    kind: str


@dataclass(slots=True)
class Indicator:
    """A promised indicator; a part that its form does not print is None."""

    level1: str | None
    level2: str | None
    name: str
    description: str | None
    target: Target
    basis: Text | None
    sign: str = ""
    figure: str = ""
    measure: str = ""


@dataclass(slots=True)
class Plan:
    """The points of a plan of payments: month and printed text."""

    kind: str | None
    points: list[tuple[int, str]]


@dataclass(slots=True)
class Project:
    """A project as its form prints it; amounts in yuan."""

    code: str | None
    name: Text
    unit: tuple[str | None, str] | None
    amounts: dict[str, Decimal]
    purpose: Text | None
    plan: Plan | None
    goals: list[Text]
    indicators: list[Indicator]
    grounds: Text | None = None
    level: str | None = None


@dataclass(slots=True)
class Statement:
    """A whole unit's promises; amounts in yuan."""

    unit: str
    amounts: dict[str, Decimal]
    goals: list[Text]
    indicators: list[Indicator]


@dataclass(slots=True)
class Facts:
    """All that one document says, and what must not be told: the names and numbers of contacts."""

    form: str
    format: str
    damage: list[str]
    fiscal_year: int
    region: str | None
    projects: list[Project] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    narrative: list[Cited] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The facts as plain values; amounts are texts."""
        told: dict[str, Any] = _plain(asdict(self))
        return told


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return exact(value)
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


def exact(value: Decimal) -> str:
    """A decimal without exponent and without zeros at its end."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
