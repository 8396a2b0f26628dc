"""Entities: sorted statements, one subject at a time."""

from __future__ import annotations

import pytest

from fundtrace.release.entities import entities, local_name, readable

LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"


def test_statements_are_grouped_by_subject() -> None:
    """A label in Chinese comes first; without a label or class there is still something to say."""
    lines = [
        f'<http://x/a> {LABEL} "one"@en .\n',
        f'<http://x/a> {LABEL} "一"@zh .\n',
        '<http://x/b> <http://x/p> "v" .\n',
    ]
    one, two = entities(lines)
    assert (one.iri, one.label, one.values(LABEL)) == ("http://x/a", "一", ('"one"@en', '"一"@zh'))
    assert (two.label, two.class_name) == ("b", "Resource")


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("<http://x/a>", "http://x/a"),
        ('"a\\tb\\n\\"c\\" \\\\ \\u007F"', 'a\tb\n"c" \\ \x7f'),
        ('"2021"^^<http://www.w3.org/2001/XMLSchema#gYear>', "2021"),
    ],
)
def test_terms_are_made_readable(term: str, text: str) -> None:
    """Escapes, datatypes and brackets are gone."""
    assert readable(term) == text


def test_local_names() -> None:
    """The last part of an IRI, whatever parts it."""
    assert local_name("<http://x/o#name>") == "name"
    assert local_name("<http://www.w3.org/2004/02/skos/core#prefLabel>") == "prefLabel"
