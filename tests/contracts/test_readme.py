"""What the README shows is what the samples answer."""

from __future__ import annotations

import json
import re
from pathlib import Path

from click.testing import CliRunner

from fundtrace.cli import main
from fundtrace.graphql import execute
from fundtrace.query import select
from fundtrace.release import Release

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def _block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert found is not None
    return found.group(1)


def test_the_graphql_answer_is_the_one_shown(sample_release: Release) -> None:
    """The query of the README gives the JSON below it."""
    answer = execute(sample_release, _block("graphql"), {}, None)
    assert answer["data"] == json.loads(_block("json"))["data"]


def test_the_sparql_answer_is_the_one_shown(sample_release: Release) -> None:
    """The query of the README gives the table below it."""
    shown = (
        README.partition("```sparql")[2].partition("```\n")[2].partition("\n\n##")[0].strip().splitlines()[2:]
    )
    rows = [
        f"| {row['region'].value} | `{row['project'].value.rpartition('/')[2]}` | {row['yuan'].value} |"  # type: ignore[union-attr]
        for row in select(sample_release, _block("sparql"))
    ]
    assert rows == shown


def test_the_tree_is_the_one_shown(sample_data: Path) -> None:
    """`fundtrace trace` gives the tree of the README."""
    result = CliRunner().invoke(main, ["trace", "冀财社[2020]186", "--data", str(sample_data)])
    shown = [line for line in _block("text").splitlines() if line]
    assert [line.rstrip() for line in result.output.splitlines()][:-1] == shown


def test_every_command_has_its_line() -> None:
    """The README names the commands that it tells people to run, as the command line spells them."""
    for name in re.findall(r"\.venv/bin/fundtrace (\w+)", README):
        assert name in main.list_commands(None)  # type: ignore[arg-type, attr-defined]
