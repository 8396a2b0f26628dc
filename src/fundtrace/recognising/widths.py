"""Spelling that carries no meaning: full-width letters, kinds of spaces, traditional characters, marks left by a format."""

from __future__ import annotations

import re
import unicodedata

from fundtrace.citations import fold
from fundtrace.recognising.memo import memo

_NARROW = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\u2009\u202f\t\r\n\x0b\x0c"), ord(" ")),
    **{
        ord(wide): ord(narrow)
        for wide, narrow in {
            "﹙": "(",
            "﹚": ")",
            "︵": "(",
            "︶": ")",
            "︰": ":",
            "﹪": "%",
            "﹥": ">",
            "﹤": "<",
        }.items()
    },
    **{
        ord(wide): ord(narrow)
        for wide, narrow in {"﹦": "=", "﹐": ",", "﹣": "-", "−": "-", "‑": "-"}.items()
    },
}


class _Narrowing(dict[int, int]):
    """A table for `str.translate` that learns each traditional character when it is first met."""

    def __missing__(self, code: int) -> int:
        self[code] = ord(fold(chr(code))) if _FIRST_HAN <= code <= _LAST_HAN else code
        return self[code]


class _Letters(dict[int, int | None]):
    """A table for `str.translate` that keeps letters and figures, and learns each character when it is first met."""

    def __missing__(self, code: int) -> int | None:
        self[code] = code if unicodedata.category(chr(code))[0] in "LN" else None
        return self[code]


_FIRST_HAN, _LAST_HAN = 0x3400, 0x9FFF
_NARROWING = _Narrowing(_NARROW)
_LETTERS = _Letters()
_WITHIN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_MARKS = re.compile(r"\[bookmark:[^\]]{0,200}\]|\bTC\s[^\\]{0,500}\\f\s.*$|\*\*|^#{1,6}\s+", re.DOTALL)


@memo
def narrow(text: str) -> str:
    """The text with full-width ASCII made half-width, every space a plain one, and traditional characters simplified.

    The length is kept.

    >>> narrow("≥９０％（約）")
    '≥90%(约)'
    """
    narrowed = text.translate(_NARROWING)
    return text if narrowed == text else narrowed


@memo
def compact(text: str) -> str:
    """What two texts are compared by: NFKC, without spaces, punctuation or symbols, in lower case.

    >>> compact("参保率（%）") == compact("参 保率(%) ")
    True
    """
    return unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)


def unspaced(text: str) -> str:
    """A text without the blanks and breaks between two Chinese characters, where a line of the print ended.

    >>> unspaced("下 达 100 万 元")
    '下达 100 万元'
    """
    return _WITHIN.sub("", text)


@memo
def unmarked(text: str) -> str:
    """A paragraph without the marks that a conversion leaves in it: bookmarks, TC field codes, Markdown signs."""
    return _MARKS.sub("", text).strip()
