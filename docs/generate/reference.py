"""Writes the reference pages from what they describe, or checks that they are fresh (`--check`)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from inspect import cleandoc
from pathlib import Path
from typing import Final

import click
from errors import errors_page
from faces import cell, ontology_page, routes_page, schema_page

from fundtrace.cli.main import main
from fundtrace.settings import describe

HERE = Path(__file__).parents[1] / "reference"


def settings_page() -> str:
    """The table of settings."""
    lines = [
        "# 设置 · Settings",
        "",
        "参数优先于环境变量 `FUNDTRACE_名称`，环境变量优先于 `fundtrace.toml`，文件优先于默认值。",
        "A flag beats the environment (`FUNDTRACE_NAME`), which beats `fundtrace.toml`, which beats the default.",
        "`fundtrace settings` shows what holds.",
        "",
        "| 名称 name | 默认 default | 含义 meaning |",
        "| --- | --- | --- |",
    ]
    lines += [
        f"| `{name}` | {f'`{default}`' if default else '—'} | {zh} · {en} |"
        for name, default, zh, en in describe()
    ]
    return "\n".join(lines) + "\n"


def commands_page() -> str:
    """The commands with their options, as the command line tells them."""
    lines = ["# 命令 · Commands", ""]
    context = click.Context(main, info_name="fundtrace")
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        if command is None:
            raise LookupError(name)
        lines += _command(command, click.Context(command, info_name=name, parent=context))
    return "\n".join(lines).rstrip() + "\n"


def _command(command: click.Command, context: click.Context) -> list[str]:
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    lines = [f"## `{context.command_path}`", "", f"`{usage}`", "", cleandoc(command.help or ""), ""]
    rows = [one for parameter in command.params if (one := parameter.get_help_record(context))]
    if rows:
        lines += ["| 参数 option | 含义 meaning |", "| --- | --- |"]
        lines += [f"| `{cell(option)}` | {cell(meaning)} |" for option, meaning in rows]
        lines.append("")
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                lines += _command(below, click.Context(below, info_name=name, parent=context))
    return lines


PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "settings.md": settings_page,
    "commands.md": commands_page,
    "errors.md": errors_page,
    "routes.md": routes_page,
    "schema.md": schema_page,
    "ontology.md": ontology_page,
}


def write(check: bool) -> int:
    """Writes the pages; with `check` only tells which are not fresh, and gives 1 if there are any."""
    stale = 0
    for name, made in PAGES.items():
        path, text = HERE / name, made()
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale += 1
            if check:
                print(f"docs/reference/{name} is not fresh; run: make generated", file=sys.stderr)
            else:
                path.write_text(text, encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    raise SystemExit(write("--check" in sys.argv[1:]))
