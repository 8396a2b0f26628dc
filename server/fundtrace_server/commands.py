"""The commands `fundtrace serve` and `fundtrace site`."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click

from fundtrace import settings as settings_table
from fundtrace_server.counting import shared_counts

_PROGRESS_SECONDS = 5.0


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
@click.option(
    "--store",
    metavar="URL",
    help="A remote SPARQL store that answers /sparql, with this release pushed into it (FUNDTRACE_STORE).",
)
@click.option(
    "--trusted-only",
    "graphql_trusted_only",
    is_flag=True,
    default=None,
    help="Answer only GraphQL documents that are trusted (FUNDTRACE_GRAPHQL_TRUSTED_ONLY).",
)
def serve(version: str | None, **flags: Any) -> None:
    """启动服务：网页、关联数据、SPARQL 和 GraphQL | Serve pages, linked data, SPARQL and GraphQL.

    A new current release is taken up without a restart. SIGTERM and SIGINT stop it after the requests at hand.
    """
    settings = settings_table.load(flags)
    with shared_counts():
        # The help of all commands shows this one, and must not load a server for it.
        from fundtrace.query import zygote

        if not settings.store:
            # All server processes share it. It loads what it needs while this process does.
            zygote.shared()
        from fundtrace_server.serving import serve_release

        serve_release(settings, version, echo=click.echo)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--data", metavar="DIR", help="The folder that holds the releases (FUNDTRACE_DATA; default ./data)."
)
@click.option("--release", "version", metavar="VERSION", help="An older release instead of the current one.")
def site(folder: Path, version: str | None, **flags: Any) -> None:
    """把一个版本写成静态站点 | Write a release as static pages and data.

    DIR becomes a site for a plain web server or object store, or to be opened from disk. A folder that holds anything else is
    left alone; a site that stands there is replaced in one step.
    """
    from fundtrace.release import open_release
    from fundtrace_server.site import write_site

    settings = settings_table.load(flags)
    release = open_release(settings.data_path, version)
    total = sum(release.info.counts.values())
    last = time.monotonic()

    def told_of(count: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _PROGRESS_SECONDS:
            last = time.monotonic()
            click.echo(f"写出实体 entities written {count}/{total}", err=True)

    written = write_site(release, folder, settings, told_of)
    click.echo(f"站点 site {folder}：版本 release {release.version}，实体 entities {written}")
