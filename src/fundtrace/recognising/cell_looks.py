"""What a cell without a known label looks like: an amount, or a label that no list holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from fundtrace.recognising.decimals import parse
from fundtrace.recognising.grid import Printed
from fundtrace.recognising.widths import narrow

_MONEY = re.compile(r"[0-9][0-9,.]*\s*(?:[万亿]元?|元)")
_LABEL = re.compile(r"[\u4e00-\u9fff()/]{2,12}")
_COLUMNS_OF_FIGURES = 3


def is_money(text: str) -> bool:
    """Whether a text is a number, perhaps with a unit of money, and nothing else."""
    plain = narrow(text).strip()
    return parse(plain) is not None or _MONEY.fullmatch(plain) is not None


def may_be_label(text: str) -> bool:
    """Whether a text is short and without figures and sentences, as labels are."""
    return _LABEL.fullmatch("".join(narrow(text).split()).rstrip(":")) is not None


def several_figures(cells: Sequence[Printed]) -> bool:
    """Whether a row goes on with three figures or more that differ: amounts of years or stages in columns."""
    figures = [narrow(cell.text).strip() for cell in takewhile(lambda cell: is_money(cell.text), cells)]
    return len(figures) >= _COLUMNS_OF_FIGURES and len(set(figures)) > 1
