"""The answers of the saved questions over two counties that can be counted by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest

from fundtrace.query import ask, catalogue, load_questions


def _rows(store: ox.Store, question: str, **values: str) -> list[dict[str, Any]]:
    table = ask(store, load_questions()[question], values)
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def _key(iri: str) -> str:
    return iri.rpartition("/")[2]


def test_a_project_counts_once_however_often_it_cites(store: ox.Store) -> None:
    """Nine citations are one project in its strongest role, counted once in each stage."""
    found = _rows(store, "documents/projects-citing", number="冀财社〔2020〕172号")
    assert [(row["stage"], row["citations"], row["counted"]) for row in found] == [
        ("budget", 9, 1),
        ("draft", 1, 1),
    ]
    assert {row["role"] for row in found} == {"funds"}
    assert found[0]["places"] == "basis name narrative purpose"
    assert found[0]["total"] == Decimal(6_760_000)
    assert found[0]["region"] == "顺平县"
    assert found[0]["department"] == "顺平县人力资源和社会保障局"
    assert found[0]["fiscalYear"] == 2021


@pytest.mark.parametrize(
    ("values", "stages"),
    [
        ({"stage": "budget"}, ["budget"]),
        ({"year": "2021"}, ["budget", "draft"]),
        ({"year": "2022"}, []),
        ({"role": "basis"}, []),
    ],
)
def test_projects_can_be_chosen_by_stage_year_and_role(
    store: ox.Store, values: dict[str, str], stages: list[str]
) -> None:
    """A project whose strongest role is another is not there."""
    found = _rows(store, "documents/projects-citing", number="冀财社〔2020〕172号", **values)
    assert [row["stage"] for row in found] == stages


def test_a_ground_is_not_counted(store: ox.Store) -> None:
    """A document that two counties cite as ground has two projects and no money."""
    found = _rows(store, "documents/projects-citing", number="冀价行费字〔2000〕40号")
    assert [(row["region"], row["role"], row["counted"]) for row in found] == [
        ("白沟新城", "basis", 0),
        ("顺平县", "basis", 0),
    ]


def test_a_number_that_many_use_stands_for_each_document(store: ox.Store) -> None:
    """A scoped number gives the documents of both counties, each with its own projects."""
    found = _rows(store, "documents/projects-citing", number="政办〔2019〕3号")
    assert [(_key(row["document"]), row["role"], row["counted"]) for row in found] == [
        ("130605-政办-2019-3", "funds", 1),
        ("130636-政办-2019-3", "mention", 0),
    ]


def test_a_document_without_a_number_is_asked_by_title(store: ox.Store) -> None:
    """A title serves where there is no number."""
    assert [row["name"] for row in _rows(store, "documents/projects-citing", number="劳动法")] == ["办公经费"]


def test_indicators_say_whether_they_rest_on_the_document(store: ox.Store) -> None:
    """Every indicator once, in order, marked when its own basis names the document."""
    found = _rows(store, "documents/indicators-of-citing", number="冀财社〔2020〕186号")
    assert [(row["name"], row["based"]) for row in found] == [("指标 1", 1), ("指标 2", 0)]


def test_documents_by_budget_keep_years_and_stages_apart(store: ox.Store) -> None:
    """Each total is of one document, year and stage, and says how many of its projects are shared."""
    found = _rows(store, "documents/by-budget")
    assert [
        (_key(row["document"]), row["fiscalYear"], row["stage"], row["total"], row["projects"], row["shared"])
        for row in found
    ] == [
        ("冀财社-2020-172", 2021, "budget", Decimal(6_760_000), 1, 0),
        ("冀财社-2020-172", 2021, "draft", Decimal(6_760_000), 1, 0),
        ("冀财社-2022-7", 2022, "budget", Decimal("600000.5"), 2, 1),
        ("冀财社-2022-8", 2022, "budget", Decimal("500000.5"), 1, 1),
        ("冀财社-2020-186", 2021, "budget", Decimal(220_000), 1, 0),
        ("130605-政办-2019-3", 2022, "budget", Decimal("80000.25"), 1, 0),
    ]
    assert {row["departments"] for row in found} == {1}


def test_a_total_that_nobody_prints_is_not_zero(store: ox.Store) -> None:
    """Where no project prints a total there is none."""
    local = ox.Store()
    local.extend(store)
    local.update(
        "PREFIX ft: <http://localhost:8000/ontology#> DELETE { ?p ft:totalBudget ?x } WHERE { ?p ft:totalBudget ?x }"
    )
    found = _rows(local, "documents/by-budget", year="2022")
    assert [(row["total"], row["projects"], row["withoutTotal"]) for row in found] == [
        (None, 1, 1),
        (None, 2, 2),
        (None, 1, 1),
    ]


def test_money_of_a_department_by_document(store: ox.Store) -> None:
    """A department's projects under each document, with the year and stage of every total."""
    found = _rows(store, "departments/money-by-document", department="department/130605-360")
    assert [(row["documentLabel"], row["total"], row["projects"], row["shared"]) for row in found] == [
        ("冀财社〔2022〕7号", Decimal("600000.5"), 2, 1),
        ("冀财社〔2022〕8号", Decimal("500000.5"), 1, 1),
        ("政办〔2019〕3号", Decimal("80000.25"), 1, 0),
    ]
    assert {row["region"] for row in found} == {"白沟新城"}
    assert len(_rows(store, "departments/money-by-document")) == 6


