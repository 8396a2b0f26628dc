"""The tables of words beside the modules: YAML files that a budget officer may edit."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from fundtrace.resources import parse_yaml


@cache
def table(name: str) -> dict[str, Any]:
    """The table of words `{name}.yml` of this folder, read once.

    Raises `FileNotFoundError` when the file is missing, which means that the installation is damaged.
    """
    text = Path(__file__).with_name(f"{name}.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = parse_yaml(text)
    return loaded


def longest_first(words: list[str]) -> str:
    """A regular expression that matches any of the words, the longest that fits."""
    return "|".join(_escaped(word) for word in sorted(words, key=len, reverse=True))


def _escaped(word: str) -> str:
    return "".join(f"\\{letter}" if letter in r".^$*+?{}[]\|()-" else letter for letter in word)
