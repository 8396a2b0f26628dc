"""Projects and their promises, at random: every fact that a form may print, before a form is chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any

from tests.benchmarks.documents.facts import Cited, Indicator, Plan, Project, Text
from tests.benchmarks.documents.numbers import Numbered, basis, library, named, spell
from tests.benchmarks.documents.targets import target
from tests.benchmarks.documents.words import fill, sentence, table, weighted

_LETTERS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
YUAN = {"元": Decimal(1), "万元": Decimal(10000)}
OLD = {
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "效果指标": ("社会效益指标", "经济效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
}
MIDDLE = {**OLD, "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标")}
del MIDDLE["效果指标"]
NEW = {
    "成本指标": ("经济成本指标", "社会成本指标", "生态环境成本指标"),
    "产出指标": ("数量指标", "质量指标", "时效指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
}
SCHEMES = {"old": OLD, "middle": MIDDLE, "new": NEW}


@dataclass(slots=True)
class Setting:
    """What the forms of one document have in common."""

    rng: Random
    region: dict[str, str]
    department: dict[str, Any]
    year: int
    money: str
    documents: list[Numbered]
    scheme: str
    contacts: list[str] = field(default_factory=list)

    @property
    def office(self) -> str:
        """The department's name with its place."""
        return f"{self.region['name']}{self.department['name']}"


def setting(rng: Random, *, province: str = "") -> Setting:
    """The place, department, year and documents of one file."""
    words = table("words")
    regions = [region for region in words["regions"] if not province or region["province"] == province]
    region, department = rng.choice(regions), rng.choice(words["departments"])
    year = rng.randint(2019, 2026)
    documents = library(rng, region, department, year)
    scheme = "old" if year < 2021 and rng.random() < 0.5 else rng.choice(("middle", "new"))
    return Setting(rng, region, department, year, rng.choice(("元", "万元")), documents, scheme)


def project(told: Setting, number: int) -> Project:
    """A project with all that a form may print of it."""
    rng = told.rng
    name = _name(told)
    total, fiscal, carryover, other = _amounts(rng, told.money)
    amounts = {"total": total, "fiscal": fiscal, "carryover": carryover, "other": other}
    code = (
        f"{told.region['code']}{told.year % 100}"
        + "".join(rng.choices(_LETTERS, k=12))
        + _LETTERS[number % 34]
    )
    purpose = _purpose(told, amounts["total"])
    section = rng.choice(table("words")["sections"])
    unit = (
        f"{told.department['code']}{rng.randint(1, 9):03}",
        rng.choice((f"{told.office}（本级）", f"{told.region['name']}{section}", told.office)),
    )
    return Project(
        code=code,
        name=name,
        unit=unit,
        amounts=amounts,
        purpose=purpose,
        plan=_plan(rng, total, told.money),
        goals=_goals(told),
        indicators=indicators(told),
    )


def money(rng: Random, value: Decimal, unit: str) -> str:
    """An amount as its cell prints it."""
    if value == 0:
        return rng.choice(("0", "0.00", "0"))
    figure = value / YUAN[unit]
    text = f"{figure:.2f}" if figure == figure.quantize(Decimal("0.01")) else f"{figure:f}"
    if figure == figure.to_integral_value() and rng.random() < 0.3:
        return f"{figure:.0f}"
    return f"{Decimal(text):,}" if figure >= 1000 and rng.random() < 0.2 else text


def _amounts(rng: Random, unit: str) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    def some(most: int) -> Decimal:
        cents = rng.randint(100, most) * rng.choice((1, 10, 100))
        return Decimal(cents) / 100 * (1 if unit == "万元" else 1000) * YUAN[unit]

    fiscal = some(90000)
    carryover = some(9000) if rng.random() < 0.12 else Decimal(0)
    other = some(9000) if rng.random() < 0.15 else Decimal(0)
    return fiscal + carryover + other, fiscal, carryover, other


def _name(told: Setting) -> Text:
    rng, words = told.rng, table("words")
    fund = rng.choice(told.department["funds"])
    grants = [each for each in told.documents if not each.normative]
    level = rng.choice(words["levels"])
    match weighted(rng, {"plain": 55, "numbered": 20, "handed": 15, "fund": 10}):
        case "numbered" if grants:
            chosen = rng.choice(grants)
            shown = spell(rng, chosen).replace("\n", "")
            return Text(f"{shown}{told.year}年{level}{fund}资金", [Cited(chosen.canonical, None, "funds")])
        case "handed" if grants:
            chosen = rng.choice(grants)
            shown = spell(rng, chosen).replace("\n", "")
            text = rng.choice(
                (
                    f"提前下达{told.year}年{level}{fund}资金（{shown}）",
                    f"{shown}提前下达{told.year}年{level}{fund}资金",
                )
            )
            return Text(text, [Cited(chosen.canonical, None, "funds")])
        case "fund":
            return Text(f"{told.year}年{level}{fund}资金")
        case _:
            end = rng.choice(words["name_ends"])
            return Text(fill(rng, "{object}{thing}") + end)


