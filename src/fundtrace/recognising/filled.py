"""What a form says, cell by cell, before it is interpreted."""

from __future__ import annotations

from dataclasses import dataclass, field

from fundtrace.recognising.amounts import Amount
from fundtrace.recognising.grid import Printed, PrintedRow


@dataclass(slots=True)
class Filled:
    """The cells of one project or unit, by what they are; `rows` are those that something was read from."""

    fields: dict[str, Printed] = field(default_factory=dict)
    amounts: dict[str, Amount] = field(default_factory=dict)
    purpose: list[Printed] = field(default_factory=list)
    grounds: list[Printed] = field(default_factory=list)
    goals: list[Printed] = field(default_factory=list)
    told: list[Printed] = field(default_factory=list)
    """Cells that hold nothing but indicators, in words."""
    whole_term_goals: list[Printed] = field(default_factory=list)
    rows: list[PrintedRow] = field(default_factory=list)
