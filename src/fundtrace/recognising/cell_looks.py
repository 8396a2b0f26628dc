"""What a cell without a known label looks like: an amount, or a label that no list holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from fundtrace.recognising.decimals import parse
from fundtrace.recognising.grid import Printed
from fundtrace.recognising.memo import memo
from fundtrace.recognising.widths import narrow

_MONEY = re.compile(r"[0-9][0-9,.]*\s*(?:[万亿]元?|元)")
_LABEL = re.compile(r"[\u4e00-\u9fff()/]{2,12}")
_PHRASE = re.compile(r"[\u4e00-\u9fff]{5}")
_COLUMNS_OF_FIGURES = 3
_NOTE = re.compile(r"\s*(?:注|备注|说明|填报说明|填表说明)\s*[:：].*", re.DOTALL)
_NUMBERED_GOAL = re.compile(r"目[标標]\s*[0-9一二三]\s*[:：]?\s*$")
_FIRST = re.compile(r"\s*(?:目[标標]\s*[1１一]\s*[:：]|[(（]?[1１一][)）.、．]|①)")


@memo
def is_money(text: str) -> bool:
    """Whether a text is a number, perhaps with a unit of money, and nothing else."""
    plain = narrow(text).strip()
    return parse(plain) is not None or _MONEY.fullmatch(plain) is not None


@memo
def may_be_label(text: str) -> bool:
    """Whether a text is short and without figures and sentences, as labels are."""
    return _LABEL.fullmatch("".join(narrow(text).split()).rstrip(":")) is not None


def is_note(text: str) -> bool:
    """Whether a text is a note below a table: 注：…"""
    return _NOTE.fullmatch(text) is not None


def is_numbered_goal(text: str) -> bool:
    """Whether a label ends like that of one of several goals: 年度目标1."""
    return _NUMBERED_GOAL.search(text) is not None


def begins_to_count(text: str) -> bool:
    """Whether a text begins with the first of several marks: 1、, ①, 目标1：."""
    return _FIRST.match(text) is not None


def says_something(text: str) -> bool:
    """Whether a text holds a phrase, and not just a label, a year or a figure."""
    return _PHRASE.search("".join(text.split())) is not None


def labelled_lines(cell: Printed, label: Callable[[Printed], object]) -> Iterator[Printed]:
    """A cell that prints a labelled amount on each of its lines, line by line; else the cell."""
    lines = cell.text.splitlines()
    if len(lines) > 1:
        lines = [line.strip() for line in lines if line.strip()]
    if len(lines) > 1 and all(label(cell._replace(text=line)) for line in lines):
        yield from (cell._replace(text=line) for line in lines)
    else:
        yield cell


def several_figures(cells: Sequence[Printed]) -> bool:
    """Whether a row goes on with three figures or more that differ: amounts of years or stages in columns."""
    figures = [narrow(cell.text).strip() for cell in takewhile(lambda cell: is_money(cell.text), cells)]
    return len(figures) >= _COLUMNS_OF_FIGURES and len(set(figures)) > 1
