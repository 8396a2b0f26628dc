"""What a text says of a policy or funding document."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from fundtrace.records.values import Money, Position, Record

Place = Literal["name", "purpose", "goal", "basis", "narrative"]
CitationRole = Literal["funds", "basis", "mention"]
DocumentKind = Literal["numbered", "decree", "announcement", "law", "measure", "notice", "titled"]


class Citation(Record):
    """A reference to a document: the printed text, what it names, where it stands, and the role it plays.

    `place` is read; `role` is a judgement whose ground is `reason` (a stable code).
    """

    printed: str = Field(description="The words that name the document, as printed.")
    number: str | None = Field(
        description="Canonical number, 冀财社〔2020〕186号 (GB/T 9704); null for a title."
    )
    kind: DocumentKind
    title: str | None = Field(description="The title printed with it, without 《》.")
    title_truncated: bool = Field(default=False, description="The title was cut short in the source.")
    article: str | None = Field(description="The article that is cited, as printed: 第五十三条.")
    issuers: tuple[str, ...] = Field(description="Issuing bodies printed with it, in printed order.")
    place: Place
    role: CitationRole
    reason: str = Field(description="Why this role: a stable code such as name-hands-down or basis-cell.")
    indicator: int | None = Field(description="0-based number of the indicator that cites it; null for none.")
    stated_amount: Money | None = Field(default=None, description="The amount that the same text hands down.")
    line: int
    position: Position
