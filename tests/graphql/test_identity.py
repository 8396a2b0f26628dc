"""Global ids and cursors."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.graphql.identity import decode, encode

KEYS = st.text(
    alphabet=st.characters(categories=["L", "Nd"], include_characters="-_~"), min_size=1, max_size=40
)


@settings(max_examples=200)
@given(KEYS, KEYS)
def test_what_is_encoded_is_decoded(kind: str, key: str) -> None:
    """A kind and key survive, whatever their letters."""
    assert decode(encode(f"{kind}/{key}")) == f"{kind}/{key}"


@settings(max_examples=200)
@given(st.text(max_size=30))
def test_any_text_decodes_to_a_name_or_nothing(text: str) -> None:
    """Nothing that a client sends is an exception."""
    name = decode(text)
    assert name is None or "/" in name
