"""Values of indicators in every written form, with what they say."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from tests.benchmarks.documents.facts import Target, exact
from tests.benchmarks.documents.words import table, weighted

_SIGNS = {
    "≥": ">=",
    "≧": ">=",
    ">=": ">=",
    "≤": "<=",
    "≦": "<=",
    "<=": "<=",
    "=": "=",
    "＝": "=",
    ">": ">",
    "<": "<",
}
_FORMS = {
    "signed": 46,
    "bare": 14,
    "in words": 9,
    "about": 5,
    "comment": 3,
    "date": 4,
    "text": 8,
    "limit": 2,
    "several": 2,
    "sentence": 3,
    "template": 1,
    "wide": 2,
    "span": 1,
    "rate": 2,
    "yearly": 2,
    "nought": 1,
    "more words": 4,
    "stated": 2,
    "change": 2,
}


def target(rng: Random, unit: str, low: int, high: int) -> tuple[Target, tuple[str, str, str]]:
    """A value with its sign, figure and unit apart, as a form with a column for each prints them."""
    form = weighted(rng, _FORMS) if unit else "text"
    number = Decimal(rng.randint(low, high))
    if rng.random() < 0.12 and high > 5:
        number += Decimal(rng.randint(1, 9)) / 10
    if unit == "%":
        number = min(number, Decimal(100))
    figure = _figure(rng, number)
    made = _made(rng, form, figure, number, unit)
    sign = rng.choice(("≥", "≤", "=", "＝", ">"))
    return made, (sign, figure, unit)


def _figure(rng: Random, number: Decimal) -> str:
    if number >= 1000 and rng.random() < 0.15:
        return f"{number:,}"
    if number == number.to_integral_value() and rng.random() < 0.1:
        return f"{number}.00"
    return str(number)


def _made(rng: Random, form: str, figure: str, number: Decimal, unit: str) -> Target:
    value = exact(number)
    match form:
        case "signed":
            sign = weighted(
                rng, {"≥": 50, "≤": 20, "=": 6, "＝": 4, ">=": 4, "<=": 4, "≧": 2, "≦": 1, ">": 2, "<": 2}
            )
            shown = f"{sign}{figure}{_unit(rng, unit)}"
            if rng.random() < 0.08:
                shown = f"{sign} {figure} {unit}"
            return Target(shown, _SIGNS[sign], value, unit, "numeric")
        case "wide":
            shown = f"≥{figure}{unit}".translate(str.maketrans("0123456789%", "０１２３４５６７８９％"))
            return Target(shown, ">=", value, unit, "numeric")
        case "in words":
            word, sign, behind = rng.choice(
                (
                    ("不少于", ">=", ""),
                    ("不低于", ">=", ""),
                    ("不超过", "<=", ""),
                    ("不高于", "<=", ""),
                    ("", ">=", "以上"),
                    ("", "<=", "以内"),
                    ("", "<=", "以下"),
                    ("大于等于", ">=", ""),
                )
            )
            return Target(f"{word}{figure}{unit}{behind}", sign, value, unit, "numeric")
        case "about":
            word, behind = rng.choice((("预计", ""), ("约", ""), ("", "左右"), ("大约", "")))
            return Target(f"{word}{figure}{unit}{behind}", None, value, unit, "approximate")
        case "comment":
            remark = rng.choice(table("words")["remarks"])
            return Target(f"≥{figure}{unit}（{remark}）", ">=", value, unit, "numeric")
        case "date":
            month, year = rng.randint(1, 12), rng.randint(2019, 2026)
            shown = rng.choice(
                (
                    f"每月{rng.randint(5, 28)}日前",
                    f"{year}年{month}月底前",
                    f"{month}月底之前",
                    f"{year}年12月31日前",
                )
            )
            return Target(shown, None, None, None, "date")
        case "limit":
            shown = rng.choice(("≤预算批复金额", "≤预算控制数", "≤上年水平"))
            return Target(shown, "<=", None, None, "comparator_text")
        case "several":
            more = number + 100
            shown = rng.choice(
                (f"一档{number}{unit}、二档{more}{unit}", f"城区{number}{unit}，乡村{more}{unit}")
            )
            return Target(shown, None, None, None, "compound")
        case "rate":
            rate = rng.choice(("元/生/年", "元/人/年", "次/年", "人/村", "元/件"))
            sign = rng.choice(("", "≥", "≤"))
            return Target(f"{sign}{figure}{rate}", _SIGNS.get(sign), value, rate, "numeric")
        case "yearly":
            shown = rng.choice((f"每季度{rng.randint(2, 9)}次", f"每月{rng.randint(2, 9)}次"))
            number_only = shown[3] if shown[1] == "季" else shown[2]
            return Target(shown, None, number_only, "次", "text_with_number")
        case "nought":
            shown = rng.choice(("0起", "0件", "0次"))
            return Target(shown, None, "0", shown[1], "numeric")
        case "more words":
            shown = rng.choice(
                (
                    "零投诉",
                    "优良中低差",
                    "长期坚持",
                    "是",
                    "达标",
                    "逐年递增",
                    "不断完善",
                    "无安全事故",
                    "不低于上年",
                    "较好",
                )
            )
            return Target(
                shown,
                ">=" if shown == "不低于上年" else None,
                None,
                None,
                "comparator_text" if shown == "不低于上年" else "text",
            )
        case "stated":
            word, behind = rng.choice((("达到", ""), ("完成", ""), ("实现", ""), ("覆盖", "以上")))
            return Target(
                f"{word}{figure}{unit}{behind}", ">=" if behind else None, value, unit, "text_with_number"
            )
        case "change":
            return Target(f"较上年增长{figure}{unit}", None, value, unit, "text_with_number")
        case "span":
            return Target(f"{number}{unit}-{number + 5}{unit}", None, None, None, "compound")
        case "sentence":
            shown = rng.choice(
                (f"全年完成{figure}{unit}", f"{rng.randint(2019, 2025)}年符合条件的{figure}{unit}")
            )
            return Target(shown, None, value, unit, "text_with_number")
        case "template":
            return Target("≥**%", ">=", None, "%", "malformed")
        case "text":
            return Target(rng.choice(table("words")["words_as_targets"]), None, None, None, "text")
        case _:
            return Target(f"{figure}{_unit(rng, unit)}", None, value, unit, "numeric")


def _unit(rng: Random, unit: str) -> str:
    if unit == "%":
        return rng.choices(("%", "％", "百分比（%）", "百分比(%)", "(%)"), (70, 6, 14, 6, 4))[0]
    return f" {unit}" if rng.random() < 0.06 else unit
