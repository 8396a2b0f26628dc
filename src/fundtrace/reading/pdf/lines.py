"""Characters to lines, and lines to running text: which line breaks are print and which are only the width."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fundtrace.reading.marks import plain
from fundtrace.reading.pdf.signs import Sign

_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f“”‘’…]")
_IDEOGRAPH = re.compile(r"[\u2e80-\u2fff\u3400-\u9fff\uf900-\ufaff]")
_NARROW = r"[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f“”‘’…]"
_WORD = re.compile(r"[0-9A-Za-z.,%+\-/:~$&@#_]+")
_TOKEN = re.compile(
    r"[（《「『【〔〈“‘(\[{]*"
    rf"(?:{_NARROW}+|.)"
    rf"(?:[、。，．：；？！）》」』】〕〉”’％…]|[/\-.,:;!?%)\]}}]{_NARROW}*)*"
)
_NO_BEGINNING = "、。，．；？！）》」』】〕〉”’％"
_NO_END = "（《「『【〔〈“‘([{<"


@dataclass(slots=True)
class Line:
    """A printed line, or a piece of one that stands apart: its text, its edges, its baseline and its size."""

    text: str
    left: float
    right: float
    base: float
    size: float

    @property
    def width(self) -> float:
        """From edge to edge."""
        return self.right - self.left


def lines(signs: Iterable[Sign], *, apart: float | None = None, space: float = 0.42) -> list[Line]:
    """The lines that characters make, from top to bottom.

    A gap of `apart` times the size parts a line in pieces; one of `space` times is a space between an ideograph and
    a Latin letter.
    """
    rows: list[list[Sign]] = []
    for sign in sorted(signs, key=lambda each: each.base):
        if rows and sign.base - rows[-1][-1].base <= 0.35 * max(sign.size, rows[-1][-1].size):
            rows[-1].append(sign)
        else:
            rows.append([sign])
    made = []
    for row in rows:
        for piece in _pieces(sorted(row, key=lambda each: each.left), apart):
            if line := _line(piece, space):
                made.append(line)
    return made


def _pieces(row: list[Sign], apart: float | None) -> Iterable[list[Sign]]:
    if apart is None:
        return [row]
    pieces: list[list[Sign]] = []
    last: Sign | None = None
    for sign in row:
        if sign.text == " ":
            if pieces:
                pieces[-1].append(sign)
            continue
        if last is None or sign.left - last.right > apart * max(sign.size, last.size):
            pieces.append([])
        pieces[-1].append(sign)
        last = sign
    return pieces


def _line(row: list[Sign], mixed: float) -> Line | None:
    while row and row[0].text == " ":
        row = row[1:]
    while row and row[-1].text == " ":
        row = row[:-1]
    if not row:
        return None
    size = sorted(sign.size for sign in row)[len(row) // 2]
    gaps = sorted(after.left - before.right for before, after in pairwise(row))
    usual = max(0.0, gaps[len(gaps) // 2]) if len(gaps) > 2 else 0.0
    parts = [row[0].text]
    for before, after in pairwise(row):
        gap = after.left - before.right
        if " " not in (before.text, after.text) and gap > max(
            _space(before, after, mixed) * size, 2.5 * usual
        ):
            parts.append(" ")
        parts.append(after.text)
    text = plain("".join(parts))
    return Line(text, row[0].left, max(sign.right for sign in row), row[0].base, size) if text else None


def _space(before: Sign, after: Sign, mixed: float) -> float:
    """How wide a gap is a space, in times the size.

    Word processors set a quarter between ideographs and Latin letters by themselves, browsers print a space between
    ideographs as a quarter.
    """
    wide = bool(_WIDE.match(before.text)) + bool(_WIDE.match(after.text))
    return mixed if wide == 1 else 0.2


class Habits:
    """Where a document puts spaces: between ideographs and digits, behind commas, before brackets …

    A space at which a line was broken is not in the PDF, so a broken line is joined as the document writes elsewhere.
    """

    def __init__(self) -> None:
        self._spaced: Counter[str] = Counter()
        self._glued: Counter[str] = Counter()

    def learn(self, text: str) -> None:
        """Take note of how a line is written."""
        kinds = [_kind(sign) for sign in text]
        self._glued.update(one + other for one, other in pairwise(kinds))
        self._spaced.update(
            one + other
            for one, space, other in zip(kinds, kinds[1:], kinds[2:], strict=False)
            if space == " "
        )

    def joint(self, before: str, after: str) -> str:
        """What stands between two parts of one text that a line break parted: nothing or a space."""
        kind = _kind(before[-1]) + _kind(after[0])
        return " " if kind == "ww" or self._spaced[kind] > self._glued[kind] else ""


def _kind(sign: str) -> str:
    if sign == " ":
        return " "
    if _IDEOGRAPH.match(sign):
        return "i"
    if _WIDE.match(sign):
        return "p"
    if sign.isalnum():
        return "w"
    return "(" if sign in "([{" else ","


_REACH = 80
"""So many characters into the next line a title's mark is closed."""


def wraps(line: Line, following: Line, room: float) -> bool:
    """Whether a line ended because what begins the next did not fit into the `room` that was left beside it."""
    if line.text[-1] in _NO_END or following.text[0] in _NO_BEGINNING or following.text in _NO_END:
        return True
    return _first_width(following) > room - 0.25 * line.size


def closes(text: str, following: str) -> bool:
    """Whether what follows closes a title's mark that a text left open: 《保障农民工工资 and 支付条例》."""
    end = following.find("》")
    return text.rfind("《") > text.rfind("》") and 0 <= end <= _REACH and "《" not in following[:end]


def _first_width(line: Line) -> float:
    """How wide that is which could not be parted from the beginning of a line (after UAX 14)."""
    each = line.width / _weight(line.text)
    token = _TOKEN.match(line.text)
    return each * _weight(token[0] if token else line.text[0])


def _weight(text: str) -> int:
    return max(1, sum(2 if _WIDE.match(sign) else 1 for sign in text))


def join(lines: Sequence[Line], left: float, right: float, habits: Habits) -> str:
    """The text of lines between two edges; a break that is print becomes `\\n`."""
    if not lines:
        return ""
    parts = [lines[0].text]
    for line, following in pairwise(lines):
        if wraps(line, following, room(line, left, right)):
            # A word is parted only where it alone is wider than the cell.
            parted = _WORD.fullmatch(line.text) and room(line, left, right) < line.size * 0.6
            parts.append("" if parted else habits.joint(line.text, following.text))
        else:
            parts.append("\n")
        parts.append(following.text)
    return "".join(parts)


def room(line: Line, left: float, right: float) -> float:
    """How much room is left beside a line between two edges."""
    before, after = line.left - left, right - line.right
    # Centred lines leave room on both sides.
    return before + after if abs(before - after) < 3 else after
