"""`POST /resolve`: what each line of a list names, as a page, JSON, CSV or Excel. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from fundtrace.query import provenance
from fundtrace.query.tables import (
    CSV_MEDIA_TYPE,
    JSON_MEDIA_TYPE,
    csv_bytes,
    json_bytes,
)
from fundtrace.query.workbooks import XLSX_MEDIA_TYPE, xlsx_bytes
from fundtrace.release import Release
from fundtrace_server.bodies import media_type, read_body
from fundtrace_server.bulk import Line, as_table, resolve_lines
from fundtrace_server.headers import CORS
from fundtrace_server.holding import serving_of
from fundtrace_server.lines import (
    CSV,
    FORM,
    MULTIPART,
    TEXT,
    Upload,
    csv_lines,
    decode_table,
    form_of,
    text_lines,
    unsupported,
)
from fundtrace_server.negotiation import best_media_type
from fundtrace_server.problems import Problem
from fundtrace_server.rendering import language_of, page

_HTML, _JSON = "text/html", "application/json"
_FILES: Final = {"csv": CSV_MEDIA_TYPE, "xlsx": XLSX_MEDIA_TYPE, "json": JSON_MEDIA_TYPE}
_BY_TYPE: Final = {_HTML: "html", _JSON: "json", CSV: "csv", XLSX_MEDIA_TYPE: "xlsx"}


async def resolve_list(request: Request) -> Response:
    """`POST /resolve`: what each of up to 1 000 lines names, as a page, JSON, CSV or Excel; nothing is stored.

    Takes `text/plain`, `text/csv`, and the form of the page (`text`, `file`, `format`).
    """
    limit = request.app.state.settings.request_kib * 1024
    kind = media_type(request)
    wanted = request.query_params.get("format")
    if kind in {FORM, MULTIPART}:
        fields = await form_of(request, limit)
        wanted = str(fields.get("format") or wanted or "") or None
        given = _given(fields)
    elif kind in {TEXT, CSV}:
        text = decode_table(await read_body(request, limit))
        given = csv_lines(text) if kind == CSV else text_lines(text)
    else:
        raise unsupported(TEXT, CSV, FORM, MULTIPART)
    release, language = serving_of(request).release, language_of(request)
    lines = await run_in_threadpool(resolve_lines, release.index, given, language)
    if wanted is None:
        accepted = best_media_type(request.headers.get("accept"), list(_BY_TYPE))
        wanted = _BY_TYPE.get(accepted or "", "html")
    if wanted in _FILES:
        return await run_in_threadpool(_file, release, lines, wanted, language)
    context = {
        "lines": lines,
        "given": "\n".join(given),
        "asked": len(given),
        "found": len({line.number for line in lines if line.found}),
    }
    return await run_in_threadpool(page, request, "bulk.html", context)


def _given(fields: Mapping[str, str | Upload]) -> list[str]:
    file = fields.get("file")
    if isinstance(file, Upload) and file.data:
        if file.data.startswith(b"PK"):
            raise Problem(
                415,
                "not-csv",
                "这是 Excel 或压缩文件；请另存为 CSV，或把那一列粘贴到框中",
                "this is an Excel or a zip file; save it as CSV, or paste the column into the box",
            )
        text = decode_table(file.data)
        return csv_lines(text) if file.name.lower().endswith(".csv") else text_lines(text)
    pasted = fields.get("text", "")
    return text_lines(pasted) if isinstance(pasted, str) else []


def _file(release: Release, lines: list[Line], wanted: str, language: str) -> Response:
    table = as_table(lines, release.base)
    if wanted == "json":
        body = json_bytes(table)
    elif wanted == "csv":
        body = csv_bytes(table, "en" if language == "en" else "zh")
    else:
        body = xlsx_bytes(table, "en" if language == "en" else "zh", provenance(release))
    headers = {**CORS, "Content-Type": _FILES[wanted], "Cache-Control": "no-store"}
    if wanted != "json":
        headers["Content-Disposition"] = f'attachment; filename="fundtrace-resolve.{wanted}"'
    return Response(body, headers=headers)
