"""One project's form into its record: the Hebei tables and the 项目支出绩效目标表, told apart by nothing but labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fundtrace.recognising.captions import money_unit_above, name_in, unit_above
from fundtrace.recognising.cite import Passage, cite_project
from fundtrace.recognising.coverage import Ledger
from fundtrace.recognising.filled import Filled
from fundtrace.recognising.form_rows import FormRows
from fundtrace.recognising.forms import Form
from fundtrace.recognising.funding import direct_funds, fund_level
from fundtrace.recognising.goals import split_goals
from fundtrace.recognising.grid import Printed, join_text, one_line, position_of
from fundtrace.recognising.grounds import without_number
from fundtrace.recognising.heading import own_year
from fundtrace.recognising.indicators import IndicatorDraft, records
from fundtrace.recognising.money import read_money
from fundtrace.recognising.plan import PlanRows
from fundtrace.recognising.schedule import read_schedule
from fundtrace.recognising.widths import compact, narrow
from fundtrace.records import Budget, Money, Position, Project, Unit

_NAME_CODE = re.compile(r"(.*?[^\d\s(（\[])\s*[（(\[]?\s*(\d{3}|\d{6})\s*[）)\]]?")
_CODE_NAME = re.compile(r"[（(\[]?\s*(\d{6}|\d{3})\s*[）)\]]?\s*[-—]?\s*([^\d\s].*)")

_UNIT_CODE = re.compile(r"[0-9]{6}")
_CODED_NAME = re.compile(
    r"\s*[\[(]?([0-9]{6}[0-9A-Z]{15})(?![0-9A-Z])[\])]?\s*(?:[-—–_]\s*)?([^\s\-—–_].*)", re.DOTALL
)
"""A project's code of 21 characters in front of its name."""

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class ReadProject:
    """A project, and what its form says beside the record.

    `department` is the name and code that 主管部门 prints; `money_unit` governs its amounts; `plan_heading` is the
    label of its plan as printed, `plan_line` and `plan_position` where the plan begins; `missing` are required cells that were not printed; `captions`
    are the texts above it that speak of more than this project; `titled_year` is the year that its title begins with.
    """

    project: Project
    department: tuple[str, str | None] | None
    money_unit: str | None
    plan_heading: str | None
    plan_line: int | None
    plan_position: Position | None
    missing: tuple[str, ...]
    captions: tuple[str, ...]
    titled_year: int | None = None

    def with_project(self, project: Project) -> ReadProject:
        """The same reading, with a project that the rest of the document has told more of."""
        return replace(self, project=project)


def read_project(form: Form, ledger: Ledger) -> ReadProject | None:
    """The project of a form; None when the form prints neither its name nor its code nor a title with a name."""
    read = FormRows(form, ledger)
    return compose_project(form, read.filled, read.plan, read.indicators.drafts)


