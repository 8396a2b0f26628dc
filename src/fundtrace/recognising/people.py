"""Contacts: their names and telephone numbers are taken out before any record exists.

People are not in the graph. What replaces them says that something was withheld, never what.
"""

from __future__ import annotations

import re

from fundtrace.recognising.memo import memo
from fundtrace.recognising.widths import narrow

WITHHELD = "［已略］"
"""What stands where a name or number stood."""

_BLANK = r"\s*"
_ROLES = (
    "项目负责人", "单位负责人", "部门负责人", "财务负责人", "科室负责人", "主要负责人", "具体负责人", "负责人", "项目联系人",
    "联系人", "项目经办人", "经办人", "填报人员", "填报人", "填表人", "制表人", "制表", "编制人", "审核人", "复核人", "审批人",
    "联络人", "联络员", "法定代表人", "法人代表", "分管领导", "主管领导", "单位领导",
)  # fmt: skip
_PHONES = (
    "联系电话", "办公电话", "固定电话", "移动电话", "监督电话", "咨询电话", "电话号码", "手机号码", "电话", "手机号", "手机",
    "座机", "联系方式", "传真", "tel", "TEL", "Tel",
)  # fmt: skip


def _spaced(words: tuple[str, ...]) -> str:
    """Any of the words, longest first, with spaces inside them or not."""
    return "|".join(_BLANK.join(word) for word in sorted(words, key=len, reverse=True))


_ROLE = rf"(?:{_spaced(_ROLES)})"
_PHONE = rf"(?:{_spaced(_PHONES)})"
_LABEL = rf"{_ROLE}(?:\s*(?:姓\s*名|签\s*[字章名]|盖\s*章))?(?:\s*[及和、/(]\s*{_PHONE}(?:\s*\))?)?"
_CONTACT_LABEL = re.compile(rf"\s*(?:{_LABEL}|{_PHONE})\s*(?:\([^)]*\))?\s*[::]?\s*")

_HAN = r"[\u4e00-\u9fff]"
_NAME = rf"(?:{_HAN} {_HAN}(?!{_HAN})|[\u4e00-\u9fff·•]{{1,12}}|[A-Za-z][A-Za-z .]{{1,30}})"
_NO_NAME = r"(?!负责|应当|必须|按照|根据|对项目|职责|及其|为第一)"
_NUMBER = (
    r"(?<![0-9A-Za-z])(?<![0-9]\.)(?:"
    r"(?:\+?86[- ]?)?1[3-9][0-9](?:[0-9]{8}|[- ][0-9]{4}[- ][0-9]{4}|[0-9][- ][0-9]{3}[- ]?[0-9]{4})"
    r"|(?:\(0[0-9]{2,3}\)\s*|0[0-9]{2,3}\s*[-—–]\s*|0[0-9]{2,3} )[0-9]{7,8}(?:\s*[-—–转]\s*[0-9]{1,6})?"
    r"|[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
    r")(?![0-9A-Za-z]|\.[0-9]|\s*[万亿]?元(?![月旦]))"
)
_NAMES = (
    # A name behind its label and a colon, up to the next label; further names behind it.
    re.compile(
        rf"{_LABEL}\s*:\s*(?P<secret>{_NO_NAME}[\u4e00-\u9fff·•]{{1,12}}?)(?=\s*(?:{_PHONE}|{_ROLE}))"
    ),
    re.compile(rf"{_LABEL}\s*:\s*(?P<secret>{_NO_NAME}{_NAME}(?:\s*[、,/和]\s*{_NAME})*)"),
    re.compile(
        rf"{_LABEL}\s+(?P<secret>{_NO_NAME}(?:{_HAN} {_HAN}|[\u4e00-\u9fff·]{{2,4}}))(?![\u4e00-\u9fff])"
    ),
)
_NUMBERS = (
    re.compile(
        rf"{_PHONE}\s*[::]?\s*(?P<secret>(?:\(?[0-9]{{3,4}}\)?\s*[-—– ]\s*)?[0-9]{{6,12}}(?:[-—–转][0-9]{{1,6}})?)(?![0-9])"
    ),
    # A short name alone in front of a number.
    re.compile(rf"(?<!{_HAN})(?P<secret>(?!{_PHONE}|{_ROLE})(?:{_HAN} {_HAN}|{_HAN}{{2,4}})[\s:]*{_NUMBER})"),
    re.compile(rf"(?P<secret>{_NUMBER})"),
)
_ADDRESS = re.compile(
    r"(?<![\w.+-])(?P<secret>[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,64}(?:\.[A-Za-z0-9-]{1,64}){1,4})"
)
# Few texts hold what every name, what every number, and what every contact at all needs.
_END_OF_ROLE = re.compile("[" + "".join(sorted({role[-1] for role in _ROLES})) + "]")
_END_OF_LABEL = re.compile(r"[\s:]")
_FIGURES = re.compile(r"[0-9]{6}|[0-9][- ][0-9]")
_ANY = re.compile(rf"[人员表导话机式真tT@]|{_FIGURES.pattern}")


@memo
def is_plain(text: str) -> bool:
    """Whether a text neither holds a contact nor is the label of one."""
    return not _ANY.search(narrow(text)) or (not is_contact_label(text) and withhold(text) == text)


@memo
def is_contact_label(label: str) -> bool:
    """Whether a cell is the label of a contact's cell: 项目负责人及联系电话, 联系人, 填报人, 电话.

    The cell that such a label governs is withheld whole.
    """
    return _CONTACT_LABEL.fullmatch(narrow(label)) is not None


def withhold(text: str) -> str:
    """The text without the names that follow a contact's label and without any telephone number,
    identity-card number or mail address.

    Equal to the text when there was none, so that a caller can tell. What is doubtful is withheld.

    >>> withhold("联系人：甲乙 电话：0312-1234567")
    '联系人：［已略］ 电话：［已略］'
    """
    folded = narrow(text)
    patterns: list[re.Pattern[str]] = []
    if _END_OF_ROLE.search(folded) and _END_OF_LABEL.search(folded):
        patterns += _NAMES
    if _FIGURES.search(folded):
        patterns += _NUMBERS
    if "@" in folded:
        patterns.append(_ADDRESS)
    spans = [match.span("secret") for pattern in patterns for match in pattern.finditer(folded)]
    return _without(text, spans) if spans else text


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    parts: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if end <= done or start == end:
            continue
        if start >= done:
            parts += [text[done:start], WITHHELD]
        done = end
    return "".join([*parts, text[done:]])
