"""`ask` and `export`: a saved question as a table, a release as a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, cast

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table as PrintedTable

from fundtrace.cli.options import load_settings, release_option
from fundtrace.errors import NoMatch, UsageError
from fundtrace.query.asking import Table
from fundtrace.query.asking import ask as ask_question
from fundtrace.query.describing import provenance, turtle_bytes
from fundtrace.query.questions import Question, catalogue
from fundtrace.query.tables import csv_bytes, headings, json_bytes, plain
from fundtrace.release import FORMATS, TABLE_FORMATS, Release, export_table, open_release
from fundtrace.release import export as export_release


def _xlsx(release: Release, table: Table) -> bytes:
    # Only who wants an Excel file waits for its library.
    from fundtrace.query.workbooks import xlsx_bytes

    return xlsx_bytes(table, "zh", provenance(release))


_WRITERS: dict[str, Callable[[Release, Table], bytes]] = {
    "csv": lambda _, table: csv_bytes(table),
    "json": lambda _, table: json_bytes(table),
    "xlsx": _xlsx,
    "turtle": turtle_bytes,
}


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("question", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", *_WRITERS]),
    default="table",
    show_default=True,
    help="How the answer is written.",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="A file instead of stdout.")
@release_option
@click.pass_context
def ask(
    context: click.Context,
    question: str | None,
    form: str,
    output: Path | None,
    data: str | None,
    version: str | None,
) -> None:
    """问一个保存的问题 | Ask a saved question; without QUESTION, list them.

    The question's own parameters follow as flags: fundtrace ask documents/projects-citing --number 冀财社[2020]186.
    Exit code 5: the answer has no rows.
    """
    if question is None:
        _list()
        return
    asked = _find(question)
    values = _values(asked, context.args)
    if form == "xlsx" and output is None and sys.stdout.isatty():
        raise _binary()
    release = open_release(load_settings(data=data).data_path, version)
    answer = ask_question(release, asked, values)
    if not answer.rows:
        raise NoMatch(
            "no-rows",
            "没有符合条件的行",
            f"the answer has no rows; example: {_example(asked)}",
            subject=asked.id,
        )
    if form == "table":
        _print(answer)
        return
    _write(output, _WRITERS[form](release, answer))


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice([*FORMATS, *TABLE_FORMATS]),
    default="turtle",
    show_default=True,
    help="The serialisation, or a table for spreadsheets.",
)
@click.option(
    "--table",
    default="projects-and-documents",
    show_default=True,
    help="Which table csv and xlsx hold: one of queries/export.",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="A file instead of stdout.")
@release_option
def export(form: str, table: str, output: Path | None, data: str | None, version: str | None) -> None:
    """导出整个版本，逐字节可重现 | Write a whole release; equal releases give equal bytes."""
    if form == "xlsx" and output is None and sys.stdout.isatty():
        raise _binary()
    release = open_release(load_settings(data=data).data_path, version)
    if output is None:
        _export(release, form, table, sys.stdout.buffer)
        return
    draft = output.with_name(f"{output.name}.part")
    try:
        with _open(draft) as file:
            _export(release, form, table, file)
        draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)
    click.echo(f"已写出 written: {output}", err=True)


def _export(release: Release, form: str, table: str, output: BinaryIO) -> None:
    if form in TABLE_FORMATS:
        export_table(release, table, form, output)
    else:
        export_release(release, form, output)


def _binary() -> UsageError:
    return UsageError(
        "binary-output", "Excel 文件请用 --output 写到文件", "write Excel to a file with --output"
    )


def _list() -> None:
    table = PrintedTable(title="保存的问题 saved questions", title_justify="left", box=None)
    table.add_column("QUESTION")
    table.add_column("问题", overflow="fold")
    table.add_column("参数 parameters", overflow="fold")
    for question in catalogue().values():
        table.add_row(
            question.id,
            f"{escape(question.title.zh)}\n[dim]{escape(question.title.en)}[/dim]",
            " ".join(f"--{name}" for name in question.parameters) or "—",
        )
    _console().print(table)


def _find(name: str) -> Question:
    questions = catalogue()
    if name not in questions:
        raise UsageError(
            "unknown-question",
            f"没有名为 {name} 的问题；fundtrace ask 列出全部问题",
            f"there is no question {name}; `fundtrace ask` lists them all",
        )
    return questions[name]


def _values(question: Question, args: Sequence[str]) -> dict[str, str]:
    """`--name value` and `--name=value` pairs; which names are known is for the question to say."""
    values: dict[str, str] = {}
    rest = list(args)
    while rest:
        flag = rest.pop(0)
        name, equals, value = flag.removeprefix("--").partition("=")
        if not flag.startswith("--") or not (equals or rest):
            raise UsageError(
                "question-parameter",
                f"看不懂 {flag!r}；参数写作 --名称 值，例如：{_example(question)}",
                f"{flag!r} is not understood; parameters are written --name value, for example: {_example(question)}",
                subject=question.id,
            )
        values[name] = value if equals else rest.pop(0)
    return values


def _example(question: Question) -> str:
    return " ".join(
        [f"fundtrace ask {question.id}", *(f"--{name} {value}" for name, value in question.example.items())]
    )


def _print(answer: Table) -> None:
    table = PrintedTable(title=escape(answer.question.title.zh), title_justify="left")
    # An IRI is for programs; a terminal has no room for what the other columns say already.
    shown = [number for number, column in enumerate(answer.columns.values()) if column.kind != "iri"]
    names, columns = headings(answer, "zh"), list(answer.columns.values())
    for number in shown:
        heading, column = names[number], columns[number]
        table.add_column(
            escape(heading),
            justify="right" if column.kind in {"money", "number"} else "left",
            overflow="fold",
        )
    for row in answer.rows:
        table.add_row(*(escape(plain(row[number])) for number in shown))
    _console().print(table)
    _console().print(f"{len(answer.rows)} 行 rows", style="dim")


def _write(output: Path | None, content: bytes) -> None:
    if output is None:
        sys.stdout.buffer.write(content)
        return
    with _open(output) as file:
        file.write(content)
    click.echo(f"已写出 written: {output}", err=True)


def _open(path: Path) -> BinaryIO:
    try:
        return cast(BinaryIO, path.open("wb"))
    except OSError as error:
        raise UsageError(
            "output-file",
            f"无法写入：{error.strerror}",
            f"cannot be written: {error.strerror}",
            subject=str(path),
        ) from error


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else 240, highlight=False)
