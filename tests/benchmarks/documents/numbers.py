"""Numbers of documents in every written form, and the texts that name documents."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.benchmarks.documents.facts import Cited, Text
from tests.benchmarks.documents.words import table, weighted

_BRACKETS = {"〔〕": 30, "【】": 22, "（）": 14, "()": 6, "[]": 14, "［］": 3, "﹝﹞": 5}
_BEHIND = {"": 78, "文": 6, "文件": 8, "文件精神": 4, "文件要求": 4}
_TRADITIONAL = str.maketrans("财号发农预办资环", "財號發農預辦資環")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_STYLES = {
    "plain": 62,
    "spaced": 10,
    "wide": 3,
    "traditional": 3,
    "year": 4,
    "blank": 3,
    "together": 2,
    "one bracket": 2,
    "ordinal": 4,
    "padded": 3,
    "broken": 4,
}
_WEAK = {"year", "blank", "together", "one bracket"}
"""Forms without both brackets: only for codes that begin with an area."""
_LEADS = ("根据", "依据", "按照", "执行", "落实", "参照", "贯彻落实")
_NORMATIVE = ("办法》的通知", "意见", "批复", "细则")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A numbered document: its letters, year and serial, who issued it, and its title."""

    code: str
    year: int
    serial: int
    issuer: str
    title: str
    placed: bool

    @property
    def canonical(self) -> str:
        """The number as the standard writes it."""
        return f"{self.code}〔{self.year}〕{self.serial}号"

    @property
    def normative(self) -> bool:
        """Whether the title is that of a measure."""
        return self.title.endswith(_NORMATIVE)


def library(
    rng: Random, region: dict[str, str], department: dict[str, list[str]], year: int
) -> list[Numbered]:
    """The documents that one department's projects are paid under and based on; no number twice."""
    issuers, words = table("issuers"), table("words")
    made: dict[str, Numbered] = {}
    while len(made) < 9:
        group = weighted(rng, {"provincial": 6, "central": 3, "local": 2})
        issuer = rng.choice(issuers[group])
        parts = {"p": region["province"], "name": region["said"], "f": rng.choice(department["fields"])}
        issued = year - rng.choice((0, 1, 1, 2, 4))
        kind = "notices" if len(made) % 3 else "measures"
        title = rng.choice(words["titles"][kind]).format(
            year=year, level=rng.choice(words["levels"]), fund=rng.choice(department["funds"])
        )
        numbered = Numbered(
            issuer["code"].format(**parts),
            issued,
            rng.randint(1, 320),
            issuer["name"].format(**parts),
            title,
            group == "provincial",
        )
        made.setdefault(numbered.canonical, numbered)
    return list(made.values())


def spell(rng: Random, numbered: Numbered, *, serials: str | None = None) -> str:
    """The number in one of its written forms; `serials` is a list or range in place of the one serial."""
    style = weighted(rng, _STYLES)
    if (serials or not numbered.placed) and style in _WEAK:
        style = "plain"
    code, year, serial = numbered.code, str(numbered.year), serials or str(numbered.serial)
    pair = weighted(rng, _BRACKETS)
    left, right = pair[0], pair[1]
    match style:
        case "spaced":
            one, two, three = rng.choice((("", " ", ""), ("", "", " "), (" ", "", " "), ("", " ", " ")))
            return f"{code}{one}{left}{year}{right}{two}{serial}{three}号"
        case "wide":
            return f"{code}{left}{year.translate(_WIDE)}{right}{serial.translate(_WIDE)}号"
        case "traditional":
            return f"{code}{left}{year}{right}{serial}号".translate(_TRADITIONAL)
        case "year":
            return rng.choice((f"{code} {year} 年 {serial} 号", f"{code}{year}年{serial}号"))
        case "blank":
            return f"{code}{year} {serial}号"
        case "together":
            return f"{code}{year}{serial}号"
        case "one bracket":
            return rng.choice((f"{code}{year}{right}{serial}号", f"{code}{left}{year} {serial}号"))
        case "ordinal":
            return f"{code}{left}{year}{right}第{serial}号"
        case "padded" if not serials:
            return f"{code}{left}{year}{right}{serial:0>3}号"
        case "broken":
            whole = f"{code}{left}{year}{right}{serial}号"
            place = rng.randrange(1, len(whole))
            return f"{whole[:place]}\n{whole[place:]}"
        case _:
            return f"{code}{left}{year}{right}{serial}号"


def named(rng: Random, numbered: Numbered, role: str) -> Text:
    """A text that names a document by its number, with or without its title and issuer."""
    shown = spell(rng, numbered)
    title, issuer = numbered.title, numbered.issuer
    told = "basis" if numbered.normative and role != "basis" else role
    bare = Cited(numbered.canonical, None, role)
    titled = Cited(numbered.canonical, title, told)
    issued = Cited(numbered.canonical, title, told, issuers=[issuer])
    flat = "《" not in title and title.startswith("关于")
    match weighted(
        rng, {"bare": 50, "title first": 14, "number first": 8, "issuer": 8, "dash": 6, "lead": 14}
    ):
        case "title first":
            return Text(f"《{title}》（{shown}）", [titled])
        case "number first":
            return Text(f"{shown}《{title}》", [titled])
        case "issuer" if flat:
            return Text(f"{issuer}{title}（{shown}）", [issued])
        case "dash" if flat:
            return Text(f"{shown}-{issuer}{title}", [issued])
        case "lead":
            return Text(f"{rng.choice(_LEADS)}{shown}{weighted(rng, _BEHIND)}", [bare])
        case _:
            return Text(f"{shown}{weighted(rng, _BEHIND)}", [bare])


