"""Every visible string of the pages, in Chinese and English, from one catalogue file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from fundtrace.query.questions import Words
from fundtrace.resources import parse_yaml

LANGUAGES = ("zh", "en")
"""The languages of the pages; the first is the default."""

_NUMBERED = re.compile(r"\[(?P<name>\w+):(?P<one>\w*)\|(?P<many>\w*)\]")
"""A word that depends on a count: `[count:project|projects]`."""

_FILE = Path(__file__).parent / "messages.yml"


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Key to language to text. Raises `ValueError` for an entry that lacks a language."""
    entries: dict[str, dict[str, str]] = parse_yaml(_FILE.read_text(encoding="utf-8"))
    for key, texts in entries.items():
        if set(texts) != set(LANGUAGES):
            raise ValueError(f"messages.yml: {key} needs exactly {', '.join(LANGUAGES)}")
    return entries


class Messages:
    """The catalogue in one language: `messages("home.title")`."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key, with `{name}` filled in and `[name:one|many]` chosen. Raises `KeyError` for an unknown key."""
        text = catalogue()[key][self.language]
        if not values:
            return text
        chosen = _NUMBERED.sub(
            lambda found: found["one" if str(values[found["name"]]) == "1" else "many"], text
        )
        return chosen.format(**values)

    def optional(self, key: str, default: str) -> str:
        """The text of a key, or the default when the catalogue has none (codes that a release brings)."""
        entry = catalogue().get(key)
        return entry[self.language] if entry else default

    def pick(self, texts: Mapping[str, str]) -> str:
        """Of texts by language, this one's; else the Chinese, else any, else nothing."""
        return texts.get(self.language) or texts.get("zh") or next(iter(texts.values()), "")

    def said(self, words: Words) -> str:
        """A text that has both languages, in this one."""
        return words.zh if self.language == "zh" else words.en
