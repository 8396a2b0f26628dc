"""A document number: issuer code, year, serial, and its canonical form (GB/T 9704)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NumberKind = Literal["numbered", "decree", "announcement"]


@dataclass(frozen=True, slots=True, order=True)
class DocumentNumber:
    """发文字号: what tells one document from all others.

    `issuer` is the code as printed, in simplified characters and without blanks; it is never repaired. `serial` has
    digits only, without leading zeros. `year` is None for a decree that is numbered through all years
    (国务院令第711号). For decrees and announcements `issuer` ends in 令, 公告 or 通告.
    """

    issuer: str
    year: int | None
    serial: str
    kind: NumberKind = "numbered"

    @property
    def canonical(self) -> str:
        """The one spelling that stands for all written forms.

        >>> DocumentNumber("冀财社", 2020, "186").canonical
        '冀财社〔2020〕186号'
        >>> DocumentNumber("国务院令", None, "711", "decree").canonical
        '国务院令第711号'
        >>> DocumentNumber("财政部公告", 2023, "8", "announcement").canonical
        '财政部公告2023年第8号'
        """
        if self.kind == "numbered":
            return f"{self.issuer}〔{self.year}〕{self.serial}号"
        year = "" if self.year is None else f"{self.year}年"
        return f"{self.issuer}{year}第{self.serial}号"
