"""Tests of fundtrace.citations.suggestions."""

import pytest

from fundtrace.citations import DocumentNumber, suggest


def _reasons(one: str, other: str) -> list[str]:
    return [
        pair.reason for pair in suggest([DocumentNumber(one, 2018, "21"), DocumentNumber(other, 2018, "21")])
    ]


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        ("人社部", "人社部发", ["kind-missing"]),
        ("冀人社发", "冀人社字", ["kind-differs"]),
        ("冀财规", "冀财社", ["field-differs"]),
        ("卫基层秘", "皖卫基层秘", ["area-missing"]),
        ("冀人社字", "冀政人社字", ["letter-missing"]),
        ("财社", "冀财社", []),
        ("冀财社", "川财社", []),
        ("冀财社", "冀财社", []),
        ("冀财社", "冀人社", []),
        ("冀财社", "冀财农综", []),
        ("政办", "教政办", []),
        ("某甲发", "某乙发", []),
        ("冀财字社", "冀字财社", []),
    ],
)
def test_which_pairs_are_suggested(one: str, other: str, reasons: list[str]) -> None:
    """Codes one letter apart are suggested with a reason; other areas and other organs are not."""
    assert _reasons(one, other) == reasons


def test_year_and_serial_must_agree() -> None:
    """Numbers of another year or serial are other documents, and orders have no code to compare."""
    a = DocumentNumber("人社部", 2014, "90")
    assert suggest([a, DocumentNumber("人社部发", 2014, "91"), DocumentNumber("人社部发", 2015, "90")]) == ()
    assert (
        suggest(
            [DocumentNumber("财政部令", None, "1", "decree"), DocumentNumber("财政部令", None, "2", "decree")]
        )
        == ()
    )


def test_pairs_are_sorted_and_each_is_given_once() -> None:
    """The answer does not depend on the order or the repetition of the numbers."""
    numbers = [DocumentNumber(code, 2018, "21") for code in ("冀财社", "冀财规", "冀财农", "冀财社")]
    pairs = suggest(numbers)
    assert pairs == suggest(reversed(numbers))
    assert len(pairs) == 3
    assert all(0 < pair.confidence < 1 and pair.first < pair.second for pair in pairs)
