"""The frames between a pool and its workers."""

from __future__ import annotations

import io

from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.query import frames

HEADERS = st.dictionaries(
    st.text(max_size=5).filter(lambda key: key != "length"), st.text(max_size=20), max_size=3
)


@settings(max_examples=100)
@given(st.lists(st.tuples(HEADERS, st.binary(max_size=50)), max_size=3), st.integers(1, 7))
def test_what_is_packed_is_unpacked_however_it_arrives(
    sent: list[tuple[dict[str, str], bytes]], size: int
) -> None:
    """Frames come out whole and in order, whatever the pieces that they arrive in."""
    stream = b"".join(frames.pack(header, body) for header, body in sent)
    data, got = bytearray(), []
    for start in range(0, len(stream), size):
        data += stream[start : start + size]
        while frame := frames.unpack(data):
            header, body = frame
            header.pop("length")
            got.append((header, body))
    assert got == sent
    assert not data


def test_a_stream_is_read_to_its_end() -> None:
    """The end of the stream, or the middle of a frame, is the end."""
    whole = frames.pack({"a": "b"})
    stream = io.BytesIO(whole + whole[:6])
    assert frames.read(stream) == {"a": "b", "length": 0}
    assert frames.read(stream) is None
    assert frames.read(io.BytesIO()) is None
