"""The words that documents are made of, read once from the data files beside this module."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml


@cache
def table(name: str) -> dict[str, Any]:
    """A data file: words, issuers or labels."""
    path = Path(__file__).with_name(f"{name}.yml")
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def label(rng: Random, name: str) -> str:
    """One of the ways in which a label is printed."""
    return str(rng.choice(table("labels")[name]))


def sentence(rng: Random, name: str) -> str:
    """A sentence of prose, with an object and a thing in it, without a stop."""
    return fill(rng, rng.choice(table("words")[name]))


def fill(rng: Random, text: str) -> str:
    """A text with its places for object and thing filled."""
    words = table("words")
    return text.format(object=rng.choice(words["objects"]), thing=rng.choice(words["things"]))


def weighted(rng: Random, choices: dict[str, int]) -> str:
    """One of the names, as often as its weight says."""
    return rng.choices(list(choices), list(choices.values()))[0]