def basis(rng: Random, documents: list[Numbered], name: str) -> Text:
    """A ground of a target: documents in their many forms, or no document at all."""
    words = table("words")
    kinds = {
        "none": 30,
        "one": 40,
        "two": 8,
        "list": 3,
        "range": 2,
        "law": 6,
        "article": 3,
        "decree": 2,
        "announcement": 2,
        "cut": 2,
        "own name": 2,
        "title only": 3,
        "joint": 3,
        "and others": 2,
        "serials apart": 2,
        "title article": 2,
    }
    chosen = rng.choice(documents)
    match weighted(rng, kinds):
        case "one":
            return named(rng, chosen, "basis")
        case "two":
            pair = rng.sample(documents, 2)
            joint = rng.choice(("、", "，", "+", "；", "和", "\n", " + "))
            texts = [spell(rng, each) for each in pair]
            return Text(joint.join(texts), [Cited(each.canonical, None, "basis") for each in pair])
        case "list" | "range" as kind:
            return _several(rng, chosen, kind)
        case "law":
            law = rng.choice(words["laws"])
            lead = rng.choice(("", "根据", "依据"))
            return Text(f"{lead}《{law}》", [Cited(None, law, "basis")])
        case "article":
            article = rng.choice(words["articles"])
            if rng.random() < 0.5:
                law = rng.choice(words["laws"])
                return Text(f"《{law}》{article}", [Cited(None, law, "basis", article)])
            return Text(
                f"（{spell(rng, chosen)}）{article}", [Cited(chosen.canonical, None, "basis", article)]
            )
        case "decree":
            printed = rng.choice(table("issuers")["decrees"])
            return Text(printed, [Cited("国务院令" + printed.partition("令")[2], None, "basis")])
        case "announcement":
            printed = rng.choice(table("issuers")["announcements"])
            return Text(printed, [Cited(printed, None, "basis")])
        case "cut" if "《" not in chosen.title:
            cut = chosen.title[: rng.randint(3, 8)]
            shown = f"{chosen.code}【{chosen.year}】{chosen.serial}号"
            return Text(f"{shown}《{cut}", [Cited(chosen.canonical, cut, "basis", truncated=True)])
        case "title only":
            title = f"{rng.choice(('城乡居民', '困难群众', '农村公路', '中小学'))}{rng.choice(('补助资金', '专项资金', '项目'))}管理{rng.choice(('办法', '暂行办法', '实施细则'))}"
            return Text(f"《{title}》", [Cited(None, title, "basis")])
        case "joint":
            bodies = rng.choice((["财政部", "教育部"], ["财政部", "农业农村部"], ["省财政厅", "省民政厅"]))
            title = "关于规范补助资金使用的通知"
            mark = rng.choice((" ", "、"))
            shown = f"{mark.join(bodies)}{title}（{chosen.code}〔{chosen.year}〕{chosen.serial}号）"
            return Text(shown, [Cited(chosen.canonical, title, "basis", issuers=bodies)])
        case "and others":
            return Text(
                f"{spell(rng, chosen)}等{rng.choice(('', '文件', '文件规定'))}",
                [Cited(chosen.canonical, None, "basis")],
            )
        case "serials apart":
            more = chosen.serial + rng.randint(1, 40)
            numbers = [chosen.canonical, f"{chosen.code}〔{chosen.year}〕{more}号"]
            shown = f"{chosen.code}〔{chosen.year}〕{chosen.serial}号{rng.choice('、，')}{more}号"
            return Text(shown, [Cited(number, None, "basis") for number in numbers])
        case "title article" if "《" not in chosen.title:
            article = rng.choice(words["articles"])
            shown = f"《{chosen.title}》（{chosen.code}〔{chosen.year}〕{chosen.serial}号）{article}"
            return Text(shown, [Cited(chosen.canonical, chosen.title, "basis", article)])
        case "own name":
            return Text(name)
        case _:
            return Text(rng.choice(words["bases"]))


def _several(rng: Random, chosen: Numbered, kind: str) -> Text:
    """Several serials under one code and year."""
    first = chosen.serial
    if kind == "range":
        serials = list(range(first, first + rng.randint(2, 4)))
        shown = f"{first}{rng.choice('—-－')}{serials[-1]}"
    else:
        serials = [first, first + rng.randint(1, 30)]
        shown = f"{first}、{serials[1]}"
    both = weighted(rng, _BRACKETS)
    left, right = both[0], both[1]
    cited = [Cited(f"{chosen.code}〔{chosen.year}〕{serial}号", None, "basis") for serial in serials]
    return Text(f"{chosen.code}{left}{chosen.year}{right}{shown}号", cited)
