"""Why a project cites no document number: no column for a basis, an empty one, or one that names something else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from fundtrace.recognising.grid import PrintedRow
from fundtrace.recognising.labels import labels
from fundtrace.recognising.memo import memo
from fundtrace.records import Citation

WithoutNumber = Literal["no_column", "empty", "something_else"]


def without_number(
    citations: Iterable[Citation], texts: Sequence[str | None], rows: Iterable[PrintedRow], *, asked: bool
) -> WithoutNumber | None:
    """The case that a project without a document number is; None where it cites one.

    `texts` are what its cells of bases and grounds print, `rows` the rows of its form, in which a label may ask for a
    basis (指标值确定依据, 立项依据); `asked` says that the header of a list does.
    """
    if any(citation.number for citation in citations):
        return None
    if any(text and text.strip() for text in texts):
        return "something_else"
    printed = (cell.text for row in rows for cell in row.printed)
    return "empty" if asked or any(_asks(text) for text in printed) else "no_column"


@memo
def _asks(text: str) -> bool:
    found = labels().meaning(text, "column", "section")
    return found in {("column", "basis"), ("section", "grounds")}
