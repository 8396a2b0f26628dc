"""The server: tools by name, over standard input and output or HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from mcp.server import MCPServer

from fundtrace import __version__
from fundtrace.api import Release, open_release
from fundtrace.mcp.pool import Pool
from fundtrace.mcp.tools import Tools
from fundtrace.release import current_version
from fundtrace.settings import Settings

INSTRUCTIONS = (
    "Chinese local governments' budget performance documents as a graph: departments, projects, funding documents (政策/资金文件) "
    "and promised indicators. Begin with resolve or trace and a document number in whatever form the user has it. Money is in yuan, "
    "exact, as decimal strings; a budget is not spending; never add figures of different fiscal years or stages, nor rows that "
    "share projects. Every answer names its release and the source documents it was read from: cite them."
)


def make_server(settings: Settings, version: str | None = None) -> MCPServer[Any]:
    """A server over the release of the settings' data folder: the current one, taken up anew when it changes, or `version`.

    Raises `SystemFailure` `no-release` or `corrupt-release` at once when there is none to answer from.
    """
    opened: list[Release] = [open_release(settings.data, version)]
    pool = Pool(settings)

    def current() -> Release:
        if version is None and current_version(settings.data_path) != opened[0].version:
            opened[0] = open_release(settings.data)
        return opened[0]

    @asynccontextmanager
    async def lifespan(_: MCPServer[Any]) -> AsyncIterator[None]:
        try:
            yield
        finally:
            pool.close()

    server = MCPServer(
        "fundtrace", instructions=INSTRUCTIONS, version=__version__, lifespan=lifespan, log_level="WARNING"
    )
    tools = Tools(current, pool)
    for tool in (
        tools.resolve,
        tools.search,
        tools.trace,
        tools.describe_schema,
        tools.ask,
        tools.graphql,
        tools.sparql,
    ):
        server.add_tool(tool)
    return server
