"""Text in pictures: lines of a given width, counted in Chinese characters."""

from __future__ import annotations

import unicodedata

_ELLIPSIS = "…"
_CLOSING = "〕】》〉）)]］」』、，。；：,.;:号"
_OPENING = "〔【《〈（([［「『"


def width(text: str) -> float:
    """Width of a text in Chinese characters: 1 for a wide character, 0.55 for a narrow one."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.55 for char in text)


def wrap(text: str, room: float, lines: int) -> tuple[str, ...]:
    """At most `lines` lines of at most `room` characters; the last ends in … when something is left out."""
    found: list[str] = []
    rest = " ".join(text.split())
    while rest and len(found) < lines:
        cut = _fitting(rest, room)
        if cut < len(rest) and len(found) == lines - 1:
            cut = _fitting(rest, room - 1)
            found.append(rest[:cut].rstrip() + _ELLIPSIS)
            return tuple(found)
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return tuple(found)


def _fitting(text: str, room: float) -> int:
    used = 0.0
    for number, char in enumerate(text):
        used += width(char)
        if used > room:
            return _good_break(text, number) or max(number, 1)
    return len(text)


def _good_break(text: str, at: int) -> int:
    """The last place up to `at` where a line may end: not inside a number or word, nor beside a bracket's inside."""
    while at > 0:
        before, after = text[at - 1], text[at]
        inside = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
        if not inside and after not in _CLOSING and before not in _OPENING:
            return at
        at -= 1
    return 0
