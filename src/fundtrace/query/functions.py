"""Functions that queries may call, under the namespace of the ontology.

They take a text or an IRI and never fail: what they cannot read leaves the expression unbound.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from fundtrace.citations import decode_issuer, parse_number, parse_numbers

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Function: TypeAlias = Callable[..., Term | None]

LONGEST: Final = 500
"""Characters of a text that a function reads."""


def canonical_number(*terms: Term) -> Literal | None:
    """The first document number in a text, in its standard form: `冀财社[2020]186` → `冀财社〔2020〕186号`."""
    text = _text(terms)
    number = parse_number(text) if text else None
    found = number or next(iter(parse_numbers(text) if text else ()), None)
    return Literal(found.canonical) if found else None


def issuing_agency(*terms: Term) -> Literal | None:
    """The organ that an issuer code, or the code of a document number, stands for, as far as the published list says."""
    text = _text(terms)
    number = parse_number(text) if text else None
    decoded = decode_issuer(number.issuer if number else text) if text else None
    return Literal(decoded.agency) if decoded and decoded.agency else None


FUNCTIONS: Final[Mapping[str, Function]] = MappingProxyType(
    {"canonicalNumber": canonical_number, "issuingAgency": issuing_agency}
)
"""The functions by local name."""


def functions(namespace: str) -> dict[NamedNode, Function]:
    """The functions by their IRIs under a namespace, with what they read loaded."""
    canonical_number(Literal("冀财社〔2020〕186号"))
    issuing_agency(Literal("冀财社"))
    return {NamedNode(namespace + name): function for name, function in FUNCTIONS.items()}


def _text(terms: tuple[Term, ...]) -> str | None:
    if len(terms) != 1 or not isinstance(terms[0], Literal | NamedNode):
        return None
    return terms[0].value[:LONGEST]
