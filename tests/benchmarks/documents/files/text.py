"""Plain text, Markdown and CSV."""

from __future__ import annotations

import csv
import io
import itertools
from random import Random

from tests.benchmarks.documents.files.web import table
from tests.benchmarks.documents.layout import Block, Cell, Grid, Paragraph

Bold = bool


def lines(rng: Random, blocks: list[Block], *, bold: Bold) -> str:
    """A cell a line with a tab in front, rows parted by blank lines, as a word processor saves text."""
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            caption = block.text.startswith("单位") or block.text[:6].isdigit()
            parts.append(("\t" if caption else "") + block.text)
            continue
        parts.append("")
        for row in block.spread():
            texts = [
                _marked(cell, bold).strip() if cell else ""
                for place, cell in enumerate(row)
                if cell or _starts(row, place)
            ]
            parts += [*(f"\t{text}" for text in texts), ""]
        parts += ["", ""]
    return "\n".join(parts) + "\n"


def _starts(row: list[Cell | None], place: int) -> bool:
    """Whether an uncovered place is that of a cell merged downwards, which prints as an empty cell."""
    return place == 0 or (row[place] is None and all(cell is None for cell in row[:place]))


def tabs(rng: Random, blocks: list[Block], *, bold: Bold) -> str:
    """Cells parted by tabs, tables by blank lines."""
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            parts += [_heading(block), ""]
        else:
            parts += ["\t".join(_flat(cell, bold, " ") for cell in row) for row in block.spread()] + [""]
    return "\n".join(parts)


def markdown(rng: Random, blocks: list[Block], *, bold: Bold) -> str:
    """Tables of pipes; the header of each is empty, or its first row."""
    parts: list[str] = []
    empty = rng.random() < 0.5
    for block in blocks:
        if isinstance(block, Paragraph):
            parts += [_heading(block), ""]
            continue
        rows = [
            "| " + " | ".join(_flat(cell, bold, "<br>").replace("|", "\\|") for cell in row) + " |"
            for row in block.spread()
        ]
        rule = "|" + "---|" * block.width
        parts += (["| " * block.width + "|", rule, *rows] if empty else [rows[0], rule, *rows[1:]]) + [""]
    return "\n".join(parts)


def tagged(rng: Random, blocks: list[Block], *, bold: Bold) -> str:
    """Paragraphs of plain text, and tables in HTML between them, as converters of scanned pages write them."""
    parts = [_heading(block) if isinstance(block, Paragraph) else table(block, bold=bold) for block in blocks]
    return "\n\n".join(parts) + "\n"


def rows(rng: Random, blocks: list[Block], *, bold: Bold) -> str:
    """Comma-separated: a paragraph is a row of one cell; blank rows between."""
    file = io.StringIO()
    writer = csv.writer(file)
    width = max((block.width for block in blocks if isinstance(block, Grid)), default=1)
    for before, block in itertools.pairwise([None, *blocks]):
        assert block is not None
        if isinstance(block, Paragraph):
            if isinstance(before, Grid):
                writer.writerow([""] * width)
            writer.writerow([block.text, *[""] * (width - 1)])
        else:
            for row in block.spread():
                texts = [_flat(cell, False, "\n") for cell in row]
                writer.writerow(texts + [""] * (width - len(texts)))
    return file.getvalue()


def _heading(block: Paragraph) -> str:
    return "#" * block.heading + " " * bool(block.heading) + block.text


def _flat(cell: Cell | None, bold: Bold, newline: str) -> str:
    return _marked(cell, bold).replace("\n", newline) if cell else ""


def _marked(cell: Cell, bold: Bold) -> str:
    return f"<b>{cell.text}</b>" if bold and cell.label and cell.text else cell.text
