"""Tables of many projects: a row for each indicator, the project's name only on its first row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fundtrace.reading.sheets import Paragraph, Table
from fundtrace.recognising.alignment import places
from fundtrace.recognising.captions import Caption, coded, is_furniture, is_title
from fundtrace.recognising.coverage import Ledger
from fundtrace.recognising.embedded import embedded_drafts
from fundtrace.recognising.forms import Form, nearest
from fundtrace.recognising.grid import Printed, PrintedRow, one_line, position_of, rows_of
from fundtrace.recognising.list_header import ListHeader, find_header, may_begin
from fundtrace.recognising.listed_project import ListedProject
from fundtrace.recognising.money import unit_in
from fundtrace.recognising.plan import PlanRows
from fundtrace.recognising.project_table import ReadProject, compose_project
from fundtrace.recognising.widths import compact

_OWN = frozenset({"level1", "level2", "name", "target", "description", "basis"})
_UNIT_CODE = re.compile(r"[0-9]{3}|[0-9]{6}")
_SUM = re.compile(r"\s*(?:合\s*计|总\s*计|小\s*计)\s*[:：]?\s*")
_PROSE = re.compile(r".{60}|.*[。：:]\s*$", re.DOTALL)
"""A text that parts two tables: a long one, a sentence, or one that announces something."""
_CAPTIONS = 3
"""A row of captions prints no more texts: office, year, unit of money."""
_NOTE = re.compile(r"\s*(?:注|备注|说明)\s*[:：].*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Listed:
    """The projects of lists in printed order, and the blocks that are none."""

    projects: tuple[ReadProject, ...]
    rest: tuple[Paragraph | Table, ...]


def read_lists(blocks: Sequence[Paragraph | Table], ledger: Ledger) -> Listed:
    """Read every table of many projects; never raises.

    A table right behind one, as wide and without a header, goes on with it.
    """
    reader = _Reader(ledger)
    rest = [block for block in blocks if not reader.take(block)]
    return Listed(reader.projects(), tuple(rest))


class _Reader:
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._projects: list[ListedProject] = []
        self._captions: list[Caption] = []
        self._header: ListHeader | None = None
        self._above: tuple[Caption, ...] = ()
        self._unit: Printed | None = None
        self._parted = False

    def projects(self) -> tuple[ReadProject, ...]:
        found = (self._close(project) for project in self._projects)
        return tuple(project for project in found if project is not None)

    def take(self, block: Paragraph | Table) -> bool:
        """Whether the block is, or goes on with, a table of many projects."""
        if isinstance(block, Paragraph):
            caption = Caption(block.text, block.line, position_of(block.page), block.heading)
            self._captions.append(caption)
            if not is_furniture(caption):
                self._parted = True
                if is_title(caption) or block.heading or _PROSE.match(block.text):
                    self._header = None
            return False
        if self._header is None and not may_begin(block):
            self._captions.clear()
            return False
        rows = [row for row in rows_of(block) if row.printed]
        header = find_header(rows)
        if header is not None and not self._is_repeated(header, rows):
            self._begin(header, rows)
            rows = rows[header.end :]
        elif self._header is None or not self._goes_on(rows, self._header):
            self._header = None
            self._captions.clear()
            return False
        self._captions.clear()
        self._parted = False
        self._rows(rows, cut=block.continues)
        return True

    def _goes_on(self, rows: Sequence[PrintedRow], header: ListHeader) -> bool:
        """Whether a table without a header goes on with the list above it: as wide, and behind short texts, which a page
        may have cut off a row, without a name in its first row."""
        if not rows or len(rows[0].cells) != len(header.project):
            return False
        return not (self._parted and rows[0].cells[header.project.index("project_name")].text)

    def _is_repeated(self, header: ListHeader, rows: Sequence[PrintedRow]) -> bool:
        """Whether a header within a table is printed again: the rows above it go on with the list."""
        if self._header is None or header.project != self._header.project:
            return False
        above = rows[: header.first]
        return any(len(row.printed) > _CAPTIONS for row in above) and self._goes_on(rows, self._header)

    def _begin(self, header: ListHeader, rows: Sequence[PrintedRow]) -> None:
        if self._header is None or header.project != self._header.project:
            self._unit = None
        for row in rows[: header.first]:
            self._ledger.enter(row)
            self._ledger.ignore("text-outside-forms", row.printed)
            self._captions += [Caption(cell.text, cell.line, row.position) for cell in row.printed]
        for row in rows[header.first : header.end]:
            self._ledger.enter(row)
        self._ledger.use(*header.labels)
        above = nearest(self._captions)
        repeated = self._header is not None and header.project == self._header.project
        # Under a header that is printed again what stands above the first one still holds, unit of money and all.
        kept = self._above if repeated and not any(is_title(caption) for caption in above) else ()
        self._above = (*kept, *above)
        self._header = header

    def _rows(self, rows: Sequence[PrintedRow], *, cut: bool) -> None:
        header = self._header
        if header is None:
            return
        placed = [self._placed(row, header) for row in rows]
        for number, (row, cells) in enumerate(zip(rows, placed, strict=True)):
            self._ledger.enter(row)
            following = placed[number + 1] if number + 1 < len(rows) else None
            if cut and number == 0 and self._projects:
                cells = self._projects[-1].go_on(cells, header)
            self._row(row, cells, header, following)

    def _placed(self, row: PrintedRow, header: ListHeader) -> tuple[Printed, ...]:
        """The cells of a row under the columns of the header."""
        blank = row.cells[0]._replace(text="")
        cells = [blank._replace(column=column) for column in range(len(header.project))]
        numbers = places(row.cells, header.indicator) if len(row.cells) < len(cells) else range(len(cells))
        for place, cell in zip(numbers, row.cells, strict=False):
            if place is not None:
                cells[place] = cell
        return tuple(cells)

    def _row(
        self,
        row: PrintedRow,
        cells: tuple[Printed, ...],
        header: ListHeader,
        following: tuple[Printed, ...] | None,
    ) -> None:
        project = {role: cell for role, cell in zip(header.project, cells, strict=True) if role and cell.text}
        blank = tuple(
            cell._replace(text="") if role else cell for role, cell in zip(header.project, cells, strict=True)
        )
        own = any(cell.text and kind in _OWN for cell, kind in zip(blank, header.indicator, strict=True))
        name = project.get("project_name")
        if len(row.printed) == 1 and _NOTE.fullmatch(row.printed[0].text):
            self._ledger.ignore("note-below-form", row.printed)
            return
        if self._is_caption(row):
            self._ledger.ignore("repeated-header", row.printed)
            return
        if any(_SUM.fullmatch(cell.text) for cell in row.printed[:2]) and not own:
            self._ledger.ignore("row-of-sums", row.printed)
            return
        if {cell.text for cell in row.printed} <= {cell.text for cell in header.labels}:
            self._ledger.use(*row.printed)
            return
        told = {"goals", "indicators"} & project.keys() or any(role.startswith("told:") for role in project)
        if not own and not told and not self._begins(header, following):
            self._unit_row(row, project)
            return
        if name is not None and not (self._projects and self._projects[-1].is_repeated(project)):
            self._open(project)
        if not self._projects:
            return
        self._read(row, project, blank, own=own)

    def _is_caption(self, row: PrintedRow) -> bool:
        """Whether a row within the list prints what stands above it again, and is no unit's row."""
        above = {compact(caption.text) for caption in self._above}
        if not all(compact(cell.text) in above for cell in row.printed):
            return False
        captions = [Caption(cell.text, cell.line, row.position) for cell in row.printed]
        return any(is_title(each) or is_furniture(each) or ":" in each.folded for each in captions)

    def _begins(self, header: ListHeader, following: tuple[Printed, ...] | None) -> bool:
        """Whether the row below holds indicators of its own and no name: then the row above is its project's."""
        if following is None:
            return False
        named = following[header.project.index("project_name")].text
        own = any(cell.text for cell, role in zip(following, header.project, strict=True) if role is None)
        return own and not named

    def _unit_row(self, row: PrintedRow, project: dict[str, Printed]) -> None:
        """A row that names a unit over its projects, perhaps with the sum of their amounts."""
        named = project.get("unit_name") or project.get("project_name")
        alone = len(project) == len(row.printed) == 1
        code = project.get("unit_code")
        if (
            code is None
            and (printed := project.get("project_code"))
            and _UNIT_CODE.fullmatch(printed.text.strip())
        ):
            code = printed
        if named is None or not (
            alone or coded(one_line(named.text)) or code is not None or "project_name" not in project
        ):
            return
        self._unit = named._replace(text=f"{code.text} {named.text}") if code else named
        self._ledger.use(named, code)
        sums = [cell for role, cell in project.items() if role.startswith("amount:")]
        self._ledger.ignore("row-of-sums", sums)

    def _open(self, project: dict[str, Printed]) -> None:
        assert self._header is not None  # noqa: S101 - rows are read under a header only
        begun = ListedProject(self._ledger, self._above)
        begun.indicators.columns = self._header.indicator
        begun.asked = "basis" in self._header.indicator or "grounds" in self._header.project
        self._projects.append(begun)
        fields = begun.filled.fields
        for role in ("project_name", "project_code", "implementing_unit", "department"):
            if role in project:
                fields[role] = project[role]
        named, code = project.get("unit_name"), project.get("unit_code")
        if named is not None:
            coded = code is not None and _UNIT_CODE.fullmatch(code.text.strip())
            self._unit = named._replace(text=f"{code.text} {named.text}") if code and coded else named
        if self._unit is not None:
            fields["unit"] = self._unit
        for role, cell in project.items():
            if role.startswith("amount:"):
                heads = self._header.over(self._header.project.index(role))
                units = (unit_in(head.text) for head in heads)
                begun.amounts.label_unit = next((unit for unit in units if unit), None)
                begun.amounts.add(role.removeprefix("amount:"), heads[0], cell)
        self._ledger.use(*(project.get(role) for role in ("unit_name", "unit_code", *fields)))

    def _read(
        self, row: PrintedRow, project: dict[str, Printed], blank: tuple[Printed, ...], *, own: bool
    ) -> None:
        current = self._projects[-1]
        filled = current.filled
        for role, kept in (
            ("goals", filled.goals),
            ("long_goals", filled.whole_term_goals),
            ("purpose", filled.purpose),
            ("grounds", filled.grounds),
            ("indicators", filled.told),
        ):
            cell = project.get(role)
            if cell and all(compact(cell.text) != compact(other.text) for other in kept):
                kept.append(cell)
            self._ledger.use(cell)
        for role, cell in project.items():
            if role.startswith("told:") and self._header:
                filled.told.append(
                    cell._replace(text=f"{self._header.levels[int(role.removeprefix('told:'))]}\n{cell.text}")
                )
                self._ledger.use(cell)
        repeated = [cell for role, cell in project.items() if filled.fields.get(_field(role)) is not cell]
        self._ledger.ignore("printed-twice", [cell for cell in repeated if cell is not None])
        if own:
            current.indicators.read(row.with_cells(blank))
        else:
            self._ledger.ignore("column-not-modelled", self._passed(blank))
        filled.rows.append(row)

    def _passed(self, cells: tuple[Printed, ...]) -> list[Printed]:
        kinds = self._header.indicator if self._header else ()
        return [cell for cell, kind in zip(cells, kinds, strict=False) if kind == "ignored"]

    def _close(self, project: ListedProject) -> ReadProject | None:
        filled = project.filled
        project.indicators.close()
        filled.amounts = project.amounts.close()
        if filled.goals:
            self._ledger.pass_over("whole-term-not-modelled", filled.whole_term_goals)
        filled.goals = filled.goals or filled.whole_term_goals
        drafts = project.indicators.drafts
        if not drafts:
            rows = {(row.table, row.number): row for row in filled.rows}
            filled.goals, drafts = embedded_drafts(filled.goals, rows, filled.told)
        captions = tuple(caption for caption in project.captions if not is_title(caption))
        form = Form("project", captions, filled.rows)
        read = compose_project(form, filled, PlanRows(self._ledger), drafts, asked=project.asked)
        titles = tuple(caption.text for caption in project.captions)
        return replace(read, captions=titles) if read else None


def _field(role: str) -> str:
    return "unit" if role == "unit_name" else role
