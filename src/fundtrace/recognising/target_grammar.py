"""The grammar of a target's text: comparators, numbers, units, dates and templates, as regular expressions.

All of them read narrow text (see `widths.narrow`); the words are in `units.yml`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from fundtrace.recognising.decimals import DIGITS
from fundtrace.recognising.words import longest_first, table

Comparator = Literal[">=", "<=", ">", "<", "="]

_SIGNS: dict[str, Comparator] = {
    **dict.fromkeys("≥≧⩾", ">="),
    **dict.fromkeys("≤≦⩽", "<="),
    **dict.fromkeys((">=", "=>", "≥="), ">="),
    **dict.fromkeys(("<=", "=<", "≤="), "<="),
    ">": ">",
    "<": "<",
    "=": "=",
}
_BEFORE: dict[str, Comparator] = {"at_least": ">=", "at_most": "<=", "more": ">", "less": "<", "equal": "="}
_AFTER: dict[str, Comparator] = {"and_above": ">=", "and_below": "<="}

SIGN_RUN = r"[≥≧⩾≤≦⩽<>=](?:\s*[≥≧⩾≤≦⩽<>=])*"
"""One or more comparison signs; more than one that do not make a comparator are malformed."""

PERCENT = r"(?:百分比|百分率|百分号)?\s*(?:%|\(\s*%\s*\))"
"""Every spelling that prints the sign %: `%`, `(%)`, `百分比(%)`."""

TEMPLATE = re.compile(
    r"[≥≧≤≦<>=\s]*[0-9WXx*×.,]*(?:[WX]|[*×]|xx)[0-9WXx*×.,]*\s*(?:%|\(%\)|[\u4e00-\u9fff]{0,3})"
)
"""A number with placeholders in it, or a misread one: `≥**%`, `2X`, `WX`."""

BROKEN = re.compile(
    rf"%\s*[0-9].*|.*%\s*%.*|.*[0-9]\.\.[0-9].*|[≥≧≤≦<>=\s]*[0-9]+(?:\.[0-9]+){{2,}}\s*{PERCENT}"
)
"""Text whose signs contradict each other: `%100%`, `95%%`, `9..5`."""

DATE = re.compile(
    r"(?:(?<![0-9])(?:19|20)[0-9]{2}\s*年\s*(?:度|底|末|初)?\s*)(?:[0-9]{1,2}\s*月\s*(?:份|底|末|初|[上中下]旬)?\s*)?(?:[0-9]{1,2}\s*[日号])?"
    r"|(?<![0-9])(?:19|20)[0-9]{2}([-/.])[0-9]{1,2}\1[0-9]{1,2}(?![0-9])"
    r"|(?<![0-9.])[0-9]{1,2}\s*月\s*(?:(?:份|底|末|初|[上中下]旬)|[0-9]{1,2}\s*[日号])"
    r"|每\s*个?\s*[年月季]度?\s*(?:[0-9]{1,2}\s*月份?)?\s*(?:[0-9]{1,2}\s*[日号])?"
    r"|(?<![0-9.])(?:[0-9]{1,2}\s*[-~—至、]\s*)?[0-9]{1,2}\s*月(?!\s*[/·])"
    r"|[本当次]?年\s*[底末]|[本当次]?月\s*[底末]|[上下]半年"
)
"""A date or a part of one, in a text that is not a number with a unit."""

DATE_JOINT = re.compile(
    r"(?:截至|截止|之前|以前|以内|之内|之间|期间|完成|完工|完毕|前|后|底|末|初|内|起|止|至|到|于|在|和|份|每|当|年|[-~—、,.;。\s()])"
)
"""What may stand beside the dates of a text that is nothing but a date."""

NUMBER = re.compile(rf"(?<![A-Za-z0-9.±第])-?{DIGITS}")
"""A number in running text: not the rest of a word, not an ordinal."""

COMMENT = re.compile(r"\s*\((?!\s*%\s*\)).*\)\s*", re.DOTALL)
"""What stands in brackets behind a number and its unit, up to the end."""

ASIDE = re.compile(r"\((?!\s*%\s*\))[^()]*\)")
"""What stands in brackets inside a text; `(%)` is a unit."""


@cache
def unit() -> re.Pattern[str]:
    """A unit: percent in any spelling, or known words with multipliers, joined by / · or 每: 元/人·月, 台(套)."""
    words = table("units")
    names, multipliers = longest_first(words["units"]), longest_first(words["multipliers"])
    one = rf"(?:(?:{names})|(?:{multipliers})\s*(?:{names}))"
    latin = r"(?![A-Za-z])"
    return re.compile(
        rf"(?P<percent>{PERCENT})|‰|(?P<word>{one}(?:\s*(?:/|·|每)\s*{one})*(?:\((?:{names})\))?{latin}|(?:{multipliers}))"
    )


@cache
def bracketed_unit() -> re.Pattern[str]:
    """A unit in brackets of its own, right behind the number: `100(人)`."""
    return re.compile(rf"\(\s*(?P<inner>{unit().pattern})\s*\)")


@cache
def short_noun() -> re.Pattern[str]:
    """Up to four characters that may be the rest of a unit: none of the words that make them a comment."""
    return re.compile(rf"(?!.*(?:{longest_first(table('units')['not_units'])}))[\u4e00-\u9fff]{{1,4}}")


@cache
def classifier() -> re.Pattern[str]:
    """A measure word that a noun may follow: 33个村街."""
    return re.compile(
        rf"(?:{longest_first(table('units')['multipliers'])})?(?:{longest_first(table('units')['classifiers'])})"
    )


@cache
def about_before() -> re.Pattern[str]:
    """Words before a number that make it approximate."""
    return re.compile(rf"\s*(?:{longest_first(table('units')['about_before'])})\s*")


@cache
def about_after() -> re.Pattern[str]:
    """Words behind a number and its unit that make it approximate."""
    return re.compile(rf"\s*(?:{longest_first(table('units')['about_after'])})\s*")


@cache
def comparator_before() -> re.Pattern[str]:
    """A printed comparator in front of a number: signs or words."""
    words = [word for key in _BEFORE for word in table("units")[key]]
    return re.compile(rf"\s*(?:{SIGN_RUN}|{longest_first(words)})\s*")


@cache
def comparator_after() -> re.Pattern[str]:
    """A printed comparator behind a number and its unit: 以上, 以内."""
    words = [word for key in _AFTER for word in table("units")[key]]
    within = r"(?<=[天日月年时周])内(?=\s*$)"
    return re.compile(rf"\s*(?:\(含\)|含)?\s*(?P<word>{longest_first(words)}|{within})\s*(?:\(含\))?")


@cache
def _words() -> dict[str, Comparator]:
    words = table("units")
    meaning = {word: sign for key, sign in (_BEFORE | _AFTER).items() for word in words[key]}
    return {**_SIGNS, **meaning, "内": "<="}


def comparator(printed: str) -> Comparator | None:
    """The comparator that a printed sign or word is; None for signs that make none (`≥≥`)."""
    return _words().get("".join(printed.split()))
