"""The amounts of one form: labelled cells, the year's beside the whole term's, and amounts in several columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from fundtrace.recognising.coverage import Ledger
from fundtrace.recognising.grid import Printed, PrintedRow
from fundtrace.recognising.labels import Kind, fold, labels
from fundtrace.recognising.memo import memo
from fundtrace.recognising.money import unit_in
from fundtrace.recognising.widths import narrow

_STROKE = re.compile(r"\s*(?:[-—–/]{1,3}|无|\*)\s*")
_YEAR = re.compile(r"\s*(20[0-9]{2})\s*年?度?\s*(?:预算|金额|预算数)?\s*(?:\(.{0,6}\)|（.{0,6}）)?\s*")
_SUMS = re.compile(r"合\s*计|小\s*计|总\s*计")
_SUM = re.compile(r"合\s*计|总\s*计|总\s*额")
_FIGURE = re.compile(r"\s*-?[0-9][0-9,.]*\s*(?:%|万?元)?\s*")
_TOTALS = {"total": "year", "whole": "whole", "executed": "executed"}
_PARTS = frozenset({"fiscal", "carryover", "other", "own", "level", "passed"})

Section = Literal["income", "expenditure"]


@memo
def _year(text: str) -> int | None:
    """The year that a label of a column of amounts is."""
    match = _YEAR.fullmatch(text)
    return int(match[1]) if match else None


@dataclass(frozen=True, slots=True)
class Amount:
    """The cell of an amount, and the unit that its own label or the label of its section names."""

    cell: Printed
    unit: str | None


@dataclass(slots=True)
class Amounts:
    """Collects the amounts of a form by what they are: `total`, `fiscal`, …; what the records have no place for is
    passed over by rule.

    An amount of the year stands before one of the whole term (项目资金总额), whose parts are those under it; 其他资金
    before the unit's own money (单位资金); 财政资金 before the money of one level, which counts only if a single level
    is printed.
    """

    ledger: Ledger
    project: bool
    unit: str | None = None
    label_unit: str | None = None
    section: Section | None = None
    fiscal_year: int | None = None
    year: dict[str, Amount] = field(default_factory=dict)
    _whole: dict[str, Amount] = field(default_factory=dict)
    _levels: list[Amount] = field(default_factory=list)
    _terms: list[tuple[int, str]] = field(default_factory=list)
    _columns: dict[int, str] | None = None
    _width: int = 0
    _unit_of_columns: str | None = None

    @property
    def kind(self) -> Kind:
        """The labels of amounts that the form's kind has."""
        return "budget" if self.project else "statement_budget"

    def totalled(self, meaning: str) -> str:
        """What a sum (合计, 小计) of a statement is: of the basic expenditure, or of the side that it stands in."""
        if self.project or meaning != "basic_total" or self.section is None:
            return meaning
        basic = self.section == "expenditure" and not {"basic_total", "project"} & self.year.keys()
        return meaning if basic and "basic_personnel" in self.year else f"{self.section}_total"

    def labelled(self, found: Sequence[tuple[Printed, str]]) -> None:
        """Note the labels of amounts of a row, so that a part counts to the total that it stands under."""
        totals = [(cell.column, _TOTALS[meaning]) for cell, meaning in found if meaning in _TOTALS]
        if totals:
            self._terms = totals

    def add(self, meaning: str, label: Printed, cell: Printed, ordinal: int | None = None) -> bool:
        """Keep an amount behind its label, the `ordinal`-th part of its row; False when another is there already."""
        amount = Amount(cell, self.label_unit or self.unit)
        return self._keep(meaning, amount, self._term(meaning, label, ordinal))

    def _keep(self, meaning: str, amount: Amount, term: str) -> bool:
        if meaning == "passed":
            self.ledger.ignore("amount-not-modelled", [amount.cell])
            return True
        if self.project and meaning == "level":
            self._levels.append(amount)
            self.ledger.use(amount.cell)
            return True
        if self.project and term == "executed":
            self.ledger.ignore("column-not-modelled", [amount.cell])
            return True
        kept = self._whole if term == "whole" else self.year
        if self.project and meaning == "whole":
            meaning = "total"
        if meaning in kept and _same(kept[meaning], amount):
            self.ledger.ignore("printed-twice", [amount.cell])
            return True
        if meaning in kept:
            return False
        kept[meaning] = amount
        self.ledger.use(amount.cell)
        return True

    def _term(self, meaning: str, label: Printed, ordinal: int | None) -> str:
        if meaning in _TOTALS:
            return _TOTALS[meaning]
        if not self._terms or not self.project:
            return "year"
        if ordinal is not None and ordinal < len(self._terms):
            return self._terms[ordinal][1]
        before = [term for column, term in self._terms if column <= label.column]
        return before[-1] if before else self._terms[0][1]

    def columns(self, row: PrintedRow) -> bool:
        """Take the row as a header of columns of amounts (年初预算数, 全年预算数, 全年执行数), if it is one."""
        roles: dict[int, str] = {}
        years = [cell for cell in row.printed if _year(cell.text)]
        for cell in row.printed:
            found = labels().meaning(cell.text, "amount_column", "section", "not_modelled")
            if found and found[0] == "amount_column":
                roles[cell.column] = found[1]
            elif (year := _year(cell.text)) and (len(years) > 1 or not cell.text.strip().isdigit()):
                roles[cell.column] = "planned" if year == self.fiscal_year else "passed"
            elif (len(years) > 1 and _SUMS.search(cell.text)) or (
                found is None and labels().guess(cell.text, "amount") == "passed" and roles
            ):
                roles[cell.column] = "passed"
            elif found is None and cell.text.strip() != "项目" and cell.column > 0:
                return False
        if self._columns and roles and set(roles.values()) == {"passed"}:
            self._columns |= roles
            self.ledger.use(*row.printed)
            return True
        counted = list(roles.values())
        if counted == ["planned"] and self._is_head(row):
            counted.append("passed")
        # Two columns of one kind stand beside two lists of labels: each label's amount is behind it.
        if len(counted) < 2 or ("chosen" not in counted and counted.count("planned") != 1):
            return False
        self._columns, self._width = roles, len(row.cells)
        self._unit_of_columns = None
        for cell in row.printed:
            self._unit_of_columns = unit_in(cell.text) or self._unit_of_columns
        self.ledger.use(*row.printed)
        return True

    def read(self, row: PrintedRow) -> bool:
        """Read a row under columns of amounts; False when there are none, or the row is no amount's."""
        if self._columns is None:
            return False
        printed = list(row.printed)
        meaning: str | None = None
        label = 0
        for place, cell in enumerate(printed):
            if (found := self._meaning(cell.text)) is not None:
                meaning, label = found, place
        if meaning is None and len(printed) > 1 and all(_is_figure(cell.text) for cell in printed[1:]):
            # An amount that no label is known for; the columns go on below it.
            return True
        if meaning is None:
            self._columns = self._columns if all(_is_head(cell.text) for cell in printed) else None
            if self._columns:
                self._enter(printed)
            return self._columns is not None
        self._enter(printed[:label])
        meaning = self._in_section(meaning)
        behind = printed[label + 1 :]
        self.ledger.use(*printed[: label + 1])
        roles = self._roles(row, behind)
        if roles is None:
            return True
        picked = next(
            (
                cell
                for wanted in ("chosen", "planned")
                for role, cell in roles
                if role == wanted and _is_amount(cell)
            ),
            None,
        )
        self.ledger.ignore("column-not-modelled", [cell for _, cell in roles if cell is not picked])
        if picked:
            self._keep(
                meaning,
                Amount(picked, self._unit_of_columns or self.unit),
                self._term(meaning, printed[label], None),
            )
        return True

    def close(self) -> dict[str, Amount]:
        """The amounts of the form by the parts that its record has."""
        if not self.project:
            return self.year
        planned = self.year.pop("planned", None)
        if planned and "total" not in self.year:
            self.year["total"] = planned
        elif planned:
            self.ledger.pass_over("column-not-modelled", [planned.cell])
        if "total" not in self.year:
            self.year = self._whole | self.year
        else:
            self.ledger.pass_over("whole-term-not-modelled", [amount.cell for amount in self._whole.values()])
        if len(self._levels) == 1 and "fiscal" not in self.year:
            self.year["fiscal"] = self._levels[0]
        else:
            self.ledger.pass_over("amount-not-modelled", [amount.cell for amount in self._levels])
        own = self.year.pop("own", None)
        if own and "other" not in self.year:
            self.year["other"] = own
        elif own:
            self.ledger.pass_over("amount-not-modelled", [own.cell])
        return self.year

    def _is_head(self, row: PrintedRow) -> bool:
        """Whether a row heads the sources of a project's money and one column of amounts: 资金来源项目, 金额."""
        sources = [labels().meaning(cell.text, "section") for cell in row.printed]
        return (
            self.project and len(row.printed) > 1 and sources.count(("section", "funds")) == len(sources) - 1
        )

    def _meaning(self, text: str) -> str | None:
        found = labels().meaning(text, self.kind)
        if found:
            return found[1]
        if self.project and _SUM.fullmatch(text.strip()):
            return "total"
        return "basic" if not self.project and fold(text).endswith("基本支出") else None

    def _in_section(self, meaning: str) -> str:
        if meaning == "basic":
            return "basic_total"
        return f"{self.section}_total" if meaning == "basic_total" and self.section else meaning

    def _enter(self, cells: Sequence[Printed]) -> None:
        for cell in cells:
            found = labels().meaning(cell.text, "section")
            if found and found[1] in {"income", "expenditure"}:
                self.section = "income" if found[1] == "income" else "expenditure"
            self.ledger.use(cell)

    def _roles(self, row: PrintedRow, behind: Sequence[Printed]) -> list[tuple[str, Printed]] | None:
        """The column that each amount stands under: by its place, or by its order where none was lost."""
        columns = self._columns or {}
        if len(row.cells) == self._width:
            return [(columns[cell.column], cell) for cell in behind if cell.column in columns]
        if len(behind) == len(columns):
            return list(zip([columns[column] for column in sorted(columns)], behind, strict=True))
        return None


def ordinal(labelled: Sequence[tuple[Printed, str]], parts: int) -> int | None:
    """Which of its row's labels of amounts governs: known only where no total is among them."""
    alone = not any(meaning in {"total", "whole"} for _, meaning in labelled)
    return parts - 1 if alone and len(labelled) > 1 else None


def _same(one: Amount, other: Amount) -> bool:
    """Whether two cells print one amount."""
    return one.cell is not other.cell and "".join(narrow(one.cell.text).split()) == "".join(
        narrow(other.cell.text).split()
    )


def _is_amount(cell: Printed) -> bool:
    return bool(cell.text) and _STROKE.fullmatch(cell.text) is None


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(narrow(text)) is not None or _STROKE.fullmatch(text) is not None


def _is_head(text: str) -> bool:
    found = labels().meaning(text, "section", "statement_budget")
    return found is not None and found[1] in {"income", "expenditure", "funds", "statement_head"}
