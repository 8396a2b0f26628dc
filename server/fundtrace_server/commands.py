"""The command `fundtrace serve`."""

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
    "--host", metavar="ADDRESS", help="The address to listen on (FUNDTRACE_HOST; default 127.0.0.1)."
)
@click.option(
    "--port", type=click.IntRange(1, 65535), help="The port to listen on (FUNDTRACE_PORT; default 8000)."
)
@click.option(
    "--workers", type=click.IntRange(1, 64), help="Server processes (FUNDTRACE_WORKERS; default 2)."
)
def serve(version: str | None, **flags: Any) -> None:
    """启动服务：网页、关联数据、SPARQL 和 GraphQL | Serve pages, linked data, SPARQL and GraphQL.

    A new current release is taken up without a restart. SIGTERM and SIGINT stop it after the requests at hand.
    """
    # The help of all commands shows this one, and must not load a server for it.
    from fundtrace_server.serving import serve_release

    serve_release(settings_table.load(flags), version, echo=click.echo)
