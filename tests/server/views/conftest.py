"""A release with documents that many projects cite, for lists, pictures and sums that can be counted by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fundtrace.release import Release, open_release
from fundtrace.settings import Settings

HOT = "document/冀财社-2021-1"
PROJECTS = 130


def _hot() -> str:
    """130 projects under one document: of ten seven are funded, two have it as a basis, one mentions it.

    Projects 0, 20, 40 … are of the final stage, each tenth of 2022 instead of 2021, and project 7 prints no amount.
    """
    told = [
        f'<{HOT}> a ft:FundingDocument ; rdfs:label "冀财社〔2021〕1号"@zh ; ft:number "冀财社〔2021〕1号" ; ft:issuerCode "冀财社" ; '
        'ft:year "2021"^^xsd:gYear ; ft:serial "1" ; ft:writtenForm "冀财社【2021】1号", "冀财社2021年1号" ; '
        'ft:printedIssuer "乙厅", "甲厅" ; ft:printedIssuers "甲厅、乙厅" ; ft:leadAgency <agency/河北省财政厅> .',
        '<document/冀财社-2021-2> a ft:FundingDocument ; rdfs:label "冀财社〔2021〕2号"@zh ; ft:number "冀财社〔2021〕2号" ; '
        'ft:leadAgency <agency/河北省财政厅> ; ft:title "某通知" .',
        '<concept/stage-final> a skos:Concept ; rdfs:label "决算"@zh . <concept/place-goal> a skos:Concept ; rdfs:label "目标"@zh .',
        '<concept/fund-level-central> a skos:Concept ; rdfs:label "中央"@zh .',
        '<concept/severity-error> a skos:Concept ; rdfs:label "差错"@zh .',
        '<concept/suggestion-same-document> a skos:Concept ; rdfs:label "同一份"@zh .',
        '<concept/indicator-2021-quality> a skos:Concept ; rdfs:label "质量指标"@zh ; skos:definition "质量如何。"@zh ; '
        "skos:broadMatch <concept/theme-quality> .",
        '<concept/theme-quality> a skos:Concept ; rdfs:label "质量"@zh .',
        f'<suggestion/1> a ft:Suggestion ; rdfs:label "可能相同"@zh ; ft:suggestionKind <concept/suggestion-same-document> ; '
        f'ft:reason "kind-missing" ; ft:confidence 0.8 ; ft:suggests <{HOT}>, <document/冀财社-2021-2> .',
        f'<citation/n-1> a ft:Citation ; rdfs:label "x"@zh ; ft:citedDocument <{HOT}> ; ft:place <concept/place-narrative> ; '
        'ft:role <concept/role-mention> ; ft:printed "冀财社【2021】1号" ; ft:line 3 ; ft:source <source/130636-323-2021> . '
        "<source/130636-323-2021> ft:citation <citation/n-1> .",
    ]  # fmt: skip
    for number in range(12):
        told.append(
            f'<department/130636-{number}> a ft:Department ; rdfs:label "第{number}局"@zh ; ft:code "{number}" ; '
            "ft:region <region/130636> ."
        )
    for number in range(PROJECTS):
        told.append(_project(number))
    for number in range(3):
        told.append(
            f'<finding/h-{number}> a ft:Finding ; rdfs:label "x"@zh ; ft:code "cell-unclaimed" ; ft:severity <concept/severity-error> ; '
            f'ft:about <project/h{number}-2021> ; ft:source <source/130636-323-2021> ; ft:message "没读懂"@zh .'
        )
    return "\n".join(told)


def _project(number: int) -> str:
    role = "mention" if number % 10 == 9 else "basis" if number % 10 >= 7 else "funds"
    relation = {"funds": "fundedUnder", "basis": "basedOn", "mention": "mentions"}[role]
    place = {"funds": "name", "basis": "basis", "mention": "goal"}[role]
    key = f"project/h{number}-2021"
    told = [
        f'<{key}> a ft:Project ; rdfs:label "第{number}项{"修路" if number % 4 == 0 else "办学"}"@zh ; ft:code "H{number:03}" ; '
        f'ft:name "第{number}项{"修路" if number % 4 == 0 else "办学"}" ; ft:region <region/{"130529" if number % 3 == 0 else "130636"}> ; '
        f'ft:fiscalYear "{2022 if number % 10 == 3 else 2021}"^^xsd:gYear ; '
        f"ft:stage <concept/stage-{'final' if number % 20 == 0 else 'budget'}> ; "
        f"ft:cites <{HOT}> ; ft:{relation} <{HOT}> ; ft:source <source/130636-323-2021> ; ft:citation <citation/h{number}> .",
        f'<citation/h{number}> a ft:Citation ; rdfs:label "x"@zh ; ft:citedDocument <{HOT}> ; ft:citingProject <{key}> ; '
        f'ft:place <concept/place-{place}> ; ft:role <concept/role-{role}> ; ft:printed "冀财社【2021】1号" ; ft:line {number + 1} ; '
        "ft:source <source/130636-323-2021> .",
    ]  # fmt: skip
    if number != 7:
        told.append(
            f"<{key}> ft:totalBudget {1000 * (number + 1)}.5 ; ft:fundLevel <concept/fund-level-central> ."
        )
    if number != 4:
        told.append(f"<{key}> ft:department <department/130636-{number % 12}> .")
    if number in {0, 1}:
        told.append(f"<{key}> ft:cites <document/冀财社-2021-2> ; ft:fundedUnder <document/冀财社-2021-2> .")
    if number < 60:
        told.append(
            f"<{key}> ft:indicator <indicator/h{number}> . <indicator/h{number}> a ft:Indicator ; "
            f'rdfs:label "合格率"@zh ; ft:name "合格率" ; ft:category <concept/indicator-2021-quality> ; ft:indicatorOf <{key}> ; '
            f'ft:target <target/h{number}> . <target/h{number}> a ft:Target ; rdfs:label "t"@zh ; ft:printed "≥{number}%" .'
        )
    return "\n".join(told)


@pytest.fixture(scope="package")
def hot_data(publish: Callable[[Path, str], str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the fixture and the hot document as its current release."""
    folder = tmp_path_factory.mktemp("hot")
    publish(folder, _hot())
    return folder


@pytest.fixture(scope="package")
def hot(hot_data: Path) -> Release:
    """That release."""
    return open_release(hot_data)


@pytest.fixture(scope="package")
def hot_client(connect: Callable[[Settings], Any], hot_data: Path) -> Iterator[Any]:
    """A client of the application over it."""
    with connect(Settings(data=str(hot_data), sparql_processes=1)) as client:
        yield client
