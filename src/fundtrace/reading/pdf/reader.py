"""From the pages of a PDF to paragraphs and tables."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from fundtrace.reading.assembly import Assembly
from fundtrace.reading.pdf.drawing import look_at
from fundtrace.reading.pdf.layout import DrawnTable, PageLayout, lay_out
from fundtrace.reading.pdf.lines import Habits, Line, closes, join, wraps
from fundtrace.reading.pdf.mending import mend
from fundtrace.reading.refusals import refusal
from fundtrace.reading.sheets import Cell, Paragraph, Sheets, Table
from fundtrace.reading.source import Source

_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/,，]?\s*共?\s*\d{1,4}\s*页?)?[-—–－·\s]*"
)
_MARGIN = 0.09
"""The share of a page's height in which page numbers and running titles stand."""
_BROWSER = "Skia"
"""The library with which browsers write PDFs."""
_SPACES = ((_BROWSER, 0.2), ("LibreOffice", 0.26))
"""Browsers set no gaps of their own between ideographs and Latin letters, LibreOffice sets a fifth of the size."""
_FULL = 0.55
"""The share of a page's width that running text takes at least."""
_SIGNS = 1_500_000
"""Characters of one PDF; reading that many takes less than half a minute."""
_SECONDS = 45
"""Processor time for looking at the pages."""


def read(source: Source) -> tuple[Sheets, ...]:
    """The one reading of a PDF. Raises `InputError`, with code scanned-pdf when it is made of pictures."""
    layouts = list(_layouts(source))
    running = _running_titles(layouts)
    closes = not any(layout.browser for layout in layouts)
    mend([_ends(layout, running) for layout in layouts], [layout.height for layout in layouts], closes=closes)
    habits = Habits()
    for layout in layouts:
        for line in _lines(layout):
            habits.learn(line.text)
    writer = _Writer(Assembly(source), habits, layouts)
    for layout in layouts:
        writer.page(layout, running)
    return (source.sheets(writer.finish(), pages=len(layouts)),)


