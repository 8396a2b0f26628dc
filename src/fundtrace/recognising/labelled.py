"""Projects that lines of text tell, a label and its value each: 项目名称：… 预算金额：… 绩效目标：…

Their indicators stand in words below, or in a table that names no project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from fundtrace.reading.sheets import Paragraph, Table
from fundtrace.recognising.basis import read_basis
from fundtrace.recognising.captions import coded, is_furniture, is_page_number, is_title
from fundtrace.recognising.cite import Passage, cite_project
from fundtrace.recognising.columns import read_columns
from fundtrace.recognising.coverage import Ledger
from fundtrace.recognising.form_rows import FormRows
from fundtrace.recognising.form_signs import names_in
from fundtrace.recognising.forms import Form
from fundtrace.recognising.funding import direct_funds, fund_level
from fundtrace.recognising.goals import split_goals
from fundtrace.recognising.grid import join_text, one_line, rows_of
from fundtrace.recognising.grounds import without_number
from fundtrace.recognising.heading import caption
from fundtrace.recognising.indicators import records
from fundtrace.recognising.labels import Kind, labels
from fundtrace.recognising.money import amounts_in, read_money, unit_in
from fundtrace.recognising.project_table import ReadProject, basis_passage
from fundtrace.recognising.targets import read_target
from fundtrace.recognising.widths import compact, narrow, unmarked
from fundtrace.recognising.worded import read_worded
from fundtrace.records import Budget, Indicator, Money, Position, Project, Unit

_LABEL = re.compile(r"(?:^|(?<=[\s;,。]))(?P<label>[^\s:;,。][^:;,。]{1,24}?)\s*:")
_BARE = re.compile(r"(?:\(?[一二三四五六七八九十0-9]{1,2}\)?\s*[、.])\s*(?P<label>[^:;,。]{2,16})")
_ITEM = re.compile(r"\s*(?:\(?[0-9一二三四五六七八九十]{1,2}\s*[、.)]|[①-⑳]|目标\s*[0-9一二三]|指标\s*[0-9])")
_CLOSED = tuple("。;；!！?？")
_CODE = re.compile(r"[0-9A-Z-]{8,30}")
_KINDS: tuple[Kind, ...] = ("field", "budget", "section", "not_modelled")
_OPEN = frozenset({"purpose", "goals", "long_goals", "grounds", "indicators"})
_NEEDED = frozenset({"goals", "long_goals", "indicators", "purpose"})
_PARTS = ("total", "fiscal", "carryover", "other")
_FEWEST, _MOST = 3, 120


@dataclass(frozen=True, slots=True)
class Labelled:
    """The projects that labelled lines tell, and the blocks that do not."""

    projects: tuple[ReadProject, ...]
    rest: tuple[Paragraph | Table, ...]


@dataclass(slots=True)
class _Told:
    """A project while its lines come: what each label says, with the paragraph and the label as printed."""

    unit: str | None
    taken: list[Paragraph] = field(default_factory=list)
    said: dict[str, list[tuple[str, Paragraph, str]]] = field(default_factory=dict)
    tables: list[Table] = field(default_factory=list)

    def text(self, meaning: str) -> str | None:
        found: str | None = None
        for text, _, _ in self.said.get(meaning, ()):
            found = join_text(found, one_line(text)) if text.strip() else found
        return found or None

    def passages(self, meaning: str) -> list[Passage]:
        said = self.said.get(meaning, ())
        return [Passage(text, block.line, _place(block)) for text, block, _ in said if text.strip()]


def read_labelled(blocks: Sequence[Paragraph | Table], named: Sequence[str], ledger: Ledger) -> Labelled:
    """Read what labelled lines tell: a name, and two more labels or more, goals, indicators or a purpose among them.

    `named` are the projects that are read elsewhere: a project is not told twice.
    """
    known = {compact(name) for name in named}
    projects: list[ReadProject] = []
    taken: set[int] = set()
    for told in _runs(blocks):
        name = told.text("project_name")
        whole = told.tables or (len(told.said) >= _FEWEST and told.said.keys() & _NEEDED)
        if name and compact(name) not in known and whole:
            projects.append(_project(told, name, ledger))
            taken.update(map(id, (*told.taken, *told.tables)))
    return Labelled(tuple(projects), tuple(block for block in blocks if id(block) not in taken))


def _runs(blocks: Sequence[Paragraph | Table]) -> Iterator[_Told]:
    current: _Told | None = None
    meaning, unit = "", None
    for block in blocks:
        pieces = list(_pieces(block)) if isinstance(block, Paragraph) else []
        begins = any(found == "project_name" and text.strip() for found, text, _ in pieces)
        if begins and current and "project_name" in current.said:
            yield current
            current = None
        if isinstance(block, Table):
            if current and _is_of_indicators(block):
                current.tables.append(block)
                meaning = ""
                continue
            if current:
                yield current
            current, unit = None, None
            continue
        if is_furniture(caption(block)) and not pieces:
            unit = unit_in(block.text) or unit
            continue
        if not pieces:
            goes_on = current and meaning in _OPEN and _goes_on(current.said[meaning], block)
            if current and goes_on and len(current.taken) < _MOST:
                current.said[meaning].append((unmarked(block.text), block, ""))
                current.taken.append(block)
            elif current and not is_page_number(block.text):
                yield current
                current = None
            continue
        if current is None and begins:
            current = _Told(unit)
        if current:
            current.taken.append(block)
            for meaning, text, label in pieces:
                current.said.setdefault(meaning, []).append((text, block, label))
    if current:
        yield current


def _is_of_indicators(table: Table) -> bool:
    """Whether a table begins with a header of indicators and names no project."""
    rows = [row for row in rows_of(table) if row.printed]
    return any(read_columns(row.cells) for row in rows[:2]) and not any(names_in(row) for row in rows)


def _goes_on(said: Sequence[tuple[str, Paragraph, str]], block: Paragraph) -> bool:
    """Whether a paragraph belongs to the label above it: its first text, an item of it, or the rest of a sentence."""
    if block.heading or is_title(caption(block)) or _BARE.fullmatch(narrow(block.text).strip()):
        return False
    last = narrow(said[-1][0]).strip()
    return not last or _ITEM.match(narrow(block.text)) is not None or not last.endswith(_CLOSED)


def _pieces(block: Paragraph) -> Iterator[tuple[str, str, str]]:
    """Meaning, value and printed label of each known label of a line; a numbered label may stand alone."""
    text = unmarked(block.text)
    plain = narrow(text).replace("；", ";")
    found = [
        (match, meaning[1])
        for match in _LABEL.finditer(plain)
        if (meaning := labels().meaning(match["label"], *_KINDS))
    ]
    if not found or found[0][0].start("label") > 0:
        bare = _BARE.fullmatch(plain.strip()) if not found else None
        meaning = labels().meaning(bare["label"], "section") if bare else None
        if meaning and meaning[1] in _OPEN:
            yield meaning[1], "", text
        return
    # Goals, indicators and a purpose go on to the end of the line, whatever labels stand in them.
    last = next((place for place, (_, said) in enumerate(found) if said in _OPEN), len(found) - 1)
    for place, (match, said) in enumerate(found[: last + 1]):
        end = found[place + 1][0].start("label") if place < last else len(text)
        yield said, text[match.end() : end].strip(), text[slice(*match.span("label"))]


def _project(told: _Told, name: str, ledger: Ledger) -> ReadProject:
    rows = [row for table in told.tables for row in rows_of(table) if row.printed]
    read = FormRows(Form("project", (), rows), ledger) if rows else None
    drafts = read.indicators.drafts if read else []
    goals = told.passages("goals") or told.passages("long_goals")
    grounds, purpose = told.passages("grounds"), told.text("purpose")
    indicators = records(drafts) or tuple(_indicators(told))
    first = told.passages("purpose")[:1]
    line, place = told.taken[0].line, _place(told.taken[0])
    citations = cite_project(
        Passage(name, line, place),
        Passage(purpose, first[0].line, first[0].position) if purpose and first else None,
        goals,
        [basis_passage(draft) for draft in drafts],
        grounds,
    )
    money = {part: _amount(told, part) for part in _PARTS}
    code, unit = told.text("project_code"), told.text("unit")
    known = coded(unit) if unit else None
    project = Project(
        code=code if code and _CODE.fullmatch(code) else None,
        name=name,
        unit=(Unit(code=known[0], name=known[1]) if known else Unit(code=None, name=unit)) if unit else None,
        implementing_unit=told.text("implementing_unit"),
        budget=Budget(**money),
        purpose=purpose,
        schedule=None,
        goals=split_goals(passage.text for passage in goals),
        indicators=indicators,
        citations=citations,
        without_number=without_number(
            citations,
            [*(passage.text for passage in grounds), *(draft.basis for draft in drafts)],
            rows,
            asked="grounds" in told.said,
        ),
        fund_level=fund_level([name, purpose]),
        direct_funds=direct_funds([name, purpose]),
        rows=tuple(row.source for row in read.filled.rows) if read else (),
        line=line,
        position=place,
    )
    department = told.text("department")
    printed = {"预算数": money["total"], "绩效目标": project.goals, "绩效指标": project.indicators}
    missing = tuple(label for label, found in printed.items() if not found)
    return ReadProject(
        project, (department, None) if department else None, told.unit, None, None, None, missing, ()
    )


def _indicators(told: _Told) -> Iterator[Indicator]:
    said = told.said.get("indicators", ())
    for each in read_worded([text for text, _, _ in said]):
        block = said[each.text][1]
        yield Indicator(
            level1=each.level1,
            level2=each.level2,
            name=each.name,
            description=None,
            target=read_target(each.target),
            basis=read_basis(None, each.name, None),
            line=block.line,
            position=_place(block),
        )


def _amount(told: _Told, part: str) -> Money | None:
    """The amount behind a label: the whole value, else the first amount that it states."""
    for text, _, label in told.said.get(part, ()):
        money = read_money(text, unit_in(label) or told.unit)
        if money is not None and money.yuan is None:
            money = next(iter(amounts_in(text)), money)
        return money
    return None


def _place(block: Paragraph) -> Position:
    return Position(page=block.page, table=None, row=None)
