"""What happens to documents on their way: conversions, narrow pages and mirrors, as it is seen in published files."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from random import Random

import opencc
from tests.benchmarks.documents.layout import Block, Cell, Grid, Paragraph

_TWO = re.compile(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
KINDS = {
    "spaces": 8,
    "furniture": 6,
    "contents": 6,
    "pages": 8,
    "shifted": 5,
    "lost label": 3,
    "bold": 6,
    "traditional": 2,
    "marks": 5,
    "wrapped": 6,
}
"""Each kind of damage, with the share of documents in a hundred that it comes to."""
_HEADER = "一级指标"
WHOLE = 6
"""The columns of the cell behind the label of goals in the form that loses it, under its plan."""


def afflicted(rng: Random) -> list[str]:
    """The kinds of damage that one document takes."""
    return [name for name, share in KINDS.items() if rng.random() * 100 < share]


def damage(rng: Random, blocks: list[Block], kinds: list[str]) -> list[Block]:
    """The blocks with this damage; what they say stays the same."""
    if "lost label" in kinds:
        for block in _grids(blocks):
            _lose_label(block)
    if "shifted" in kinds:
        for block in _grids(blocks):
            _shift(rng, block)
    if "pages" in kinds:
        blocks = [
            part for block in blocks for part in (_paged(rng, block) if isinstance(block, Grid) else [block])
        ]
    if "spaces" in kinds:
        for block in _grids(blocks):
            for row in block.rows:
                for cell in row:
                    if rng.random() < (0.3 if cell.label else 0.12):
                        cell.text = _spaced(rng, cell.text)
    if "marks" in kinds:
        for block in _grids(blocks):
            _mark(rng, block)
    if "wrapped" in kinds:
        for block in _grids(blocks):
            for row in block.rows:
                for cell in row:
                    if 8 < len(cell.text) < 40 and "\n" not in cell.text and rng.random() < 0.15:
                        place = rng.randrange(3, len(cell.text) - 2)
                        if not cell.text[place - 1 : place + 1].isascii():
                            cell.text = f"{cell.text[:place]}\n{cell.text[place:]}"
    if "furniture" in kinds:
        blocks = _furnished(rng, blocks)
    return blocks


def _grids(blocks: list[Block]) -> list[Grid]:
    return [block for block in blocks if isinstance(block, Grid)]


def _spaced(rng: Random, text: str) -> str:
    """A blank between two characters, as where a line of the print ended."""
    places = [match.start() for match in _TWO.finditer(text)]
    if not places:
        return text
    place = rng.choice(places)
    return f"{text[:place]} {text[place:]}"


def _lose_label(grid: Grid) -> None:
    for row in grid.rows:
        for cell in row:
            if (
                cell.label
                and cell.text == "绩效目标"
                and cell.rows == 1
                and any(each.columns == WHOLE for each in row)
            ):
                cell.text = ""


def _mark(rng: Random, grid: Grid) -> None:
    """Asterisks before labels that must be filled in, colons behind labels of fields."""
    star, colon = rng.random() < 0.5, rng.choice((":", "："))
    for row in grid.rows:
        for place, cell in enumerate(row):
            field = cell.label and place + 1 < len(row) and not row[place + 1].label
            if field and cell.text.endswith(("名称", "编码", "部门", "单位")):
                cell.text = f"*{cell.text}" if star else f"{cell.text}{colon}"


def _shift(rng: Random, grid: Grid) -> None:
    """Rows of indicators that lost the empty cells in front of their second level."""
    for row in grid.rows:
        level = len(row) > 3 and not row[0].text and row[1].text.endswith("指标") and not row[1].label
        if level and all(cell.columns == 1 for cell in row[:-1]) and rng.random() < 0.3:
            row.append(row.pop(0))


def _paged(rng: Random, grid: Grid) -> list[Block]:
    """A table that a page cuts within its indicators, with the header printed again; perhaps in the middle of a row."""
    head = next(
        (place for place, row in enumerate(grid.rows) if row and row[0].text == _HEADER and row[0].label),
        None,
    )
    if (
        head is None
        or any(cell.rows > 1 for row in grid.rows[head:] for cell in row)
        or len(grid.rows) < head + 4
    ):
        return [grid]
    cut = rng.randrange(head + 2, len(grid.rows))
    header = [replace(cell) for cell in grid.rows[head]]
    below = grid.rows[cut:]
    last = grid.rows[cut - 1]
    if rng.random() < 0.5 and len(last) == len(header) and len(last[-1].text) > 6:
        text = last[-1].text
        place = rng.randrange(3, len(text) - 1)
        below = [
            [*[Cell(columns=cell.columns) for cell in last[:-1]], replace(last[-1], text=text[place:])],
            *below,
        ]
        last[-1].text = text[:place]
    return [Grid(grid.rows[:cut]), Grid([header, *below])]


def _furnished(rng: Random, blocks: list[Block]) -> list[Block]:
    """Numbers of pages between the parts."""
    made: list[Block] = []
    number = 0
    for block in blocks:
        made.append(block)
        if isinstance(block, Grid) and rng.random() < 0.5:
            number += 1
            made.append(Paragraph(rng.choice((f"- {number} -", f"第 {number} 页 共 20 页", f"—{number}—"))))
    return made


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


@cache
def traditional(text: str) -> str:
    """A text as a mirror site prints it, character by character."""
    return "".join(_converter().convert(character) for character in text)
