"""`release` and `settings`: what is kept, and how this installation is set."""

from __future__ import annotations

import dataclasses
import json

import click

from fundtrace import settings as settings_table
from fundtrace.cli.options import data_option, load_settings
from fundtrace.release import current_version, list_releases


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


@click.command()
def settings() -> None:
    """全部设置：当前值、默认值和含义 | All settings: value, default and meaning.

    A flag beats the environment (FUNDTRACE_NAME), which beats fundtrace.toml, which beats the default.
    """
    values = dataclasses.asdict(load_settings())
    for name, default, zh, en in settings_table.describe():
        click.echo(f"{name} = {values[name]}  （默认 default: {default or '—'}）")
        click.echo(f"    {zh} | {en}")
