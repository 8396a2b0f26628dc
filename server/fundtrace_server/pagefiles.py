"""Files of a page: its list of projects as CSV and Excel under the page's filters, and its flow picture as SVG and CSV."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from fundtrace.query import Table, provenance
from fundtrace.query.tables import CSV_MEDIA_TYPE, csv_bytes
from fundtrace.query.workbooks import XLSX_MEDIA_TYPE, xlsx_bytes
from fundtrace.release import Release
from fundtrace_server.caching import conditional, validated
from fundtrace_server.description import Description
from fundtrace_server.drawing.flow import WIDE
from fundtrace_server.headers import CORS
from fundtrace_server.holding import serving_of
from fundtrace_server.problems import Problem, not_found
from fundtrace_server.rendering import Reader, environment, language_of
from fundtrace_server.requested import described, requested_address
from fundtrace_server.views.cube import cells, chosen, count
from fundtrace_server.views.document import listed_under
from fundtrace_server.views.flowing import FlowView, document_flow, flow_by
from fundtrace_server.views.gathering import gathered
from fundtrace_server.views.members import COLUMNS, Of
from fundtrace_server.views.tabulating import BLOCK, MOST_IN_EXCEL, flow_table, project_table, project_tables
from fundtrace_server.views.wanted import Wanted, read_wanted

SVG_MEDIA_TYPE: Final = "image/svg+xml"
_GATHERING: Final = {*COLUMNS, "SourceDocument"}
Language = Literal["zh", "en"]
File: TypeAlias = tuple[str, bytes | Iterator[bytes]]
"""A media type, and the body: whole, or in pieces."""


@dataclass(frozen=True, slots=True)
class _Asked:
    request: Request
    release: Release
    description: Description
    class_name: str
    wanted: Wanted

    @property
    def language(self) -> Language:
        """The language of headings."""
        return "en" if language_of(self.request) == "en" else "zh"

    @property
    def name(self) -> str:
        """The number of a document, else the label."""
        return self.description.text("number") or self.description.label()


def page_file(request: Request) -> Response:
    """`GET /page/{kind}/{key}/{part}.{suffix}`: a list or picture of a page as a file, under the same query.

    404 for a part that the page has not, 413 `too-many-rows` for an Excel file with more than `MOST_IN_EXCEL`.
    """
    part, suffix = request.path_params["part"], request.path_params["suffix"]
    write = _FILES.get((part, suffix))
    if write is None:
        raise not_found(request.url.path)
    address = requested_address(request)
    description = described(request, address)
    class_name = description.class_of() or ""
    release = serving_of(request).release
    asked = _Asked(request, release, description, class_name, read_wanted(request.query_params))
    media_type, body = write(asked)
    name = quote(f"{address.key}-{part}.{suffix}")
    headers = {
        **CORS,
        "Cache-Control": "no-cache",
        "Content-Type": media_type,
        "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
    }
    if isinstance(body, bytes):
        return conditional(request, Response(body, headers=headers))
    told = f"{request.url.path}?{request.url.query}".encode()
    etag = f'"{release.version}-{hashlib.blake2b(told, digest_size=12).hexdigest()}"'
    head = request.method == "HEAD"
    return validated(
        request, Response(headers=headers) if head else StreamingResponse(body, headers=headers), etag
    )


def _count(asked: _Asked, of: Of) -> int:
    index = asked.release.index
    return count(chosen(index, of, asked.wanted) if asked.wanted.narrowed else cells(index, of))


def _of(asked: _Asked) -> Of:
    if asked.class_name == "FundingDocument":
        return listed_under(asked.release, asked.description.iri, asked.wanted)[0]
    if asked.class_name in _GATHERING:
        return gathered(asked.release, asked.description.iri, asked.class_name)
    raise not_found(asked.request.url.path)


def _flow(asked: _Asked) -> FlowView:
    if asked.class_name != "FundingDocument":
        raise not_found(asked.request.url.path)
    by, reader = flow_by(asked.request.query_params), Reader(asked.language)
    found = document_flow(asked.release.index, _of(asked), asked.name, asked.wanted, by, reader)
    if found is None:
        raise not_found(asked.request.url.path)
    return found


def _projects_csv(asked: _Asked) -> File:
    of = _of(asked)
    tables = project_tables(asked.release, of, asked.description.iri, asked.name, asked.wanted)
    pieces = _csv_pieces(tables, asked.language)
    return CSV_MEDIA_TYPE, pieces if _count(asked, of) > BLOCK else b"".join(pieces)


def _csv_pieces(tables: Iterator[Table], language: Language) -> Iterator[bytes]:
    """One CSV of many tables with the same columns, a piece at a time: as many rows as there are."""
    for number, table in enumerate(tables):
        whole = csv_bytes(table, language)
        yield whole if number == 0 else whole.partition(b"\r\n")[2]


def _projects_xlsx(asked: _Asked) -> File:
    of = _of(asked)
    if (rows := _count(asked, of)) > MOST_IN_EXCEL:
        raise Problem(
            413,
            "too-many-rows",
            f"共 {rows} 行，Excel 文件至多 {MOST_IN_EXCEL} 行；请加筛选条件，或下载 CSV（不限行数）",
            f"there are {rows} rows, and an Excel file holds {MOST_IN_EXCEL}; filter further, or take the CSV, which has no bound",
        )
    table = project_table(asked.release, of, asked.description.iri, asked.name, asked.wanted)
    return XLSX_MEDIA_TYPE, xlsx_bytes(table, asked.language, provenance(asked.release))


def _flow_csv(asked: _Asked) -> File:
    table = flow_table(asked.description.iri, asked.name, _flow(asked))
    return CSV_MEDIA_TYPE, csv_bytes(table, asked.language)


def _flow_svg(asked: _Asked) -> File:
    flow, reader = _flow(asked), Reader(asked.language)
    base = flow.total.base
    note = reader(
        "flow.note",
        year=base.year or reader("base.no_year"),
        stage=reader.optional(f"concept.{base.stage}", ""),
        version=asked.release.version,
    )
    text = (
        environment()
        .get_template("flow.svg")
        .render(
            t=reader,
            flow=flow.wide,
            title=reader("flow.title", document=asked.name),
            text=flow.text,
            note=note,
            frame=WIDE,
        )
    )
    return SVG_MEDIA_TYPE, text.encode()


_FILES: Final[Mapping[tuple[str, str], Callable[[_Asked], File]]] = {
    ("projects", "csv"): _projects_csv,
    ("projects", "xlsx"): _projects_xlsx,
    ("flow", "csv"): _flow_csv,
    ("flow", "svg"): _flow_svg,
}
