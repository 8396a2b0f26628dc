"""Tables as text: CSV with headings for people, JSON with names for programs. `workbooks` has the Excel form."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Final, Literal

from fundtrace.query.asking import Cell as Value
from fundtrace.query.asking import Table

Language = Literal["zh", "en"]

CSV_MEDIA_TYPE: Final = "text/csv; charset=utf-8"
JSON_MEDIA_TYPE: Final = "application/json"

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def plain(cell: Value) -> str:
    """A cell as text: numbers exact and without exponent, nothing for what is not stated."""
    if cell is None:
        return ""
    return canonical(cell) if isinstance(cell, Decimal) else str(cell)


def canonical(number: Decimal) -> str:
    """A decimal without exponent, trailing zeros, or a point when whole."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def csv_bytes(table: Table, language: Language = "zh") -> bytes:
    """CSV (RFC 4180) for spreadsheets: UTF-8 with a byte order mark; texts that begin like a formula get a `'`."""
    output = io.StringIO(newline="")
    writer = csv.writer(output)
    writer.writerow(headings(table, language))
    for row in table.rows:
        writer.writerow([_neutral(cell) if isinstance(cell, str) else plain(cell) for cell in row])
    return output.getvalue().encode("utf-8-sig")


def json_bytes(table: Table) -> bytes:
    """A JSON object: the question, what it was asked with, and rows by column name; decimals are strings."""
    rows = [
        {
            name: canonical(cell) if isinstance(cell, Decimal) else cell
            for name, cell in zip(table.columns, row, strict=True)
        }
        for row in table.rows
    ]
    answer = {"question": table.question.id, "values": dict(table.values), "rows": rows}
    return json.dumps(answer, ensure_ascii=False, indent=1).encode() + b"\n"


def headings(table: Table, language: Language) -> list[str]:
    """The headings of the columns in a language."""
    return [getattr(column.label, language) for column in table.columns.values()]


def _neutral(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
