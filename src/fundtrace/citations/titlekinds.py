"""What sort of document a title names, and which titles belong to one document only."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from fundtrace.citations.codelists import ListedTitle, listed_titles
from fundtrace.citations.folding import squeeze

if TYPE_CHECKING:
    from fundtrace.records.citation import DocumentKind

_EDITION = re.compile(r"(?:\([^()]{1,20}\)|试行|暂行|修订版?|修正案?|征求意见稿)$")
_LAW = re.compile(r"(?:法|条例|规定|法典|宪法)$")
_NOT_LAW = re.compile(r"(?:[做方书想说看用手疗打写笔]法|(?<!预)算法)$")
_MEASURE = re.compile(r"(?:办法|细则|规程|规则|准则|标准|规范|导则|制度|守则)$")
_NOTICE = re.compile(r"(?:通知|通报)$")
_HANDS_DOWN = re.compile(r"下达|拨付")
_TITLED = re.compile(
    r"(?:意见|建议|方案|规划|计划|纲要|要点|决定|决议|公告|通告|批复|函|纪要|公报|清单|目录|预案|指南|措施|政策|安排|指引|公约|"
    r"协定|宣言|倡议|报告|请示|命令|指示|章程|若干|战略|行动|规约)$"
)
_FORM = re.compile(
    r"(?:表|证|书|册|(?<!公)报|刊|杂志|读本|图|片|歌|剧|卡|(?<!清)单|票|教材|台账|合同|协议|问卷|题库|志|史|凭证|发票|试卷|模板|样本|海报|视频|软件|系统)$"
)
_REFERENCE = re.compile(
    r"(?:本|该)?(?:管理|实施|暂行|试行|工作|指导|若干|补充)?(?:办法|条例|规定|通知|意见|方案|规划|细则|决定|标准|准则|规则|规程|规范|制度|计划|批复|函|公告|章程|报告)"
)


def title_kind(title: str) -> DocumentKind | None:
    """What sort of document a title names; None when nothing in it says that it is one.

    A law ends in 法, 条例 or 规定; a measure in 办法, 细则, 规程, 规则, 标准 …; a notice in 通知 or 通报, or it hands money
    down (下达, 拨付); whatever else ends like an official document (意见, 方案, 规划 …) or begins with 关于 is `titled`.
    Editions behind it, as （试行）, do not count.

    >>> title_kind("保障农民工工资支付条例"), title_kind("提前下达2022年省级就业补助资金")
    ('law', 'notice')
    >>> title_kind("养老金领取登记表") is None
    True
    """
    name = _name(title)
    listed = resolve_title(title)
    if listed is not None:
        return listed.kind
    if _MEASURE.search(name):
        return "measure"
    if _NOTICE.search(name):
        return "notice"
    if _LAW.search(name) and not _NOT_LAW.search(name):
        return "law"
    if _FORM.search(name):
        return None
    if _HANDS_DOWN.search(name):
        return "notice"
    return "titled" if _TITLED.search(name) or name.startswith("关于") else None


def is_other_thing(title: str) -> bool:
    """Whether a title in 《》 names no document: a form, book, newspaper or contract, or 《办法》 for one named before.

    >>> is_other_thing("失业登记表"), is_other_thing("办法"), is_other_thing("工伤保险条例")
    (True, True, False)
    """
    name = _name(title)
    return _REFERENCE.fullmatch(name) is not None or (
        _FORM.search(name) is not None and title_kind(title) is None
    )


def resolve_title(title: str) -> ListedTitle | None:
    """The law, decree or measure whose title this is, when the list says that the title is unique.

    Full titles and the short ones listed beside them; never a notice, and never by likeness.

    >>> resolve_title("《保障农民工工资支付条例》").number
    '国务院令第724号'
    >>> resolve_title("预算法").title
    '中华人民共和国预算法'
    """
    return _by_title().get(squeeze(title).text.strip("《》"))


@cache
def _by_title() -> dict[str, ListedTitle]:
    return {name: entry for entry in listed_titles() for name in (entry.title, *entry.also)}


def _name(title: str) -> str:
    name = squeeze(title).text.strip("《》")
    for _ in range(3):
        shorter = _EDITION.sub("", name)
        if not shorter:
            break
        name = shorter
    return name