def level_of(name: Text, purpose: Text | None) -> str | None:
    """The level of the money, by the words that are printed: those of the name before those of the purpose."""
    for text in (name, purpose):
        printed = {
            level
            for word, level in (("中央", "central"), ("省级", "provincial"))
            if text and word in text.text
        }
        if printed:
            return printed.pop() if len(printed) == 1 else "mixed"
    return None


def _purpose(told: Setting, total: Decimal) -> Text:
    rng = told.rng
    plain = sentence(rng, "purposes")
    match weighted(rng, {"plain": 70, "handed": 12, "mention": 10, "measure": 8}):
        case "handed":
            chosen = rng.choice(told.documents)
            said = named(rng, chosen, "funds")
            tens = total / 10000
            text = f"根据{_bare(said.text)}，下达我县资金{tens:f}万元，{plain}。"
            return Text(text, said.cited)
        case "mention":
            grants = [each for each in told.documents if not each.normative]
            chosen = rng.choice(grants)
            return Text(f"{plain}，详见{spell(rng, chosen)}。", [Cited(chosen.canonical, None, "mention")])
        case "measure":
            law = rng.choice(table("words")["laws"])
            return Text(f"根据《{law}》，{plain}。", [Cited(None, law, "basis")])
        case _:
            return Text(plain + rng.choice(("。", "")))


def _bare(text: str) -> str:
    """A text that names a document without the words that lead in, since one stands there already."""
    for lead in ("贯彻落实", "根据", "依据", "按照", "执行", "落实", "参照"):
        text = text.removeprefix(lead)
    return text


def _plan(rng: Random, total: Decimal, unit: str) -> Plan:
    shares = [*sorted(rng.sample(range(5, 96, 5), 3)), 100]
    kind = weighted(rng, {"percent": 60, "bare": 16, "amounts": 12, "each": 8, "empty": 4})
    months = (3, 6, 10, 12)
    if kind == "percent":
        figures = [rng.choice((f"{share}%", f"{share}.00%")) for share in shares]
        return Plan("percent_cumulative", list(zip(months, figures, strict=True)))
    if kind == "empty":
        return Plan(None, [])
    amount = total / YUAN[unit]
    if kind == "bare" or amount == 100 or amount < 5:
        return Plan(None, list(zip(months, [f"{share}" for share in shares], strict=True)))
    cumulative = [(amount * share / 100).quantize(Decimal("0.01")) for share in shares]
    if kind == "amounts":
        return Plan("amount_cumulative", list(zip(months, map(str, cumulative), strict=True)))
    parts = [
        cumulative[0],
        *(after - before for before, after in pairwise(cumulative)),
    ]
    return Plan(None, list(zip(months, map(str, parts), strict=True)))


def _goals(told: Setting) -> list[Text]:
    rng = told.rng
    seen: dict[str, Text] = {}
    for _ in range(rng.choice((1, 1, 2, 3))):
        text = sentence(rng, "goals")
        cited: list[Cited] = []
        if rng.random() < 0.06:
            grants = [each for each in told.documents if not each.normative]
            chosen = rng.choice(grants)
            text, cited = f"落实{spell(rng, chosen)}要求，{text}", [Cited(chosen.canonical, None, "mention")]
        seen.setdefault(text, Text(text, cited))
    return list(seen.values())


def indicators(told: Setting) -> list[Indicator]:
    """Indicators of every first level, in printed order, no name twice."""
    rng, words = told.rng, table("words")
    made: list[Indicator] = []
    names: set[str] = set()
    for level1, seconds in SCHEMES[told.scheme].items():
        chosen = [second for second in seconds if rng.random() < 0.75] or [seconds[0]]
        for level2 in chosen:
            rows = rng.sample(
                words["indicators"][level2], min(len(words["indicators"][level2]), rng.choice((1, 1, 1, 2)))
            )
            for name, description, unit, low, high in rows:
                shown = fill(rng, "{object}") + name if rng.random() < 0.4 else name
                if shown in names:
                    continue
                names.add(shown)
                value, (sign, figure, measure) = target(rng, unit, low, high)
                ground = basis(rng, told.documents, shown)
                made.append(
                    Indicator(
                        level1,
                        level2,
                        shown,
                        rng.choice((description, description, shown)),
                        value,
                        ground,
                        sign,
                        figure,
                        measure,
                    )
                )
    return made
