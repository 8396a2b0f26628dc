"""Which printed labels stand over each column, where a label may stretch over several columns or rows."""

from __future__ import annotations

from collections.abc import Sequence


def labels_over(grid: Sequence[Sequence[str]]) -> list[list[str]]:
    """The labels over each column from the top, each once; rows may be of different width.

    An empty cell belongs to the label on its left, if both stand under the same label and both have one below them;
    else to the label above. So a header needs no word about merged cells, which plain text has none of.
    """
    width = max(len(row) for row in grid)
    rows = [[*row, *[""] * (width - len(row))] for row in grid]
    paths: list[list[str]] = [[] for _ in range(width)]
    above = [0] * width
    for depth, row in enumerate(rows):
        below = [any(under[column] for under in rows[depth + 1 :]) for column in range(width)]
        owners = list(above)
        for column in range(width):
            text = row[column]
            if text:
                owners[column] = width * (depth + 1) + column
            elif below[column]:
                left = _left(row, above, column)
                if left is not None and below[left]:
                    owners[column], text = owners[left], row[left]
            if text and text not in paths[column]:
                paths[column].append(text)
        above = owners
    return paths


def _left(row: Sequence[str], above: Sequence[int], column: int) -> int | None:
    """The filled cell to the left under the same label as a cell."""
    for left in range(column - 1, -1, -1):
        if above[left] != above[column]:
            return None
        if row[left]:
            return left
    return None
