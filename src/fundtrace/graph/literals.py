r"""Literals as N-Triples text.

Text is escaped as canonical N-Triples has it (`\t \n \" \\`, `\u007F`). So that every
serialisation of a release, RDF/XML too, holds the same graph, two things give way before that: line ends are one
line feed, as any XML parser makes them, and characters that XML 1.0 cannot hold (most C0 controls, U+FFFE, U+FFFF, lone
surrogates) become U+FFFD.
"""

from __future__ import annotations

import re

XSD = "http://www.w3.org/2001/XMLSchema#"

_SPECIAL = re.compile('["\\\\\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]')
_ESCAPES: dict[int, str] = {
    **dict.fromkeys([*range(0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\ufffd"),
    0x09: "\\t",
    0x0A: "\\n",
    0x22: '\\"',
    0x5C: "\\\\",
    0x7F: "\\u007F",
}


def literal(text: str) -> str:
    """A plain string."""
    if not _SPECIAL.search(text):
        return f'"{text}"'
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return f'"{text.translate(_ESCAPES)}"'


def tagged(text: str, language: str = "zh") -> str:
    """A string in a language."""
    return f"{literal(text)}@{language}"


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