def compose_project(
    form: Form, filled: Filled, plan: PlanRows, drafts: Sequence[IndicatorDraft], *, asked: bool = False
) -> ReadProject | None:
    """The project of what its cells say, wherever they stood; None without a name.

    `asked`: a header above its rows has a column for bases.
    """
    name_cell, code_cell = filled.fields.get("project_name"), filled.fields.get("project_code")
    code = _text(code_cell)
    name = _text(name_cell) or (name_in(form.title) if form.title else None) or code
    if code is None and name and (joined := _CODED_NAME.fullmatch(narrow(name))):
        code, name = joined[1], name[slice(*joined.span(2))]
    if name is None:
        return None
    caption_unit = money_unit_above(form.captions)
    money = {
        part: read_money(amount.cell.text, amount.unit or caption_unit)
        for part, amount in filled.amounts.items()
    }
    units = [amount.unit or caption_unit for amount in filled.amounts.values()]
    unit = units[0] if units else caption_unit
    department = _named(filled.fields.get("department"))
    indicators = records(drafts)
    purpose = _joined(filled.purpose)
    pages = {(row.table, row.number): row.page for row in form.rows}
    goals = split_goals(cell.text for cell in filled.goals)
    citations = cite_project(
        _passage(form, pages, name, name_cell),
        _passage(form, pages, purpose, filled.purpose[0]) if purpose else None,
        [_passage(form, pages, cell.text, cell) for cell in filled.goals],
        [basis_passage(draft) for draft in drafts],
        [_passage(form, pages, cell.text, cell) for cell in filled.grounds],
    )
    grounds = [*(draft.basis for draft in drafts), *(cell.text for cell in filled.grounds)]
    project = Project(
        code=code,
        name=name,
        unit=_unit(form, filled.fields, department),
        implementing_unit=_text(filled.fields.get("implementing_unit")),
        budget=Budget(**{part: money.get(part) for part in ("total", "fiscal", "carryover", "other")}),
        purpose=purpose,
        schedule=read_schedule(plan.points, money.get("total"), unit),
        goals=goals,
        indicators=indicators,
        citations=citations,
        without_number=without_number(citations, grounds, form.rows, asked=asked),
        fund_level=fund_level([name, purpose]),
        direct_funds=direct_funds([name, purpose]),
        rows=tuple(row.source for row in filled.rows),
        line=form.line,
        position=form.rows[0].position,
    )
    return ReadProject(
        project=project,
        department=department,
        money_unit=unit,
        plan_heading=plan.heading,
        plan_line=plan.row.line if plan.row else None,
        plan_position=plan.row.position if plan.row else None,
        missing=_missing(project, money.get("total"), name_cell),
        captions=tuple(
            caption.text for caption in form.captions if compact(name) not in compact(caption.text)
        ),
        titled_year=own_year(form.title.text) if form.title else None,
    )


def _missing(project: Project, total: Money | None, name: Printed | None) -> tuple[str, ...]:
    printed = {
        "项目名称": name is not None,
        "预算数": total is not None,
        "绩效目标": bool(project.goals),
        "绩效指标": bool(project.indicators),
    }
    return tuple(label for label, found in printed.items() if not found)


def _unit(form: Form, fields: dict[str, Printed], department: tuple[str, str | None] | None) -> Unit | None:
    """The budget unit: printed in the form, or above it; or the implementing unit, where its code is printed."""
    named = _named(fields.get("unit") or fields.get("statement_unit"))
    if named:
        code = _text(fields.get("unit_code")) or ""
        return Unit(code=named[1] or (code if _UNIT_CODE.fullmatch(code) else None), name=named[0])
    above = unit_above(form.captions)
    if above is not None:
        return above
    own = _named(fields.get("implementing_unit"))
    if own and own[1] and len(own[1]) == 6:
        return Unit(code=own[1], name=own[0])
    implementing = _text(fields.get("implementing_unit"))
    if department and department[1] and len(department[1]) == 6 and department[0] == implementing:
        return Unit(code=department[1], name=department[0])
    return None


def _named(cell: Printed | None) -> tuple[str, str | None] | None:
    """Name and code of a cell that prints both, in either order; the code is None where only a name is printed."""
    text = _text(cell)
    if text is None:
        return None
    if len(text) > _LONGEST_NAME:
        return text, None
    if match := _CODE_NAME.fullmatch(text):
        return match[2].strip(), match[1]
    if match := _NAME_CODE.fullmatch(text):
        return match[1].strip(), match[2]
    return text, None


def _passage(
    form: Form, pages: dict[tuple[int, int], int | None], text: str, cell: Printed | None
) -> Passage:
    """A text with the place of its cell; a name that only the title prints has the title's place."""
    if cell is None:
        place = form.title.position if form.title else form.rows[0].position
        return Passage(text, form.line, place)
    position = position_of(pages.get((cell.table, cell.row)), cell.table, cell.row)
    return Passage(text, cell.line, position)


def basis_passage(draft: IndicatorDraft) -> Passage | None:
    """The basis of a draft with the place of its cell."""
    if draft.basis is None:
        return None
    page, table = draft.row.page, draft.row.table
    line = draft.basis_line or draft.row.line
    return Passage(draft.basis, line, position_of(page, table, draft.basis_row))


def _joined(cells: list[Printed]) -> str | None:
    text: str | None = None
    for cell in cells:
        text = join_text(text, one_line(cell.text))
    return text


def _text(cell: Printed | None) -> str | None:
    return (one_line(cell.text) or None) if cell else None
