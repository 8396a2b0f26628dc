"""The printed labels of the forms and what they mean, from `labels.yml`, which a budget officer may edit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from fundtrace.recognising.memo import memo
from fundtrace.recognising.widths import narrow
from fundtrace.resources import parse_yaml

Kind = Literal[
    "field", "budget", "statement_budget", "amount_column", "section", "column", "list_column", "not_modelled"
]

_FILE = Path(__file__).with_name("labels.yml")
_FILL = re.compile(r"[\s*:,、。;#★☆]+")
_TAIL = re.compile(
    r"(?:\((?:单位)?(?:元|万元|亿元|%|百分比|[A-Z](?:/[A-Z])?|[0-9]{1,3}分|[0-9]{1,4}字以?内|盖章|公章|签章"
    r"|(?:20[0-9X]{2}|_+|X+)年?度?[^()]{0,20})\))+$"
)
_ORDINAL = re.compile(
    r"(?:\([一二三四五六七八九十]{1,2}\)|[一二三四五六七八九十]{1,2}\s*、|[0-9]{1,2}\s*[.、])\s*"
)
_AMONG = "其中"
_BOTH = re.compile(r"(.{2,12}?)\s*[-—–/→>]{1,2}\s*(.{2,20})")
_MONTH = re.compile(r"(?:截至|至)?(\d{1,2})月(?:底|末|份)?(?:前|之前)?")
_GROUPS: Mapping[str, Kind] = {
    "fields": "field",
    "budget": "budget",
    "statement_budget": "statement_budget",
    "amount_columns": "amount_column",
    "sections": "section",
    "columns": "column",
    "list_columns": "list_column",
}


@dataclass(frozen=True, slots=True)
class Labels:
    """Folded label -> meaning, for each kind of label, and folded label -> its meaning of each kind; the names that the
    two upper levels are known by; and the patterns that tell labels which no list holds."""

    meanings: Mapping[Kind, Mapping[str, str]]
    kinds: Mapping[str, Mapping[Kind, str]]
    level1: frozenset[str]
    level2: frozenset[str]
    patterns: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]

    def meaning(self, text: str, *kinds: Kind) -> tuple[Kind, str] | None:
        """What a cell's text means as a label of one of `kinds`, tried in order; None when it is none."""
        if len(text) > _LONGEST:
            return None
        for meanings in _meanings(text):
            for kind in kinds:
                if (meaning := meanings.get(kind)) is not None:
                    return kind, meaning
        return None

    def guess(self, text: str, place: Literal["header", "amount", "below", "label"]) -> str | None:
        """What a label that no list holds means by the words in it, where its place says that it is a label."""
        if len(text) > _LONGEST:
            return None
        plain = unicodedata.normalize("NFKC", _SPACE.sub("", narrow(text)))
        return next((meaning for meaning, pattern in self.patterns[place] if pattern.fullmatch(plain)), None)


_COMMENTED = frozenset({"column", "amount_column"})
"""Labels of columns, which may end in any comment in brackets: 得分（20分*执行率）."""

_COMMENT = re.compile(r"\((?!.*(?:上年|实际|执行数|完成|结转))[^()]*\)$")
_SPACE = re.compile(r"[\s*:：★☆#]+")
_LONGEST = 40
"""No label is longer than this, with its spaces, marks and unit."""

_JOINED = re.compile(r"\s*((?:其中\s*[:：]\s*)?[^:：]{2,20})[:：]\s*(\S.*)", re.DOTALL)


@memo
def fold(text: str) -> str:
    """A label as it is compared: without width, spaces, colons, asterisks; without a number in front, and without a
    unit, year, score or the like in brackets at its end.

    >>> fold("三、项目资金（万元）"), fold("年度 目标（2024年度）")
    ('项目资金', '年度目标')
    """
    plain = unicodedata.normalize("NFKC", narrow(text)).strip()
    number = _ORDINAL.match(plain)
    filled = _FILL.sub("", plain[number.end() :] if number else plain)
    return _TAIL.sub("", filled) if filled.endswith(")") else filled


@cache
def labels() -> Labels:
    """The labels of `labels.yml`. Read once."""
    data = parse_yaml(_FILE.read_text(encoding="utf-8"))
    meanings: dict[Kind, Mapping[str, str]] = {
        kind: {fold(label): meaning for meaning, printed in data[group].items() for label in printed}
        for group, kind in _GROUPS.items()
    }
    amounts: tuple[Kind, ...] = ("budget", "statement_budget")
    for kind in amounts:
        among = {_AMONG + label: meaning for label, meaning in meanings[kind].items()}
        meanings[kind] = among | dict(meanings[kind])
    meanings["not_modelled"] = {
        **{fold(label): "not_modelled" for label in data["not_modelled"]},
        **{fold(label): "list" for label in data["not_modelled_lists"]},
    }
    kinds: dict[str, dict[Kind, str]] = {}
    for kind, printed in meanings.items():
        for label, meaning in printed.items():
            kinds.setdefault(label, {})[kind] = meaning
    return Labels(
        meanings,
        kinds,
        frozenset(fold(name) for name in data["levels"]["level1"]),
        frozenset(fold(name) for name in data["levels"]["level2"]),
        {
            place: tuple((meaning, re.compile(text)) for each in listed for meaning, text in each.items())
            for place, listed in data["patterns"].items()
        },
    )


@memo
def _meanings(text: str) -> tuple[Mapping[Kind, str], ...]:
    """What a text means as a label of each kind, as it is, then without a comment at its end; most texts mean nothing."""
    folded = fold(text)
    kinds = labels().kinds
    exact = kinds.get(folded, {})
    if not folded.endswith(")"):
        return (exact,) if exact else ()
    bare = kinds.get(_COMMENT.sub("", folded), {})
    return exact, {kind: meaning for kind, meaning in bare.items() if kind in _COMMENTED}


def split_label(text: str, *amounts: Kind) -> tuple[Kind, str, str] | None:
    """Kind, meaning and value of a cell that prints a field's or amount's label, a colon, and its value.

    `amounts` are the kinds of labels of amounts, those of a project where none is given.
    """
    match = _JOINED.fullmatch(text) if ":" in text or "：" in text else None
    found = labels().meaning(match[1], "field", *(amounts or ("budget",))) if match else None
    return (*found, match[2]) if found and match else None


@memo
def is_level1(text: str) -> bool:
    """Whether the text is a known first level: 产出指标, 效益指标, 部门管理 …"""
    return _level(text) in labels().level1


def is_level2(text: str) -> bool:
    """Whether the text is a known second level: 数量指标, 服务对象满意度 …"""
    return _level(text) in labels().level2


def split_levels(level1: str | None, level2: str | None) -> tuple[str | None, str | None]:
    """The two levels of a row, parted where one cell prints both: 产出指标-数量指标.

    >>> split_levels(None, "产出指标-数量指标")
    ('产出指标', '数量指标')
    """
    only = level2 if level1 is None else level1 if level2 is None else None
    match = _BOTH.fullmatch(only) if only and len(only) <= _LONGEST else None
    return (match[1], match[2]) if match and is_level1(match[1]) and is_level2(match[2]) else (level1, level2)


@memo
def month(text: str) -> int | None:
    """The month of a plan's label (3 月底 -> 3); None for any other text."""
    if len(text) > _LONGEST:
        return None
    match = _MONTH.fullmatch(fold(text))
    return int(match[1]) if match and 1 <= int(match[1]) <= 12 else None


def _level(text: str) -> str:
    return fold(text).removesuffix("值").removesuffix("指标") if len(text) <= _LONGEST else text
