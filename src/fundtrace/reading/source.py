"""An input as the readers get it: its bytes, its name, and the bounds to keep."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from fundtrace.reading.limits import DEFAULT, Limits
from fundtrace.reading.sheets import Paragraph, Sheets, Table


@dataclass(slots=True)
class Allowance:
    """How many bytes may still be unpacked; a file and all that is packed in it share one."""

    bytes_left: int


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one file. `name` is what messages and records call it; `format` a name of `formats.FORMATS`."""

    name: str
    data: bytes = field(repr=False)
    format: str
    limits: Limits = DEFAULT
    archives: int = 0
    """How many archives it lies in."""
    allowance: Allowance = field(default_factory=lambda: Allowance(DEFAULT.expanded_bytes), repr=False)

    def sheets(self, blocks: Iterable[Paragraph | Table], pages: int | None = None) -> Sheets:
        """The finished reading of this file."""
        return Sheets(
            file=self.name,
            sha256=sha256(self.data).hexdigest(),
            format=self.format,
            pages=pages,
            blocks=tuple(blocks),
        )
