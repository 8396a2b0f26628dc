"""Labels of a form's rows that no list holds, told by their words and by what stands behind them."""

from __future__ import annotations

from collections.abc import Sequence

from fundtrace.recognising.grid import Printed
from fundtrace.recognising.labels import Kind, labels, split_label
from fundtrace.recognising.money import read_money, unit_in


def guess_label(cell: Printed, behind: Sequence[Printed], kinds: Sequence[Kind]) -> tuple[Kind, str] | None:
    """What a cell with cells behind it means as a label; None when its words tell nothing.

    `kinds` are the labels that the form has. Only what the year before had is told in any column, all else in the first
    one. A total of a project needs a figure behind it; a heading of funds needs a label.
    """
    meaning = labels().guess(cell.text, "label") if behind else None
    if meaning == "not_modelled":
        return "not_modelled", meaning
    if meaning is None or cell.column > 0:
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
