"""Labels of a form's rows that no list holds, told by their words and by what stands behind them."""

from __future__ import annotations

from collections.abc import Sequence

from fundtrace.recognising.cell_looks import is_money, may_be_label
from fundtrace.recognising.grid import Printed
from fundtrace.recognising.labels import Kind, labels, split_label
from fundtrace.recognising.money import read_money, unit_in

AMOUNTS = frozenset({"budget", "statement_budget"})
"""The kinds of labels that amounts stand behind."""


def hides_label(label: tuple[Kind, str], behind: Sequence[Printed]) -> bool:
    """Whether what stands behind a label of amounts begins with a label that no list holds: the amount is not the known
    label's."""
    if len(behind) < 2 or not may_be_label(behind[0].text):
        return False
    return label[0] in AMOUNTS or (label == ("section", "funds") and is_money(behind[1].text))


def guess_label(cells: Sequence[Printed], place: int, kinds: Sequence[Kind]) -> tuple[Kind, str] | None:
    """What the cell at a place of its row means as a label, with cells behind it; None when its words tell nothing.

    `kinds` are the labels that the form has. Only what the year before had is told of any cell, all else of the first
    one of its row. A total of a project needs a figure behind it; a heading of funds needs a label.
    """
    cell, behind = cells[place], cells[place + 1 :]
    meaning = labels().guess(cell.text, "label") if behind else None
    if meaning == "not_modelled":
        return "not_modelled", meaning
    if meaning is None or place > 0:
        return None
    if meaning == "funds":
        first = behind[0].text
        labelled = labels().meaning(first, *kinds) or split_label(first, *kinds)
        return ("section", meaning) if labelled else None
    if meaning != "total":
        return "section", meaning
    amount = read_money(behind[0].text, unit_in(cell.text))
    figure = amount is not None and amount.yuan is not None
    return ("budget", "total") if figure and "budget" in kinds else ("section", "funds")
