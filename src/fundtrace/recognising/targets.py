"""指标值: comparator, value and unit as printed, and what kind of target the text is. Nothing is guessed.

- A comparator exists only where one is printed, as a sign (≥ ≤ = < > >= <=) or a word (不少于, 95%以上, 30日内): `100%`
  has none.
- Value and unit are those printed; every spelling that prints the percent sign (`百分比（%）`, `(%)`) is the unit `%`.
- numeric: comparator, number, unit, perhaps a comment in brackets. approximate: the same with 预计, 约, 左右.
- Numbers in Chinese signs (不少于十次, 百分之九十五) are read where they measure: see `numerals`.
- date: nothing but dates. text_with_number: words with dates or one number; that number is the value, with the known
  unit behind it and the comparator before it. compound: words with several numbers; no value, since none is the target.
- comparator_text: a comparator before words (`≤预算控制数`). unit_only: a unit without a number. malformed: template
  literals and contradicting signs (`≥**%`, `2X`, `%100%`, `≥%`); no value. text: words. empty: nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fundtrace.recognising import target_grammar as grammar
from fundtrace.recognising.decimals import DIGITS, canonical, parse
from fundtrace.recognising.memo import memo
from fundtrace.recognising.numerals import with_digits
from fundtrace.recognising.target_grammar import Comparator
from fundtrace.recognising.widths import narrow, unspaced
from fundtrace.records import Target
from fundtrace.records.project import TargetKind

_DIGITS = re.compile(rf"-?{DIGITS}")
_ARABIC = re.compile(r"[0-9]")
_SIGNS = re.compile(grammar.SIGN_RUN)
_BARE_YEAR = re.compile(r"(?:19|20)[0-9]{2}\s*年度?")
_LONGEST = 400
"""A longer cell is prose: no number in it is the target."""
_MORE = re.compile(r"\s*(?:余|多(?!于))")


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number read at the start of a text, with its comparator and unit; `about` where it is approximate."""

    comparator: Comparator | None
    value: str
    unit: str | None
    about: bool


def read_target(printed: str | None) -> Target:
    """The target that a cell prints; total: any text gives a target.

    >>> read_target("≥95百分比（%）")
    Target(printed='≥95百分比（%）', comparator='>=', value='95', unit='%', kind='numeric')
    """
    return _target((printed or "").strip())


@memo
def _target(shown: str) -> Target:
    if not shown:
        return Target(printed=None, comparator=None, value=None, unit=None, kind="empty")
    text = unspaced(_unwrapped(narrow(shown).strip()))
    if len(text) > _LONGEST:
        prose: TargetKind = "text_with_number" if _ARABIC.search(text) else "text"
        return Target(printed=shown, comparator=None, value=None, unit=None, kind=prose)
    comparator, value, unit, kind = _read(with_digits(text))
    return Target(printed=shown, comparator=comparator, value=value, unit=unit, kind=kind)


_Reading = tuple[Comparator | None, str | None, str | None, TargetKind]


def _read(text: str) -> _Reading:
    if grammar.TEMPLATE.fullmatch(text) or grammar.BROKEN.fullmatch(text) or _unlike_signs(text):
        return _malformed(text)
    if not _BARE_YEAR.fullmatch(text):
        amount = _amount(text, whole=True)
        if amount is not None:
            return amount.comparator, amount.value, amount.unit, "approximate" if amount.about else "numeric"
    if _is_date(text):
        return None, None, None, "date"
    if not _ARABIC.search(text):
        return _wordy(text)
    return _mixed(text)


