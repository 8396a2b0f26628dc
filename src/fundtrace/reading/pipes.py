"""Markdown tables: rows of cells between pipes, with a rule of dashes under the first."""

from __future__ import annotations

import re

from fundtrace.reading.marks import clean, unescape
from fundtrace.reading.sheets import Cell

_DASHES = re.compile(r":?-+:?")
_PIPE = re.compile(r"(?<!\\)\|")


def is_rule(line: str) -> bool:
    """Whether a line is the rule under a header, such as `|---|:-:|`."""
    if "|" not in line or "-" not in line:
        return False
    parts = line.strip().removeprefix("|").removesuffix("|").split("|")
    return all(_DASHES.fullmatch(part.strip()) for part in parts)


def is_row(line: str) -> bool:
    """Whether a line stands between pipes, and so is a row whatever surrounds it."""
    text = line.strip()
    return text.startswith("|") and (text.endswith("|") or text.count("|") > 2)


def cells(line: str, number: int) -> list[Cell]:
    """The cells of one row; the pipes at its ends are its frame."""
    text = line.strip()
    parts = _PIPE.split(text)
    if text.startswith("|"):
        parts = parts[1:]
    if len(parts) > 1 and not parts[-1].strip() and text.endswith("|"):
        parts = parts[:-1]
    return [Cell(clean(unescape(part)), number) for part in parts]
