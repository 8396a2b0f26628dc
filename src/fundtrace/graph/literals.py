r"""Literals as N-Triples text.

Text is escaped as canonical N-Triples has it (`\t \n \" \\`, `\u007F`). So that every
serialisation of a release, RDF/XML too, holds the same graph, two things give way before that: line ends are one
line feed, as any XML parser makes them, and characters that XML 1.0 cannot hold (most C0 controls, U+FFFE, U+FFFF, lone
surrogates) become U+FFFD.
"""

from __future__ import annotations

import re

XSD = "http://www.w3.org/2001/XMLSchema#"

_RARE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ESCAPES: dict[int, str] = {
    **dict.fromkeys([*range(0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\ufffd"),
    0x7F: "\\u007F",
}


def escaped(text: str) -> str:
    """What stands between the quotation marks."""
    # Printable text holds no control character, surrogate or unassigned code point: three looks in C for nearly every text.
    if text.isprintable() and '"' not in text and "\\" not in text:
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return text.translate(_ESCAPES) if _RARE.search(text) else text


def literal(text: str) -> str:
    """A plain string."""
    return f'"{escaped(text)}"'


def tagged(text: str, language: str = "zh") -> str:
    """A string in a language."""
    return f'"{escaped(text)}"@{language}'


def year(value: int) -> str:
    """A year of the calendar, `xsd:gYear`."""
    return f'"{value:04d}"^^<{XSD}gYear>'


def decimal(canonical: str) -> str:
    """An exact decimal from its canonical text: no exponent, no trailing zeros, no point when whole."""
    return f'"{canonical}"^^<{XSD}decimal>'


def integer(value: int) -> str:
    """A whole number."""
    return f'"{value}"^^<{XSD}integer>'


def boolean(value: bool) -> str:
    """True or false."""
    return f'"{"true" if value else "false"}"^^<{XSD}boolean>'
