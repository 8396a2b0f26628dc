"""Between IRIs and paths."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace_server.addresses import Address, address_of, page_path, read_address

BASE = "https://data.example.org/budget/"


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        (f"{BASE}id/document/冀财社-2020-186", Address("document", "冀财社-2020-186")),
        (
            f"{BASE}id/project/13063621KBZ5IOG4SDMWN-2021~b",
            Address("project", "13063621KBZ5IOG4SDMWN-2021~b"),
        ),
        ("https://elsewhere.example/id/document/x", None),
        (f"{BASE}id/nothing/x", None),
        (f"{BASE}id/document/a/b", None),
        (f"{BASE}ontology#Project", None),
    ],
)
def test_only_our_own_entities_have_an_address(iri: str, expected: Address | None) -> None:
    """Whatever else a statement points to has no page here."""
    assert address_of(iri, BASE) == expected
    assert page_path(iri, BASE) == (expected.page if expected else None)


@settings(max_examples=200)
@given(st.text(max_size=80))
def test_no_key_breaks_out_of_its_segment(key: str) -> None:
    """A key that is accepted holds nothing that means something in an address or in markup."""
    address = read_address("document", key)
    if address:
        assert not set(key) & set("/?#%<>\"'&\\ \n\x00.")
        assert address.data("ttl") == f"/data/document/{key}.ttl"
