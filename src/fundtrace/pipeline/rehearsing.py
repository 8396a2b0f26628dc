"""Imported by the process that readers are forked from: all that a reader needs, loaded and used once.

Code lists are parsed and patterns are compiled when a document first asks for them, which takes as long as reading several. The
document beside this module asks for the usual ones.
"""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Final

# What is loaded here stays: going through it for garbage takes a twelfth of the time, and in each reader a copy of its memory.
gc.disable()

from fundtrace.pipeline import errands  # noqa: E402
from fundtrace.pipeline.documents import read_file  # noqa: E402

__all__ = ["REHEARSED", "errands"]

REHEARSED: Final = read_file(Path(__file__).with_name("usual.md"))
"""What was read."""

gc.freeze()
gc.enable()
