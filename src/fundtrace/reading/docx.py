"""Reads Word documents: lxml over the package itself, since python-docx takes sixteen times as long.

Deleted and moved-away text, field codes, hidden text and the second copy of text boxes are left out; text boxes
follow the paragraph that they hang on. A line is the ordinal of a paragraph or table row in the document.
"""

from __future__ import annotations

import re

from lxml import etree

from fundtrace.reading.assembly import Assembly
from fundtrace.reading.flow import Grid, Plain, Said, Slot, place
from fundtrace.reading.marks import plain
from fundtrace.reading.package import Package
from fundtrace.reading.refusals import refusal
from fundtrace.reading.sheets import Cell, Sheets
from fundtrace.reading.source import Source
from fundtrace.reading.word_names import Names, names_of
from fundtrace.reading.word_styles import HeadingStyles
from fundtrace.reading.word_tidying import Layout, tidy

_HEADING_ID = re.compile(r"Heading([1-6])")
"""The ids of Word's own styles; others, such as those of a Chinese Word, are looked up."""
_OFFICE_DOCUMENT = "/officeDocument"


def read(source: Source) -> tuple[Sheets, ...]:
    """The one reading of a `.docx`. Raises `InputError`."""
    package = Package(source, "damaged-docx")
    path = _main_part(package)
    root = package.xml(path)
    names = names_of(root)
    body = root.find(names.body) if names else None
    if names is None or body is None:
        raise package.broken("no body")
    reader = _DocxReader(source, names, package, path.rpartition("/")[0], tidy(root, names))
    assembly = Assembly(source)
    place(assembly, reader.flow(body), source)
    return (source.sheets(assembly.finish()),)


def _main_part(package: Package) -> str:
    if "word/document.xml" in package or "_rels/.rels" not in package:
        return "word/document.xml"
    for relation in package.xml("_rels/.rels"):
        if str(relation.get("Type", "")).endswith(_OFFICE_DOCUMENT):
            return str(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


class _DocxReader:
    def __init__(self, source: Source, names: Names, package: Package, folder: str, layout: Layout) -> None:
        self._source = source
        self._left = source.limits.cells
        self._columns = source.limits.columns + 1
        self._names = names
        self._line = 0
        self._package = package
        self._styles = f"{folder}/styles.xml"
        self._headings: HeadingStyles | None = None
        self._layout = layout

    def flow(self, parent: etree._Element) -> list[Said | Grid | Plain]:
        names = self._names
        flow: list[Said | Grid | Plain] = []
        for child in parent:
            tag = child.tag
            if tag == names.p:
                self._line += 1
                if text := self._text(child):
                    flow.append(Said(text, self._line, self._heading(child)))
            elif tag == names.tbl:
                flow.append(self._grid(child))
            elif tag in names.transparent:
                flow.extend(self.flow(child))
        return flow

    def _text(self, paragraph: etree._Element) -> str:
        return _lines("".join([each.text or "" for each in paragraph.iter(*self._names.texts)]))

    def _heading(self, paragraph: etree._Element) -> int | None:
        names = self._names
        properties = paragraph.find(names.p_pr)
        if properties is None:
            return None
        level = properties.find(names.outline_level)
        if level is not None:
            value = str(level.get(names.val, ""))
            return int(value) + 1 if value in {"0", "1", "2", "3", "4", "5"} else None
        style = properties.find(names.p_style)
        if style is None:
            return None
        style_id = str(style.get(names.val))
        if match := _HEADING_ID.fullmatch(style_id):
            return int(match[1])
        if style_id == "Title":
            return 1
        if self._headings is None:
            self._headings = HeadingStyles(self._package, self._styles, names)
        return self._headings.level(style_id)

    def _grid(self, table: etree._Element) -> Grid | Plain:
        nested = next(table.iterdescendants(self._names.tbl), None)
        return Plain(self._plain_rows(table)) if nested is None else Grid(self._rows(table))

    def _plain_rows(self, table: etree._Element) -> list[list[Cell]]:
        """The rows of a table without tables in it: one walk in document order, which is what makes this fast."""
        tc, tr = self._names.tc, self._names.tr
        odd, wrapped = self._layout.odd, self._layout.wrapped
        rows: list[list[Cell]] = []
        row: list[Cell] = []
        cell: etree._Element | None = None
        texts: list[str] = []
        for element in table.iter(tr, tc, *self._names.texts):
            tag = element.tag
            if tag == tc or tag == tr:  # noqa: SIM109 (measured: a tuple costs more)
                if cell is not None:
                    if not texts:
                        text = ""
                    # Properties and one paragraph: what is in the cell is one text.
                    elif len(cell) < 3 and cell not in wrapped:
                        text = _lines(texts[0] if len(texts) == 1 else "".join(texts))
                        texts = []
                    else:
                        text = self._said(cell)
                        texts = []
                    if odd and cell in odd:
                        self._add_odd(row, cell, text)
                    else:
                        row.append(Cell(text, self._line))
                if tag == tc:
                    cell = element
                else:
                    cell = None
                    row = self._new_row(element)
                    rows.append(row)
            elif said := element.text:
                texts.append(said)
        if cell is not None:
            self._add_odd(row, cell, self._said(cell))
        return rows

    def _said(self, cell: etree._Element) -> str:
        return "\n".join(text for each in cell.iter(self._names.p) if (text := self._text(each)))

    def _new_row(self, row: etree._Element) -> list[Cell]:
        self._line += 1
        skipped = min(self._layout.before.get(row, 0), self._columns)
        self._spend(skipped)
        return [Cell("", self._line, True)] * skipped

    def _add_odd(self, row: list[Cell], cell: etree._Element, text: str) -> None:
        across = min(self._layout.across.get(cell, 1), self._columns)
        self._spend(across)
        covered = cell in self._layout.covered
        row.append(Cell("", self._line, True) if covered else Cell(text, self._line))
        row.extend([Cell("", self._line, True)] * (across - 1))

    def _spend(self, cells: int) -> None:
        self._left -= cells
        if self._left < 0:
            limit = self._source.limits.cells
            raise refusal("too-large", self._source.name, what="单元格", what_en="table cells", limit=limit)

    def _rows(self, parent: etree._Element) -> list[list[Slot]]:
        rows: list[list[Slot]] = []
        for child in parent:
            if child.tag == self._names.tr:
                self._line += 1
                skipped = self._layout.before.get(child)
                row = [Slot("", self._line, skipped, covered=True)] if skipped else []
                self._cells(child, row, self._line)
                rows.append(row)
            elif child.tag in self._names.transparent:
                rows.extend(self._rows(child))
        return rows

    def _cells(self, parent: etree._Element, row: list[Slot], line: int) -> None:
        for child in parent:
            if child.tag == self._names.tc:
                inner = self.flow(child)
                row.append(
                    Slot(
                        _lines("\n".join(item.text for item in inner if isinstance(item, Said))),
                        line,
                        self._layout.across.get(child, 1),
                        covered=child in self._layout.covered,
                        inner=inner if not all(isinstance(item, Said) for item in inner) else None,
                    )
                )
            elif child.tag in self._names.transparent:
                self._cells(child, row, line)


def _lines(text: str) -> str:
    """The text of a paragraph or cell without empty lines and without space around its lines."""
    if "\n" not in text:
        return plain(text)
    return "\n".join(shown for line in text.split("\n") if (shown := plain(line)))
