"""What a document looks like before a file format has it: paragraphs, and grids of cells that may span."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Paragraph:
    """A line of text; `heading` is its depth, 0 for none."""

    text: str
    heading: int = 0


@dataclass(slots=True)
class Cell:
    """A cell, the columns and rows that it covers, and whether it is a label."""

    text: str = ""
    columns: int = 1
    rows: int = 1
    label: bool = False


@dataclass(slots=True)
class Grid:
    """A table: rows of cells, of which each covers one column or more."""

    rows: list[list[Cell]] = field(default_factory=list)

    @property
    def width(self) -> int:
        """The number of its columns."""
        return max((len(row) for row in self.spread()), default=0)

    def spread(self) -> list[list[Cell | None]]:
        """The rows with a place for each column; None where a cell above or to the left covers it."""
        places: list[list[Cell | None]] = []
        covered: dict[tuple[int, int], bool] = {}
        for number, row in enumerate(self.rows):
            places.append(list(self._row(number, row, covered)))
        return places

    @staticmethod
    def _row(number: int, row: list[Cell], covered: dict[tuple[int, int], bool]) -> Iterator[Cell | None]:
        place = 0
        for cell in row:
            while covered.get((number, place)):
                yield None
                place += 1
            for below in range(cell.rows):
                for right in range(cell.columns):
                    covered[number + below, place + right] = True
            yield cell
            yield from [None] * (cell.columns - 1)
            place += cell.columns
        while covered.get((number, place)):
            yield None
            place += 1


Block = Paragraph | Grid


def labels(texts: Sequence[str], widths: Sequence[int] = ()) -> list[Cell]:
    """A row of labels."""
    return [Cell(text, widths[place] if widths else 1, label=True) for place, text in enumerate(texts)]


def cells(texts: Sequence[str], widths: Sequence[int] = ()) -> list[Cell]:
    """A row of values."""
    return [Cell(text, widths[place] if widths else 1) for place, text in enumerate(texts)]
