"""Every document that a text names."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fundtrace.citations.documentnumbers import DocumentNumber
from fundtrace.citations.folding import Squeezed, squeeze
from fundtrace.citations.joining import ARTICLE, Part, parts
from fundtrace.citations.titlekinds import title_kind
from fundtrace.records.citation import DocumentKind


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
    squeezed = squeeze(text)
    return tuple(mention for part in parts(squeezed) for mention in _mentions(squeezed, part))


def _mentions(squeezed: Squeezed, part: Part) -> list[Mention]:
    article = ARTICLE.match(squeezed.text, part.end)
    end = article.end() if article else part.end
    title = part.title
    mention = Mention(
        start=squeezed.start(part.start),
        end=squeezed.end(end),
        printed=squeezed.printed(title.start, title.end) if title else "",
        number=None,
        kind=(title_kind(title.title) if title else None) or "titled",
        title=title.title if title else None,
        title_truncated=title is not None and title.truncated,
        article="".join(squeezed.printed(article.start("article"), end).split()) if article else None,
        issuers=part.issuers,
    )
    if part.number is None:
        return [mention]
    printed = squeezed.printed(part.number.start, part.number.end)
    return [replace(mention, printed=printed, number=n, kind=n.kind) for n in part.number.numbers]
