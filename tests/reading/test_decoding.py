"""Telling encodings apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundtrace.errors import InputError
from fundtrace.reading.decoding import decode

_SAID = "项目支出绩效目标，冀财社〔2020〕186号\n单位：万元\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk"]
)
def test_chinese_encodings_are_recognised(encoding):
    """UTF-8, UTF-16, UTF-32 and GB18030 are read, with a byte-order mark or without."""
    assert decode(_SAID.encode(encoding, errors="replace").replace("〔".encode("gbk"), b"("), "f")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "gb18030"])
def test_text_comes_back_as_it_was(encoding):
    """Nothing is lost on the way."""
    assert decode(_SAID.encode(encoding), "f") == _SAID


@given(st.text("预算指标一二三，。abc123 \n", min_size=1).filter(lambda text: text.strip()))
@settings(max_examples=100, deadline=None)
def test_any_utf8_text_comes_back(text):
    """UTF-8 is never taken for anything else."""
    assert decode(text.encode(), "f") == text


def test_line_ends_become_line_feeds():
    """Lines of Windows and of old Macs are lines."""
    assert decode(b"a\r\nb\rc\n", "f") == "a\nb\nc\n"


def test_utf8_that_was_cut_inside_a_character_stays_utf8():
    """One damaged byte does not make the rest Chinese of another encoding."""
    assert decode(_SAID.encode()[:-5] + b"\n" + _SAID.encode() * 5, "f").startswith("项目支出绩效目标")


def test_gb18030_with_one_damaged_byte_is_read():
    """A damaged byte is shown as U+FFFD."""
    text = decode((_SAID * 40).encode("gb18030") + b"\xff\n", "f")
    assert text.startswith("项目支出")
    assert "\ufffd" in text


def test_a_few_zero_bytes_are_damage_and_no_encoding():
    """They are left out."""
    assert decode(b"\x00" + _SAID.encode() * 3, "f") == _SAID * 3


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"\x00\x00 \n", "empty-file"),
        (bytes(range(1, 32)) * 20, "binary-file"),
        (b"\x00\x01\x02\x03\xff\xfe\x00" * 50, "binary-file"),
        (b"\xff\x81\x20\xfe\xff\x20" * 50, "unknown-encoding"),
    ],
)
def test_what_is_not_text_is_refused(data, code):
    """Empty, binary and undecodable input is told apart."""
    with pytest.raises(InputError) as caught:
        decode(data, "f")
    assert caught.value.code == code