def _layouts(source: Source) -> Iterator[PageLayout]:
    try:
        document = pdfium.PdfDocument(source.data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise refusal("encrypted-file", source.name) from error
        raise _damaged(source, error) from error
    try:
        count = len(document)
        if count > source.limits.pages:
            raise refusal("too-large", source.name, what="页", what_en="pages", limit=source.limits.pages)
        writer = document.get_metadata_dict().get("Producer", "")
        scanned = unmapped = signs = cells = 0
        begun = time.thread_time()
        for number in range(1, count + 1):
            page = document[number - 1]
            shown = look_at(page, number, source)
            shown.space = next((space for name, space in _SPACES if name in writer), shown.space)
            page.close()
            signs += len(shown.signs)
            unmapped += shown.unmapped
            scanned += not shown.signs and shown.pictures > 0.3
            if time.thread_time() - begun > _SECONDS:
                raise refusal("too-slow", source.name, limit=_SECONDS)
            if signs > _SIGNS:
                raise refusal("too-large", source.name, what="字符", what_en="characters", limit=_SIGNS)
            layout = lay_out(shown)
            layout.browser = _BROWSER in writer
            cells += sum(item.columns * item.rows for item in layout.items if isinstance(item, DrawnTable))
            if cells > source.limits.cells:
                limit = source.limits.cells
                raise refusal("too-large", source.name, what="单元格", what_en="table cells", limit=limit)
            yield layout
        if scanned and (scanned * 2 > count or signs < 40 * count):
            raise refusal("scanned-pdf", source.name, pages=count, scanned=scanned)
        if unmapped > 20 and unmapped > signs * 0.4:
            raise refusal("garbled-pdf", source.name)
    except pdfium.PdfiumError as error:
        raise _damaged(source, error) from error
    finally:
        document.close()


def _damaged(source: Source, error: Exception) -> Exception:
    return refusal("damaged-pdf", source.name, reason=str(error)[:120])


def _lines(layout: PageLayout) -> Iterator[Line]:
    for item in layout.items:
        if isinstance(item, list):
            yield from item
        else:
            for text in item.texts:
                yield from text


def _running_titles(layouts: list[PageLayout]) -> set[str]:
    """Lines that stand in the margin of nearly every page."""
    if len(layouts) < 4:
        return set()
    seen = Counter(
        text
        for layout in layouts
        for text in {
            _masked(item[0].text)
            for item in layout.items
            if isinstance(item, list) and _in_margin(item[0], layout)
        }
    )
    return {text for text, count in seen.items() if count >= 0.8 * len(layouts)}


def _masked(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _in_margin(line: Line, layout: PageLayout) -> bool:
    return not layout.height * _MARGIN < line.base < layout.height * (1 - _MARGIN)


def _ends(layout: PageLayout, running: set[str]) -> tuple[DrawnTable | None, DrawnTable | None]:
    """The tables that begin and end a page, if tables do."""
    items = [item for item in layout.items if not _is_running(item, layout, running)]
    first, last = (items[0], items[-1]) if items else (None, None)
    return first if isinstance(first, DrawnTable) else None, last if isinstance(last, DrawnTable) else None


def _is_running(item: DrawnTable | list[Line], layout: PageLayout, running: set[str]) -> bool:
    """Whether an item is a page number or a running title."""
    if isinstance(item, DrawnTable) or len(item) > 1 or not _in_margin(item[0], layout):
        return False
    return _PAGE_NUMBER.fullmatch(item[0].text) is not None or _masked(item[0].text) in running


class _Writer:
    """Writes pages into an assembly; a paragraph may go on from one page to the next."""

    def __init__(self, assembly: Assembly, habits: Habits, layouts: list[PageLayout]) -> None:
        self._assembly = assembly
        self._habits = habits
        self._line = 0
        self._page = 0
        self._open: list[Line] = []
        self._turned = False
        self._edges = _edges(layouts)
        self._pitch = _pitch(layouts)

    def finish(self) -> tuple[Paragraph | Table, ...]:
        """The blocks."""
        self._end_paragraph()
        return self._assembly.finish()

    def page(self, layout: PageLayout, running: set[str]) -> None:
        """Write one page."""
        self._turned = True
        left, right = _own_edges(layout) or self._edges[round(layout.width)]
        for item in layout.items:
            if _is_running(item, layout, running):
                continue
            if isinstance(item, DrawnTable):
                self._end_paragraph()
                self._table(item, layout.number)
                continue
            for line in item:
                if len(item) > 1 or not self._goes_on(line, left, right):
                    self._end_paragraph()
                    self._page = layout.number
                self._open.append(line)
                self._turned = False
            if len(item) > 1:
                self._end_paragraph()

    def _goes_on(self, line: Line, left: float, right: float) -> bool:
        """Whether a line goes on with the paragraph above it."""
        if not self._open:
            return False
        above = self._open[-1]
        if abs(above.size - line.size) > 0.1 * line.size or line.left > left + 1.2 * line.size:
            return False
        if self._turned and above.text[-1] in "。！？；：":
            return False
        if not self._turned and (line.base - above.base) > self._pitch * 1.3 * line.size:
            return False
        return wraps(above, line, right - above.right) or closes(above.text, line.text)

    def _end_paragraph(self) -> None:
        if not self._open:
            return
        text = self._open[0].text
        for before, after in pairwise(self._open):
            text += self._habits.joint(before.text, after.text) + after.text
        self._line += 1
        self._assembly.paragraph(text, self._line, page=self._page)
        self._open = []

    def _table(self, table: DrawnTable, page: int) -> None:
        rows = [[Cell("", self._line + 1 + row, merged=True)] * table.columns for row in range(table.rows)]
        for each, text in zip(table.fields, table.texts, strict=True):
            inner = table.padding
            said = join(text, each.box.left + inner, each.box.right - inner, self._habits)
            rows[each.row][each.column] = Cell(said, self._line + 1 + each.row)
        self._line += table.rows
        self._assembly.table(rows, page=page, continues=table.continues)


def _own_edges(layout: PageLayout) -> tuple[float, float] | None:
    """The edges of a page's running text, if it has enough lines that reach from one to the other."""
    body = [
        item[0]
        for item in layout.items
        if isinstance(item, list) and len(item) == 1 and not _in_margin(item[0], layout)
    ]
    if len(body) < 4:
        return None
    left, right = min(line.left for line in body), max(line.right for line in body)
    full = sum(1 for line in body if right - line.right < 2 * line.size)
    return (left, right) if full >= 3 and right - left > layout.width * _FULL else None


def _edges(layouts: Iterable[PageLayout]) -> dict[int, tuple[float, float]]:
    """The left and right edge of running text, by page width."""
    edges: dict[int, tuple[float, float]] = {}
    for layout in layouts:
        left, right = edges.get(round(layout.width), (layout.width, 0.0))
        for item in layout.items:
            if isinstance(item, list) and not _in_margin(item[0], layout):
                left = min(left, *(line.left for line in item))
                right = max(right, *(line.right for line in item))
        edges[round(layout.width)] = (left, right)
    # Where all lines are short none of them was broken: the longest is a title, not as long as the page is wide.
    return {
        width: (left, right if right - left > width * _FULL else float(width))
        for width, (left, right) in edges.items()
    }


def _pitch(layouts: Iterable[PageLayout]) -> float:
    """From one baseline to the next inside a paragraph, in times the size: the least that is frequent."""
    steps: Counter[float] = Counter()
    for layout in layouts:
        for above, below in pairwise(layout.items):
            if isinstance(above, list) and isinstance(below, list) and len(above) == len(below) == 1:
                steps[round((below[0].base - above[0].base) / below[0].size, 1)] += 1
    often = max(3, sum(steps.values()) // 20)
    return min((step for step, count in steps.items() if count >= often and step >= 0.9), default=1.8)
