"""What a document says of itself: title, fiscal year, stage, department."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from fundtrace.reading.sheets import Paragraph, Table
from fundtrace.recognising.captions import Caption, coded, is_title
from fundtrace.recognising.grid import position_of
from fundtrace.recognising.memo import memo
from fundtrace.recognising.regions import region, year_of
from fundtrace.recognising.widths import narrow, unmarked, unspaced
from fundtrace.records import Department, Project
from fundtrace.records.document import Stage

_REACH = 60
"""So many paragraphs from the beginning the heading may stand."""

_YEAR = r"(20\d\d)\s*年?\s*(?:度)?"
_TITLE = re.compile(
    rf".*{_YEAR}.{{0,20}}(?:预算|绩效|决算|自评|项目支出).{{0,20}}?(?:文本|公开|说明|目标|报告|目标表|公开情况说明|信息公开情况说明|汇编|批复)(?:\(.{{1,6}}\))?"
)
_LONGEST_TITLE = 80
_CONTENTS = re.compile(r"目\s*录$")
_OWN_YEAR = (
    re.compile(r"预算年度\s*[:]?\s*(20\d\d)"),
    re.compile(r"\(\s*(20\d\d)\s*年?\s*度?\s*\)"),
    re.compile(
        r"(?:^|\D)(20\d\d)\s*年度?\s*(?:(?:部门|单位|县级|区级|市级|本级|项目|财政)\s*){0,2}(?:预算|决算|绩效|整体|支出)"
    ),
    re.compile(r"^[^0-9。]{0,20}(20\d\d)\s*年度?[^0-9。]{0,40}(?:绩效|自评)[^0-9。]{0,16}表"),
    re.compile(r"^[^0-9。]{0,20}(20\d\d)\s*年度?[^0-9。]{0,40}绩效(?:目标|自评|监控)[^0-9。]{0,8}$"),
    re.compile(r"^\(?\s*(20\d\d)\s*年度(?:(?![\u4e00-\u9fff])|(?=(?:金额)?单位))"),
    re.compile(r"(?:单位|部门)(?:名称)?\s*:[^:]{2,40}\s(20\d\d)\s*年度?(?:\s*(?:金额)?单位\s*:.*)?\s*$"),
)
_NAME_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
_NUMBER = re.compile(r"[\[(【〔﹝{]?\s*(?:19|20)\d\d\s*年?\s*[\])】〕﹞}]?\s*第?\s*\d{1,6}\s*[号號]")
_STAGES: tuple[tuple[Stage, re.Pattern[str]], ...] = (
    ("evaluation", re.compile(r"自评(?:价)?(?:表|报告|结果)|绩效自评")),
    ("final", re.compile(r"(?<!预)决算")),
    ("adjusted", re.compile(r"预算调整|调整预算|\(调整\)")),
    ("draft", re.compile(r"\(\s*草\s*案\s*\)|预算草案")),
)
_COMPILED_BY = re.compile(r"(.{2,40}?)\s*编\s*制")
_OFFICE = (
    r"[\u4e00-\u9fff()]{2,30}?(?:局|厅|委员会|办公室|管委会|人民政府|街道办事处|办事处|法院|检察院|中心|学校|医院|大学|学院"
    r"|联合会|总工会|供销合作社|妇联|团委|县委|区委|市委|支队|大队|委)(?:\(?本级\)?|机关)?"
)
_LABELLED = re.compile(
    rf"(?:预算|填报|申报|编制|编报|主管|公开|填表|申请)?(?:部门|单位)(?:\(单位\))?(?:名称)?(?:\((?:盖章|公章|签章)\))?"
    rf"\s*:\s*(?:\[?[0-9]{{3}}\]?\s*[-—]?\s*)?(?P<name>{_OFFICE})(?:\s.*)?"
)
_TITLED = re.compile(
    rf"(?:20\d\d\s*年度?)?(?P<name>{_OFFICE})\s*(?:(?:关于)?20\d\d\s*年.*|(?:部门|单位|项目|整体|预算|绩效).*)"
)
_OWN_OFFICE = re.compile(r"\s*[(（]\s*本级\s*[)）]\s*$|\s*本级\s*$")


def heading_of(blocks: Sequence[Paragraph | Table]) -> tuple[str, ...]:
    """The short texts that a document begins with, up to its first sentence or long text."""
    texts: list[str] = []
    for block in blocks[:_REACH]:
        if isinstance(block, Paragraph):
            text = unmarked(block.text)
            if len(text) > 100 or "。" in text:
                break
            texts.append(text)
    return tuple(text for text in texts if text)


def caption(block: Paragraph) -> Caption:
    """A paragraph as something that may stand above a table."""
    return Caption(block.text, block.line, position_of(block.page), block.heading)


def title(blocks: Sequence[Paragraph | Table]) -> str | None:
    """The title: the first line that names a year and what the document is, with the stage printed under it.

    A title that spreads over lines is joined; the heading of a table of contents and the title of a single table are
    none. None when no such line is printed.
    """
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    for number, block in enumerate(paragraphs):
        text = " ".join(unmarked(block.text).split())
        caption = Caption(text, block.line, position_of(None))
        folded = narrow(text)
        if len(text) > 80 or _CONTENTS.search(folded) or is_title(caption) or not _TITLE.fullmatch(folded):
            continue
        following = unmarked(paragraphs[number + 1].text) if number + 1 < len(paragraphs) else ""
        if re.fullmatch(r"\((?:草案|送审稿|调整|公开)\)", narrow(following).strip()):
            text += following.strip()
        return text
    return None


def fiscal_year(
    printed_title: str | None,
    texts: Iterable[str],
    captions: Iterable[str],
    projects: Sequence[Project],
) -> int | None:
    """The budget's year: printed as such, else what most project codes carry, else what most names begin with.

    The year of a document number is never taken for it.
    """
    for text in filter(None, (printed_title, *captions, *texts)):
        found = own_year(text)
        if found:
            return found
    codes = Counter(year for project in projects if project.code and (year := year_of(project.code)))
    if codes:
        return codes.most_common(1)[0][0]
    names = Counter(
        int(year) for project in projects for year in set(_NAME_YEAR.findall(_without_numbers(project.name)))
    )
    ranked = names.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None


def stage(printed_title: str | None, texts: Iterable[str]) -> Stage:
    """The stage that the heading or the titles of tables print: 草案, 决算, 自评, 调整; a budget where none does."""
    for text in filter(None, (printed_title, *texts)):
        for found, pattern in _STAGES:
            if pattern.search(narrow(text)):
                return found
    return "budget"


def department(
    texts: Sequence[str],
    captions: Sequence[str],
    projects: Sequence[Project],
    named: Sequence[tuple[str, str | None]],
    units: Sequence[str],
) -> Department | None:
    """The department that a document is of, and its region.

    Its code is printed with three digits, or is the first three digits of the unit codes (then `derived`): a code of
    six digits is a unit's, also where the label says 主管部门. Its name is the one printed with its code, that of its
    own office (本级), the one that 主管部门 prints most, the one that compiled the document (…编制), or the only one that
    captions name (单位：…) or titles begin with.
    """
    lines = [found for text in (*captions, *texts) if (found := coded(text))]
    own = Counter(found for found in lines if len(found[0]) == 3)
    coded_units = [(code, name) for code, name in lines if len(code) == 6]
    coded_units += [(code, name) for name, code in named if code and len(code) == 6]
    coded_units += [
        (unit.code, unit.name)
        for unit in (project.unit for project in projects)
        if unit and unit.code and unit.name and len(unit.code) == 6
    ]
    own.update((code, name) for name, code in named if code and len(code) == 3)
    codes = Counter(code[:3] for code, _ in coded_units)
    if own:
        code: str | None = own.most_common(1)[0][0][0]
        derived = False
    else:
        code, derived = (codes.most_common(1)[0][0], True) if codes else (None, False)
    name = _name(own, coded_units, named, texts, units) or _printed_name((*captions, *texts))
    if code is None and name is None:
        return None
    printed = [name] if name else []
    printed += (
        [unit_name for _, unit_name in coded_units]
        + list(units)
        + [text for text in texts if len(text) <= 40]
    )
    place = region([project.code for project in projects], printed)
    return Department(code=code, derived=derived, name=name, region=place)


def _name(
    own: Counter[tuple[str, str]],
    coded_units: Sequence[tuple[str, str]],
    named: Sequence[tuple[str, str | None]],
    texts: Sequence[str],
    units: Sequence[str],
) -> str | None:
    if own:
        return own.most_common(1)[0][0][1]
    offices = Counter(_OWN_OFFICE.sub("", name) for _, name in coded_units if _OWN_OFFICE.search(name))
    if offices:
        return offices.most_common(1)[0][0]
    if named:
        return Counter(name for name, _ in named).most_common(1)[0][0]
    compiled = next(
        (match[1].strip() for text in texts if (match := _COMPILED_BY.fullmatch(text.strip()))), None
    )
    if compiled:
        return compiled
    names = Counter([*(name for _, name in coded_units), *units])
    return next(iter(names)) if len(names) == 1 else None


def _printed_name(texts: Iterable[str]) -> str | None:
    """The one office that captions name behind a label (单位：…) or that titles begin with; None for several."""
    found: Counter[str] = Counter()
    for text in texts:
        plain = narrow(unmarked(text)).strip()
        match = _LABELLED.fullmatch(plain) or (
            _TITLED.fullmatch(plain) if len(plain) <= _LONGEST_TITLE and "绩效" in plain else None
        )
        if match:
            found[plain[slice(*match.span("name"))]] += 1
    return next(iter(found)) if len(found) == 1 else None


@memo
def own_year(text: str) -> int | None:
    """The year that a title or caption says a budget is of; None for none. A document number's year is none.

    >>> own_year("2022年农业资金绩效目标表"), own_year("冀财社〔2020〕186号")
    (2022, None)
    """
    folded = _without_numbers(unspaced(narrow(text)))
    for pattern in _OWN_YEAR:
        match = pattern.search(folded)
        if match:
            return int(match[1])
    return None


def _without_numbers(text: str) -> str:
    return _NUMBER.sub(" ", text)
