"""What pdfium says that a page shows: its characters, lines and pictures.

The calls are pdfium's own (`pypdfium2.raw`): the helpers of pypdfium2 give text or bounds, and here every character
needs its baseline.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from fundtrace.reading.pdf.characters import usual
from fundtrace.reading.pdf.signs import PageSigns, Ruling, Sign
from fundtrace.reading.refusals import refusal
from fundtrace.reading.source import Source

_THIN = 3.0
"""Points: what is thinner is a line, not an area."""
_FORM_DEPTH = 5
_Point = tuple[float, float]
_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1, 0, 0, 1, 0, 0)


def look_at(page: pdfium.PdfPage, number: int, source: Source) -> PageSigns:
    """Everything that a page shows. Raises `InputError` too-large."""
    turn = page.get_rotation()
    upright, width, height = _upright(page, turn)
    shown = PageSigns(number, width, height)
    text = page.get_textpage()
    try:
        _bound(text.count_chars(), source)
        shown.signs.extend(_signs(text, shown, upright, turn))
    finally:
        text.close()
    left = source.limits.page_marks
    for item, matrix in _objects(page.raw, _SAME, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, 0):
        left -= 1
        _bound(source.limits.page_marks - left, source)
        _draw(item, matrix, shown, upright)
    return shown


def _bound(count: int, source: Source) -> None:
    limit = source.limits.page_marks
    if count > limit:
        raise refusal(
            "too-large",
            source.name,
            what="一页的字符或线条",
            what_en="characters or lines on a page",
            limit=limit,
        )


def _upright(page: pdfium.PdfPage, turn: int) -> tuple[Callable[[float, float], _Point], float, float]:
    """How points of the page's own space become points counted from the upper left corner as it is shown."""
    left, bottom, right, top = page.get_cropbox()
    if turn == 90:
        return (lambda x, y: (y - bottom, x - left)), top - bottom, right - left
    if turn == 180:
        return (lambda x, y: (right - x, y - bottom)), right - left, top - bottom
    if turn == 270:
        return (lambda x, y: (top - y, right - x)), top - bottom, right - left
    return (lambda x, y: (x - left, top - y)), right - left, top - bottom


def _signs(
    text: pdfium.PdfTextPage, shown: PageSigns, upright: Callable[[float, float], _Point], turn: int
) -> Iterator[Sign]:
    page = text.raw
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix, box = raw.FS_MATRIX(), raw.FS_RECTF()
    drawn: set[tuple[str, int, int]] = set()
    for index in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(page, index) == 1:
            continue
        # pdfium gives no character for a hyphen that ends a line.
        hyphen = raw.FPDFText_IsHyphen(page, index) == 1
        code = ord("-") if hyphen else raw.FPDFText_GetUnicode(page, index)
        if code in {0, 0xFFFD, 0xFFFE} or raw.FPDFText_HasUnicodeMapError(page, index) == 1:
            shown.unmapped += 1
            continue
        if 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue
        raw.FPDFText_GetCharOrigin(page, index, x, y)
        raw.FPDFText_GetLooseCharBox(page, index, box)
        raw.FPDFText_GetMatrix(page, index, matrix)
        size = raw.FPDFText_GetFontSize(page, index) * math.hypot(matrix.c, matrix.d)
        angle = (math.degrees(math.atan2(matrix.b, matrix.a)) - turn) % 360
        # A watermark stands aslant.
        if 4 < angle % 90 < 86 or size < 1:
            continue
        first, last = upright(box.left, box.bottom), upright(box.right, box.top)
        left, right = sorted((first[0], last[0]))
        across, base = upright(x.value, y.value)
        if 4 <= angle <= 356:
            base = max(first[1], last[1])
        else:
            left = min(left, across)
            # The box of a wide character is sometimes that of its ink.
            if 0x2E80 <= code < 0xA000 or 0xFF00 <= code <= 0xFF60:
                right = max(right, across + size * 0.99)
        said = usual(chr(code))
        key = (said, round(across), round(base))
        # Bold is often faked by printing a character twice.
        if not said or (said != " " and key in drawn):
            continue
        drawn.add(key)
        yield Sign(said if said.isprintable() else " ", left, max(right, left), base, size)


def _objects(
    holder: object,
    matrix: _Matrix,
    count: Callable[..., int],
    get: Callable[..., object],
    depth: int,
) -> Iterator[tuple[object, _Matrix]]:
    """The paths and images of a page, those in forms too, each with the matrix of its form."""
    for index in range(count(holder)):
        item = get(holder, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < _FORM_DEPTH:
            own = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(item, own)
            inner = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
            yield from _objects(
                item, inner, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, depth + 1
            )
        elif kind in {raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE}:
            yield item, matrix


def _times(first: _Matrix, second: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _draw(item: object, matrix: _Matrix, shown: PageSigns, upright: Callable[[float, float], _Point]) -> None:
    bounds = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(item, *bounds):
        return
    x1, y1, x2, y2 = (bound.value for bound in bounds)
    left, top, right, bottom = _box([upright(*_at(x, y, matrix)) for x, y in ((x1, y1), (x2, y2))])
    if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_IMAGE:
        if min(right - left, bottom - top) > _THIN:
            area = (min(right, shown.width) - max(left, 0)) * (min(bottom, shown.height) - max(top, 0))
            shown.pictures += max(area, 0) / max(shown.width * shown.height, 1)
            return
    elif not _is_seen(item):
        return
    if bottom - top <= _THIN and right - left <= _THIN:
        _add(shown, left, top, right, bottom)
    elif bottom - top <= _THIN:
        shown.across.append(Ruling((top + bottom) / 2, left, right))
    elif right - left <= _THIN:
        shown.down.append(Ruling((left + right) / 2, top, bottom))
    elif right - left < shown.width * 0.97 or bottom - top < shown.height * 0.97:
        _outline(item, matrix, shown, upright)


def _add(shown: PageSigns, left: float, top: float, right: float, bottom: float) -> None:
    """A dot: a piece of a dotted line, which may run either way."""
    shown.across.append(Ruling((top + bottom) / 2, left, right))
    shown.down.append(Ruling((left + right) / 2, top, bottom))


def _is_seen(item: object) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    return bool(fill.value or stroke.value)


def _at(x: float, y: float, matrix: _Matrix) -> _Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _box(points: list[_Point]) -> tuple[float, float, float, float]:
    across, down = [point[0] for point in points], [point[1] for point in points]
    return min(across), min(down), max(across), max(down)


def _outline(
    item: object, matrix: _Matrix, shown: PageSigns, upright: Callable[[float, float], _Point]
) -> None:
    """The straight pieces of a path that run across or down."""
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, own)
    full = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    start: _Point | None = None
    last: _Point | None = None
    for index in range(min(raw.FPDFPath_CountSegments(item), 4_000)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = upright(*_at(x.value, y.value, full))
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO and last is not None:
            _piece(shown, last, point)
        last = point
        if raw.FPDFPathSegment_GetClose(segment) and start is not None:
            _piece(shown, point, start)
            last = start


def _piece(shown: PageSigns, one: _Point, other: _Point) -> None:
    left, top, right, bottom = _box([one, other])
    if bottom - top < 0.5 < right - left:
        shown.across.append(Ruling((top + bottom) / 2, left, right))
    elif right - left < 0.5 < bottom - top:
        shown.down.append(Ruling((left + right) / 2, top, bottom))
