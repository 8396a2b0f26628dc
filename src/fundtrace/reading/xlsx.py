"""Reads Excel workbooks: lxml over the package itself.

python-calamine is faster and openpyxl is kept better, but the first gives 0.25 where 25.00% is printed, and the second
fills every cell up to the last one used before anyone can count them. Each visible sheet is a page; lines are its
row numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from fundtrace.reading.assembly import Assembly
from fundtrace.reading.marks import plain
from fundtrace.reading.number_formats import BUILT_IN, show
from fundtrace.reading.package import Package
from fundtrace.reading.refusals import refusal
from fundtrace.reading.sheets import Sheets
from fundtrace.reading.source import Source
from fundtrace.reading.spread import Merge, lay_out, spread

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_RELATION = re.compile(r"\{[^}]*/officeDocument/[^}]*relationships\}id")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read(source: Source) -> tuple[Sheets, ...]:
    """The one reading of an `.xlsx`. Raises `InputError`."""
    workbook = _Workbook(source)
    assembly = Assembly(source)
    parts = workbook.sheets()
    for page, part in enumerate(parts, start=1):
        cells, merges = workbook.sheet(part)
        spread(assembly, lay_out(cells, merges, source), page=page)
    return (source.sheets(assembly.finish(), pages=len(parts)),)


class _Workbook:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._package = Package(source, "damaged-xlsx")
        self._root = self._package.xml("xl/workbook.xml")
        names = self._package
        self._strings = (
            list(_strings(names.xml("xl/sharedStrings.xml"))) if "xl/sharedStrings.xml" in names else []
        )
        self._formats = _formats(names.xml("xl/styles.xml")) if "xl/styles.xml" in names else []
        properties = next(_each(self._root, "workbookPr"), None)
        self._from_1904 = properties is not None and properties.get("date1904") in {"1", "true"}

    def sheets(self) -> list[str]:
        """The parts of the visible sheets, in order."""
        path = "xl/_rels/workbook.xml.rels"
        targets = {
            str(relation.get("Id")): _part(str(relation.get("Target", "")))
            for relation in (self._package.xml(path) if path in self._package else ())
        }
        parts = []
        for sheet in _each(self._root, "sheet"):
            relation = next(
                (str(value) for key, value in sheet.attrib.items() if _RELATION.match(str(key))), ""
            )
            part = targets.get(relation, "")
            if sheet.get("state") not in {"hidden", "veryHidden"} and part in self._package:
                parts.append(part)
        if not parts:
            raise self._package.broken("no sheets")
        return parts

    def sheet(self, part: str) -> tuple[dict[int, dict[int, str]], list[Merge]]:
        """The filled cells of a sheet by row and column, and its merged ranges; all numbers 1-based."""
        root = self._package.xml(part)
        cells: dict[int, dict[int, str]] = {}
        number = 0
        for row in _each(root, "row"):
            number = _natural(row.get("r")) or number + 1
            filled = self._row(row)
            if filled:
                cells[number] = filled
        merges = []
        for merge in _each(root, "mergeCell"):
            start, _, end = str(merge.get("ref", "")).partition(":")
            first, last = _position(start), _position(end)
            if first and last:
                merges.append(Merge(first[0], first[1], last[0], last[1]))
        return cells, merges

    def _row(self, row: etree._Element) -> dict[int, str]:
        filled: dict[int, str] = {}
        column = 0
        for cell in row:
            position = _position(str(cell.get("r", "")))
            column = position[1] if position else column + 1
            if text := self._text(cell):
                if column > self._source.limits.columns:
                    limit = self._source.limits.columns
                    raise refusal(
                        "too-large", self._source.name, what="列", what_en="columns in a sheet", limit=limit
                    )
                filled[column] = text
        return filled

    def _text(self, cell: etree._Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _shown("".join(_texts(cell)))
        value = next((child.text for child in cell if _name(child) == "v"), None) or ""
        if not value:
            return ""
        if kind == "s":
            index = _natural(value)
            if index is None or index >= len(self._strings):
                raise self._package.broken(f"no shared string {value[:20]}")
            return self._strings[index]
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind != "n":
            return _shown(value)
        try:
            number = float(value)
        except ValueError:
            return _shown(value)
        style = _natural(cell.get("s"))
        code = self._formats[style] if style is not None and style < len(self._formats) else "General"
        return show(number, code, from_1904=self._from_1904)


def _name(element: etree._Element) -> str:
    """The name of an element without its namespace; etree.QName, which also checks it, takes ten times as long."""
    return str(element.tag).rpartition("}")[2]


def _each(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return root.iter(f"{{*}}{name}")


def _natural(value: str | None) -> int | None:
    return int(value[:9]) if value and value.isdecimal() else None


def _position(reference: str) -> tuple[int, int] | None:
    """Row and column of a reference such as `$B$3`."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def _part(target: str) -> str:
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _texts(element: etree._Element) -> Iterator[str]:
    """Runs of text, without the phonetic guide that may stand beside them."""
    for child in element:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name != "rPh":
            yield from _texts(child)


def _strings(root: etree._Element) -> Iterator[str]:
    for item in _each(root, "si"):
        yield _shown("".join(_texts(item)))


def _shown(text: str) -> str:
    if "_x" in text:
        text = _ESCAPED.sub(_unescaped, text)
    return "\n".join(shown for line in text.splitlines() if (shown := plain(line)))


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return "" if code == 0xD or 0xD800 <= code < 0xE000 else chr(code)


def _formats(root: etree._Element) -> list[str]:
    """The number format of each cell style."""
    own = {
        _natural(each.get("numFmtId")): str(each.get("formatCode", "General"))
        for each in _each(root, "numFmt")
    }
    styles = next(_each(root, "cellXfs"), None)
    formats = []
    for style in styles if styles is not None else ():
        number = _natural(style.get("numFmtId")) or 0
        formats.append(own.get(number) or BUILT_IN.get(number, "General"))
    return formats
