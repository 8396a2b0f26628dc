"""Reads PDFs with a text layer: characters and rulings from pdfium, tables and paragraphs from where they stand.

pdfium opens the real documents fifteen to twenty times as fast as pdfplumber (pdfminer) and gives the same
characters. A line is the ordinal of a paragraph or table row in the document.
"""

from fundtrace.reading.pdf import reader
from fundtrace.reading.pdf.weighing import is_plain
from fundtrace.reading.sheets import Sheets
from fundtrace.reading.source import Source

__all__ = ["read"]


def read(source: Source) -> tuple[Sheets, ...]:
    """The one reading of a PDF; one that may take much is read in a process of its own. Raises `InputError`."""
    if is_plain(source.data):
        return reader.read(source)
    # It is also the program of that process, which must not have it loaded already.
    from fundtrace.reading.pdf import confined

    return confined.read(source)
