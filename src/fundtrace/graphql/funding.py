"""The JSON of the money under a document: `fundedBudget`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from graphql import FieldNode

from fundtrace.graphql.filtering import Condition, Reached, Rows, condition
from fundtrace.graphql.summing import Figures, Live, Stored, figure, of_stages_and_years, total_of, whole
from fundtrace.index import writing

if TYPE_CHECKING:
    from fundtrace.graphql.compiling import Compiler


def funded(
    compiler: Compiler,
    nodes: list[FieldNode],
    reached: Reached,
    matching: list[Condition],
    document: Rows,
    chosen: Mapping[str, Any],
) -> sa.ScalarSelect[str]:
    """The JSON of money under a document: its total, projects, and how many are shared.

    The stored total answers unless the filter `chosen` asks for more than stages and fiscal years.
    """
    kind = compiler.kind("FundedBudget")
    figures: Figures = Live(reached.rows)
    source, conditions, own = reached.source, matching, reached.own
    if of_stages_and_years(chosen):
        rows = total_of("document")
        conditions = [rows.c.document == document.c.n, condition(compiler.selector, "Project", rows, chosen)]
        figures, source, own = Stored(rows), rows, (rows,)
    pairs = []
    for key, below in compiler.selector.fields(kind, nodes).items():
        name = below[0].name.value
        pairs.append(
            (
                key,
                sa.literal(kind.name) if name == "__typename" else figure(figures, name, compiler.member),
            )
        )
    return whole(writing.json_object(pairs), source, conditions, *own)
