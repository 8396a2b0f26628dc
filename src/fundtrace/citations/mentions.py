"""Every document that a text names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from fundtrace.citations.documentnumbers import DocumentNumber
from fundtrace.citations.folding import Squeezed, squeeze
from fundtrace.citations.joining import ARTICLE, Part, parts
from fundtrace.citations.titlekinds import title_kind

if TYPE_CHECKING:
    from fundtrace.records.citation import DocumentKind

_SIGN = re.compile(r"[《号]|(?:19[4-9]|20\d)\d|\([4-9]\d")
"""What a squeezed text holds that names a document: a title's mark, 号, or a year."""

_SHORT = 200
"""Texts of so many characters are remembered: the words of one cell are asked about by several rules."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A document that a text names.

    `start` and `end` are positions in the text, around all of its parts: issuers, number, title, article. `printed` is
    the number as printed, else the title with its 《》; breaks of line or cell within it are taken out.
    """

    start: int
    end: int
    printed: str
    number: DocumentNumber | None
    kind: DocumentKind
    title: str | None
    title_truncated: bool
    article: str | None
    issuers: tuple[str, ...]


def find_mentions(text: str) -> tuple[Mention, ...]:
    """All documents named in a text, in order; a number and a title that name one document are one mention.

    Never raises, and takes time linear in the length of the text. A list or a range under one code gives one mention
    for each number, all with the same span and printed text.

    >>> [m.number.canonical for m in find_mentions("根据冀财社【2020】186号、172号文件") if m.number]
    ['冀财社〔2020〕186号', '冀财社〔2020〕172号']
    """
    return _remembered(text) if len(text) <= _SHORT else _found(text)


def _found(text: str) -> tuple[Mention, ...]:
    squeezed = squeeze(text)
    if not _SIGN.search(squeezed.text):
        return ()
    return tuple(mention for part in parts(squeezed) for mention in _mentions(squeezed, part))


_remembered = lru_cache(maxsize=1024)(_found)


def _mentions(squeezed: Squeezed, part: Part) -> list[Mention]:
    article = ARTICLE.match(squeezed.text, part.end)
    end = article.end() if article else part.end
    title = part.title
    named = part.number or title
    kind = (title_kind(title.title) if title and part.number is None else None) or "titled"
    numbers = [(number, number.kind) for number in part.number.numbers] if part.number else [(None, kind)]
    return [
        Mention(
            start=squeezed.start(part.start),
            end=squeezed.end(end),
            printed=squeezed.printed(named.start, named.end) if named else "",
            number=number,
            kind=kind,
            title=title.title if title else None,
            title_truncated=title is not None and title.truncated,
            article="".join(squeezed.printed(article.start("article"), end).split()) if article else None,
            issuers=part.issuers,
        )
        for number, kind in numbers
    ]
