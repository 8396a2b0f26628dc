"""A target whose sign, number and unit stand in columns of their own, or in brackets behind the indicator's name."""

from __future__ import annotations

import re
from functools import cache

from fundtrace.recognising.target_grammar import SIGN_RUN, comparator, comparator_before
from fundtrace.recognising.widths import narrow, unspaced

_NOTHING = re.compile(r"[-—–/]{1,2}|无")
_LIMIT = re.compile(rf"\s*{SIGN_RUN}[^*×]*[\u4e00-\u9fff0-9]")
_SIGNED = re.compile(rf"\s*{SIGN_RUN}")
_QUALITY = re.compile(r"定\s*性(?:\s*指\s*标)?")
_BRACKETED = re.compile(r"(?P<name>.*\S)\s*\((?P<target>[^()]*(?:\([^()]*\)[^()]*)?)\)\s*", re.DOTALL)


@cache
def _worded() -> re.Pattern[str]:
    """A comparator, perhaps a word, right in front of a number."""
    return re.compile(comparator_before().pattern + r"[0-9]")


def is_sign(text: str) -> bool:
    """Whether a cell of an operator's column prints a comparison: ≥, ＝, 大于等于."""
    return comparator(narrow(text).strip()) is not None


def compose(value: str | None, operator: str | None, measure: str | None) -> str | None:
    """What the columns of one target print, put together: operator, value and unit, with nothing between them.

    An operator is left out where the value prints a sign itself, a unit where the value does not end in a digit (it
    prints its own, or is words) or where the column prints 无 or a stroke. A value that is not printed is not made
    up from its sign and unit; only 定性 alone is printed as it stands.

    >>> compose("95", "≥", "%"), compose("95%", "≥", "%"), compose("优", "定性", "无"), compose(None, "定性", None)
    ('≥95%', '≥95%', '优', '定性')
    """
    if value is None or _NOTHING.fullmatch(narrow(value).strip()):
        return operator if operator and _QUALITY.fullmatch(operator.strip()) else value
    text = value.strip()
    plain = narrow(text)
    if measure and plain[-1:].isdigit() and not _NOTHING.fullmatch(narrow(measure).strip()):
        text += measure.strip()
    if operator and is_sign(operator) and not _SIGNED.match(plain):
        text = operator.strip() + text
    return text


def split_bracketed(name: str) -> tuple[str, str | None]:
    """A name and the target that stands in brackets behind it; None where no bracket begins with a sign, or with a word
    that compares in front of a number. A word behind the number is no sign (补贴人数(80岁以上)), a template no target.

    >>> split_bracketed("机柜数量(≥77台)"), split_bracketed("更换率（%）")
    (('机柜数量', '≥77台'), ('更换率（%）', None))
    """
    match = _BRACKETED.fullmatch(narrow(name))
    signed = match and (_LIMIT.match(match["target"]) or _worded().match(unspaced(match["target"])))
    if match is None or not signed:
        return name, None
    return name[match.start("name") : match.end("name")], name[
        match.start("target") : match.end("target")
    ].strip()
