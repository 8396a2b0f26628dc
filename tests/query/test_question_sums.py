"""The saved questions over the sample documents, beside sums that are made without SPARQL."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import pytest

from fundtrace.query import ask, load_questions
from fundtrace.release import Release

Ask = Callable[..., list[dict[str, Any]]]

SHUNPING = "department/130636-323"


@pytest.fixture(scope="module")
def asked(sample_release: Release) -> Ask:
    """Asks a question of the samples; gives rows by column."""

    def asked(question: str, **values: str) -> list[dict[str, Any]]:
        table = ask(sample_release, load_questions()[question], values)
        return [dict(zip(table.columns, row, strict=True)) for row in table.rows]

    return asked


@pytest.fixture(scope="module")
def projects(facts: Any) -> list[dict[str, Any]]:
    """Every project of the samples with what sums need."""
    found = []
    for iri in facts.of_class("Project"):
        total = facts.one(iri, "totalBudget")
        found.append(
            {
                "iri": iri,
                "region": facts.one(iri, "region"),
                "department": facts.one(iri, "department"),
                "year": int(facts.one(iri, "fiscalYear")),
                "stage": facts.code(iri, "stage", "stage"),
                "level": facts.code(iri, "fundLevel", "fund-level"),
                "total": None if total is None else Decimal(total),
                "under": set(facts.all(iri, "fundedUnder")),
                "grounds": set(facts.all(iri, "basedOn")),
                "cites": set(facts.all(iri, "cites")),
            }
        )
    assert len(found) > 20
    return found


def _sums(projects: Iterable[dict[str, Any]], *names: str) -> dict[tuple[Any, ...], tuple[int, Decimal]]:
    groups: dict[tuple[Any, ...], list[Decimal]] = defaultdict(list)
    for one in projects:
        groups[tuple(one[name] for name in names)].append(one["total"])
    return {key: (len(totals), sum(totals, Decimal(0))) for key, totals in groups.items()}


def test_region_totals_hold_each_project_once(asked: Ask, projects: Any) -> None:
    """A total is of one region, year and stage, and says how many projects and departments it has."""
    expected = _sums(projects, "region", "year", "stage")
    found = asked("flows/region-totals")
    assert {
        (r["region"], r["fiscalYear"], r["stage"]): (r["projects"], r["projectsTotal"]) for r in found
    } == expected
    assert {r["sources"] for r in found} == {1}
    assert [
        r["projectsTotal"] for r in asked("flows/region-totals", region="region/130636", year="2021")
    ] == [expected[("http://localhost:8000/id/region/130636", 2021, "budget")][1]]


def test_money_by_level_keeps_what_is_not_printed_apart(asked: Ask, projects: Any) -> None:
    """Levels of a department add up to its total, with a row for projects that print none."""
    expected = _sums(projects, "department", "year", "stage", "level")
    for question in ("departments/money-by-level", "flows/level-to-department"):
        found = asked(question)
        assert {
            (r["department"], r["fiscalYear"], r["stage"], r["level"]): (r["projects"], r["projectsTotal"])
            for r in found
        } == expected
        assert {r["levelName"] for r in found if r["level"] is None} == {"未印明"}
        assert {r["levelName"] for r in found if r["level"] == "central"} == {"中央"}
    one = asked("departments/money-by-level", department=SHUNPING)
    whole = asked("departments/by-total", region="region/130636")
    assert sum(r["projectsTotal"] for r in one) == whole[0]["projectsTotal"]


def test_departments_by_total_say_what_is_under_documents(asked: Ask, projects: Any) -> None:
    """The part of a department's money that a document funds counts each project once."""
    whole = _sums(projects, "department", "year", "stage")
    under = _sums((one for one in projects if one["under"]), "department", "year", "stage")
    for row in asked("departments/by-total"):
        key = (row["department"], row["fiscalYear"], row["stage"])
        assert (row["projects"], row["projectsTotal"]) == whole[key]
        assert (row["projectsUnder"], row["underDocuments"]) == under.get(key, (0, Decimal(0)))


def test_documents_by_budget_add_distinct_projects(asked: Ask, projects: Any) -> None:
    """The money under a document is that of the distinct projects it funds, never of those it only grounds."""
    expected: dict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
    for one in projects:
        for document in one["under"]:
            expected[(document, one["year"], one["stage"])] += one["total"]
    assert {
        (r["document"], r["fiscalYear"], r["stage"]): r["total"] for r in asked("documents/by-budget")
    } == expected
    flow = asked("flows/document-department-project")
    assert {(r["document"], r["project"]) for r in flow} == {
        (document, one["iri"]) for one in projects for document in one["under"]
    }
    counted = Counter(r["project"] for r in flow if r["counted"])
    assert counted == Counter(one["iri"] for one in projects if one["under"])


