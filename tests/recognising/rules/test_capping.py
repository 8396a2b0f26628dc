"""How many findings of one code are listed."""

from __future__ import annotations

from fundtrace.recognising.rules.capping import CAPPED, capped
from fundtrace.recognising.rules.telling import of_document
from fundtrace.recognising.rules.words import most


def test_findings_beyond_the_limit_are_summed_up() -> None:
    """The limit's number is listed, one finding says how many more there are, and other codes are untouched."""
    limit = most("goals-repeated")
    many = [of_document("goals-repeated", "info", "同", "same", (line, None)) for line in range(1, limit + 4)]
    other = of_document("template-text", "warning", "空", "blank", (limit + 9, None))
    found = capped([*many, other])
    assert [finding.code for finding in found].count("goals-repeated") == limit
    assert [(finding.line, finding.severity) for finding in found if finding.code == CAPPED] == [
        (limit + 1, "info")
    ]
    assert "3 条" in next(finding.message.zh for finding in found if finding.code == CAPPED)
    assert found[-1] == other


def test_limits_of_their_own() -> None:
    """A code may have a limit of its own."""
    assert most("cell-unclaimed") < most("no-such-code")
