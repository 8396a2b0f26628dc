"""The command `fundtrace mcp`."""

from __future__ import annotations

from typing import Any

import click

from fundtrace import settings as settings_table


@click.command()
@click.option(
    "--data", metavar="DIR", help="The folder that holds the releases (FUNDTRACE_DATA; default ./data)."
)
@click.option("--release", "version", metavar="VERSION", help="An older release instead of the current one.")
@click.option(
    "--http", is_flag=True, help="Listen on --host and --port, at /mcp, instead of standard input and output."
)
@click.option(
    "--host", metavar="ADDRESS", help="The address to listen on (FUNDTRACE_HOST; default 127.0.0.1)."
)
@click.option(
    "--port", type=click.IntRange(1, 65535), help="The port to listen on (FUNDTRACE_PORT; default 8000)."
)
def mcp(version: str | None, http: bool, **flags: Any) -> None:
    """供智能体使用的工具（MCP） | Tools for agents, over the Model Context Protocol.

    Answers what the command line answers, bounded as the public endpoints are; each answer names its query, release and sources.
    """
    # The help of all commands shows this one, and must not load a server for it.
    from fundtrace.mcp.server import make_server

    settings = settings_table.load(flags)
    server = make_server(settings, version)
    if http:
        click.echo(f"http://{settings.host}:{settings.port}/mcp", err=True)
        server.run(
            "streamable-http", host=settings.host, port=settings.port, stateless_http=True, json_response=True
        )
    else:
        server.run()
