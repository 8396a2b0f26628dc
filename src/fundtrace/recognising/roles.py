"""The role that a document plays for a project: a judgement, each with the stable code of its ground.

- `basis`: it stands in a basis cell (`basis-cell`), or it is a law, or its title ends in 办法, 细则, 标准, 意见, 批复,
  方案, 规划 and the like (`normative-document`), wherever it stands;
- `funds`: it stands in the name or purpose, and its title hands money down (`title-hands-down`), or the words around
  it do (`name-hands-down`, `purpose-hands-down`), or the name is a number and a fund (`name-number-and-fund`);
- `mention`: anything else (`no-hand-down`).
"""

from __future__ import annotations

import re
from functools import cache

from fundtrace.citations import Mention
from fundtrace.recognising.widths import narrow, unspaced
from fundtrace.recognising.words import longest_first, table
from fundtrace.records import CitationRole, Place

_SENTENCE_END = re.compile(r"[。;!?\n]")
_ISSUES = re.compile(r"印发|转发|发布|公布|修订")
_ISSUED_WITH = re.compile(r"[》>〉”\"」』]?(?:的(?:通知|函|公告|通告))?$")
_REFERRING = re.compile(r"文件|号文|精神|要求|规定|通知|有关|相关|等|的|[^\u3400-\u9fff]")
_NEAR = 600
"""Characters around a mention in which its sentence is looked for."""


def judge(
    mention: Mention, place: Place, text: str, following: Mention | None = None
) -> tuple[CitationRole, str]:
    """The role of a document mentioned in `text`, and the code of the reason; `following` is the mention behind it."""
    if place == "basis":
        return "basis", "basis-cell"
    if _is_normative(mention):
        return "basis", "normative-document"
    if place in {"name", "purpose"}:
        if mention.title and _hand_down().search(unspaced(narrow(mention.title))):
            return "funds", "title-hands-down"
        around = _around(mention, text, following)
        if _hand_down().search(around):
            return "funds", f"{place}-hands-down"
        if place == "name" and mention.number is not None and _fund().search(around):
            return "funds", "name-number-and-fund"
    return "mention", "no-hand-down"


def hands_down(text: str) -> re.Match[str] | None:
    """Where a (narrow) text first says that money is handed down."""
    return _hand_down().search(text)


def _is_normative(mention: Mention) -> bool:
    if mention.kind in {"law", "measure", "decree"}:
        return True
    title = unspaced(narrow(mention.title or "")).strip().rstrip("。.")
    if not title or mention.title_truncated:
        return False
    issued = _ISSUED_WITH.sub("", title, count=1) if _ISSUES.search(title) else title
    return _normative().search(re.sub(r"\((?:试行|暂行|修订|修正)[^)]*\)$", "", issued)) is not None


def _around(mention: Mention, text: str, following: Mention | None) -> str:
    """The sentence around a mention; where its own clause says what is done by it, no further than the next mention:
    依据甲发放补贴，资金由乙下达 hands down nothing under 甲."""
    before = unspaced(narrow(text[max(0, mention.start - _NEAR) : mention.start]))
    after = unspaced(narrow(text[mention.end : mention.end + _NEAR]))
    if following is not None and following.start >= mention.end:
        between = unspaced(narrow(text[mention.end : following.start][:_NEAR]))
        clause, comma, _ = between.partition(",")
        if comma and len(_REFERRING.sub("", clause)) > 1:
            after = between
    starts = [match.end() for match in _SENTENCE_END.finditer(before)]
    end = _SENTENCE_END.search(after)
    return before[starts[-1] if starts else 0 :] + " " + after[: end.start() if end else len(after)]


@cache
def _hand_down() -> re.Pattern[str]:
    return re.compile(longest_first(table("roles")["hand_down"]))


@cache
def _fund() -> re.Pattern[str]:
    return re.compile(longest_first(table("roles")["fund"]))


@cache
def _normative() -> re.Pattern[str]:
    return re.compile(rf"(?:{longest_first(table('roles')['normative'])})$")
