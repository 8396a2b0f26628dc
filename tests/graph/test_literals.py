"""Literals: what is written is what is read back."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.graph import literals

# What XML 1.0 can hold, and so what every serialisation of a release can hold.
_XML = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff").filter(
        lambda char: ord(char) >= 0x20 or char in "\t\n"
    )
)


def _read(literal: str) -> ox.Literal:
    (quad,) = ox.parse(f"<http://a/s> <http://a/p> {literal} .\n", ox.RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, ox.Literal)
    return quad.object


@given(_XML)
@settings(max_examples=200)
def test_any_text_comes_back(text: str) -> None:
    """Quotes, backslashes, line ends and every script survive."""
    assert _read(literals.literal(text)).value == text
    assert _read(literals.tagged(text)).value == text
    assert "\n" not in literals.literal(text)


@given(_XML)
@settings(max_examples=200)
def test_the_text_is_canonical(text: str) -> None:
    """Our escapes are those of canonical N-Triples, so that a dump by any tool compares equal."""
    assert str(_read(literals.literal(text))) == literals.literal(text)


def test_what_xml_cannot_hold_is_replaced() -> None:
    """Control characters and lone surrogates become U+FFFD in every form alike."""
    assert _read(literals.literal("a\x00b\ud800c\uffff")).value == "a\ufffdb\ufffdc\ufffd"
    assert _read(literals.literal("a\r\nb\rc")).value == "a\nb\nc"


def test_typed_values() -> None:
    """Years, decimals, whole numbers and booleans carry their datatype."""
    assert _read(literals.year(2021)) == ox.Literal("2021", datatype=ox.NamedNode(literals.XSD + "gYear"))
    assert _read(literals.decimal("1630318.26")).datatype.value == literals.XSD + "decimal"
    assert _read(literals.integer(3)) == ox.Literal(3)
    assert _read(literals.boolean(True)) == ox.Literal(True)
    assert _read(literals.boolean(False)).value == "false"
