"""Comparing: which entities came, went and changed between two releases."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from fundtrace.release import Account, Release, build_release, differences
from fundtrace.release.diffing import Change
from fundtrace.release.reporting import json_text, markdown, plural

BASE = "http://localhost:8000/"
Lines = Callable[..., list[str]]


def _build(data: Path, lines: list[str], base: str = BASE) -> Release:
    moved = [line.replace(BASE, base) for line in lines]
    return build_release(data, moved, base, f"{base}ontology#", Account()).release


def _about(changes: list[Change]) -> list[tuple[str, str, str]]:
    return [(change.action, change.class_name, change.iri.removeprefix(f"{BASE}id/")) for change in changes]


def test_entities_come_go_and_change(tmp_path: Path, lines: Lines) -> None:
    """A third project came, a purpose changed; what is equal is not named, nor the releases themselves."""
    two = [line.replace("第二行", "第三行") if "p2~b" in line else line for line in lines(count=3)]
    one, other = _build(tmp_path, lines(count=2)), _build(tmp_path, two)
    changes = list(differences(one, other))
    assert _about(changes) == [
        ("changed", "Project", "project/p2~b"),
        ("added", "Project", "project/p3~b"),
    ]
    (value,) = changes[0].values
    assert value.property == "purpose"
    assert value.removed == ('第一行\n第二行 "引" \\ <&>',)
    assert value.added == ('第一行\n第三行 "引" \\ <&>',)
    assert _about(list(differences(other, one)))[1] == ("removed", "Project", "project/p3~b")


def test_a_release_does_not_differ_from_itself(tmp_path: Path, lines: Lines) -> None:
    """Nothing is named, and the sentence says so."""
    release = _build(tmp_path, lines())
    assert list(differences(release, release)) == []
    assert "No difference." in markdown(release, release)


def test_another_base_is_no_difference(tmp_path: Path, lines: Lines) -> None:
    """Two publishers of the same facts differ in nothing but names, which are told as the newer one has them."""
    one = _build(tmp_path, lines())
    other = _build(tmp_path, [*lines(), *lines("新项目", 4)[-16:]], "https://data.example.org/")
    changes = list(differences(one, other))
    assert {change.iri.split("/id/")[0] for change in changes} == {"https://data.example.org"}
    assert [change.action for change in changes] == ["added"]


def test_markdown_is_a_sentence_and_a_list(tmp_path: Path, lines: Lines) -> None:
    """Counts in both languages, entities with their labels, and at most twenty of each sort."""
    text = markdown(_build(tmp_path, lines(count=1)), _build(tmp_path, lines(count=30)))
    assert "新增项目 29 个。" in text
    assert "29 projects added." in text
    assert "- 甲项目 10 (`project/p10~b`)" in text
    assert text.count("甲项目") == 20
    assert "- 另有 9 个 | 9 more" in text


def test_markdown_tells_old_and_new_values(tmp_path: Path, lines: Lines) -> None:
    """Signs that Markdown would take for marks are escaped, and a label is told only where it alone changed."""
    changed = [line.replace("第二行", "[第三行]") for line in lines(count=1)]
    named = [line.replace("甲项目", "乙项目") for line in lines(count=1)]
    first = _build(tmp_path, lines(count=1))
    assert "→ 第一行 \\[第三行\\]" in markdown(first, _build(tmp_path, changed))
    assert "- label: 甲项目 1 → 乙项目 1" in markdown(first, _build(tmp_path, named))


def test_others_are_counted(tmp_path: Path, lines: Lines) -> None:
    """Concepts and parts are one number at the end of the sentence."""
    changed = [line.replace("提示", "提醒") for line in lines()]
    text = markdown(_build(tmp_path, lines()), _build(tmp_path, changed))
    assert "1 other entity differing." in text.lower()


def test_json_names_everything(tmp_path: Path, lines: Lines) -> None:
    """One object with every change and the counts."""
    one, other = _build(tmp_path, lines(count=1)), _build(tmp_path, lines(count=30))
    told = json.loads("".join(json_text(one, other)))
    assert (told["from"], told["to"]) == (one.version, other.version)
    assert len(told["changes"]) == 29
    assert told["changes"][0]["label"] == "甲项目 10"
    assert told["summary"]["added"] == {"Project": 29}
    assert told["summary"]["en"] == "29 projects added"


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("project", "projects"),
        ("agency", "agencies"),
        ("project series", "project series"),
        ("row of a table", "rows of a table"),
    ],
)
def test_plurals(one: str, many: str) -> None:
    """English labels have their plural."""
    assert plural(one) == many
