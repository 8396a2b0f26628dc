"""Printed amounts that no yuan could be told from."""

from __future__ import annotations

from collections.abc import Iterator

from fundtrace.recognising.rules.evidence import Evidence
from fundtrace.recognising.rules.telling import of_project, row_of, shown
from fundtrace.records import Finding


def amount_not_read(evidence: Evidence) -> Iterator[Finding]:
    """amount-not-read: an amount of a project or statement is printed, but its unit is not, or it is no number."""
    for number, owner in evidence.owners:
        for field in type(owner.budget).model_fields:
            money = getattr(owner.budget, field)
            if money is None or money.yuan is not None:
                continue
            printed = shown(money.printed)
            zh, en = (
                ("没有印出金额单位", "prints no unit of money")
                if money.unit is None
                else ("不是一个金额", "is no amount")
            )
            yield of_project(
                "amount-not-read",
                "warning",
                f"金额“{printed}”{zh}，未换算为元",
                f"the amount {printed} {en}; it was not turned into yuan",
                number,
                row_of(owner, money.printed),
            )
