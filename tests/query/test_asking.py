"""Questions asked with the words of a person."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from fundtrace.errors import UsageError
from fundtrace.query import Question, Table, ask, load_questions
from fundtrace.query.questions import read_question

DOCUMENT = "http://localhost:8000/id/document/冀财社-2020-172"

ECHO = """\
#+ title: {zh: 题, en: Title}
#+ summary: {zh: 说, en: Summary}
#+ parameters:
#+   s: {type: string, choices: [a, b], label: {zh: 字, en: string}}
#+   n: {type: number, label: {zh: 数, en: number}}
#+   y: {type: year, required: true, label: {zh: 年, en: year}}
#+   c: {type: concept, scheme: target, choices: [text-with-number], label: {zh: 类, en: concept}}
#+   i: {type: iri, default: region/130636, label: {zh: 地, en: iri}}
#+ columns:
#+   s: {kind: text, label: {zh: 字, en: string}}
#+   n: {kind: number, label: {zh: 数, en: number}}
#+   y: {kind: year, label: {zh: 年, en: year}}
#+   c: {kind: concept, scheme: target, label: {zh: 类, en: concept}}
#+   i: {kind: iri, label: {zh: 地, en: iri}}
SELECT ?s ?n ?y ?c ?i {
  VALUES ?s { UNDEF }
  VALUES ?n { UNDEF }
  VALUES ?y { UNDEF }
  VALUES ?c { UNDEF }
  VALUES ?i { UNDEF }
}
"""


@pytest.fixture
def echo(tmp_path: Path) -> Question:
    """A question that answers with what it is asked."""
    path = tmp_path / "echo.rq"
    path.write_text(ECHO, encoding="utf-8")
    return read_question(path, tmp_path)


def _citing(graph: Any, **values: str) -> list[dict[str, Any]]:
    return _named(ask(graph, load_questions()["documents/projects-citing"], values))


def _named(table: Table) -> list[dict[str, Any]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def test_strings_become_terms_by_type_and_terms_typed_cells(store: ox.Store, echo: Question) -> None:
    """Every type of parameter is converted, and every kind of column comes back as what it is."""
    table = ask(
        store, echo, {"s": "a", "n": "1.50", "y": "2021", "c": "text_with_number", "i": "id/region/130605"}
    )
    assert table.rows == (
        ("a", Decimal("1.5"), 2021, "text-with-number", "http://localhost:8000/id/region/130605"),
    )


def test_defaults_are_filled_in_and_empty_strings_are_not_given(store: ox.Store, echo: Question) -> None:
    """The table says what was asked, defaults included."""
    table = ask(store, echo, {"s": " ", "y": "2021"})
    assert table.rows == ((None, None, 2021, None, "http://localhost:8000/id/region/130636"),)
    assert table.values == {"y": "2021", "i": "region/130636"}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"y": "2021", "z": "1"}, "z: there is no such parameter; the parameters are: s、n、y、c、i"),
        ({}, "y: this parameter is required"),
        ({"y": "21"}, "a year of four digits"),
        ({"y": "２０２１"}, "a year of four digits"),
        ({"y": "2021", "n": "1,5"}, "a number"),
        ({"y": "2021", "n": "NaN"}, "a number"),
        ({"y": "2021", "c": "other"}, "one of text-with-number"),
        ({"y": "2021", "s": "c"}, "valid text"),
        ({"y": "2021", "i": "http://a b"}, "an IRI"),
    ],
)
def test_a_wrong_value_is_named(
    store: ox.Store, echo: Question, values: dict[str, str], message: str
) -> None:
    """The error names the question, the parameter and what would do."""
    with pytest.raises(UsageError) as caught:
        ask(store, echo, values)
    assert message in caught.value.en
    assert caught.value.subject == "echo"


def test_one_of_several_parameters_must_be_given(store: ox.Store) -> None:
    """A question about a document needs its number or its IRI."""
    with pytest.raises(UsageError, match="give number or document"):
        _citing(store)


@pytest.mark.parametrize(
    "written", ["冀财社〔2020〕172号", "冀财社【2020】172号", "冀财社[2020]172", "冀财社 2020 年 172 号文"]
)
def test_a_number_in_any_form_names_the_document(store: ox.Store, written: str) -> None:
    """Forms of one number give one answer."""
    assert _citing(store, number=written) == _citing(store, document=DOCUMENT)


def test_another_base_gives_the_same_answer(store: ox.Store, elsewhere: Any) -> None:
    """Short forms and codes are read under the base of the release."""
    here = _citing(store, document="document/冀财社-2020-172", stage="budget")
    there = _citing(elsewhere, document="document/冀财社-2020-172", stage="budget")
    assert [row["code"] for row in here] == [row["code"] for row in there] == ["13063621TDIVMLYJT5VQ1"]
    assert there[0]["stage"] == "budget"
