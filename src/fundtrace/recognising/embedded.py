"""Indicators in cells of goals, 【产出指标-数量指标】 指标1:机柜数量(≥77台), and in cells of their own that tell them in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from fundtrace.recognising.grid import Printed, PrintedRow, one_line
from fundtrace.recognising.indicators import IndicatorDraft
from fundtrace.recognising.labels import is_level1
from fundtrace.recognising.widths import narrow
from fundtrace.recognising.worded import worded_drafts

_HEAD = re.compile(r"[【\[]\s*([^\]【】\-—/]{2,12}?)\s*[-—/]\s*([^\]【】]{2,20}?)\s*[】\]]")
_ITEM = re.compile(r"指标\s*[0-9]{1,2}\s*[:、.]\s*")
_VALUE = re.compile(r"(.*\S)\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_STOP = " \t\n;,。、"


def embedded_drafts(
    goals: Sequence[Printed], rows: Mapping[tuple[int, int], PrintedRow], told: Sequence[Printed] = ()
) -> tuple[list[Printed], list[IndicatorDraft]]:
    """The goals without the indicators that are written in their cells, and those indicators; `told` are cells that
    hold nothing but indicators, in words.

    `rows` are the rows of the cells by table and number. What stands in front of the first level in brackets is a
    goal; the last brackets behind a name hold its value. Numbers of the blank form (指标1:) are no part of a name.
    """
    left: list[Printed] = []
    drafts: list[IndicatorDraft] = []
    for cell in goals:
        heads = [head for head in _HEAD.finditer(narrow(cell.text)) if is_level1(head[1])]
        row = rows.get((cell.table, cell.row))
        if not heads or row is None:
            left.append(cell)
            continue
        before = cell.text[: heads[0].start()].strip()
        left += [cell._replace(text=before)] if before else []
        ends = [head.start() for head in heads[1:]] + [len(cell.text)]
        for head, end in zip(heads, ends, strict=True):
            level1, level2 = (cell.text[slice(*head.span(number))] for number in (1, 2))
            for name, target in _items(cell.text[head.end() : end]):
                drafts.append(IndicatorDraft(level1, level2, name, None, target, None, row, None, None))
    for cell in told:
        row = rows.get((cell.table, cell.row))
        drafts += embedded_drafts([cell], rows)[1] or (worded_drafts(cell, row) if row else [])
    return left, drafts


def _items(text: str) -> Iterator[tuple[str, str | None]]:
    folded = narrow(text)
    marks = list(_ITEM.finditer(folded))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    spans = [(mark.end(), end) for mark, end in zip(marks, ends, strict=False)] or [(0, len(text))]
    for start, end in spans:
        item = one_line(text[start:end].strip()).strip(_STOP + ";；，")
        found = _VALUE.fullmatch(narrow(item))
        if found:
            yield item[: found.end(1)], item[slice(*found.span(2))].strip() or None
        elif item:
            yield item, None
