"""Tables as Excel files. The library takes long to load and few ask for it, so it is loaded with the first file."""

from __future__ import annotations

from typing import Final

from fundtrace.query.asking import Table
from fundtrace.query.describing import Provenance
from fundtrace.query.tables import Language

XLSX_MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx_bytes(table: Table, language: Language = "zh", rests_on: Provenance | None = None) -> bytes:
    """An Excel file: typed cells, headings that stay in view, and a sheet that says what was asked and what a sum means.

    `rests_on` adds the release, its sources and its departments to that sheet.

    Codes and other texts are text cells, so that they keep leading zeros and never become formulas. The time of writing is
    nowhere in the file, so that equal answers are equal bytes.
    """
    from fundtrace.query.sheets import written

    return written(table, language, rests_on)
