"""Reading: the bytes of a document to paragraphs and tables with their places. It knows nothing of budgets."""

from fundtrace.reading.formats import FORMATS, format_of
from fundtrace.reading.limits import Limits
from fundtrace.reading.opening import read, read_bytes
from fundtrace.reading.sheets import Cell, Paragraph, Row, Sheets, Table

__all__ = [
    "FORMATS",
    "Cell",
    "Limits",
    "Paragraph",
    "Row",
    "Sheets",
    "Table",
    "format_of",
    "read",
    "read_bytes",
]
