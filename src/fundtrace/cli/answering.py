"""`trace`, `resolve`: the commands that ask a release."""

from __future__ import annotations

import dataclasses
import json
import sys

import click
from rich.console import Console

from fundtrace.cli import tracing as tracing_for_people
from fundtrace.cli.options import load_settings, release_option
from fundtrace.errors import NoMatch
from fundtrace.query.resolving import Match, Resolution, near
from fundtrace.query.resolving import resolve as resolve_text
from fundtrace.query.tracing import trace as trace_document
from fundtrace.release import Release, open_release

MOST_LINES = 1_000
"""Lines that `resolve -` reads at most."""


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a tree.")
@release_option
def trace(text: tuple[str, ...], as_json: bool, data: str | None, version: str | None) -> None:
    """从任意写法的文号追到项目、金额和指标 | From a document number in any form to projects, amounts and indicators.

    TEXT is a number in any written form, or a title. Exit code 5: no such document in this release.
    """
    release = open_release(load_settings(data=data).data_path, version)
    asked = " ".join(text)
    documents = _documents(release, resolve_text(release.index, asked))
    traces = [trace_document(release, match.iri, match.label) for match in documents]
    if as_json:
        body = {
            "asked": asked,
            "release": release.version,
            "documents": [dataclasses.asdict(one) for one in traces],
        }
        click.echo(json.dumps(body, ensure_ascii=False, indent=2))
        return
    console = _console()
    for one in traces:
        console.print(tracing_for_people.tree(one))
    console.print(f"本版收录 release {release.version}", highlight=False, style="dim")


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@release_option
def resolve(text: tuple[str, ...], as_json: bool, data: str | None, version: str | None) -> None:
    """每个写法对应的规范文号和 IRI | The canonical number and IRI of each written form.

    Each TEXT is one number, title, code or words; `-` reads one a line from standard input (at most 1 000). Prints what was
    asked, the canonical number, the IRI and the label, parted by tabs. Texts without a match are named on stderr; exit
    code 5 when none has one.
    """
    release = open_release(load_settings(data=data).data_path, version)
    asked = [line for one in text for line in (_lines() if one == "-" else [one])]
    missing = 0
    for one in asked:
        resolution = resolve_text(release.index, one)
        canonical = resolution.number.canonical if resolution.number else ""
        if as_json:
            click.echo(json.dumps(_as_object(resolution), ensure_ascii=False))
        for match in () if as_json else resolution.matches:
            click.echo("\t".join((resolution.asked, canonical, match.iri, match.label)))
        if not resolution.matches:
            missing += 1
            click.echo(f"fundtrace: 本版未收录 not in this release: {one} {canonical}".rstrip(), err=True)
    if missing and missing == len(asked):
        raise NoMatch(
            "no-match",
            "没有一个写法在本版中有对应的文件或实体",
            "none of these names anything in this release",
        )


def _documents(release: Release, resolution: Resolution) -> tuple[Match, ...]:
    documents = tuple(match for match in resolution.matches if match.class_name == "FundingDocument")
    if resolution.way in {"number", "numbers", "title"} and documents:
        return documents
    number = resolution.number
    if number is not None:
        close = [match.label for match in near(release.index, number)[:5]]
        hint_zh = f"；同一代字同一年的有：{'、'.join(close)}" if close else ""
        hint_en = f"; of the same issuer and year: {', '.join(close)}" if close else ""
        raise NoMatch(
            "no-match",
            f"本版没有项目引用 {number.canonical}{hint_zh}",
            f"no project of this release cites {number.canonical}{hint_en}",
        )
    if documents:
        raise NoMatch(
            "ambiguous",
            f"“{resolution.asked}”不是文号；名称相近的文件有：{'、'.join(match.label for match in documents[:5])}",
            f"{resolution.asked!r} is no document number; documents with these words: "
            f"{', '.join(match.label for match in documents[:5])}",
        )
    raise NoMatch(
        "no-match",
        f"“{resolution.asked}”不是文号，也不是本版收录的文件标题",
        f"{resolution.asked!r} is neither a document number nor the title of a document of this release",
    )


def _as_object(resolution: Resolution) -> dict[str, object]:
    return {
        "asked": resolution.asked,
        "number": resolution.number.canonical if resolution.number else None,
        "way": resolution.way,
        "matches": [dataclasses.asdict(match) for match in resolution.matches],
    }


def _lines() -> list[str]:
    lines = [line.strip() for line in sys.stdin]
    lines = [line for line in lines if line]
    if len(lines) > MOST_LINES:
        click.echo(f"fundtrace: 只读前 {MOST_LINES} 行 only the first {MOST_LINES} lines are read", err=True)
    return lines[:MOST_LINES]


def _console() -> Console:
    # A pipe has no width; trees must not be folded at 80 columns there.
    return Console(width=None if sys.stdout.isatty() else 240, highlight=False)
