"""Projects that are told in numbered sections of prose, without a table: 一、项目概述 … 六、年度预算安排, 七、绩效目标."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from fundtrace.reading.sheets import Paragraph, Table
from fundtrace.recognising.captions import is_page_number
from fundtrace.recognising.cite import Passage, cite_project
from fundtrace.recognising.flat import FlatTable
from fundtrace.recognising.funding import direct_funds, fund_level
from fundtrace.recognising.goals import split_goals
from fundtrace.recognising.grid import join_text, one_line
from fundtrace.recognising.grounds import without_number
from fundtrace.recognising.money import amounts_in
from fundtrace.recognising.project_table import ReadProject
from fundtrace.recognising.widths import compact, narrow, unmarked
from fundtrace.records import Budget, Money, Position, Project

_SECTION = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}\s*[、.]|\([一二三四五六七八九十]{1,2}\)|[0-9]{1,2}\s*[、.])\s*"
    r"(?P<name>项目概述|项目概况|立项依据|实施主体|实施方案|实施周期|年度预算安排|绩效目标)\s*:?\s*(?P<text>.*)",
    re.DOTALL,
)
_FIRST = frozenset({"项目概述", "项目概况"})
_NEEDED = frozenset({"年度预算安排", "绩效目标"})
_FEWEST = 3
_TITLE = re.compile(r"(?P<name>.{2,}?)\s*(?:项目)?(?:经费)?情况说明\s*")
_ELSEWHERE = re.compile(r"(?:详?见|参见|按|无).{0,20}(?:目标表|附件|附表|申报表).{0,6}|无|暂无|不涉及")
_TOTAL = re.compile(
    r"(?:总预算|预算总额|预算总计|项目预算|年度预算|预算安排|预算|共安排|共计|合计|安排资金|安排)[^0-9。;]{0,12}$"
)
_NUMBERED = re.compile(r"\(?[0-9一二三四五六七八九十①-⑳]{1,2}\s*[、.)]|[①-⑳]")
_CLOSED = re.compile(r"[。;!?]\s*$")


@dataclass(frozen=True, slots=True)
class Described:
    """The projects that prose tells, what tells one without its name, and the blocks that do neither."""

    projects: tuple[ReadProject, ...]
    unnamed: tuple[FlatTable, ...]
    rest: tuple[Paragraph | Table, ...]


@dataclass(slots=True)
class _Told:
    """A description while its paragraphs come: its title, its first section, and the paragraphs of each section."""

    title: Paragraph | None
    first: Paragraph
    taken: list[Paragraph] = field(default_factory=list)
    sections: dict[str, list[tuple[str, Paragraph]]] = field(default_factory=dict)

    def text(self, *names: str) -> str | None:
        """The text of a section, its broken lines joined."""
        found: str | None = None
        for name in names:
            for text, _ in self.sections.get(name, ()):
                found = join_text(found, one_line(text))
        return found

    def passages(self, *names: str) -> list[Passage]:
        """The paragraphs of a section with their places."""
        return [
            Passage(text, block.line, _place(block))
            for name in names
            for text, block in self.sections.get(name, ())
        ]


def read_described(blocks: Sequence[Paragraph | Table], named: Sequence[str]) -> Described:
    """Read what is told in sections; `named` are the projects of tables, whose descriptions stay prose."""
    known = {compact(name) for name in named}
    projects: list[ReadProject] = []
    unnamed: list[FlatTable] = []
    taken: set[int] = set()
    for told in _told(blocks):
        name = _TITLE.fullmatch(narrow(unmarked(told.title.text))) if told.title else None
        if told.title is None or name is None:
            unnamed.append(FlatTable(told.first.line, _place(told.first)))
        elif compact(name["name"]) not in known:
            projects.append(_project(told, told.title, unmarked(told.title.text)[slice(*name.span("name"))]))
            taken.update(map(id, (told.title, *told.taken)))
    return Described(
        tuple(projects), tuple(unnamed), tuple(block for block in blocks if id(block) not in taken)
    )


def _told(blocks: Sequence[Paragraph | Table]) -> Iterator[_Told]:
    """Every run of sections that begins with an overview and tells of money or goals."""
    current: _Told | None = None
    name = ""
    before: Paragraph | None = None
    for place, block in enumerate(blocks):
        section = _section(block)
        if isinstance(block, Table) or (section and section["name"] in _FIRST) or _opens(blocks, place):
            if current and _is_whole(current):
                yield current
            current = None
        if isinstance(block, Table):
            before = None
            continue
        if section and (current or section["name"] in _FIRST):
            current = current or _Told(before, block)
            name = section["name"]
            current.sections[name] = [(section["text"], block)] if section["text"].strip() else []
            current.taken.append(block)
        elif current and not is_page_number(block.text):
            if _goes_on(current.sections[name], block):
                current.sections[name].append((unmarked(block.text), block))
                current.taken.append(block)
            else:
                if _is_whole(current):
                    yield current
                current = None
        before = before if is_page_number(block.text) else block
    if current and _is_whole(current):
        yield current


def _section(block: Paragraph | Table) -> re.Match[str] | None:
    return _SECTION.fullmatch(narrow(unmarked(block.text))) if isinstance(block, Paragraph) else None


def _opens(blocks: Sequence[Paragraph | Table], place: int) -> bool:
    """Whether a paragraph is the title of the next description: its overview is the next text."""
    below = (
        block
        for block in blocks[place + 1 : place + 3]
        if isinstance(block, Table) or not is_page_number(block.text)
    )
    following = next(below, None)
    section = _section(following) if following is not None else None
    return section is not None and section["name"] in _FIRST


def _goes_on(texts: Sequence[tuple[str, Paragraph]], block: Paragraph) -> bool:
    """Whether a paragraph belongs to the section above it: its first, an item of it, or the rest of a sentence."""
    if block.heading or not texts:
        return not block.heading
    last = narrow(texts[-1][0]).strip()
    if _NUMBERED.match(narrow(block.text)):
        return True
    return not _CLOSED.search(last) and not _ELSEWHERE.fullmatch(last)


def _is_whole(told: _Told) -> bool:
    return len(told.sections) >= _FEWEST and bool(_NEEDED & told.sections.keys())


def _project(told: _Told, title: Paragraph, name: str) -> ReadProject:
    goals = [
        passage
        for passage in told.passages("绩效目标")
        if not _ELSEWHERE.fullmatch(narrow(passage.text).strip().rstrip("。"))
    ]
    purpose = told.text(*_FIRST)
    grounds = told.passages("立项依据")
    first = told.passages(*_FIRST)[:1]
    citations = cite_project(
        Passage(name, title.line, _place(title)),
        Passage(purpose, first[0].line, first[0].position) if purpose and first else None,
        goals,
        (),
        grounds,
    )
    total = _total(told.text("年度预算安排"))
    project = Project(
        code=None,
        name=name,
        unit=None,
        implementing_unit=told.text("实施主体"),
        budget=Budget(total=total),
        purpose=purpose,
        schedule=None,
        goals=split_goals(passage.text for passage in goals),
        indicators=(),
        citations=citations,
        without_number=without_number(
            citations, [passage.text for passage in grounds], (), asked="立项依据" in told.sections
        ),
        fund_level=fund_level([name, purpose]),
        direct_funds=direct_funds([name, purpose]),
        line=title.line,
        position=_place(title),
    )
    missing = () if total else ("预算数",)
    return ReadProject(project, None, None, None, None, None, missing, ())


def _total(text: str | None) -> Money | None:
    """The amount behind the words that announce the whole, or the only amount; None where none or several are printed."""
    amounts = amounts_in(text or "")
    if len({money.yuan for money in amounts}) == 1:
        return amounts[0]
    plain = narrow(text or "")
    end = plain.find(narrow(amounts[0].printed)) if amounts else -1
    return amounts[0] if end > 0 and _TOTAL.search(plain[:end]) else None


def _place(block: Paragraph) -> Position:
    return Position(page=block.page, table=None, row=None)
