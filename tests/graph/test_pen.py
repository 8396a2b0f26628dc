"""The pen: what is missing is not written, and no unknown term can be."""

from __future__ import annotations

import pytest

from fundtrace.graph.forms import (
    BOOLEAN,
    CELLS,
    CONCEPT,
    DECIMAL,
    INTEGER,
    IRI,
    TEXT,
    WORD,
    YEAR,
    Form,
    code_of,
)
from fundtrace.graph.iris import Iris
from fundtrace.graph.literals import boolean, decimal, integer, literal, tagged, year
from fundtrace.graph.pen import Pen, shorten
from fundtrace.graph.terms import Terms

SORTS = (
    ("unit", IRI, "http://a/u", "<http://a/u>"),
    ("category", CONCEPT, "http://a/c", "<http://a/c>"),
    ("stage", code_of("stage"), "final", "<http://a/id/concept/stage-final>"),
    ("name", TEXT, '“甲”\t"乙"\\', literal('“甲”\t"乙"\\')),
    ("cells", CELLS, ("甲\n", "", "\x07"), literal("甲\n\t\t\x07")),
    ("valueUnit", WORD, '"万"\t元', literal('"万"\t元')),
    ("year", YEAR, 987, year(987)),
    ("yuan", DECIMAL, "1.5", decimal("1.5")),
    ("line", INTEGER, 0, integer(0)),
    ("inferred", BOOLEAN, False, boolean(False)),
)


def test_missing_values_are_not_written() -> None:
    """None and blank text leave no line."""
    pen = Pen(Iris("http://a/"), Terms("http://a/#"))
    pen.text("<s>", "name", None)
    pen.text("<s>", "name", " \n")
    pen.year("<s>", "year", None)
    pen.decimal("<s>", "yuan", None)
    pen.integer("<s>", "line", None)
    pen.boolean("<s>", "inferred", None)
    pen.concept("<s>", "stage", "stage", None)
    assert pen.take() == []
    form = Form("Project", *((term, sort) for term, sort, _, _ in SORTS))
    pen.state[form]("http://a/s", "名", *(None for _ in SORTS))
    assert [line.split(" ", 2)[2] for line in pen.take()] == ["<http://a/#Project> .", '"名"@zh .']
    form = Form("Project", ("name", TEXT), ("purpose", TEXT), ("cells", CELLS), ("valueUnit", WORD))
    for blank in ("", " ", "\u3000\n", "\x1f"):
        pen.state[form]("http://a/s", "名", blank, blank, (blank, " "), blank)
        assert len(pen.take()) == 2
    assert pen.concepts == set()


def test_an_entity_is_stated_by_its_form() -> None:
    """Each sort of value is written as the call for one statement writes it, and concepts are remembered."""
    pen = Pen(Iris("http://a/"), Terms("http://a/#"))
    form = Form("Project", *((term, sort) for term, sort, _, _ in SORTS))
    assert pen.state[form]("http://a/s", "名", *(value for _, _, value, _ in SORTS)) == "<http://a/s>"
    assert pen.take()[2:] == [f"<http://a/s> <http://a/#{term}> {text} ." for term, _, _, text in SORTS]
    assert pen.concepts == {"http://a/c", "http://a/id/concept/stage-final"}
    with pytest.raises(TypeError, match="missing"):
        pen.state[form]("http://a/s", "名")


def test_one_look_at_all_texts_escapes_each() -> None:
    """A text that needs escaping changes nothing about the label, texts and cells beside it."""
    pen = Pen(Iris("http://a/"), Terms("http://a/#"))
    form = Form("Project", ("name", TEXT), ("purpose", TEXT), ("code", TEXT), ("cells", CELLS))
    plain, odd = " 甲", ' "乙"\\\r\n\x07'
    for label, *texts in ((plain, plain, odd, plain), (odd, plain, plain, plain), (plain, odd, odd, odd)):
        pen.state[form]("http://a/s", label, *texts[:2], None, (texts[2], plain))
        objects = [tagged(label), literal(texts[0]), literal(texts[1]), literal(f"{texts[2]}\t{plain}")]
        assert [line.split("> ", 2)[2] for line in pen.take()[1:]] == [f"{text} ." for text in objects]


def test_any_number_of_words_is_stated() -> None:
    """Words are stated the same however many there are, also when they come again much later."""
    pen = Pen(Iris("http://a/"), Terms("http://a/#"))
    state = pen.state[Form("Project", ("valueUnit", WORD))]
    words = [f"词{number}" for number in range(17_000)]
    for word in [*words, words[0]]:
        state("http://a/s", "名", word)
    assert [line.split(" ")[2] for line in pen.take()[2::3]] == [f'"{word}"' for word in [*words, words[0]]]


def test_unknown_terms_are_refused() -> None:
    """A property that the ontology does not have cannot be written."""
    with pytest.raises(KeyError, match="nonsense"):
        Terms("http://a/#")["nonsense"]


def test_labels_are_one_short_line() -> None:
    """A running text is cut to eighty characters."""
    assert shorten("甲\n 乙") == "甲 乙"
    assert len(shorten("甲" * 200)) == 80
    assert shorten("甲" * 200).endswith("…")
