"""A document number: issuer code, year, serial, and its canonical form (GB/T 9704)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

NumberKind = Literal["numbered", "decree", "announcement"]

_NUMBERED = re.compile(r"(?P<issuer>.+)〔(?P<year>\d{4})〕(?P<serial>\d+)号")
_ORDER = re.compile(r"(?P<issuer>.+?(?P<word>令|公告|通告))(?:(?P<year>\d{4})年)?第(?P<serial>\d+)号")


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

    @staticmethod
    def of_canonical(text: str) -> DocumentNumber | None:
        """The number whose canonical form a text is; None for any other text, also for other written forms.

        For what is known to be canonical, as in records: the grammar need not read it again.

        >>> DocumentNumber.of_canonical("冀财社〔2020〕186号")
        DocumentNumber(issuer='冀财社', year=2020, serial='186', kind='numbered')
        >>> DocumentNumber.of_canonical("冀财社[2020]186") is None
        True
        """
        match = _NUMBERED.fullmatch(text)
        if match:
            return DocumentNumber(match["issuer"], int(match["year"]), match["serial"])
        match = _ORDER.fullmatch(text)
        if match is None:
            return None
        year = int(match["year"]) if match["year"] else None
        kind: NumberKind = "decree" if match["word"] == "令" else "announcement"
        return DocumentNumber(match["issuer"], year, match["serial"], kind)