def test_documents_that_departments_share(store: ox.Store) -> None:
    """One document is cited in both counties, which write its number differently."""
    found = _rows(store, "documents/shared-by-departments")
    assert [(row["documentLabel"], row["departments"], row["regions"], row["projects"]) for row in found] == [
        ("冀价行费字〔2000〕40号", 2, 2, 2)
    ]
    assert found[0]["writtenForms"] == "冀价行费字【2000】第40号 冀价行费字（2000）40号"
    assert found[0]["departmentNames"] == "白沟新城人力资源和社会保障局、顺平县人力资源和社会保障局"
    assert _rows(store, "documents/shared-by-departments", year="2021") == []


def test_projects_without_a_number(store: ox.Store) -> None:
    """Projects that cite no number, with what their bases say; a missing total and year stay missing."""
    found = _rows(store, "projects/without-number")
    assert [(row["name"], row["fiscalYear"], row["total"], row["bases"], row["titles"]) for row in found] == [
        ("无年度项目", None, Decimal(7), 0, 0),
        ("办公经费", 2022, None, 1, 1),
    ]
    assert _rows(store, "projects/without-number", department="department/130636-323") == []
    assert [row["name"] for row in _rows(store, "projects/without-number", year="2022")] == ["办公经费"]


def test_indicators_by_category(store: ox.Store) -> None:
    """Every indicator counts once in its category."""
    found = _rows(store, "indicators/by-category")
    assert [
        (
            row["level2"],
            row["category"],
            row["indicators"],
            row["projects"],
            row["numeric"],
            row["onDocument"],
        )
        for row in found
    ] == [("数量指标", "2015-quantity", 8, 5, 8, 6), ("质量指标", "2015-quality", 6, 4, 0, 4)]
    assert [row["indicators"] for row in _rows(store, "indicators/by-category", year="2021")] == [5, 4]


@pytest.mark.parametrize("question", sorted(catalogue()))
def test_every_question_answers_its_example(store: ox.Store, question: str) -> None:
    """An example is what the question can be asked with."""
    ask(store, load_questions()[question], load_questions()[question].example)


def test_documents_that_two_regions_share(store: ox.Store) -> None:
    """One document is cited in both counties; asked from either, it is the same."""
    for region, other in (("130636", "130605"), ("130605", "130636")):
        (row,) = _rows(store, "documents/shared-by-regions", region=f"region/{region}")
        assert (row["documentLabel"], _key(row["other"])) == ("冀价行费字〔2000〕40号", other)
        assert (row["projects"], row["otherProjects"]) == (1, 1)
    assert _rows(store, "documents/shared-by-regions", region="region/130636", year="2021") == []


def test_what_the_samples_do_not_hold(store: ox.Store) -> None:
    """Money without a number by kind, documents of one passage, and numbers that are alike."""
    local = ox.Store()
    local.extend(store)
    local.update(
        """
        PREFIX ft: <http://localhost:8000/ontology#> PREFIX id: <http://localhost:8000/id/>
        PREFIX project: <http://localhost:8000/id/project/> PREFIX document: <http://localhost:8000/id/document/>
        PREFIX concept: <http://localhost:8000/id/concept/>
        INSERT DATA {
          project:130605-nocode-2022 ft:withoutNumber concept:without-number-something-else .
          project:130605-undated ft:withoutNumber concept:without-number-no-column .
          id:a ft:citingProject project:13060522P0000000SHARE-2022 ; ft:sourceRow id:row ; ft:source id:source ;
            ft:place concept:place-name ; ft:role concept:role-funds ; ft:citedDocument document:冀财社-2022-7 .
          id:b ft:citingProject project:13060522P0000000SHARE-2022 ; ft:sourceRow id:row ; ft:source id:source ;
            ft:place concept:place-name ; ft:role concept:role-funds ; ft:citedDocument document:冀财社-2022-8 .
          document:冀财规-2022-7 ft:number "冀财规〔2022〕7号" ; ft:issuerCode "冀财规" ;
            ft:year "2022"^^<http://www.w3.org/2001/XMLSchema#gYear> ; ft:serial "7" .
        }"""
    )
    kinds = _rows(local, "projects/money-without-number")
    assert [(row["fiscalYear"], row["kind"], row["projectsTotal"], row["withoutTotal"]) for row in kinds] == [
        (None, "no-column", Decimal(7), 0),
        (2022, "something-else", None, 1),
    ]
    assert {row["kind"] for row in _rows(local, "projects/without-number")} == {"no-column", "something-else"}
    pairs = _rows(local, "documents/named-together", number="冀财社〔2022〕7号")
    assert [_key(row["other"]) for row in pairs] == ["冀财社-2022-8"]
    alike = _rows(local, "quality/near-numbers", document="document/冀财社-2022-7")
    assert [_key(row["other"]) for row in alike] == ["冀财规-2022-7"]
