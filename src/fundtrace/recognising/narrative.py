"""The narrative: 总体绩效目标, 分项绩效目标, 工作保障措施, by their headings; a table of contents is no content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, get_args

from fundtrace.reading.sheets import Paragraph, Table
from fundtrace.recognising.cite import Passage, cite_narrative
from fundtrace.recognising.grid import position_of
from fundtrace.recognising.widths import narrow, unmarked
from fundtrace.records import Citation, GoalText

Section = Literal["总体绩效目标", "分项绩效目标", "工作保障措施"]
Block = Paragraph | Table

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_SECTION = re.compile(rf"(?:\(?{_NUMERAL}\)?\s*[、.,:]?\s*)?({'|'.join(get_args(Section))})\s*[::]?")
_OUTSIDE = re.compile(
    rf"第\s*{_NUMERAL}\s*部\s*分.*|{_NUMERAL}\s*、.{{1,30}}|.*(?:预算项目绩效目标|绩效目标(?:申报|自评)?表)\s*"
)
_HEADING = re.compile(rf"(?:\({_NUMERAL}\)|{_NUMERAL}\s*、|[0-9]{{1,2}}\s*[、.])\s*[^。;]{{1,50}}")
_INLINE = re.compile(rf"(\({_NUMERAL}\)\s*[^。;,:]{{1,40}}(?:[,、][^。;:]{{1,15}}){{0,3}})。\s*(?=.)")
_LONGEST_TITLE = 120
_CLOSED = re.compile(r"[。;!?::.”」)]\s*$")
_TABLE_TITLE = re.compile(r".*(?:绩效目标|绩效目标申报|绩效自评|自评)表\s*(?:\(.*\))?[\s.…·]*[0-9]*")


def read_goals(blocks: Iterable[Block]) -> tuple[GoalText, ...]:
    """The texts of the three sections, one for each heading inside them, in order.

    Paragraphs that a page or line broke apart are joined. A section ends at the next heading of its own rank, at the
    title of a goal table, and at a table.
    """
    goals: list[GoalText] = []
    section: Section | None = None
    heading: str | None = None
    for block in blocks:
        if isinstance(block, Table):
            section = None
            continue
        text = unmarked(block.text)
        folded = narrow(text)
        if not text:
            continue
        short = len(text) <= _LONGEST_TITLE
        begun = _SECTION.fullmatch(folded) if short else None
        if begun:
            section, heading = _section(begun[1]), None
        elif short and _OUTSIDE.fullmatch(folded):
            section = None
        elif section is not None and _HEADING.fullmatch(folded):
            heading = text
        elif section is not None:
            inline = _INLINE.match(folded)
            if inline:
                heading, text = text[: inline.end(1)], text[inline.end() :]
            _add(goals, GoalText(section=section, heading=heading, text=text, line=block.line))
    return tuple(goals)


def cite_blocks(blocks: Iterable[Block]) -> tuple[Citation, ...]:
    """The citations of the text outside tables; titles of goal tables belong to their projects and are left out."""
    return cite_narrative(_passages(blocks))


def _passages(blocks: Iterable[Block]) -> Iterator[Passage]:
    for block in blocks:
        if isinstance(block, Table):
            continue
        text = unmarked(block.text)
        if len(text) > _LONGEST_TITLE or not _TABLE_TITLE.fullmatch(narrow(text)):
            yield Passage(text, block.line, position_of(block.page))


def _section(name: str) -> Section:
    return next(section for section in get_args(Section) if section == name)


def _add(goals: list[GoalText], goal: GoalText) -> None:
    last = goals[-1] if goals else None
    if last is None or (last.section, last.heading) != (goal.section, goal.heading):
        goals.append(goal)
        return
    joint = "\n" if _CLOSED.search(narrow(last.text)) else ""
    goals[-1] = last.model_copy(update={"text": f"{last.text}{joint}{goal.text}"})
