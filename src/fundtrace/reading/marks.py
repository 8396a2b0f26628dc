"""Takes off what a format or a converter left in the text: tags, emphasis, field codes, bookmarks.

What may be print stays: `≥**%` (a number that was never filled in) and `<50次` are not marks.
"""

from __future__ import annotations

import re

_FIELD_CODE = re.compile(
    r"""
      \s{0,9}\b(?:
        TC\s(?:(?!TC\s)[^\n]){1,300}?\\f\s{1,9}\w(?:\s{1,9}\\l\s{1,9}\d+)?(?:\s{1,9}\\n)?   # with its text
      | PAGEREF\s{1,9}_Toc\w+(?:\s{1,9}\\?h\b)?
      | HYPERLINK\s{1,9}(?:\\l\s{1,9})?"[^"\n]{0,300}"
      | TOC(?:\s{1,9}\\[a-z](?:\s{1,9}"[^"\n]{0,300}")?)+
      )
    """,
    re.VERBOSE,
)
_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]{0,200}\]")
_BREAK = re.compile(r"</p>\s*<p(?:\s[^<>]*)?>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|b|i|u|s|em|strong|span|font|sub|sup|div|center|small|mark)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_BOLD = re.compile(r"\*\*(?=[\w“‘《「『（(【])([^*\n]*?[\w”’》」』）)】：:])\*\*")
_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]")
_BULLET = re.compile(r"[ ]{0,3}[-*+][ ]{1,4}(?=\S)")
_BLANKS = re.compile(r"[ \t\xa0]+")
_LINK = re.compile(r"!?\[([^\]\[]*)\]\([^()\s]*\)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~<>])")


def plain(text: str) -> str:
    """Text with every run of blanks as one space, and none at its ends.

    How many blanks part two words cannot be seen in print, and web pages and PDFs do not keep it; full-width spaces
    are print and stay.
    """
    if "  " in text or "\xa0" in text or "\t" in text:
        text = _BLANKS.sub(" ", text)
    return text.strip()


def clean(text: str) -> str:
    """A paragraph or cell without tags, emphasis, field codes and bookmarks, and without space at its ends.

    `</p> <p>` and `<br>` become line breaks.
    """
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    if "**" in text:
        text = _BOLD.sub(r"\1", text)
    if "[bookmark:" in text:
        text = _BOOKMARK.sub("", text)
    if "\\" in text or "_Toc" in text or "HYPERLINK" in text:
        text = _FIELD_CODE.sub("", text)
    return plain(text)


def heading(line: str) -> tuple[int | None, str]:
    """The level of a `#` heading and its text; None and the line without its bullet when it is no heading."""
    if match := _HEADING.match(line):
        text = line[match.end() :].strip()
        bare = text.rstrip("#")
        return len(match[1]), bare.rstrip() if bare != text and bare.endswith((" ", "\t")) else text
    if line.rstrip().endswith(("-", "*", "+")):
        return None, line
    return None, _BULLET.sub("", line, count=1)


def links(text: str) -> str:
    """Markdown text with links replaced by what they say, and without pictures."""
    return (
        _LINK.sub(lambda found: "" if found[0].startswith("!") else found[1], text) if "](" in text else text
    )


def unescape(text: str) -> str:
    """Text without the backslashes that Markdown puts before punctuation."""
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text
