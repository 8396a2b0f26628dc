"""Which kind of budget table a title names, by the words of `kinds.yml`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from fundtrace.recognising.memo import memo
from fundtrace.recognising.widths import narrow
from fundtrace.resources import parse_yaml

_TITLE = re.compile(r"[^。;;,]{4,60}")
_NUMBERED = re.compile(
    r"^(?:\(?[一二三四五六七八九十]{1,3}\)?[、.]|表?[0-9]{1,2}[、.:]?|附表?[0-9]{0,2}[::]?)"
)
_OTHER_FORMS = re.compile(r"绩效|自评|目录$|说明$")
_LISTED = re.compile(r"(?:\.{2,}|…|·{2,}|\s)\s*[0-9]{1,3}$")


@memo
def kind_of(title: str) -> str | None:
    """The kind of table that a short text is the title of; None for prose and for lines of a table of contents."""
    folded = narrow(title).strip()
    if not _TITLE.fullmatch(folded) or _LISTED.search(folded) or _OTHER_FORMS.search(folded):
        return None
    text = "".join(_NUMBERED.sub("", folded).split())
    for rule in _rules():
        if all(word in text for word in rule["all"]) and not any(
            word in text for word in rule.get("none", ())
        ):
            return str(rule["kind"])
    return None


@cache
def _rules() -> tuple[dict[str, Any], ...]:
    text = Path(__file__).with_name("kinds.yml").read_text(encoding="utf-8")
    return tuple(parse_yaml(text))
