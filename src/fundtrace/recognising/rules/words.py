"""The words that rules go by (`words.yml`) and how many findings of a code are listed (`limits.yml`)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from fundtrace.resources import parse_yaml


@cache
def _table(name: str) -> dict[str, Any]:
    text = Path(__file__).with_name(f"{name}.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = parse_yaml(text)
    return loaded


def rule_words(name: str) -> list[str]:
    """A list of words of `words.yml`: rates, open_rates, limits, bounds, measured, further_parts."""
    return list(_table("words")[name])


def most(code: str) -> int:
    """How many findings of a code one document lists before the others are summed up."""
    limits = _table("limits")
    return int(limits["codes"].get(code, limits["default"]))
