"""`release` and `settings`: what is kept, and how this installation is set."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import click

from fundtrace import settings as settings_table
from fundtrace.cli.options import data_option, load_settings
from fundtrace.cli.pushing import push_release
from fundtrace.release import (
    current_version,
    list_releases,
    open_release,
    previous_version,
    prune,
    reporting,
    rollback,
)


@click.group()
def release() -> None:
    """各版本 | The releases of a data folder."""


@release.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON array.")
@data_option
def list_all(as_json: bool, data: str | None) -> None:
    """列出各版本，* 为当前版本 | List the releases, oldest first; * marks the current one."""
    path = load_settings(data=data).data_path
    current = current_version(path)
    found = list_releases(path)
    if as_json:
        entries = [{**info.model_dump(mode="json"), "current": info.version == current} for info in found]
        click.echo(json.dumps(entries, ensure_ascii=False, indent=2))
        return
    for info in found:
        mark = "*" if info.version == current else " "
        click.echo(
            f"{mark} {info.version}  {info.created}  来源 sources {info.counts.get('SourceDocument', 0)}"
            f"  项目 projects {info.counts.get('Project', 0)}  语句 statements {info.statements}"
        )
    if not found:
        click.echo(
            "还没有版本；先运行 fundtrace build 文件夹 | no release yet; run: fundtrace build FOLDER",
            err=True,
        )


@release.command("diff")
@click.argument("older")
@click.argument("newer")
@click.option("--json", "as_json", is_flag=True, help="One JSON object that names every entity.")
@data_option
def diff(older: str, newer: str, as_json: bool, data: str | None) -> None:
    """两个版本有什么不同 | What differs between two releases, as Markdown or JSON.

    OLDER and NEWER are versions as `release list` shows them; `current` is the current one, `previous` the one before
    it. Another base or namespace is no difference.
    """
    path = load_settings(data=data).data_path
    one, two = (open_release(path, _version(path, name)) for name in (older, newer))
    if as_json:
        for piece in reporting.json_text(one, two):
            click.echo(piece, nl=False)
    else:
        click.echo(reporting.markdown(one, two), nl=False)


def _version(path: Path, name: str) -> str | None:
    if name == "previous":
        return previous_version(path)
    return None if name == "current" else name


@release.command("rollback")
@click.argument("version", required=False)
@data_option
def roll_back(version: str | None, data: str | None) -> None:
    """回到上一个版本，或指定的版本 | Make the previous release current again, or the one that is named.

    It is read whole first: only an intact release becomes current. Nothing is removed, so naming the newer version goes
    forward again.
    """
    made = rollback(load_settings(data=data).data_path, version)
    click.echo(f"当前版本 current release {made.version}")


@release.command("prune")
@click.option(
    "--keep", type=click.IntRange(1), required=True, help="Newest releases to keep, beside the current one."
)
@click.option("--dry-run", is_flag=True, help="Only tell what would be removed.")
@data_option
def prune_old(keep: int, dry_run: bool, data: str | None) -> None:
    """移除旧版本，当前版本总是保留 | Remove old releases; the current one is always kept."""
    gone = prune(load_settings(data=data).data_path, keep, dry_run=dry_run)
    word = "将移除 would remove" if dry_run else "已移除 removed"
    for info in gone:
        click.echo(f"{word} {info.version}  {info.created}")
    if not gone:
        click.echo("没有可移除的版本 | there is nothing to remove", err=True)


release.add_command(push_release)


@click.command()
def settings() -> None:
    """全部设置：当前值、默认值和含义 | All settings: value, default and meaning.

    A flag beats the environment (FUNDTRACE_NAME), which beats fundtrace.toml, which beats the default.
    """
    values = dataclasses.asdict(load_settings())
    for name, default, zh, en in settings_table.describe():
        click.echo(f"{name} = {values[name]}  （默认 default: {default or '—'}）")
        click.echo(f"    {zh} | {en}")
