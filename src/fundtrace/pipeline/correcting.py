"""Corrections of what was misread, made in the cells and paragraphs before anything is recognised in them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from fundtrace.errors import UsageError
from fundtrace.pipeline.reviewed import CellPlace, Correction
from fundtrace.reading import Cell, Paragraph, Row, Sheets, Table


def correct(sheets: Sheets, corrections: Iterable[Correction]) -> Sheets:
    """The sheets with the corrections of this source made, so that all that is interpreted follows.

    Raises `UsageError` `correction-not-found` where the text as read does not stand exactly once at its place.
    """
    for correction in corrections:
        if correction.source == sheets.sha256:
            hits = 0
            blocks: list[Paragraph | Table] = []
            for block in sheets.blocks:
                made, found = _block(block, correction)
                blocks.append(made)
                hits += found
            if hits != 1:
                raise UsageError(
                    "correction-not-found",
                    f"{correction.at}：{sheets.file} 的 {correction.place} 处应有一次 {correction.as_read!r}，实有 {hits} 次；"
                    "请核对位置和文字，或删去这一条",
                    f"{correction.at}: {correction.as_read!r} should stand once at {correction.place} of {sheets.file}, and stands there "
                    f"{hits} times; check place and text, or take the entry out",
                )
            sheets = dataclasses.replace(sheets, blocks=tuple(blocks))
    return sheets


def _block(block: Paragraph | Table, correction: Correction) -> tuple[Paragraph | Table, int]:
    place = correction.place
    if isinstance(block, Paragraph):
        if isinstance(place, CellPlace) or block.line != place.line:
            return block, 0
        return dataclasses.replace(block, text=_text(block.text, correction)), block.text.count(
            correction.as_read
        )
    if isinstance(place, CellPlace) and block.number != place.table:
        return block, 0
    hits = 0
    rows = []
    for row in block.rows:
        cells = []
        for number, cell in enumerate(row.cells, start=1):
            if _is_at(row, number, cell, correction):
                hits += cell.text.count(correction.as_read)
                cell = dataclasses.replace(cell, text=_text(cell.text, correction))
            cells.append(cell)
        rows.append(dataclasses.replace(row, cells=tuple(cells)))
    return dataclasses.replace(block, rows=tuple(rows)), hits


def _is_at(row: Row, number: int, cell: Cell, correction: Correction) -> bool:
    place = correction.place
    if isinstance(place, CellPlace):
        return (row.number, number) == (place.row, place.cell)
    return cell.line == place.line


def _text(text: str, correction: Correction) -> str:
    return text.replace(correction.as_read, correction.as_printed)