def test_agencies_count_a_project_once(asked: Ask, projects: Any, facts: Any) -> None:
    """Several documents of one agency do not make its projects count twice."""
    agency = {d: facts.one(d, "leadAgency") for d in facts.of_class("FundingDocument")}
    expected: dict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
    regions: dict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
    for one in projects:
        for name in {agency[document] for document in one["under"]} - {None}:
            expected[(name, one["year"], one["stage"])] += one["total"]
            regions[(name, one["region"], one["year"], one["stage"])] += one["total"]
    assert {
        (r["agency"], r["fiscalYear"], r["stage"]): r["sum"] for r in asked("documents/by-agency")
    } == expected
    assert {
        (r["agency"], r["region"], r["fiscalYear"], r["stage"]): r["sum"]
        for r in asked("flows/agency-to-region")
    } == regions


def test_grounds_are_counted_and_carry_no_money(asked: Ask, projects: Any, facts: Any) -> None:
    """How many projects and indicators rest on a document."""
    expected = Counter(document for one in projects for document in one["grounds"])
    indicators = defaultdict(set)
    for citation in facts.of_class("Citation"):
        if facts.code(citation, "role", "role") == "basis" and facts.one(citation, "citingIndicator"):
            indicators[facts.one(citation, "citedDocument")].add(facts.one(citation, "citingIndicator"))
    found = asked("documents/as-basis")
    assert {r["document"]: r["projects"] for r in found} == expected
    assert {r["document"]: r["indicators"] for r in found} == {
        document: len(indicators[document]) for document in expected
    }
    assert not any("total" in name for name in found[0])


def test_every_pair_has_its_strongest_role(asked: Ask, projects: Any) -> None:
    """Each project and document is one row, and a sum of the counted rows holds each funded project once."""
    found = asked("export/projects-and-documents")
    expected = {
        (one["iri"], d): "funds" if d in one["under"] else "basis" if d in one["grounds"] else "mention"
        for one in projects
        for d in one["cites"]
    }
    assert {(r["project"], r["document"]): r["role"] for r in found} == expected
    assert len(found) == len(expected)
    assert sum(r["total"] for r in found if r["counted"]) == sum(
        one["total"] for one in projects if one["under"]
    )


def test_lists_of_projects_are_complete(asked: Ask, projects: Any, facts: Any) -> None:
    """Every project once, with codes as text; limits of amount, level and department hold."""
    found = asked("export/projects")
    assert {r["project"]: r["total"] for r in found} == {one["iri"]: one["total"] for one in projects}
    assert len(found) == len(projects)
    assert {r["departmentCode"] for r in found} == {"323", "313", "111"}
    large = asked("projects/by-budget", minimum="1000000", level="central")
    assert [r["total"] for r in large] == sorted(
        (one["total"] for one in projects if one["level"] == "central" and one["total"] >= 1_000_000),
        reverse=True,
    )
    mine = asked("departments/projects", department=SHUNPING)
    assert {r["project"]: r["indicators"] for r in mine} == {
        one["iri"]: len(facts.all(one["iri"], "indicator"))
        for one in projects
        if one["department"].endswith(SHUNPING)
    }
    assert [
        r["fundedUnder"] for r in asked("departments/projects", department=SHUNPING, level="provincial")
    ] == ["冀财社〔2020〕186号", "冀财社〔2020〕190号"]


def test_one_code_gives_its_project_schedule_and_indicators(asked: Ask, facts: Any) -> None:
    """What is printed of one project, in printed order."""
    code = "13063621KBZ5IOG4SDMWN"
    iri = f"http://localhost:8000/id/project/{code}-2021"
    assert [
        (r["project"], r["fiscalYear"], r["stage"], r["total"]) for r in asked("projects/by-code", code=code)
    ] == [(iri, 2021, "budget", Decimal(220_000))]
    points = facts.all(facts.one(iri, "schedule"), "schedulePoint")
    printed = {int(facts.one(point, "month")): facts.one(point, "printed") for point in points}
    schedule = asked("projects/schedule", code=code)
    assert [(r["month"], r["printed"]) for r in schedule] == sorted(printed.items())
    indicators = sorted(facts.all(iri, "indicator"), key=lambda one: int(facts.one(one, "ordinal")))
    found = asked("indicators/of-project", project=f"project/{code}-2021")
    assert [r["indicator"] for r in found] == indicators
    assert [r["target"] for r in found] == [
        facts.one(facts.one(one, "target"), "printed") for one in indicators
    ]
    assert {r["indicator"] for r in asked("export/indicators", department=SHUNPING)} >= set(indicators)


def test_indicators_of_a_theme_join_editions(asked: Ask, facts: Any) -> None:
    """A theme holds the indicators of its categories in every edition."""
    theme = "http://localhost:8000/id/concept/indicator-theme-satisfaction"
    expected = {
        one
        for one in facts.of_class("Indicator")
        if (category := facts.one(one, "category")) and theme in facts.all(category, "broadMatch")
    }
    assert expected
    assert {r["indicator"] for r in asked("indicators/of-theme", theme="satisfaction")} == expected


