"""What a person pasted or uploaded to be resolved, one text for each line: plain text, or the telling column of a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from fundtrace.citations import parse_numbers
from fundtrace_server.bodies import decode_form, media_type, read_body
from fundtrace_server.problems import Problem

MOST: Final = 1000
"""Lines of one request."""

LONGEST: Final = 300
"""Characters of a line that are looked at."""

FORM: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data"
TEXT: Final = "text/plain"
CSV: Final = "text/csv"
JUDGED: Final = 50
"""Rows by which the telling column of a CSV file is chosen."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a form: its name and its bytes."""

    name: str
    data: bytes


Fields = dict[str, str | Upload]


async def form_of(request: Request, limit: int) -> Fields:
    """The fields of a form, files among them; the whole body has at most `limit` bytes.

    Raises `Problem` 400 for a form that cannot be read, 413 for a body that is too large, 415 for another media type.
    """
    kind = media_type(request)
    if kind not in {FORM, MULTIPART}:
        raise unsupported(FORM, MULTIPART)
    body = await read_body(request, limit)
    if kind == FORM:
        return dict(decode_form(body))

    async def once() -> AsyncGenerator[bytes, None]:
        yield body

    try:
        form: FormData = await MultiPartParser(
            request.headers, once(), max_files=1, max_fields=10, max_part_size=limit
        ).parse()
    except (MultiPartException, KeyError, UnicodeDecodeError) as error:
        reason = getattr(error, "message", str(error))
        raise Problem(
            400, "bad-form", f"无法读取表单：{reason}", f"the form cannot be read: {reason}"
        ) from error
    fields: Fields = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            fields[name] = Upload(value.filename or "", await value.read())
        else:
            fields[name] = value
    await form.close()
    return fields


def unsupported(*accepted: str) -> Problem:
    """415 that names the media types that are taken."""
    listed = ", ".join(accepted)
    return Problem(
        415,
        "unsupported-media-type",
        f"请求正文应为 {listed}",
        f"the body must be {listed}",
        headers={"Accept-Post": listed},
    )


def decode_table(data: bytes) -> str:
    """A text file as spreadsheets write it: UTF-8, with or without a mark, else GB 18030. Raises `Problem` 400 for neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Problem(
        400,
        "not-text",
        "文件不是 UTF-8 或 GB 18030 编码的文本；请在表格软件中另存为 CSV",
        "the file is neither UTF-8 nor GB 18030 text; save it as CSV in your spreadsheet",
    )


def text_lines(text: str) -> list[str]:
    """The texts of lines that are not empty; of a pasted table, of the column that holds document numbers.

    Raises `Problem` 413 for more than `MOST`.
    """
    if "\t" in text:
        return csv_lines(text, "\t")
    return _bounded(text.splitlines())


def csv_lines(text: str, delimiter: str = ",") -> list[str]:
    """The texts of one column of a CSV file: that in which most rows hold a document number, else the first."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Problem(400, "bad-csv", f"无法读取 CSV：{error}", f"the CSV cannot be read: {error}") from error
    judged = [row for row in rows if any(cell.strip() for cell in row)][:JUDGED]
    widest = max(map(len, judged), default=0)
    counts = [sum(len(row) > at and bool(parse_numbers(row[at])) for row in judged) for at in range(widest)]
    column = counts.index(max(counts)) if counts else 0
    return _bounded(row[column] for row in rows if len(row) > column)


def _bounded(lines: Iterable[str]) -> list[str]:
    found = [text for line in lines if (text := " ".join(line.split())[:LONGEST])]
    if len(found) > MOST:
        raise Problem(
            413,
            "too-many-lines",
            f"共 {len(found)} 行，一次最多 {MOST} 行；请分几次查询",
            f"there are {len(found)} lines, of which one request takes {MOST}; ask in parts",
        )
    return found
