"""What requests have in common that differ in their query alone."""

from __future__ import annotations

from urllib.parse import quote, quote_plus, unquote_to_bytes

import httptools
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtrace.query.patterns import LARGEST_REQUEST, Pattern
from fundtrace_server.patterns import pattern_of

HEADERS = "Host: localhost:8000\r\nAccept: application/sparql-results+json\r\nAccept-Encoding: gzip\r\n"
FORM = "application/x-www-form-urlencoded"


def get(query: str, path: str = "/sparql", headers: str = HEADERS) -> bytes:
    """A request with the query in its address."""
    return f"GET {path}?query={quote(query, safe='')} HTTP/1.1\r\n{headers}\r\n".encode()


def form(query: str, headers: str = HEADERS) -> bytes:
    """A request with the query in a form."""
    return _post(f"query={quote_plus(query)}".encode(), FORM, headers)


def plain(query: str, headers: str = HEADERS) -> bytes:
    """A request whose body is the query."""
    return _post(query.encode(), "application/sparql-query; charset=utf-8", headers)


def _post(body: bytes, kind: str, headers: str = HEADERS) -> bytes:
    head = f"POST /sparql HTTP/1.1\r\n{headers}Content-Type: {kind}\r\nContent-Length: {len(body)}\r\nX-A: b\r\n\r\n"
    return head.encode() + body


class _Reader:
    """What the parser of the server makes of some bytes."""

    def __init__(self, data: bytes) -> None:
        self.url = self.body = b""
        self.headers: list[tuple[bytes, bytes]] = []
        self.messages = 0
        self.parser = httptools.HttpRequestParser(self)
        self.parser.feed_data(data)

    def on_url(self, url: bytes) -> None:
        self.url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value))

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_begin(self) -> None:
        self.begun = True

    def on_message_complete(self) -> None:
        self.messages += 1

    @property
    def query(self) -> bytes:
        kind = dict(self.headers).get(b"content-type", b"")
        if kind.startswith(b"application/sparql-query"):
            return self.body
        text = self.body if kind else self.url.partition(b"?")[2]
        name, _, value = text.partition(b"=")
        assert name == b"query"
        assert b"&" not in value
        return unquote_to_bytes(value.replace(b"+", b" "))


def _pattern(data: bytes) -> Pattern:
    found = pattern_of(data)
    assert found is not None
    return found


@pytest.mark.parametrize("written", [get, form, plain])
@given(
    queries=st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=2, max_size=2)
)
def test_a_request_that_differs_in_its_query_has_the_pattern(written, queries) -> None:
    """Whatever a query holds, it is found in a request that is else like the first one."""
    first, second = queries
    assert _pattern(written(first)).query_in(written(second)) == second.encode()


@pytest.mark.parametrize("written", [get, form, plain])
@given(data=st.data())
def test_what_has_the_pattern_is_one_request_with_that_query(written, data) -> None:
    """A request that was changed anywhere is no such one, or is one to the server's parser as well, with the same headers."""
    original = written("ASK { ?s ?p '50%' }")
    pattern = _pattern(original)
    start = data.draw(st.integers(0, len(original)))
    end = data.draw(st.integers(start, min(len(original), start + 3)))
    piece = data.draw(
        st.binary(max_size=3) | st.sampled_from([b"\r\n", b"&", b"#", b"%", b"0", b"=", b" ", b"\r\n\r\n"])
    )
    changed = original[:start] + piece + original[end:]
    found = pattern.query_in(changed)
    if found is not None:
        read = _Reader(changed)
        assert read.messages == 1
        assert read.query == found
        names = [one for one in read.headers if one[0] != b"content-length"]
        assert names == [one for one in _Reader(original).headers if one[0] != b"content-length"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        get("ASK {}")[:-1],
        get("ASK {}") + get("ASK {}"),
        get("ASK {}").replace(b"query=", b"default-graph-uri=a&query="),
        get("ASK {}").replace(b" HTTP", b"&format=xml HTTP"),
        get("ASK {}", headers=HEADERS + "Content-Length: 0\r\n"),
        get("ASK {}", headers=HEADERS + 'If-None-Match: "a"\r\n'),
        get("ASK {}").replace(b"1.1", b"1.0"),
        form("ASK {}", headers=HEADERS + "Expect: 100-continue\r\n"),
        form("ASK {}", headers=HEADERS + "Transfer-Encoding: chunked\r\n"),
        form("ASK {}", headers=HEADERS + "Content-Length: 3\r\n"),
        form("ASK {}")[:-1],
        form("ASK {}") + b"&",
        _post(b"query=ASK+%7B%7D&format=xml", FORM),
        _post(b"update=a", FORM),
        _post(b"a", "text/plain"),
        plain("a" * LARGEST_REQUEST),
        b"HEAD" + get("ASK {}")[3:],
        b"POST /graphql HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
    ],
)
def test_a_request_that_is_more_than_a_query_has_no_pattern(data) -> None:
    """What is not whole, names formats or graphs, or has headers on which the answer hangs, is read by the server."""
    assert pattern_of(data) is None


def test_another_header_is_another_pattern() -> None:
    """A client that asks for something else is not answered as before."""
    pattern = _pattern(form("ASK {}"))
    assert pattern.query_in(form("ASK {}", HEADERS.replace("json", "xml"))) is None
    assert pattern.query_in(plain("ASK {}")) is None
    assert pattern.query_in(get("ASK {}")) is None
    assert pattern.query_in(form("ASK {}")[:-1]) is None
    assert pattern.query_in(form("ASK {}") + form("ASK {}")) is None
