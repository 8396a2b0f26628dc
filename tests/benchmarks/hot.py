"""One funding document that tens of thousands of projects cite: the hardest page, made up from numbers.

    python -m tests.benchmarks.hot --projects 50000 --out DIR

Of every ten projects seven are funded under the document, two cite it as a basis and one mentions it. A fifth of those
that it funds are funded under a second document too. Each has a department, a region, one citation and no indicator.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from fundtrace.release import Account, Release, build_release

BASE = "http://localhost:8000/"
NAMESPACE = f"{BASE}ontology#"
DOCUMENT = "document/冀财社-2020-186"
OTHERS = 400
DEPARTMENTS = 900
REGIONS = 170

_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_ROLES = ("funds",) * 7 + ("basis",) * 2 + ("mention",)
_RELATIONS = {"funds": "fundedUnder", "basis": "basedOn", "mention": "mentions"}
_PLACES = {"funds": "name", "basis": "basis", "mention": "goal"}


def lines(projects: int) -> Iterator[str]:
    """The statements, in no order."""
    yield from _thing("release/1", "Release", "1", version='"1"')
    for code in ("role-funds", "role-basis", "role-mention", "stage-budget", "stage-final", "place-name", "place-basis",
                 "place-goal", "document-numbered"):  # fmt: skip
        yield f"{_id('concept/' + code)} {_TYPE} <http://www.w3.org/2004/02/skos/core#Concept> ."
        yield f'{_id("concept/" + code)} {_LABEL} "{code}"@zh .'
    for number in range(REGIONS):
        code = 130000 + number
        yield from _thing(
            f"region/{code}", "Region", f"第{number}县", code=f'"{code}"', name=f'"第{number}县"'
        )
    for number in range(DEPARTMENTS):
        region = f"region/{130000 + number % REGIONS}"
        name = f"第{number % REGIONS}县第{number}局"
        yield from _thing(
            f"department/{number}", "Department", name, code=f'"{number:03}"', region=_id(region)
        )
    for number in range(20):
        yield from _thing(f"source/{number}", "SourceDocument", f"第{number}份文件", fileName=f'"{number}.docx"', format='"docx"',
                          sha256=f'"{number:064x}"')  # fmt: skip
    for number in range(OTHERS):
        yield from _document(f"document/冀财教-2020-{number}", f"冀财教〔2020〕{number}号", "冀财教", number)
    yield from _document(DOCUMENT, "冀财社〔2020〕186号", "冀财社", 186)
    for number in range(projects):
        yield from _project(number)


def _project(number: int) -> Iterator[str]:
    role, key = _ROLES[number % 10], f"project/{number}-2021"
    department = number * 7 % DEPARTMENTS
    stage = "stage-final" if number % 50 == 0 else "stage-budget"
    funds = [DOCUMENT, f"document/冀财教-2020-{number % OTHERS}"] if number % 35 == 0 else [DOCUMENT]
    documents = funds if role == "funds" else [DOCUMENT]
    yield from _thing(
        key, "Project", f"第{number}个项目：就业补助资金", code=f'"13063621{number:013}"', name=f'"第{number}个项目：就业补助资金"',
        department=_id(f"department/{department}"), region=_id(f"region/{130000 + department % REGIONS}"),
        fiscalYear=f'"{2021 + number % 3}"^^<{_XSD}gYear>', stage=_id(f"concept/{stage}"),
        totalBudget=f'"{number * 7919 % 9_000_000}"^^<{_XSD}decimal>', source=_id(f"source/{number % 20}"),
        purpose=f'"{"按照文件要求安排使用这笔资金，专款专用。" * 5}"',
    )  # fmt: skip
    for document in documents:
        yield f"{_id(key)} <{NAMESPACE}cites> {_id(document)} ."
        yield f"{_id(key)} <{NAMESPACE}{_RELATIONS[role]}> {_id(document)} ."
    citation = f"citation/{number}-2021-1"
    yield f"{_id(key)} <{NAMESPACE}citation> {_id(citation)} ."
    yield from _thing(
        citation, "Citation", "冀财社【2020】186号", citedDocument=_id(DOCUMENT), citingProject=_id(key),
        role=_id(f"concept/role-{role}"), place=_id(f"concept/place-{_PLACES[role]}"), printed='"冀财社【2020】186号"',
        ordinal=f'"1"^^<{_XSD}integer>', line=f'"{number}"^^<{_XSD}integer>', source=_id(f"source/{number % 20}"),
    )  # fmt: skip


def _document(key: str, number: str, issuer: str, serial: int) -> Iterator[str]:
    yield from _thing(key, "FundingDocument", number, number=f'"{number}"', issuerCode=f'"{issuer}"', serial=f'"{serial}"',
                      year=f'"2020"^^<{_XSD}gYear>', documentKind=_id("concept/document-numbered"),
                      writtenForm=f'"{number.replace("〔", "【").replace("〕", "】")}"')  # fmt: skip


def _thing(key: str, cls: str, label: str, /, **properties: str) -> Iterator[str]:
    yield f"{_id(key)} {_TYPE} <{NAMESPACE}{cls}> ."
    yield f'{_id(key)} {_LABEL} "{label}"@zh .'
    for prop, value in properties.items():
        yield f"{_id(key)} <{NAMESPACE}{prop}> {value} ."


def _id(key: str) -> str:
    return f"<{BASE}id/{key}>"


def release(projects: int, folder: Path) -> Release:
    """The statements as a release."""
    return build_release(folder, lines(projects), BASE, NAMESPACE, Account()).release


def main() -> None:
    """Makes a data folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, default=50_000)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    made = release(given.projects, given.out)
    print(f"{made.info.statements} statements, {made.path}")


if __name__ == "__main__":
    main()
