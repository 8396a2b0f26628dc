"""What one input may cost: the bounds that every reader keeps, so that no file can stop the house."""

from __future__ import annotations

from dataclasses import dataclass

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of one reading; each one that is passed ends it with an `InputError`.

    The defaults are far above what published budget documents need, and keep a reading below 1 GiB of memory.
    """

    input_bytes: int = 64 * _MIB
    """Bytes of the file."""
    expanded_bytes: int = 192 * _MIB
    """Bytes that a packed file (docx, xlsx, zip) may unpack to, all parts together."""
    expansion: int = 200
    """How many times its packed size one part may unpack to, once it is larger than 1 MiB."""
    cells: int = 400_000
    """Table cells, covered ones counted."""
    columns: int = 1_000
    """Cells of one row."""
    paragraphs: int = 400_000
    """Paragraphs outside tables."""
    text_characters: int = 64 * _MIB
    """Characters of all paragraphs and cells."""
    nesting: int = 24
    """How deep tables may stand in tables; archives may stand two deep in archives."""
    elements: int = 4_000_000
    """Elements of one XML part or HTML page."""
    depth: int = 250
    """How deep elements may stand in elements."""
    members: int = 2_000
    """Files of one archive."""
    pages: int = 3_000
    """Pages of one PDF."""
    page_marks: int = 60_000
    """Characters, lines and rectangles of one PDF page."""


DEFAULT = Limits()
