"""Several indicators in one row: names and values that a cell numbers, or prints on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fundtrace.recognising.composed import split_bracketed
from fundtrace.recognising.grid import one_line
from fundtrace.recognising.target_grammar import SIGN_RUN
from fundtrace.recognising.widths import narrow

Item = tuple[str | None, str | None]
"""Name and target of one indicator, as printed."""

_MARK = re.compile(r"(?:^|(?<=[;；。\s]))\s*(?:指标\s*)?\(?([0-9]{1,2})\s*(?:[、:]|\)|[.](?![0-9]))\s*")
_SIGNED = re.compile(rf"\s*{SIGN_RUN}\s*[^0-9]{{0,3}}[0-9].*")
_BEHIND = re.compile(
    rf"(?P<name>[^≥≧⩾≤≦⩽<>=]*[^\s≥≧⩾≤≦⩽<>=:,])\s*[:,]?\s*(?P<target>{SIGN_RUN}\s*[0-9][^≥≧⩾≤≦⩽<>=]*)"
)
_NUMBERED = re.compile(r"指标\s*[0-9０-９]{1,2}\s*[:：、.．]\s*")
_STRUCK = re.compile(r"\s*(?:[/／\\—–―-]{1,3}|无)\s*")
_ENDS = ";；。，,、 \n\t"


def split_items(name: str | None, target: str | None, *, measured: bool) -> list[Item]:
    """The indicators of a cell of names and the cell of values beside it.

    A name that numbers its items and a value that numbers as many, or lines of values with a sign each under as many
    lines of names, are so many indicators. Where the table has no column of values (not `measured`), a name holds its
    value: behind its sign, or in brackets. Anything else is one indicator, as printed.

    >>> split_items("1.河长≥20公里；2.清漂≥9次", None, measured=False)
    [('河长', '≥20公里'), ('清漂', '≥9次')]
    """
    names, targets = _numbered(name), _numbered(target)
    if not measured and target is None:
        return [_valued(each) for each in names or [name or ""] if each]
    if names and len(names) == len(targets):
        return list(zip(names, targets, strict=True))
    values = _lines(target)
    counted = [re.sub(rf"^{place}\s*[.．]\s*", "", value) for place, value in enumerate(values, start=1)]
    if names and len(names) == len(values) and all(map(str.__ne__, counted, values)):
        # Right in front of a figure a number with a point is one only where each line begins with its own.
        return list(zip(names, counted, strict=True))
    lines = _lines(name) if len(values) > 1 else ()
    if len(lines) == len(values) > 1 and all(_SIGNED.fullmatch(narrow(value)) for value in values):
        return list(zip(lines, values, strict=True))
    return [(_whole(name), _whole(target))]


def named(name: str | None, target: str | None) -> Item:
    """Name and target, without the number of the blank form (指标1：) and the target in brackets behind the name."""
    if name is None:
        return None, target
    number = _NUMBERED.match(name)
    name = (name[number.end() :] or None) if number else name
    return split_bracketed(name) if name and target is None else (name, target)


def is_struck(items: Sequence[Item]) -> bool:
    """Whether strokes (or 无) stand in the place of every name, and no value: a line of the form that is not used."""
    return bool(items) and all(
        name is not None and _STRUCK.fullmatch(name) and (target is None or _STRUCK.fullmatch(target))
        for name, target in items
    )


def _numbered(text: str | None) -> list[str]:
    """The items that a text numbers from 1, without their numbers; none when it does not number two."""
    if text is None:
        return []
    plain = narrow(text).replace("；", ";")
    if not _MARK.match(plain):
        return []
    marks: list[tuple[int, int]] = []
    for match in _MARK.finditer(plain):
        if int(match[1]) == len(marks) + 1:
            marks.append(match.span())
    if len(marks) < 2 or marks[0][0] > 0:
        return []
    ends = [*(start for start, _ in marks[1:]), len(text)]
    items = [one_line(text[mark[1] : end]).strip(_ENDS) for mark, end in zip(marks, ends, strict=True)]
    return items if all(items) else []


def _valued(text: str) -> Item:
    whole = one_line(text)
    name, target = split_bracketed(whole)
    match = _BEHIND.fullmatch(narrow(whole)) if target is None else None
    if match is None:
        return name, target
    return whole[slice(*match.span("name"))], whole[slice(*match.span("target"))].strip(_ENDS)


def _lines(text: str | None) -> Sequence[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _whole(text: str | None) -> str | None:
    return (one_line(text) or None) if text else None
