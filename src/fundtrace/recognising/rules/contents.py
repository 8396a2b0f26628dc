"""Text that a template left in a form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fundtrace.recognising.rules.evidence import Evidence
from fundtrace.recognising.widths import narrow
from fundtrace.records import Finding, Message, Position

_LITERAL = re.compile(
    r"[≥≤<>=]?\s*[*×xX]{2,}\s*(?:%|个|元|人|次)|^目标内容\s*\d*$|^指标\s*\d+$|[×X]{2,}|\*{2,}"
)


def template_text(evidence: Evidence) -> Iterator[Finding]:
    """template-text: words of the blank form left in a name, purpose or goal: (≥**%), 目标内容1."""
    for number, owner in evidence.owners:
        purpose = getattr(owner, "purpose", None)
        for text in (*owner.goals, *((purpose,) if purpose else ())):
            if _LITERAL.search(narrow(text)):
                yield _finding(text, number, None, owner.line, owner.position)
    for number, place, indicator in evidence.indicators:
        if indicator.name and _LITERAL.search(narrow(indicator.name)):
            yield _finding(indicator.name, number, place, indicator.line, indicator.position)


def _finding(text: str, project: int | None, indicator: int | None, line: int, position: Position) -> Finding:
    return Finding(
        code="template-text",
        severity="warning",
        message=Message(
            zh=f"“{text[:40]}”中留有模板文字", en=f"text of the template was left in: {text[:40]}"
        ),
        project=project,
        indicator=indicator,
        line=line,
        position=position,
    )
