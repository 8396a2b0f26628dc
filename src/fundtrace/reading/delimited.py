"""Reads tables whose cells are parted by commas, semicolons or tabs, with quotes around cells that hold them."""

from __future__ import annotations

import csv
import io

from fundtrace.reading.assembly import Assembly
from fundtrace.reading.decoding import decode
from fundtrace.reading.marks import clean
from fundtrace.reading.refusals import refusal
from fundtrace.reading.sheets import Cell, Sheets
from fundtrace.reading.source import Source
from fundtrace.reading.spread import spread


def read(source: Source) -> tuple[Sheets, ...]:
    """The one reading of a `.csv` or `.tsv`: empty rows part its tables. Raises `InputError`."""
    text = decode(source.data, source.name)
    delimiter = "\t" if source.format == "tsv" else _delimiter(text)
    limit = source.limits.columns
    for line in io.StringIO(text, newline="\n"):
        if line.count(delimiter) > limit:
            raise refusal(
                "too-large", source.name, what="一行的单元格", what_en="cells in one row", limit=limit
            )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    assembly = Assembly(source)
    rows: list[list[Cell]] = []
    left = source.limits.cells + source.limits.paragraphs
    start = 1
    try:
        for values in reader:
            left -= len(values) + 1
            if left < 0:
                limit = source.limits.cells
                raise refusal("too-large", source.name, what="单元格", what_en="table cells", limit=limit)
            rows.append([Cell(clean(value), start) for value in values])
            start = reader.line_num + 1
    except csv.Error as error:
        # The one thing that csv refuses is a cell longer than its own limit.
        raise refusal(
            "too-large",
            source.name,
            what="一个单元格的字符",
            what_en="characters in one cell",
            limit=csv.field_size_limit(),
        ) from error
    spread(assembly, rows)
    return (source.sheets(assembly.finish()),)


def _delimiter(text: str) -> str:
    head = text[:20_000]
    return max(",;\t", key=head.count)
