"""`orders.yml` and what may stand in it."""

from __future__ import annotations

from pathlib import Path

import pytest

import fundtrace.index
from fundtrace.index.declarations import declarations, read
from fundtrace.index.metadata import metadata, order_name, total_name
from fundtrace.index.projection import projection

TEXT = Path(fundtrace.index.__file__).with_name("orders.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"), [("carryoverBudget", "noBudget"), ("lookups:", "lookup:"), ("descending", "down")]
)
def test_a_wrong_declaration_is_refused(old: str, new: str) -> None:
    """A property that no shape has, and a word that means nothing, are refused."""
    with pytest.raises(ValueError, match=r"noBudget|lookup|ascending"):
        read(TEXT.replace(old, new), projection())


def test_every_declaration_has_its_table() -> None:
    """Each stored order and total is a table."""
    told, tables = declarations(), metadata().tables
    assert {
        order_name(told.orders.table, one, by) for one in told.orders.relations for by in told.orders.by
    } <= set(tables)
    assert {total_name(group) for group in told.totals.groups} <= set(tables)
