"""The rows that promise something: level, name, description, value and basis, shared by every form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from fundtrace.recognising.alignment import align
from fundtrace.recognising.basis import read_basis
from fundtrace.recognising.columns import Columns, Role, infer_columns, refine
from fundtrace.recognising.composed import compose, is_sign
from fundtrace.recognising.coverage import Ledger
from fundtrace.recognising.grid import Printed, PrintedRow, join_text, one_line
from fundtrace.recognising.items import Item, is_struck, named, split_items
from fundtrace.recognising.labels import is_level1, is_level2, labels, split_levels
from fundtrace.recognising.targets import read_target
from fundtrace.recognising.widths import compact
from fundtrace.records import Indicator

_OWN: frozenset[Role] = frozenset({"level1", "level2", "target", "operator", "measure", "section"})
_LEVELS: frozenset[Role] = frozenset({"level1", "level2", "section"})
_FEW = 3
_DOTS = ".…·。⋯"
_BLANK = re.compile(rf"[{_DOTS}]+")
_NOT_MODELLED: Mapping[Role, str] = {
    "ignored": "column-not-modelled",
    "whole_term": "whole-term-not-modelled",
    "outcome": "outcome-not-modelled",
}


@dataclass(frozen=True, slots=True)
class IndicatorDraft:
    """An indicator as printed, with the row it begins in and the cell that its basis begins in."""

    level1: str | None
    level2: str | None
    name: str | None
    description: str | None
    target: str | None
    basis: str | None
    row: PrintedRow
    basis_line: int | None
    basis_row: int | None

    def record(self) -> Indicator:
        """The record, its target and basis interpreted."""
        return Indicator(
            level1=self.level1,
            level2=self.level2,
            name=self.name,
            description=self.description,
            target=read_target(self.target),
            basis=read_basis(self.basis, self.name, self.description),
            line=self.row.line,
            position=self.row.position,
        )


class IndicatorRows:
    """Reads the indicator rows of one form, table after table.

    Levels are filled down over merged cells; a first level that changes does not pass its second level on. A row
    that holds no more than the end of a basis or description goes on with the row above it. Indicators of the whole
    term (长期绩效指标) are those of the form only where it prints none of the year.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.drafts: list[IndicatorDraft] = []
        self.columns: Columns | None = None
        self._ledger = ledger
        self._level1: str | None = None
        self._level2: str | None = None
        self._header: list[str] = []
        self._fresh = False
        self._headed = False
        self._whole: list[IndicatorDraft] = []
        self._whole_cells: list[Printed] = []
        self._whole_term = False
        self.year_first = False

    def enter_section(self, row: PrintedRow, columns: Columns | None) -> None:
        """Note whose indicators follow, where a row prints it: those of the whole term, or of the year.

        `columns` are those that the row names as a header.
        """
        cells = row.printed if columns else row.printed[:1]
        for cell in cells:
            section = labels().meaning(cell.text, "section")
            if section == ("section", "long_indicators"):
                self.enter(whole_term=True)
            elif section == ("section", "indicators") and self._whole_term:
                self.enter(whole_term=False)

    def close(self) -> None:
        """The form is read: keep the indicators of the year, else those of the whole term."""
        if self._whole_term:
            self.enter(whole_term=False)
        if self.drafts:
            self._ledger.pass_over("whole-term-not-modelled", self._whole_cells)
        else:
            self.drafts = self._whole

    def enter(self, *, whole_term: bool) -> None:
        """What follows is of the whole term, or of the year."""
        if whole_term != self._whole_term:
            self.drafts, self._whole = self._whole, self.drafts
            self._level1 = self._level2 = None
        self._whole_term = whole_term

    def header(self, row: PrintedRow, columns: Columns | None) -> bool:
        """Take the row as a header of these columns, if it names any; a table that continues repeats its header."""
        below, self._headed = self._headed, columns is not None
        if columns is None:
            parted = refine(self.columns, row.cells) if below and self.columns else None
            self.columns = parted or self.columns
            self._ledger.use(*(row.printed if parted else ()))
            return parted is not None
        texts = [one_line(cell.text) for cell in row.printed]
        known = [cell for role, cell in zip(columns, row.cells, strict=True) if role != "unknown"]
        if texts == self._header and self.drafts:
            self._ledger.ignore("repeated-header", known)
        else:
            self._ledger.use(*known)
        self.columns, self._header = columns, texts
        self._fresh = True
        return True

    def begins(self, row: PrintedRow) -> bool:
        """Whether the row, in a form that has no header of columns so far, prints its levels and so begins them."""
        if self.columns is not None:
            return True
        self.columns = infer_columns(row.cells)
        return self.columns is not None

    def turn_page(self) -> None:
        """The form goes on in another table."""
        self._fresh = True

    def read(self, row: PrintedRow) -> bool:
        """Read one row; False when it says nothing that an indicator's row says."""
        if len(row.printed) == 1 and labels().meaning(row.printed[0].text, "section"):
            self._ledger.use(*row.printed)
            return True
        if self._is_note(row):
            return False
        found = self._place(row)
        self._ledger.use(*found.values())
        if self._whole_term:
            self._whole_cells += found.values()
        if self._is_rest(found):
            self._target(found)
            self._go_on(found)
            return True
        self._levels(found)
        items = self._items(found)
        if is_struck(items):
            self._ledger.pass_over(
                "stroke-for-nothing", [cell for role, cell in found.items() if role not in _LEVELS]
            )
            return True
        self._fresh = self._fresh and not items
        cell = found.get("basis")
        self.drafts += [
            IndicatorDraft(
                self._level1,
                self._level2,
                name,
                _text(found, "description"),
                target,
                _text(found, "basis"),
                row,
                cell.line if cell else None,
                cell.row if cell else None,
            )
            for name, target in items
        ]
        return bool(found) or bool(items)

    def _items(self, found: dict[Role, Printed]) -> list[Item]:
        """Name and target of each indicator that the row prints: one, unless its cells number several."""
        columns = self.columns or ()
        name, value = found.get("name"), found.get("target")
        composed = self._target(found)
        several = split_items(
            name.text if name else None, value.text if value else None, measured="target" in columns
        )
        if len(several) < 2 and "target" in columns:
            several = [(_text(found, "name"), composed)]
        parted = (named(*item) for item in several)
        return [item for item in parted if item[1] is not None or item[0]]

    def is_below(self, row: PrintedRow) -> bool:
        """Whether a row in the column of levels prints no level, but a label of what stands below indicators."""
        first = row.printed[0]
        role = self.columns[first.column] if self.columns and first.column < len(self.columns) else None
        return (
            role in {"section", "level1", "ignored"}
            and len(row.printed) <= _FEW
            and bool(self.drafts)
            and not _is_known(first.text)
            and labels().guess(first.text, "below") is not None
        )

    def _is_note(self, row: PrintedRow) -> bool:
        """Whether the row is a single text in the column of levels that is the name of none."""
        cell = row.printed[0]
        role = self.columns[cell.column] if self.columns and cell.column < len(self.columns) else None
        return len(row.printed) == 1 and role in {"section", "level1"} and not _is_known(cell.text)

    def _place(self, row: PrintedRow) -> dict[Role, Printed]:
        found: dict[Role, Printed] = {}
        for role, cell in zip(align(row.cells, self.columns or ()), row.cells, strict=True):
            if not cell.text or role is None or role == "unknown":
                continue
            if role == "section" and "level1" not in (self.columns or ()) and is_level1(cell.text):
                role = "level1"
            if role in _NOT_MODELLED:
                self._ledger.ignore(_NOT_MODELLED[role], [cell])
            elif cell.text[0] in _DOTS and _BLANK.fullmatch(cell.text):
                self._ledger.use(cell)
            elif role not in found:
                found[role] = cell
            elif one_line(found[role].text) == one_line(cell.text):
                self._ledger.ignore("printed-twice", [cell])
            elif role == "direction":
                signed = is_sign(cell.text) and not is_sign(found[role].text)
                self._ledger.ignore("column-not-modelled", [found[role] if signed else cell])
                found[role] = cell if signed else found[role]
        misplaced = found.get("level1")
        if (
            misplaced
            and "level2" not in found
            and is_level2(misplaced.text)
            and not is_level1(misplaced.text)
        ):
            found["level2"] = found.pop("level1")
        return found

    def _target(self, found: dict[Role, Printed]) -> str | None:
        """The printed target, its sign and unit put to it where they stand in columns of their own."""
        operator, direction = _text(found, "operator"), found.get("direction")
        if direction and not (operator and is_sign(operator)) and is_sign(direction.text):
            operator = direction.text
        elif direction:
            self._ledger.pass_over("column-not-modelled", [direction])
        return compose(_text(found, "target"), operator, _text(found, "measure"))

    def _levels(self, found: dict[Role, Printed]) -> None:
        level1, level2 = split_levels(_text(found, "level1"), _text(found, "level2"))
        if level1 is not None and compact(level1) != compact(self._level1 or ""):
            self._level1, self._level2 = level1, None
        if level2 is not None:
            self._level2 = level2

    def _is_rest(self, found: dict[Role, Printed]) -> bool:
        if not self.drafts or not found or found.keys() & _OWN:
            return False
        # A name may break over a page as well; below that, a name begins an indicator whose value is empty.
        return "name" not in found or (self._fresh and self.drafts[-1].target is not None)

    def _go_on(self, found: dict[Role, Printed]) -> None:
        last, cell = self.drafts[-1], found.get("basis")
        self.drafts[-1] = replace(
            last,
            name=join_text(last.name, _text(found, "name")),
            description=join_text(last.description, _text(found, "description")),
            basis=join_text(last.basis, _text(found, "basis")),
            basis_line=cell.line if cell and not last.basis else last.basis_line,
            basis_row=cell.row if cell and not last.basis else last.basis_row,
        )
        self._fresh = False


def looks_like_indicator(row: PrintedRow) -> bool:
    """Whether a row without a header above it begins with a known level and holds a name or value besides."""
    printed = row.printed
    if printed and labels().meaning(printed[0].text, "section") == ("section", "indicators"):
        printed = printed[1:]
    return (
        len(printed) >= 3
        and is_level1(printed[0].text)
        and labels().meaning(printed[1].text, "column") is None
    )


def records(drafts: Iterable[IndicatorDraft]) -> tuple[Indicator, ...]:
    """The records of drafts, in printed order."""
    return tuple(draft.record() for draft in drafts)


def _is_known(text: str) -> bool:
    return is_level1(text) or is_level2(text) or labels().meaning(text, "section") is not None


def _text(found: dict[Role, Printed], role: Role) -> str | None:
    cell = found.get(role)
    return (one_line(cell.text) or None) if cell else None
