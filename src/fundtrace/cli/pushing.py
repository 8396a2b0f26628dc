"""`release push`: the current release into a store of another server."""

from __future__ import annotations

import time

import click

from fundtrace.cli.options import load_settings, release_option
from fundtrace.errors import UsageError
from fundtrace.graph.remote import RemoteStore
from fundtrace.release import open_release
from fundtrace.release.pushing import PIECE_BYTES, push

_MIB = 1 << 20
_TOLD_SECONDS = 5.0


@click.command("push")
@click.option(
    "--store",
    metavar="URL",
    help="The SPARQL 1.1 store, for example http://localhost:7878 (FUNDTRACE_STORE).",
)
@click.option(
    "--piece-mib",
    type=click.IntRange(1, 1024),
    default=PIECE_BYTES // _MIB,
    show_default=True,
    help="MiB that are sent at once, at most.",
)
@click.option("--afresh", is_flag=True, help="Replace what the release's graph holds in the store.")
@release_option
def push_release(
    store: str | None, piece_mib: int, afresh: bool, version: str | None, data: str | None
) -> None:
    """把版本装入远程存储 | Load a release into one named graph of a store and make it current there.

    What is sent is counted, and only a release that is whole becomes current. A push that was ended goes on where it stopped when it is
    asked for again. User and password, or a token, come from FUNDTRACE_STORE_USER, FUNDTRACE_STORE_PASSWORD and FUNDTRACE_STORE_TOKEN.
    """
    settings = load_settings(data=data, store=store)
    if not settings.store:
        raise UsageError(
            "store-missing",
            "请用 --store 给出存储的地址",
            "name the address of the store with --store",
            subject="--store",
        )
    release = open_release(settings.data_path, version)
    remote = RemoteStore(
        settings.store,
        query=settings.store_query,
        graphs=settings.store_graphs,
        seconds=settings.store_seconds,
    )
    last = began = time.monotonic()

    def told(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _TOLD_SECONDS:
            last = now
            click.echo(f"已装入语句 statements loaded {done}/{total}", err=True)

    pushed = push(release, remote, told, piece_bytes=piece_mib * _MIB, afresh=afresh)
    click.echo(
        f"当前版本 current release {release.version}：{pushed.graph}  语句 statements {pushed.statements}"
        f"（发送 sent {pushed.sent}，{time.monotonic() - began:.1f} s）"
    )
