"""Exact amounts: a decimal scalar, and money beside what is printed."""

from __future__ import annotations

from decimal import Decimal
from typing import NewType

import strawberry

from fundtrace.graphql.session import Entity
from fundtrace.graphql.wording import said, told

DecimalText = NewType("DecimalText", str)
DECIMAL = strawberry.scalar(
    name="Decimal",
    description=said(
        "精确的十进制数，以字符串表示：无指数，无多余的零，整数无小数点。",
        "An exact decimal as a string: no exponent, no trailing zeros, no point when whole.",
    ),
    specified_by_url=None,
    serialize=str,
    parse_value=str,
)
"""The scalar behind `DecimalText`."""


def exact(text: str | None) -> DecimalText | None:
    """A decimal in canonical form; None for none."""
    if text is None:
        return None
    written = f"{Decimal(text):f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return DecimalText("0" if written == "-0" else written)


@strawberry.type(
    description=said(
        "金额：以元计的精确值，与印出的文字和单位并列。嵌入值，没有自己的 id。",
        "An amount: exact yuan beside the printed text and unit. An embedded value without an id.",
    )
)
class Money:
    """A budget line, or an amount that is stated in a text."""

    yuan: DecimalText | None = strawberry.field(description=told("yuan"))
    printed: str | None = strawberry.field(description=told("printed"))
    unit: str | None = strawberry.field(description=told("printedUnit"))


def money(line: Entity) -> Money:
    """A budget line as money."""
    return Money(yuan=exact(line.text("yuan")), printed=line.text("printed"), unit=line.text("printedUnit"))


@strawberry.type(
    description=said(
        "项目的预算数及其印出的组成部分；没有印出的为 null，不是零。",
        "The budget of a project and its printed parts; what is not printed is null, which is not zero.",
    )
)
class Budget:
    """The budget lines of a project by kind."""

    total: Money | None = strawberry.field(description=told("totalBudget"))
    fiscal: Money | None = strawberry.field(description=told("fiscalBudget"))
    carryover: Money | None = strawberry.field(description=told("carryoverBudget"))
    other: Money | None = strawberry.field(description=told("otherBudget"))


def budget(lines: list[Entity]) -> Budget:
    """The budget that these lines make."""
    kinds = {(line.text("lineKind") or "").rpartition("/budget-line-")[2]: line for line in lines}
    return Budget(
        **{
            kind: money(kinds[kind]) if kind in kinds else None
            for kind in ("total", "fiscal", "carryover", "other")
        }
    )