def _amount(text: str, *, whole: bool) -> _Amount | None:
    """A comparator, number and unit at the start of a text; None when there is none, or more behind it (`whole`)."""
    about = False
    sign: Comparator | None = None
    at = 0
    while True:
        if hedge := grammar.about_before().match(text, at):
            about, at = True, hedge.end()
        elif sign is None and (mark := grammar.comparator_before().match(text, at)):
            sign, at = grammar.comparator(mark[0]), mark.end()
            if sign is None:
                return None
        else:
            break
    digits = _DIGITS.match(text, at)
    number = parse(digits[0]) if digits else None
    if digits is None or number is None:
        return None
    at = digits.end()
    if more := _MORE.match(text, at):
        about, at = True, more.end()
    unit, at = _unit(text, at)
    if at == len(text):
        return _Amount(sign, canonical(number), unit, about)
    if hedge := grammar.about_after().match(text, at):
        about, at = True, hedge.end()
    if (bound := grammar.comparator_after().match(text, at)) and sign in {
        None,
        "<=",
        grammar.comparator(bound["word"]),
    }:
        sign, at = grammar.comparator(bound["word"]), bound.end()
    tail = text[at:]
    if whole and tail and not grammar.COMMENT.fullmatch(tail) and tail.strip(" 。.;,"):
        return None
    return _Amount(sign, canonical(number), unit, about)


def _unit(text: str, at: int) -> tuple[str | None, int]:
    """The unit that stands at a place, and where it ends."""
    spaces = len(text[at:]) - len(text[at:].lstrip())
    start = at + spaces
    if inner := grammar.bracketed_unit().match(text, start):
        return "%" if inner["percent"] else inner["inner"].strip(), inner.end()
    known = grammar.unit().match(text, start)
    if known and known["percent"]:
        return "%", known.end()
    end = known.end() if known else start
    noun = grammar.short_noun().match(text, end)
    stops = noun is not None and _stops(text[noun.end() :])
    if known is None:
        return (noun[0], noun.end()) if noun and stops and len(noun[0]) <= 3 else (None, at)
    shown = "".join(known[0].split())
    if noun and stops and grammar.classifier().fullmatch(known[0]):
        return shown + noun[0], noun.end()
    return shown, known.end()


def _stops(tail: str) -> bool:
    return not tail.strip() or tail.lstrip().startswith("(")


def _unlike_signs(text: str) -> bool:
    signs = _SIGNS.match(text)
    return signs is not None and grammar.comparator(signs[0]) is None


def _is_date(text: str) -> bool:
    rest, dates = grammar.DATE.subn("", text)
    return dates > 0 and not grammar.DATE_JOINT.sub("", rest)


def _wordy(text: str) -> _Reading:
    mark = grammar.comparator_before().match(text)
    body = text[mark.end() :] if mark else text
    unit = grammar.unit().fullmatch(body.strip()) or grammar.bracketed_unit().fullmatch(body.strip())
    if mark is None:
        return (
            (None, None, "%" if unit["percent"] else text, "unit_only")
            if unit
            else (None, None, None, "text")
        )
    comparator = grammar.comparator(mark[0])
    if comparator is None or unit or not body.strip():
        return _malformed(text)
    return comparator, None, None, "comparator_text"


def _malformed(text: str) -> _Reading:
    mark = grammar.comparator_before().match(text)
    unit = "%" if text.rstrip(" )").endswith("%") else None
    return grammar.comparator(mark[0]) if mark else None, None, unit, "malformed"


def _mixed(text: str) -> _Reading:
    """Words with numbers: the one number that is no date, else none."""
    plain = grammar.ASIDE.sub("", text) or text
    plain = grammar.DATE.sub(lambda date: "\n" * len(date[0]), plain)
    numbers = [
        match for match in grammar.NUMBER.finditer(plain) if not re.match(r"[A-Za-z]", plain[match.end() :])
    ]
    if len(numbers) > 1:
        return None, None, None, "compound"
    if not numbers:
        return None, None, None, "text_with_number"
    start = numbers[0].start()
    for mark in grammar.comparator_before().finditer(plain[:start]):
        if mark.end() == start:
            start = mark.start()
    amount = _amount(plain[start:], whole=False)
    if amount is None:
        return None, None, None, "text_with_number"
    return amount.comparator, amount.value, amount.unit, "text_with_number"


def _unwrapped(text: str) -> str:
    inner = text[1:-1]
    return (
        inner.strip()
        if text[:1] == "(" and text[-1:] == ")" and not set("()") & set(inner.replace("(%)", ""))
        else text
    )
