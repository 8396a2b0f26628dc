"""Text that a template left in a form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fundtrace.recognising.memo import memo
from fundtrace.recognising.rules.evidence import Evidence
from fundtrace.recognising.rules.telling import of_indicator, of_project, row_of, row_of_goal, shown
from fundtrace.recognising.widths import narrow
from fundtrace.records import Finding, Project

_LITERAL = re.compile(
    r"[≥≤<>=]?\s*[*×xX]{2,}\s*(?:%|个|元|人|次)|^目标内容\s*\d*$|^指标\s*\d+$|[×X]{2,}|\*{2,}"
)
_SIGN = re.compile(r"[*×xX]|目标内容|指标")
"""What every text with such words holds."""
_BOLD = re.compile(r"\*\*(\w[^*]*)\*\*")
"""Bold type of Markdown, which is none of the form's signs."""


@memo
def is_template(text: str) -> bool:
    """Whether a text has words of the blank form in it."""
    plain = narrow(text)
    return _SIGN.search(plain) is not None and _LITERAL.search(_BOLD.sub(r"\1", plain)) is not None


def template_text(evidence: Evidence) -> Iterator[Finding]:
    """template-text: words of the blank form left in a name, purpose or goal: (≥**%), 目标内容1."""
    for number, owner in evidence.owners:
        purpose = owner.purpose if isinstance(owner, Project) else None
        if purpose and is_template(purpose):
            yield of_project("template-text", "warning", *_said(purpose), number, row_of(owner, purpose))
        for goal in filter(is_template, owner.goals):
            yield of_project("template-text", "warning", *_said(goal), number, row_of_goal(owner, goal))
    for told in evidence.indicators:
        name = told[2].name
        if name and is_template(name):
            yield of_indicator("template-text", "warning", *_said(name), told)


def _said(text: str) -> tuple[str, str]:
    return f"“{shown(text)}”中留有模板文字", f"text of the template was left in: {shown(text)}"
