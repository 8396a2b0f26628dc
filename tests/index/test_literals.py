"""Terms of N-Triples to values and back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtrace.graph.literals import XSD, literal, tagged
from fundtrace.index.literals import END, checked, plain, reading
from fundtrace.index.sqlite import canonical, units

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=30)


@given(TEXT | st.sampled_from(['a"b', "a\\b", "a\nb\tc .", " . "]))
def test_what_the_graph_writes_is_read(text: str) -> None:
    """Any text comes back from a line of a release, alone and in a language."""
    read, read_tagged = reading("text", f"{XSD}string", "<b:id/"), reading("lang", "", "<b:id/")
    rest = checked("<b:id/a>", "<b:p>", f"{literal(text)} .\n")
    assert read(plain(rest.removesuffix(END)) + END) == text
    rest = checked("<b:id/a>", "<b:p>", f"{tagged(text)} .")
    assert read_tagged(plain(rest.removesuffix(END)) + END) == (text, "zh")


@given(st.decimals(min_value=-(10**13), max_value=10**13, places=4))
def test_money_is_exact(amount: Decimal) -> None:
    """Canonical yuan comes back from whole numbers of 1/10 000 yuan."""
    text = f"{amount.normalize() + 0:f}"
    assert canonical(units(text)) == text
    assert units(text) == amount * 10_000


@pytest.mark.parametrize(
    "line",
    ["  ", "<b:a> <b:p> ", "_:a <b:p> <b:c> .", '<b:a> <b:p> "c"', "<b:a> <b:p> _:c .", '<b:a> "p" <b:c> .'],
)
def test_other_lines_are_refused(line: str) -> None:
    """A line that is no statement of a release is refused."""
    with pytest.raises(ValueError, match=r"."):
        checked(*line.split(" ", 2))


@pytest.mark.parametrize("value", ['"a\\q"', "<a\\b>", "<a:\\u0041>"])
def test_broken_escapes_are_refused(value: str) -> None:
    """An escape that N-Triples does not have, or one in an IRI, is refused."""
    with pytest.raises(ValueError, match="a"):
        plain(value)


def test_a_typed_literal_keeps_its_type() -> None:
    """An escape in a literal of another datatype is taken out, and the datatype stays."""
    assert plain(f'"a\\tb"^^<{XSD}token>') == f'"a\tb"^^<{XSD}token>'


@pytest.mark.parametrize(
    ("kind", "datatype", "value"),
    [
        ("reference", "", '"a"'),
        ("reference", "", "<c:id/a>"),
        ("text", "string", '"a"@zh'),
        ("text", "string", "<b:id/a>"),
        ("lang", "", '"a"'),
        ("lang", "", "<b:a@b>"),
        ("year", "gYear", f'"2021Z"^^<{XSD}gYear>'),
        ("integer", "integer", f'"1"^^<{XSD}int>'),
        ("boolean", "boolean", f'"yes"^^<{XSD}boolean>'),
        ("money", "decimal", f'"0.00001"^^<{XSD}decimal>'),
        ("decimal", "decimal", f'"many"^^<{XSD}decimal>'),
    ],
)
def test_a_term_of_another_kind_is_refused(kind: str, datatype: str, value: str) -> None:
    """Only what the shapes say is taken."""
    with pytest.raises(ValueError, match=r"."):
        reading(kind, XSD + datatype, "<b:id/")(value + END)  # type: ignore[arg-type]  # kinds as plain text
