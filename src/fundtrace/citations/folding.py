"""Spelling that carries no meaning: width, kind of bracket, traditional characters, white space."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

_OPENING = "〔【[［(（﹝﹙〖〘⦅⟦❲{｛「『"
_CLOSING = "〕】]］)）﹞﹚〗〙⦆⟧❳}｝」』"
_DASHES = "‐‑‒–—―−－﹣─━"
_BLANK = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_SIMPLIFIED_TOO = frozenset("乾")
"""Characters that simplified text also has, with another meaning: 乾县 is not 干县."""
_ANGLED = re.compile(r"(?<=[\u3400-\u9fff])[<〈《](?P<year>(?:19|20)\d\d年?)[>〉》](?=第?\d{1,6}号)")
"""冀财社《2020》186号: the mark of a title in the place of a bracket."""


class _Folding(dict[int, str]):
    """A table for `str.translate` that learns each character when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        self[code] = folded
        return folded


_FOLDING = _Folding()


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def _fold_character(character: str) -> str:
    if character in _OPENING:
        return "("
    if character in _CLOSING:
        return ")"
    if character in _DASHES:
        return "-"
    if "！" <= character <= "～":
        return chr(ord(character) - 0xFEE0)
    if character == "〜":
        return "~"
    if character.isspace() or character in _BLANK:
        return " "
    if ("\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff") and (
        character not in _SIMPLIFIED_TOO
    ):
        simplified = _converter().convert(character)
        return simplified if len(simplified) == 1 else character
    return character


def fold(text: str) -> str:
    """The text with equal spellings made equal, character for character (the length stays the same).

    Full-width forms become half-width, every kind of bracket around a year becomes `(` or `)`, dashes become `-`,
    white space and invisible characters a blank, traditional characters simplified ones.

    >>> fold("財預［２０２１］１０１號")
    '财预(2021)101号'
    """
    return text.translate(_FOLDING)


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A folded text without white space, and the way back.

    `text[i]` stands at `positions[i]` of the source; `positions` has one more entry, the end of the source.
    """

    source: str
    text: str
    positions: Sequence[int]

    def start(self, index: int) -> int:
        """Where the character stands in the source."""
        return self.positions[index]

    def end(self, index: int) -> int:
        """Where the character before `index` ends in the source: blanks behind it are left out."""
        return self.positions[index - 1] + 1 if index else 0

    def index(self, position: int) -> int:
        """The first index whose character stands at `position` or behind it."""
        return bisect_left(self.positions, position, 0, len(self.text))

    def blank_before(self, index: int) -> bool:
        """Whether white space stands before the character in the source."""
        return 0 < index < len(self.text) and self.positions[index] > self.positions[index - 1] + 1

    def printed(self, start: int, end: int) -> str:
        """What the source prints between two indices, with its spaces, but without breaks of line or cell."""
        return unbroken(self.source[self.start(start) : self.end(end)])


def squeeze(text: str) -> Squeezed:
    """Fold a text and take the white space out; marks of titles around the year of a number become brackets too."""
    folded = fold(text)
    if " " not in folded:
        return Squeezed(text, _bracketed(folded), range(len(folded) + 1))
    positions = [index for index, character in enumerate(folded) if character != " "]
    return Squeezed(text, _bracketed(folded.replace(" ", "")), (*positions, len(text)))


def _bracketed(text: str) -> str:
    return _ANGLED.sub(r"(\g<year>)", text)


def unbroken(text: str) -> str:
    """The text without line breaks, tabs and the spaces around them: a break is the page's, not the title's.

    >>> unbroken("冀财规【2018】 \\n 21 号")
    '冀财规【2018】21 号'
    """
    if not any(mark in text for mark in "\n\r\t\v\f\u2028\u2029\x85"):
        return text
    return "".join(part.strip() for part in text.replace("\t", "\n").splitlines())
