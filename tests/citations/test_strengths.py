"""Tests of fundtrace.citations.strengths."""

import pytest

from fundtrace.citations.strengths import firm, has_area, never_issuer, strength


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("冀财社", "placed"),
        ("财社", "placed"),
        ("国卫办基层函", "placed"),
        ("合川府发", "placed"),
        ("北川财社", "placed"),
        ("政办发", "known"),
        ("巨财社", "unknown"),
        ("冀" * 20, "unknown"),
    ],
)
def test_how_well_the_lists_know_a_code(code: str, expected: str) -> None:
    """A code with an area or listed as a whole is placed; one made of known letters is known."""
    assert strength(code) == expected


def test_only_sure_codes_carry_a_year_without_brackets() -> None:
    """Without brackets a code needs an area, a line in the list, or a kind at its end."""
    assert firm("冀人社字")
    assert firm("政办字")
    assert not firm("水电")
    assert not firm("巨财社")


def test_things_are_no_documents() -> None:
    """Contracts and buildings have numbers too."""
    assert never_issuer("采购合同")
    assert never_issuer("合同号")
    assert never_issuer("第一批")
    assert not never_issuer("冀财社")


def test_an_area_is_letters_or_a_name() -> None:
    """A listed code of a central organ has no area."""
    assert has_area("冀财社")
    assert has_area("合川府发")
    assert not has_area("财农")
    assert not has_area("农财")
