"""Reads saved web pages, and what office programs save as web pages.

Scripts, styles, navigation and whatever a page hides are left out. A line is that of the source where the cell or
paragraph begins (libxml2 counts to 65 535; elements further down have that line).
"""

from __future__ import annotations

import re

from lxml import etree, html

from fundtrace.reading.assembly import Assembly
from fundtrace.reading.decoding import decode
from fundtrace.reading.flow import Grid, Plain, Said, Slot, place
from fundtrace.reading.marks import plain
from fundtrace.reading.refusals import refusal
from fundtrace.reading.sheets import Sheets
from fundtrace.reading.source import Source

_UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "iframe",
        "frame",
        "object",
        "embed",
        "applet",
        "svg",
        "canvas",
        "audio",
        "video",
        "map",
        "head",
        "select",
        "button",
        "datalist",
        "textarea",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "ul",
        "td",
        "th",
        "tr",
        "tbody",
        "thead",
        "tfoot",
        "caption",
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_NAVIGATION_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "menu", "menubar"))
_NAVIGATION_CLASS = re.compile(
    r"(?:^|\s)(?:top-?|main-?|side-?)?(?:nav|navbar|navigation|menu|breadcrumbs?|crumbs?|sidebar|footer)(?:\s|$)",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5", "x-gbk": "gb18030"}
_SPACE = re.compile(r"[ \t\n\r\f]+")
_WRAP = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*\n\s*(?=[\u2e80-\u9fff\uff00-\uffef])")


def read(source: Source) -> tuple[Sheets, ...]:
    """The one reading of a page. Raises `InputError`."""
    assembly = Assembly(source)
    place(assembly, page_flow(_text(source), source), source)
    return (source.sheets(assembly.finish()),)


def page_flow(text: str, source: Source, above: int = 0) -> list[Said | Grid | Plain]:
    """What the HTML `text` says, in order; `above` is the number of lines of the source that stand above it."""
    if text.count("<") > source.limits.elements:
        raise refusal(
            "too-large", source.name, what="HTML 元素", what_en="HTML elements", limit=source.limits.elements
        )
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise refusal("damaged-html", source.name, reason=str(error)[:120]) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise _too_deep(source)
    reader = _PageReader(source, above)
    reader.walk(root, 1)
    return reader.finish()


def _text(source: Source) -> str:
    declared = _CHARSET.search(source.data[:4096])
    encoding = _CHINESE.get(declared[1].decode("ascii").lower()) if declared else None
    if encoding:
        try:
            return source.data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            pass
    return decode(source.data, source.name)


def _too_deep(source: Source) -> Exception:
    return refusal(
        "too-deep", source.name, what="HTML 元素", what_en="HTML elements are", limit=source.limits.depth
    )


class _PageReader:
    """Walks one page, or one cell of it, and gathers its paragraphs and tables."""

    def __init__(self, source: Source, above: int) -> None:
        self._source = source
        self._above = above
        self._flow: list[Said | Grid | Plain] = []
        self._parts: list[str] = []
        self._line = 0
        self._heading: int | None = None

    def finish(self) -> list[Said | Grid | Plain]:
        """What was gathered."""
        self._end_paragraph()
        return self._flow

    def walk(self, parent: etree._Element, depth: int, *, keep_lines: bool = False) -> None:
        """Gather what an element holds. Raises `InputError` too-deep."""
        if depth > self._source.limits.depth:
            raise _too_deep(self._source)
        self._say(parent.text, parent, keep_lines)
        for child in parent:
            tag = str(child.tag)
            if tag == "table" and not _is_unseen(child):
                self._end_paragraph()
                self._table(child, depth + 1)
            elif tag == "br":
                self._parts.append("\n")
            elif not _is_unseen(child):
                self._element(child, tag, depth + 1, keep_lines)
            if child.tail:
                self._say(child.tail, _end(child), keep_lines)

    def _element(self, child: etree._Element, tag: str, depth: int, keep_lines: bool) -> None:
        if tag not in _BLOCKS:
            self.walk(child, depth, keep_lines=keep_lines)
            return
        self._end_paragraph()
        self._heading = _HEADINGS.get(tag, self._heading)
        self.walk(child, depth, keep_lines=keep_lines or tag == "pre")
        self._end_paragraph()
        if tag in _HEADINGS:
            self._heading = None

    def _say(self, text: str | None, near: etree._Element, keep_lines: bool) -> None:
        if not text:
            return
        if not self._parts and text.strip():
            self._line = self._above + int(near.sourceline or 1)
        self._parts.append(text if keep_lines else _flowing(text))

    def _end_paragraph(self) -> None:
        lines = "".join(self._parts).split("\n")
        text = "\n".join(shown for line in lines if (shown := plain(line)))
        if text:
            self._flow.append(Said(text, self._line, self._heading))
        self._parts = []

    def _table(self, table: etree._Element, depth: int) -> None:
        rows: list[list[Slot]] = []
        self._rows(table, rows, depth)
        self._flow.append(Grid(rows))

    def _rows(self, parent: etree._Element, rows: list[list[Slot]], depth: int) -> None:
        for child in parent:
            if child.tag == "caption":
                self._element(child, "caption", depth, keep_lines=False)
            elif child.tag in {"thead", "tbody", "tfoot"}:
                self._rows(child, rows, depth + 1)
            elif child.tag == "tr" and not _is_unseen(child):
                cells = [cell for cell in child if cell.tag in {"td", "th"} and not _is_unseen(cell)]
                rows.append([self._slot(cell, depth + 2) for cell in cells])

    def _slot(self, cell: etree._Element, depth: int) -> Slot:
        if not len(cell) and depth <= self._source.limits.depth:
            # Most cells hold a text and nothing else.
            line = self._above + int(cell.sourceline or 1)
            text = plain(_flowing(cell.text or ""))
            return Slot(text, line, _span(cell, "colspan"), _span(cell, "rowspan"))
        inside = _PageReader(self._source, self._above)
        inside.walk(cell, depth)
        inner = inside.finish()
        return Slot(
            "\n".join(item.text for item in inner if isinstance(item, Said)),
            self._above + int(cell.sourceline or 1),
            _span(cell, "colspan"),
            _span(cell, "rowspan"),
            inner=inner if not all(isinstance(item, Said) for item in inner) else None,
        )


def _flowing(text: str) -> str:
    """A text as a page shows it: breaks between Chinese characters and runs of blanks are the file's."""
    return _SPACE.sub(" ", _WRAP.sub("", text))


def _end(element: etree._Element) -> etree._Element:
    """The element inside which an element ends, whose line is nearest to what follows."""
    while len(element):
        element = element[-1]
    return element


def _span(cell: etree._Element, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    if value == "1" or not value.isdecimal():
        return 1
    # A rowspan of 0 reaches to the end of the table.
    return int(value[:5]) or (65_534 if name == "rowspan" else 1)


def _is_unseen(element: etree._Element) -> bool:
    tag = element.tag
    if not isinstance(tag, str) or tag in _UNSEEN:
        return True
    attributes = element.attrib
    if not attributes:
        return tag == "footer"
    if "hidden" in attributes or _HIDDEN_STYLE.search(str(attributes.get("style", ""))):
        return True
    if tag == "footer" or attributes.get("role") in _NAVIGATION_ROLES:
        return True
    called = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return _NAVIGATION_CLASS.search(called) is not None and element.find(".//table") is None
