"""How many findings of one code a document lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fundtrace.recognising.rules.telling import of_document
from fundtrace.recognising.rules.words import most
from fundtrace.records import Finding

CAPPED = "findings-capped"


def capped(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings in their order, without those of a code beyond its limit.

    The first that is left out gives way to one findings-capped, which says how many there are.
    """
    totals = Counter(finding.code for finding in found)
    seen: Counter[str] = Counter()
    kept: list[Finding] = []
    for finding in found:
        seen[finding.code] += 1
        limit = most(finding.code)
        if seen[finding.code] <= limit:
            kept.append(finding)
        elif seen[finding.code] == limit + 1:
            more = totals[finding.code] - limit
            kept.append(
                of_document(
                    CAPPED,
                    "info",
                    f"自此处起另有 {more} 条“{finding.code}”未逐一列出",
                    f"from here on {more} more findings {finding.code} are not listed one by one",
                    (finding.line, finding.position),
                )
            )
    return tuple(kept)
