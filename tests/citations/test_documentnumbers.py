"""Tests of fundtrace.citations.documentnumbers."""

import pytest

from fundtrace.citations import DocumentNumber, NumberKind, parse_number


@pytest.mark.parametrize(
    ("issuer", "year", "serial", "kind", "canonical"),
    [
        ("冀财社", 2020, "186", "numbered", "冀财社〔2020〕186号"),
        ("国务院令", None, "711", "decree", "国务院令第711号"),
        ("国家发展改革委令", 2017, "1", "decree", "国家发展改革委令2017年第1号"),
        ("财政部公告", 2023, "8", "announcement", "财政部公告2023年第8号"),
    ],
)
def test_the_canonical_form_is_read_back(
    issuer: str, year: int | None, serial: str, kind: NumberKind, canonical: str
) -> None:
    """Every kind has one canonical form, and that form gives the number again."""
    number = DocumentNumber(issuer, year, serial, kind)
    assert number.canonical == canonical
    assert parse_number(canonical) == number
    assert DocumentNumber.of_canonical(canonical) == number


@pytest.mark.parametrize(
    "text", ["冀财社[2020]186", "冀财社〔2020〕186", "根据2020年", "国务院令", "第3号", ""]
)
def test_other_texts_are_no_canonical_form(text: str) -> None:
    """A written form that is not the canonical one is left to the grammar."""
    assert DocumentNumber.of_canonical(text) is None