def test_comparable_targets_share_a_unit_over_regions(asked: Ask, facts: Any) -> None:
    """Only numbers of one theme and unit are compared, and only where two regions promise them."""
    groups: dict[tuple[str, str, str], dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for one in facts.of_class("Indicator"):
        target, category = facts.one(one, "target"), facts.one(one, "category")
        if facts.code(target, "targetKind", "target") != "numeric" or not facts.one(target, "valueUnit"):
            continue
        region = facts.one(facts.one(one, "indicatorOf"), "region")
        concept, normalised = facts.one(target, "normalisedUnit"), facts.one(target, "normalisedValue")
        unit = facts.label(concept) if concept else facts.one(target, "valueUnit")
        value = Decimal(normalised or facts.one(target, "value"))
        for theme in facts.all(category, "broadMatch") if category else ():
            groups[theme, facts.one(one, "level2"), unit][region].append(value)
    expected = {
        (*key, region): (min(values), max(values), len(values))
        for key, regions in groups.items()
        if len(regions) > 1
        for region, values in regions.items()
    }
    assert expected
    assert {
        (theme, r["level2"], r["unit"], r["region"]): (r["least"], r["greatest"], r["indicators"])
        for theme in {key[0] for key in groups}
        for r in asked("indicators/comparable-targets", theme=theme)
    } == expected


def test_indicators_by_basis(asked: Ask, facts: Any, projects: Any) -> None:
    """Every indicator of a project counts once; those without a printed basis are a row of their own."""
    expected = Counter(
        facts.code(one, "basisCategory", "basis")
        for project in projects
        for one in facts.all(project["iri"], "indicator")
    )
    assert {r["basisCategory"]: r["indicators"] for r in asked("indicators/by-basis")} == expected


def test_findings_by_department_and_rule(asked: Ask, facts: Any) -> None:
    """Counts of the list by department, rule and severity."""
    expected = Counter(
        (facts.one(facts.one(one, "source"), "department"), facts.one(one, "code"))
        for one in facts.of_class("Finding")
    )
    found = asked("quality/findings-by-department")
    assert {(r["department"], r["rule"]): r["findings"] for r in found} == expected
    warnings = asked("quality/findings", severity="warning")
    assert len({r["finding"] for r in warnings}) == sum(
        r["findings"] for r in found if r["severity"] == "warning"
    )


def test_sources_are_what_totals_rest_on(asked: Ask, projects: Any, facts: Any) -> None:
    """Every source once, with its projects, their budget and its findings."""
    found = asked("quality/sources")
    assert {r["source"] for r in found} == set(facts.of_class("SourceDocument"))
    assert sum(r["projects"] for r in found) == len(projects)
    assert sum(r["projectsTotal"] or 0 for r in found) == sum(one["total"] for one in projects)
    assert sum(r["findings"] for r in found) == len(facts.of_class("Finding"))


def test_stated_amounts_stand_beside_budgets(asked: Ask, facts: Any) -> None:
    """Only printed amounts are there, with their difference from the budget."""
    found = asked("documents/stated-amounts")
    assert len(found) == sum(1 for one in facts.of_class("Citation") if facts.one(one, "statedAmount"))
    assert all(r["difference"] == r["stated"] - r["total"] for r in found)


def test_forms_and_titles_of_a_document(asked: Ask, facts: Any) -> None:
    """Every written form and title of every document, a row each."""
    expected = {
        (one, text)
        for one in facts.of_class("FundingDocument")
        for name in ("writtenForm", "title")
        for text in facts.all(one, name)
    }
    assert {(r["document"], r["text"]) for r in asked("documents/forms")} == expected
    assert len(asked("documents/forms", number="冀财社[2020]172")) == 2


def test_statements_stand_by_themselves(asked: Ask, facts: Any) -> None:
    """Each printed amount of a whole-unit statement is a row, and none is added to another."""
    lines = [line for one in facts.of_class("DepartmentStatement") for line in facts.all(one, "budgetLine")]
    assert sorted(r["printed"] for r in asked("departments/statements")) == sorted(
        facts.one(line, "printed") for line in lines
    )


def test_documents_that_two_regions_share(asked: Ask, projects: Any) -> None:
    """For a region, every document that another one cites too, with the projects on both sides."""
    here = "http://localhost:8000/id/region/130636"
    cited: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in projects:
        for document in one["cites"]:
            cited[document][one["region"]].add(one["iri"])
    expected = {
        (document, other): (len(regions[here]), len(there))
        for document, regions in cited.items()
        if here in regions
        for other, there in regions.items()
        if other != here
    }
    assert {
        (r["document"], r["other"]): (r["projects"], r["otherProjects"])
        for r in asked("documents/shared-by-regions", region="region/130636")
    } == expected


def test_money_without_a_number_is_told_by_kind(asked: Ask, facts: Any, projects: Any) -> None:
    """Each project without a number is in one of the three kinds."""
    expected = _sums(
        (
            {**one, "kind": kind}
            for one in projects
            if (kind := facts.code(one["iri"], "withoutNumber", "without-number"))
        ),
        "region",
        "year",
        "stage",
        "kind",
    )
    assert {
        (r["region"], r["fiscalYear"], r["stage"], r["kind"]): (r["projects"], r["projectsTotal"])
        for r in asked("projects/money-without-number")
    } == expected
