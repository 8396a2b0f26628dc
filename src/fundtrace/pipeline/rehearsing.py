"""Imported by the process that readers are forked from: all that a reader needs, loaded and used once.

Code lists are parsed and patterns are compiled when a document first asks for them, which takes as long as reading several. The
document beside this module asks for the usual ones.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from fundtrace.pipeline import errands
from fundtrace.pipeline.documents import read_file

__all__ = ["REHEARSED", "errands"]

REHEARSED: Final = read_file(Path(__file__).with_name("usual.md"))
"""What was read."""
