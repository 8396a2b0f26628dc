"""A corpus of any size for measuring: made-up documents in the shape of published ones, from a seed.

    python -m tests.benchmarks.corpus --triples 1000000 --out DIR

makes a whole data folder with one release. Each county has departments, each department a document of projects with
plan, goals, indicators and printed rows; a tenth of the policy documents are hot, so that one is cited by a thousand
projects at a million triples. The figures are random, the same for the same seed; the words are a few templates.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import random
import resource
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from fundtrace.graph import Iris, statements
from fundtrace.records import Document
from fundtrace.release import Release, build_release
from fundtrace.release.info import Account
from fundtrace.resources import folder

BASE = "http://localhost:8000/"
NAMESPACE = f"{BASE}ontology#"
BLOCK = 40
"""Documents whose statements are made at once."""

FIELDS = {
    "人力资源和社会保障": ("就业补助", "城乡居民养老保险", "技能培训", "社会保险扩面稽核"),
    "教育": ("义务教育经费保障", "校舍安全改造", "学前教育发展", "营养改善计划"),
    "农业农村": ("高标准农田建设", "耕地地力保护补贴", "动物防疫", "农村厕所改造"),
    "卫生健康": ("基本公共卫生服务", "基层医疗机构补助", "计划生育奖励扶助", "传染病防治"),
    "交通运输": ("农村公路养护", "成品油价格补贴", "桥梁安全改造", "公交运营补助"),
    "水利": ("水库移民后期扶持", "山洪灾害防治", "农村饮水安全维护", "河道治理"),
    "民政": ("城乡低保补助", "孤儿基本生活保障", "养老服务体系建设", "临时救助"),
    "生态环境": ("大气污染防治", "散煤治理", "水污染防治", "环境监测运行"),
    "文化广电和旅游": ("公共文化服务体系建设", "文物保护", "非物质文化遗产保护", "旅游宣传"),
    "住房和城乡建设": ("老旧小区改造", "农村危房改造", "城镇排水设施维护", "棚户区改造"),
}
LEVELS = (
    ("产出指标", "数量指标", "完成数量", "个"),
    ("产出指标", "质量指标", "验收合格率", "%"),
    ("产出指标", "时效指标", "按时完成率", "%"),
    ("产出指标", "成本指标", "成本控制数", "万元"),
    ("效益指标", "社会效益指标", "受益群众人数", "人"),
    ("效益指标", "可持续影响指标", "政策持续年限", "年"),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "%"),
)
ISSUERS = (
    "财社",
    "财教",
    "财农",
    "财建",
    "财预",
    "财资环",
    "冀财社",
    "冀财教",
    "冀财农",
    "冀财建",
    "冀财预",
    "冀财规",
    "冀政发",
    "人社部发",
    "建城",
    "豫财社",
    "鲁财农",
)


def documents(seed: int = 1) -> Iterator[Document]:
    """Documents without end: the tellings of one county after another, of one year after another."""
    chance = random.Random(seed)
    with (folder("ontology") / "codes" / "regions.tsv").open(encoding="utf-8", newline="") as file:
        counties = [row for row in csv.DictReader(file, delimiter="\t") if not row["code"].endswith("00")]
    chance.shuffle(counties)
    notices = list({notice[0]: notice for notice in (_notice(chance) for _ in range(4_000))}.values())
    for year in range(2025, 2015, -1):
        for county in counties:
            for number, field in enumerate(FIELDS):
                yield Document.model_validate(
                    _document(chance, notices, year, county["code"], county["name"], field, 301 + number)
                )


def lines(triples: int, seed: int = 1) -> Iterator[str]:
    """Statements of about this many triples, unsorted, now and then repeated."""
    made, told = 0, documents(seed)
    iris = Iris(BASE)
    while made < triples:
        known = set[str]()
        for line in statements(list(islice(told, BLOCK if triples > 100_000 else 4)), iris, NAMESPACE):
            if line not in known:
                known.add(line)
                yield line
        made += len(known)


def corpus(triples: int, data: Path, seed: int = 1) -> Release:
    """A data folder with one release of about this many triples."""
    return build_release(data, lines(triples, seed), BASE, NAMESPACE, Account()).release


def _notice(chance: random.Random) -> tuple[str, str, str]:
    """A document's issuer and year and serial as its canonical number, a title, and the field it hands money down in."""
    field = chance.choice(list(FIELDS))
    fund = chance.choice(FIELDS[field])
    year = chance.randint(2016, 2025)
    number = f"{chance.choice(ISSUERS)}〔{year}〕{chance.randint(1, 999)}号"
    return number, f"关于提前下达{year}年{fund}资金的通知", fund


def _document(
    chance: random.Random,
    notices: list[tuple[str, str, str]],
    year: int,
    region: str,
    name: str,
    field: str,
    code: int,
) -> dict[str, Any]:
    organ, counter = f"{name}{field}局", 20
    projects = []
    for number in range(1, chance.randint(3, 12)):
        projects.append(_project(chance, notices, year, region, organ, field, f"{code}", number, counter))
        counter += 12
    title = f"{organ}{year}年部门预算绩效文本"
    return {
        "source": {
            "file": f"{region}-{code}-{year}.docx",
            "sha256": hashlib.sha256(title.encode()).hexdigest(),
            "format": "docx",
            "pages": None,
        },
        "title": title,
        "fiscal_year": year,
        "stage": "budget",
        "unit_of_money": "元",
        "department": {
            "code": f"{code}",
            "derived": True,
            "name": organ,
            "region": {"code": region, "name": name, "inferred": False},
        },
        "projects": projects,
        "statements": [],
        "budget_tables": [],
        "goals": [
            {
                "section": "总体绩效目标",
                "heading": None,
                "text": f"{year}年{field}工作的总体目标。",
                "line": 4,
            }
        ],
        "citations": [],
        "coverage": {"cells": counter, "used": counter, "ignored": 0, "unclaimed": []},
        "findings": [],
    }


