"""The application: its routes, what happens at start and stop, and what surrounds every request."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.routing import Route
from starlette.types import ASGIApp, ExceptionHandler

from fundtrace.errors import FundtraceError
from fundtrace.settings import Settings
from fundtrace_server.about import about
from fundtrace_server.assets import built_file
from fundtrace_server.choosing import ReleaseMiddleware
from fundtrace_server.crawling import robots, sitemap, sitemap_index
from fundtrace_server.descriptions import catalog, document_schema, provenance, quality, void
from fundtrace_server.direct import Direct
from fundtrace_server.documentation import documentation
from fundtrace_server.dumps import dump_file, dump_list
from fundtrace_server.entities import data, entity
from fundtrace_server.graphql import Endpoint, graphql, schema, types
from fundtrace_server.health import alive, ready
from fundtrace_server.holding import Holder
from fundtrace_server.inspecting import inspect
from fundtrace_server.lists import resolve_list
from fundtrace_server.metrics import metrics, watch_queries
from fundtrace_server.ontology import ontology, shapes, term, term_face, vocabulary
from fundtrace_server.openapi import openapi
from fundtrace_server.pagefiles import page_file
from fundtrace_server.pages import entity_page, home
from fundtrace_server.problems import Problem, on_failure, on_fundtrace_error, on_http_exception, on_problem
from fundtrace_server.query_pages import sparql_help
from fundtrace_server.questions import question_data, question_list, question_page
from fundtrace_server.releases import releases
from fundtrace_server.resolve import resolve
from fundtrace_server.searching import search
from fundtrace_server.sparql import sparql
from fundtrace_server.surrounding import Surroundings
from fundtrace_server.surveys import compare, findings, sources
from fundtrace_server.warming import warm

ROUTES = (
    # Routes are tried in this order; this one is asked by programs, and often.
    Route("/sparql", sparql, methods=["GET", "HEAD", "POST", "OPTIONS"]),
    Route("/", home),
    Route("/resolve", resolve),
    Route("/resolve", resolve_list, methods=["POST"]),
    Route("/search", search),
    Route("/id/{kind}/{key}", entity),
    Route("/page/{kind}/{key}", entity_page),
    Route("/page/{kind}/{key}/{part}.{suffix}", page_file),
    Route("/data/{kind}/{key}.{suffix}", data),
    Route("/sparql/help.json", sparql_help),
    Route("/graphql", graphql, methods=["GET", "HEAD", "POST", "OPTIONS"]),
    Route("/graphql/schema.graphql", schema),
    Route("/graphql/possible-types.json", types),
    Route("/questions", question_list),
    Route("/questions/{id:path}.{suffix}", question_data),
    Route("/questions/{id:path}", question_page),
    Route("/ontology", ontology),
    Route("/ontology.{suffix}", ontology),
    Route("/ontology/{name}.{suffix}", term_face),
    Route("/ontology/{name}", term),
    Route("/shapes", shapes),
    Route("/shapes.{suffix}", shapes),
    Route("/schemas/document.json", document_schema),
    Route("/.well-known/void", void),
    Route("/.well-known/void.{suffix}", void),
    Route("/catalog", catalog),
    Route("/catalog.{suffix}", catalog),
    Route("/provenance", provenance),
    Route("/provenance.{suffix}", provenance),
    Route("/quality", quality),
    Route("/quality.{suffix}", quality),
    Route("/dumps/", dump_list),
    Route("/dumps/{file}", dump_file),
    Route("/releases", releases),
    Route("/findings", findings),
    Route("/sources", sources),
    Route("/compare", compare),
    Route("/inspect", inspect, methods=["GET", "HEAD", "POST"]),
    Route("/about", about),
    Route("/docs", documentation),
    Route("/docs/{name:path}", documentation),
    Route("/openapi.json", openapi),
    Route("/robots.txt", robots),
    Route("/sitemap.xml", sitemap_index),
    Route("/sitemaps/{name}", sitemap),
    Route("/healthz", alive),
    Route("/readyz", ready),
    Route("/metrics", metrics),
    Route("/static/{name}", built_file),
)
"""Every address of the server."""

_HANDLERS: Mapping[Any, ExceptionHandler] = {
    Problem: on_problem,
    FundtraceError: on_fundtrace_error,
    404: vocabulary,
    HTTPException: on_http_exception,
    Exception: on_failure,
}
_PARENT_SECONDS = 1.0


def create_app(settings: Settings, version: str | None = None, *, supervisor: int | None = None) -> ASGIApp:
    """The application over a data folder, serving its current release or a named one.

    `supervisor` is the process that starts this one: this one stops when that one has died. The release is opened at
    start-up, which raises `SystemFailure` when there is none.
    """
    holder = Holder(settings, version, on_open=warm)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.settings = settings
        app.state.graphql = Endpoint.of(settings)
        holder.open()
        watching = [asyncio.create_task(holder.follow()), asyncio.create_task(watch_queries(holder))]
        if supervisor:
            watching.append(asyncio.create_task(_follow_parent(supervisor)))
        try:
            yield
        finally:
            for task in watching:
                task.cancel()
            await asyncio.gather(*watching, return_exceptions=True)
            holder.close()

    app = Starlette(
        routes=ROUTES,
        middleware=[Middleware(ReleaseMiddleware, holder=holder)],
        exception_handlers=_HANDLERS,
        lifespan=lifespan,
    )
    direct = ServerErrorMiddleware(Direct(app, holder, settings.request_kib * 1024), on_failure)
    return Surroundings(direct, {route.endpoint: route.path for route in reversed(ROUTES)}, settings)


async def _follow_parent(parent: int) -> None:
    while os.getppid() == parent:
        await asyncio.sleep(_PARENT_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
