"""Bodies of requests: what forms say."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fundtrace_server.bodies import decode_form
from fundtrace_server.problems import Problem

ODD = st.text(alphabet="%=+&;09afAFzé\r\n 冀", max_size=40)


@given(st.lists(st.tuples(st.text(min_size=1), st.text()), max_size=5))
def test_what_a_browser_writes_is_read(fields: list[tuple[str, str]]) -> None:
    """Any text, as it was before it was encoded."""
    written = [(name, value) for name, value in fields if name.isascii() or name.isprintable()]
    assert decode_form(urlencode(written).encode()) == written


@given(ODD)
@example("a==%41")
@example("a=%%41")
@example("a=%4\n1")
@example("a=%3D%3D")
def test_it_reads_as_the_standard_library_does(text: str) -> None:
    """Also what no browser writes: lone signs, escapes that are none, signs that mean something in other encodings."""
    body = text.encode()
    try:
        expected = parse_qsl(text, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        with pytest.raises(Problem):
            decode_form(body)
    else:
        assert decode_form(body) == expected


def test_a_form_has_few_fields() -> None:
    """400 beyond a hundred."""
    with pytest.raises(Problem) as refused:
        decode_form(b"&".join([b"a=b"] * 101))
    assert (refused.value.status, refused.value.code) == (400, "bad-form")
