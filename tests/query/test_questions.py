"""Loading and checking of saved questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from fundtrace.errors import SystemFailure
from fundtrace.query.questions import catalogue, load_questions, read_question

GOOD = """\
#+ title: {zh: 题, en: Title}
#+ summary: {zh: 说, en: Summary}
#+ parameters:
#+   stage: {type: concept, scheme: stage, choices: [draft, budget], default: budget, label: {zh: 阶段, en: stage}}
#+ columns:
#+   s: {kind: iri, label: {zh: 主, en: subject}}
#+   stage: {kind: concept, scheme: stage, label: {zh: 阶段, en: stage}}
#+ example: {stage: draft}
#+ chart: {form: bar, x: s, y: stage}
SELECT ?s ?stage {
  VALUES ?stage { UNDEF }
  ?s ?p ?stage
}
"""


def _read(tmp_path: Path, text: str, folder: str = "documents") -> object:
    path = tmp_path / folder / "one.rq"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return read_question(path, tmp_path)


def test_a_question_is_what_its_file_says(tmp_path: Path) -> None:
    """Front matter and SPARQL come from one file, whose path is the id."""
    path = tmp_path / "documents" / "one.rq"
    path.parent.mkdir()
    path.write_text(GOOD, encoding="utf-8")
    question = read_question(path, tmp_path)
    assert (question.id, question.folder, question.internal) == ("documents/one", "documents", False)
    assert question.title.zh == "题"
    assert question.parameters["stage"].default == "budget"
    assert list(question.columns) == ["s", "stage"]
    assert question.text == GOOD


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("title: {zh: 题, en: Title}", "title: {zh: 题}", "title.en"),
        ("title:", "tittle:", "title"),
        ("#+ title: {", "#+ title: [", "#+"),
        ("type: concept", "type: colour", "parameters.stage.type"),
        ("scheme: stage, choices", "choices", "parameters.stage.scheme"),
        ("default: budget", "default: final", "parameters.stage.default"),
        ("{stage: draft}", "{other: draft}", "example.other"),
        ("#+ example", "#+ any_of: [other]\n#+ example", "any_of.other"),
        ("VALUES ?stage { UNDEF }", "VALUES ?stage { 1 }", "parameters.stage"),
        ("VALUES ?stage { UNDEF }", "VALUES ?stage { UNDEF }\n  VALUES ?s { UNDEF }", "parameters.s"),
        ("SELECT ?s ?stage {", "SELECT ?stage ?s {", "columns"),
        ("SELECT ?s ?stage {", "SELECT ?s ?stage {{", "SPARQL"),
        ("kind: concept, scheme: stage, label", "kind: concept, label", "columns.stage.scheme"),
        ("x: s,", "x: other,", "chart"),
    ],
)
def test_a_mistake_is_named_with_file_and_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    """The message names the file and the key that is wrong."""
    assert old in GOOD
    with pytest.raises(SystemFailure) as caught:
        _read(tmp_path, GOOD.replace(old, new, 1))
    assert str(caught.value).startswith("queries/documents/one.rq: ")
    assert caught.value.en.startswith(f"{key} ")


def test_a_question_for_people_describes_its_columns(tmp_path: Path) -> None:
    """A bare list of columns is enough for an internal question alone."""
    columns = GOOD[GOOD.index("#+ columns") : GOOD.index("#+ example")]
    listed = GOOD.replace(columns, "#+ columns: [s, stage]\n").replace(
        "#+ chart: {form: bar, x: s, y: stage}\n", ""
    )
    with pytest.raises(SystemFailure, match="columns"):
        _read(tmp_path, listed)
    assert _read(tmp_path, listed, "pages")


def test_every_question_of_the_repository_is_valid() -> None:
    """All files load, and the catalogue leaves out the internal ones."""
    questions = load_questions()
    assert {
        "documents/projects-citing",
        "documents/by-budget",
        "departments/money-by-document",
    } <= questions.keys()
    assert any(question.internal for question in questions.values())
    assert not any(question.internal for question in catalogue().values())
    assert questions is load_questions()
