"""What stands above a table: its title, the unit it is of, the unit of money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fundtrace.recognising.memo import memo
from fundtrace.recognising.money import unit_in
from fundtrace.recognising.widths import narrow, unmarked, unspaced
from fundtrace.records import Position, Unit

_TITLE = re.compile(r".*(?:绩效|目标申报|自评).*表\s*(?:\([^()]*\)\s*){0,2}\d{0,3}")
_CONTINUED = re.compile(r".*\(\s*(?:接上|续)\s*[上表]?\s*[0-9一二三四五六七八九十]{0,2}\s*\)\s*")
"""The end of a title that is printed again where its table goes on: …表（续）."""
_ENTRY = re.compile(r".*(?:\.{3,}|…{2,}|·{3,})\s*\d*|.*表\s+\d{1,3}")
_ORDINAL = re.compile(
    r"(?:\(?\d{1,3}\)?\s*[.、．,)]|\(\d{1,3}\)|[（(]?[一二三四五六七八九十]{1,3}[）)]?\s*、)\s*"
)
_TITLE_TAIL = re.compile(r"(?:项目)?(?:支出)?(?:预算)?绩效(?:目标)?(?:申报|自评)?表\s*$")
_CODED = re.compile(
    r"\s*(?:(?:预算)?单位(?:名称|编码及名称)?\s*:?\s*)?[\[(]?(\d{6}|\d{3})[\])]?\s*[-—_]?\s*(?![年月日])([\u4e00-\u9fff].*?)(?:\s+(?:金额)?单位\s*:\s*\S*元.*)?"
)
_PAGE = re.compile(r"[-—– ]+\d{1,4}[-—– ]*|第\s*\d{1,4}\s*页.*|\d{1,4}\s*/\s*\d+")
_FURNITURE = re.compile(
    r"[-—– ]*(?:第\s*)?\d{1,4}\s*(?:页.*|/\s*\d+)?[-—– ]*|预算年度\s*:?.*|\(?\s*\d{4}\s*年?度?\s*\)?|续表.*|\(?续\)?|截止时间.*"
)


@dataclass(frozen=True, slots=True)
class Caption:
    """A text above a table, and its place."""

    text: str
    line: int
    position: Position
    heading: int | None = None

    @property
    def folded(self) -> str:
        """The text on one line, its width folded."""
        return _folded(self.text)


@memo
def _folded(text: str) -> str:
    return unspaced(" ".join(narrow(unmarked(text)).split()))


def is_title(caption: Caption) -> bool:
    """Whether the text is the title of a table of goals, and not its line in a table of contents."""
    return _is_title(caption.folded)


@memo
def _is_title(text: str) -> bool:
    titled = len(text) <= 200 and _TITLE.fullmatch(text) is not None
    return titled and _ENTRY.fullmatch(text) is None and _CONTINUED.fullmatch(text) is None


def is_furniture(caption: Caption) -> bool:
    """Whether the text is what a page repeats above a table that goes on: unit, year, unit of money, page number."""
    return _is_furniture(caption.folded)


@memo
def _is_furniture(text: str) -> bool:
    return (
        _FURNITURE.fullmatch(text) is not None
        or (_CONTINUED.fullmatch(text) is not None and _TITLE.fullmatch(text) is not None)
        or unit_in(text) is not None
        or (coded(text) is not None and not _is_title(text))
    )


def is_page_number(text: str) -> bool:
    """Whether a text is a page's number, marked as one: - 3 -, 第3页 共20页."""
    return _PAGE.fullmatch(narrow(text).strip()) is not None


def title_of(captions: Sequence[Caption]) -> Caption | None:
    """The title nearest above the table; None when none is printed."""
    return next((caption for caption in reversed(captions) if is_title(caption)), None)


def name_in(title: Caption) -> str | None:
    """The name that a project's title holds: without its number in front and 绩效目标表 behind; None when bare."""
    printed = unmarked(title.text)
    text = _ORDINAL.sub("", printed, count=1) if _ORDINAL.match(printed) else printed
    return _TITLE_TAIL.sub("", text.strip()).strip() or None


@memo
def coded(text: str) -> tuple[str, str] | None:
    """Code and name of a line that begins with the three or six digits of a department or unit."""
    match = _CODED.fullmatch(narrow(text))
    return (match[1], text[match.start(2) : match.end(2)].strip()) if match else None


def unit_above(captions: Sequence[Caption]) -> Unit | None:
    """The budget unit (six digits and a name) nearest above the table."""
    for caption in reversed(captions):
        found = coded(caption.text)
        if found and len(found[0]) == 6:
            return Unit(code=found[0], name=found[1])
    return None


def money_unit_above(captions: Sequence[Caption]) -> str | None:
    """The unit of money nearest above the table: 单位：万元."""
    return next((unit for caption in reversed(captions) if (unit := unit_in(caption.text))), None)