def _project(
    chance: random.Random,
    notices: list[tuple[str, str, str]],
    year: int,
    region: str,
    organ: str,
    field: str,
    code: str,
    number: int,
    line: int,
) -> dict[str, Any]:
    fund = chance.choice(FIELDS[field])
    notice, title, _ = notices[_rank(chance, len(notices))]
    funded = chance.random() < 0.6
    name = f"{notice}{year}年{fund}资金" if funded else f"{year}年{fund}工作经费"
    total = chance.randint(1, 50_000) * chance.choice((100, 1_000, 10_000))
    own = chance.choice((0, 0, 0, total // 5))
    citations = (
        [_citation(notice, title, "name", "funds", "name-hands-down", None, number, line)] if funded else []
    )
    indicators, rows = [], [_row(number, 1, line, "项目编码", name)]
    for place, (level1, level2, what, unit) in enumerate(LEVELS):
        basis, value = notices[_rank(chance, len(notices))], chance.randint(1, 100)
        cited = chance.random() < 0.5
        printed = f"≥{value}{unit}"
        words = f"{basis[0]}《{basis[1]}》" if cited else "工作计划"
        indicators.append(
            {
                "level1": level1,
                "level2": level2,
                "name": f"{fund}{what}",
                "description": f"反映{field}领域{fund}资金的{what}情况",
                "target": {
                    "printed": printed,
                    "comparator": ">=",
                    "value": f"{value}",
                    "unit": unit,
                    "kind": "numeric",
                },
                "basis": {"printed": words, "category": "document" if cited else "work_plan"},
                "line": line + place + 2,
                "position": {"page": None, "table": number, "row": place + 2},
            }
        )
        rows.append(
            _row(number, place + 2, line + place + 2, level1, level2, f"{fund}{what}", printed, words)
        )
        if cited:
            citations.append(
                _citation(basis[0], basis[1], "basis", "basis", "basis-cell", place, number, line + place + 2)
            )
    months = (3, 6, 9, 12)
    return {
        "code": f"{region}{year % 100}{code}{number:03d}{chance.randrange(36**6):07d}",
        "name": name,
        "unit": {"code": f"{code}001", "name": f"{organ}（本级）"},
        "implementing_unit": None,
        "budget": {
            "total": _money(total),
            "fiscal": _money(total - own),
            "carryover": None,
            "other": _money(own),
        },
        "purpose": f"用于{field}领域的{fund}，保障{year}年重点任务按期完成。",
        "schedule": {
            "kind": "percent_cumulative",
            "inferred": False,
            "points": [{"month": month, "printed": f"{month * 100 // 12}%"} for month in months],
        },
        "goals": [f"完成{year}年{fund}任务，资金使用规范，群众满意。"],
        "indicators": indicators,
        "citations": citations,
        "fund_level": chance.choice((None, "central", "provincial", "county")),
        "direct_funds": None,
        "rows": rows,
        "line": line,
        "position": {"page": None, "table": number, "row": 1},
    }


def _citation(
    number: str, title: str, place: str, role: str, reason: str, indicator: int | None, table: int, line: int
) -> dict[str, Any]:
    return {
        "printed": f"{number}《{title}》",
        "number": number,
        "kind": "numbered",
        "title": title,
        "article": None,
        "issuers": [],
        "place": place,
        "role": role,
        "reason": reason,
        "indicator": indicator,
        "line": line,
        "position": {"page": None, "table": table, "row": 1 if indicator is None else indicator + 2},
    }


def _row(table: int, row: int, line: int, *cells: str) -> dict[str, Any]:
    return {"page": None, "table": table, "row": row, "line": line, "cells": cells}


def _money(yuan: int) -> dict[str, Any]:
    return {"yuan": f"{yuan}", "printed": f"{yuan}.00", "unit": "元"}


def _rank(chance: random.Random, count: int) -> int:
    """A rank whose odds fall with its square: the first is drawn most often."""
    return int(count * chance.random() ** 6)


def _size(path: Path) -> int:
    return sum(
        file.stat().st_size for file in (path.rglob("*") if path.is_dir() else [path]) if file.is_file()
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    begun = time.perf_counter()
    release = corpus(arguments.triples, arguments.out, arguments.seed)
    seconds, peak = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"- {release.info.statements} statements stated, loaded and indexed in {seconds:.0f} s")
    print(f"- peak of memory {peak:.0f} MB (wanted: at most 1536)")
    for name in ("store", "index.sqlite", "statements.nt.gz"):
        print(f"- {name}: {_size(release.path / name) / 1e6:.0f} MB")
    print("- " + ", ".join(f"{name} {count}" for name, count in release.info.counts.items()))


if __name__ == "__main__":
    main()
