"""The frames between a pool and its workers."""

from __future__ import annotations

import socket

from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.query import frames

HEADERS = st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=3)


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
            got.append(frame)
    assert got == sent
    assert not data


@given(HEADERS, st.binary(max_size=50), st.integers(0, 9))
def test_one_frame_alone_is_read_without_waiting_for_more(
    header: dict[str, str], body: bytes, less: int
) -> None:
    """It is taken as it is; a part of one, and more than one, are not."""
    whole = frames.pack(header, body)
    assert frames.only(whole) == (header, body)
    assert frames.only(whole + b"x") is None
    assert less == 0 or frames.only(whole[:-less]) is None


def test_a_channel_is_read_to_its_end() -> None:
    """The end of the channel, the middle of a frame, and what is no frame are the end."""
    whole = frames.pack({"a": "b"}, b"c")
    for rest in (b"", whole[:9], b"\x00\x00\x00\x02\x00\x00\x00\x00no"):
        ours, theirs = socket.socketpair()
        with ours, theirs:
            theirs.sendall(whole + frames.pack(frames.written({"d": 1})) + rest)
            theirs.shutdown(socket.SHUT_WR)
            assert list(frames.incoming(ours)) == [({"a": "b"}, b"c"), ({"d": 1}, b"")]
