"""Records to statements: the facts of a document, and what several documents say together."""

from __future__ import annotations

import random
from collections.abc import Collection
from typing import Any

import pyoxigraph as ox
import pytest

from fundtrace.graph import Iris, statements
from fundtrace.graph.keys import hash8
from fundtrace.records import Document
from fundtrace.vocab import TERMS

BASE = "http://localhost:8000/"
NS = f"{BASE}ontology#"
RDFS_LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
KEY = "13063621TESTTESTTEST1"


class Graph:
    """The statements about some documents, loaded into a store."""

    def __init__(self, documents: Collection[Document], base: str = BASE, namespace: str = NS) -> None:
        self.base, self.namespace = base, namespace
        self.lines = sorted(set(statements(documents, Iris(base), namespace)))
        self.store = ox.Store()
        self.store.load("\n".join(self.lines), ox.RdfFormat.N_TRIPLES)

    def node(self, path: str) -> ox.NamedNode:
        """The term of a path behind id/."""
        return ox.NamedNode(f"{self.base}id/{path}")

    def objects(self, path: str, term: str) -> list[str]:
        """The values of a property, IRIs of data without their base, in order."""
        quads = self.store.quads_for_pattern(self.node(path), ox.NamedNode(self.namespace + term), None, None)
        return sorted(quad.object.value.removeprefix(f"{self.base}id/") for quad in quads)  # type: ignore[union-attr]

    def labels(self, path: str) -> list[str]:
        """The labels, with their languages."""
        quads = self.store.quads_for_pattern(self.node(path), RDFS_LABEL, None, None)
        return sorted(str(quad.object) for quad in quads)

    def all(self, kind: str) -> list[str]:
        """The paths of every instance of a class."""
        quads = self.store.quads_for_pattern(None, RDF_TYPE, ox.NamedNode(self.namespace + kind), None)
        return sorted(quad.subject.value.removeprefix(f"{self.base}id/") for quad in quads)  # type: ignore[union-attr]


def test_a_project_is_stated_with_its_parts(make: Any) -> None:
    """Code, name, money, plan, goals, indicators and where each was read."""
    graph = Graph([make.document()])
    project = f"project/{KEY}-2021"
    assert graph.all("Project") == [project]
    assert graph.labels(project) == ['"技能培训补助"@zh']
    assert graph.objects(project, "code") == [KEY]
    assert graph.objects(project, "totalBudget") == ["220000"]
    assert graph.objects(project, "carryoverBudget") == []
    assert graph.objects(project, "unit") == ["unit/130636-323001"]
    assert graph.objects(project, "region") == ["region/130636"]
    assert graph.objects(project, "inSeries") == [f"series/{KEY}"]
    assert graph.objects(project, "stage") == ["concept/stage-budget"]
    assert graph.objects(project, "source") == ["source/130636-323-2021"]
    assert graph.objects(project, "sourceRow") == [f"row/130636-323-2021-1-{row}" for row in (1, 2, 3)]
    line = f"budget-line/{KEY}-2021-total"
    assert graph.objects(project, "budgetLine") == [f"budget-line/{KEY}-2021-fiscal", line]
    assert graph.labels(line) == ['"预算数 220000.00元"@zh']
    assert graph.objects(line, "printed") == ["220000.00"]
    assert graph.objects(line, "sourceRow") == ["row/130636-323-2021-1-2"]
    assert graph.objects(f"schedule/{KEY}-2021", "schedulePoint") == [
        f"schedule-point/{KEY}-2021-1",
        f"schedule-point/{KEY}-2021-2",
    ]
    assert graph.objects(f"schedule-point/{KEY}-2021-2", "month") == ["12"]
    assert graph.objects(f"goal/{KEY}-2021-1", "text") == ["完成全年培训任务"]
    indicator = f"indicator/{KEY}-2021-1"
    assert graph.objects(indicator, "indicatorOf") == [project]
    assert graph.objects(indicator, "category") == ["concept/indicator-2015-quantity"]
    assert graph.objects(indicator, "sourceRow") == ["row/130636-323-2021-1-3"]
    assert graph.objects(f"target/{KEY}-2021-1", "value") == ["60"]
    assert graph.objects("row/130636-323-2021-1-2", "cells") == ["预算数\t 220000.00"]


def test_every_object_of_data_is_a_subject_and_every_term_is_known(make: Any) -> None:
    """The graph is closed: concepts, regions and rows it names are in it, and it uses no term of its own."""
    graph = Graph([make.document()])
    subjects = {quad.subject for quad in graph.store}
    for quad in graph.store:
        assert not isinstance(quad.subject, ox.BlankNode)
        if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(f"{BASE}id/"):
            assert quad.object in subjects, quad
        if isinstance(quad.object, ox.Literal):
            assert quad.object.value.strip(), quad
        if quad.predicate.value.startswith(NS):
            assert quad.predicate.value.removeprefix(NS) in TERMS
    labelled = {quad.subject for quad in graph.store.quads_for_pattern(None, RDFS_LABEL, None, None)}
    assert subjects == labelled


def test_citations_and_direct_properties(make: Any) -> None:
    """Every role that a project has under a document is stated, and ft:cites beside each."""
    graph = Graph([make.document()])
    project, document = f"project/{KEY}-2021", "document/甲财社-2020-7"
    assert graph.objects(project, "fundedUnder") == [document]
    assert graph.objects(project, "basedOn") == [document]
    assert graph.objects(project, "mentions") == []
    assert graph.objects(project, "cites") == [document]
    first, second = f"citation/{KEY}-2021-1", f"citation/{KEY}-2021-2"
    assert graph.objects(project, "citation") == [first, second]
    assert graph.objects(second, "citingIndicator") == [f"indicator/{KEY}-2021-1"]
    assert graph.objects(first, "citingIndicator") == []
    assert graph.objects(first, "role") == ["concept/role-funds"]
    assert graph.objects(document, "number") == ["甲财社〔2020〕7号"]
    assert graph.objects(document, "writtenForm") == ["甲财社【2020】7号"]


def test_documents_are_gathered_over_all_sources(make: Any) -> None:
    """Titles, written forms and issuers of every citing source meet in one document."""
    number, title = "冀财社〔2020〕186号", "关于提前下达就业补助资金的通知"
    first = make.citation(number=number, printed="冀财社【2020】186号", title=title, issuers=["河北省财政厅"])
    second = make.citation(number=number, printed="《关于提前》冀财社(2020)186 号文件", title="关于提前")
    cut = make.citation(number=number, printed="冀财社2020 186号", title="关于提前下", title_truncated=True)
    documents = [
        make.document(projects=[make.project(citations=[first, first, cut])]),
        make.document(
            source={"file": "b.txt", "sha256": "1" * 64, "format": "text", "pages": None},
            department={
                "code": "323",
                "derived": True,
                "name": "人社局",
                "region": {"code": "130605", "name": "白沟新城"},
            },
            projects=[make.project(code="13060521TESTTESTTEST1", citations=[second])],
        ),
    ]
    graph = Graph(documents)
    document = "document/冀财社-2020-186"
    assert graph.all("FundingDocument") == [document]
    assert graph.labels(document) == [f'"{number} {title}"@zh']
    assert graph.objects(document, "title") == ["关于提前", title]
    assert graph.objects(document, "writtenForm") == [
        "冀财社(2020)186 号",
        "冀财社2020 186号",
        "冀财社【2020】186号",
    ]
    assert graph.objects(document, "printedIssuer") == ["河北省财政厅"]
    assert graph.objects(document, "leadAgency") == ["agency/河北省财政厅"]
    assert graph.objects(document, "field") == ["社会保障"]
    assert graph.objects("agency/河北省财政厅", "region") == ["region/130000"]
    assert graph.objects(document, "source") == ["source/130605-323-2021", "source/130636-323-2021"]


@pytest.mark.parametrize(
    ("changes", "path", "label"),
    [
        ({"kind": "law", "title": "中华人民共和国预算法"}, "中华人民共和国预算法", "中华人民共和国预算法"),
        (
            {"kind": "notice", "title": "关于下达资金的通知"},
            f"130636-2021-{hash8('关于下达资金的通知')}",
            "关于下达资金的通知",
        ),
        ({"kind": "measure", "title": "资金管理办法"}, f"title-{hash8('资金管理办法')}", "资金管理办法"),
        (
            {"kind": "titled", "title": "关于进", "title_truncated": True},
            f"130636-2021-{hash8('关于进')}",
            "关于进…",
        ),
    ],
)
def test_titles_without_number(make: Any, changes: dict[str, Any], path: str, label: str) -> None:
    """A title alone is a document of its own kind, scoped where every level issues one like it."""
    citation = make.citation(number=None, **changes)
    graph = Graph([make.document(projects=[make.project(citations=[citation])])])
    assert graph.all("FundingDocument") == [f"document/{path}"]
    assert graph.labels(f"document/{path}") == [f'"{label}"@zh']
    assert graph.objects(f"document/{path}", "number") == []
    scoped = path.startswith("130636")
    assert graph.objects(f"document/{path}", "scope") == (["region/130636"] if scoped else [])


@pytest.mark.parametrize(
    ("titles", "path", "label", "kind"),
    [
        (["预算法", "中华人民共和国预算法"], "中华人民共和国预算法", "中华人民共和国预算法", "law"),
        (["优化营商环境条例"], "国务院令-722", "国务院令第722号 优化营商环境条例", "decree"),
    ],
)
def test_listed_titles_name_one_document(
    make: Any, titles: list[str], path: str, label: str, kind: str
) -> None:
    """Every printing of a title that the list says is unique is that document, by its number where it has one."""
    citations = [
        make.citation(number=None, kind="law", printed=f"《{title}》", title=title) for title in titles
    ]
    graph = Graph([make.document(projects=[make.project(citations=citations)])])
    assert graph.all("FundingDocument") == [f"document/{path}"]
    assert graph.labels(f"document/{path}") == [f'"{label}"@zh']
    assert graph.objects(f"document/{path}", "documentKind") == [f"concept/document-{kind}"]
    assert graph.objects(f"document/{path}", "title") == sorted(titles)


def test_issuers_keep_their_printed_order(make: Any) -> None:
    """Beside the set of organs stands their most frequent printing, in order."""
    printings = [["乙局", "甲局"], ["甲局"], ["乙局", "甲局 "], []]
    citations = [make.citation(issuers=issuers) for issuers in printings]
    graph = Graph([make.document(projects=[make.project(citations=citations)])])
    (document,) = graph.all("FundingDocument")
    assert graph.objects(document, "printedIssuer") == ["乙局", "甲局"]
    assert graph.objects(document, "printedIssuers") == ["乙局、甲局"]


def test_scoped_issuer_codes(make: Any) -> None:
    """A code that many places use means another document in another region."""
    citation = make.citation(number="政办〔2019〕3号", printed="政办〔2019〕3号")
    graph = Graph([make.document(projects=[make.project(citations=[citation])])])
    assert graph.all("FundingDocument") == ["document/130636-政办-2019-3"]
    assert graph.objects("document/130636-政办-2019-3", "scope") == ["region/130636"]


def test_the_tree_of_regions(make: Any) -> None:
    """The regions above the ones in use are stated, with standard codes where the standard has them."""
    department = {
        "code": "323",
        "derived": False,
        "name": "局",
        "region": {"code": "130605", "name": None, "inferred": True},
    }
    graph = Graph([make.document(department=department)])
    assert graph.all("Region") == ["region/130000", "region/130600", "region/130605"]
    assert graph.objects("region/130605", "parentRegion") == ["region/130600"]
    assert graph.objects("region/130605", "gbCode") == []
    assert graph.objects("region/130605", "inferred") == ["true"]
    assert graph.objects("region/130600", "gbCode") == ["130600"]
    assert graph.objects("region/130600", "inferred") == ["false"]
    assert graph.labels("region/130605") == ['"白沟新城"@zh']
    assert graph.objects("department/130605-323", "derived") == ["false"]


def test_equal_tellings_add_a_source(make: Any) -> None:
    """A second file with the same values is a second source of the same project."""
    copy = make.document(
        source={"file": "a.html", "sha256": "1" * 64, "format": "html", "pages": None},
        projects=[make.project(line=99, rows=[])],
    )
    graph = Graph([make.document(), copy])
    project = f"project/{KEY}-2021"
    assert graph.all("Project") == [project]
    assert graph.objects(project, "source") == ["source/130636-323-2021", "source/130636-323-2021~b"]
    assert len(graph.objects(project, "line")) == 1
    assert graph.all("Finding") == []


def test_unlike_tellings_are_two_projects_and_a_finding(make: Any) -> None:
    """Other values are their own node; letters follow the values, not the order of the files."""
    documents = [
        make.document(),
        make.document(
            source={"file": "b.txt", "sha256": "1" * 64, "format": "text", "pages": None},
            projects=[make.project(budget={"total": make.money("230000")})],
        ),
    ]
    graph = Graph(documents)
    keys = [f"project/{KEY}-2021", f"project/{KEY}-2021~b"]
    assert graph.all("Project") == keys
    assert graph.all("ProjectSeries") == [f"series/{KEY}"]
    finding = f"finding/project-{KEY}-2021-sources-disagree"
    assert graph.objects(finding, "about") == keys
    assert graph.objects(finding, "severity") == ["concept/severity-warning"]
    assert graph.objects(keys[1], "indicator") == [f"indicator/{KEY}-2021~b-1"]
    assert Graph(list(reversed(documents))).lines == graph.lines


def test_copies_of_one_file_are_one_source(make: Any) -> None:
    """The same bytes under two names are one source, with the first name in order."""
    copy = make.document(source={"file": "0.txt", "sha256": "0" * 64, "format": "text", "pages": None})
    graph = Graph([make.document(), copy])
    assert graph.all("SourceDocument") == ["source/130636-323-2021"]
    assert graph.objects("source/130636-323-2021", "fileName") == ["0.txt"]


def test_twins_have_ordinals(make: Any) -> None:
    """Two projects of one name and no code in one file are told apart in printed order."""
    twin = make.project(code=None, citations=[])
    graph = Graph([make.document(projects=[twin, twin])])
    stem = f"130636-323001-{hash8('技能培训补助')}"
    assert graph.all("Project") == [f"project/{stem}-2-2021", f"project/{stem}-2021"]


def test_stages_are_their_own_projects(make: Any) -> None:
    """A draft and a budget of one year are two projects of one series."""
    draft = make.document(
        stage="draft", source={"file": "d", "sha256": "2" * 64, "format": "text", "pages": None}
    )
    later = make.document(
        fiscal_year=2022,
        source={"file": "e", "sha256": "3" * 64, "format": "text", "pages": None},
        projects=[make.project(name="技能培训补助资金")],
    )
    graph = Graph([make.document(), draft, later])
    assert graph.all("Project") == [f"project/{KEY}-{suffix}" for suffix in ("2021", "2021-draft", "2022")]
    assert graph.labels(f"series/{KEY}") == ['"技能培训补助资金"@zh']


def test_statements_of_whole_units(make: Any) -> None:
    """A unit's own figures, goals and indicators, under keys that no project can have."""
    statement = {
        "unit": {"code": "323001", "name": "甲局"},
        "budget": {"basic_personnel": make.money("13772000", "1377.2", "万元"), "income_total": None},
        "goals": ["目标", " "],
        "indicators": [make.indicator(level1="履职效果", level2="服务对象满意度", basis=None)],
        "rows": [],
        "line": 3,
        "position": make.position(),
    }
    graph = Graph([make.document(projects=[], statements=[statement])])
    path = "statement/130636-323001-2021"
    assert graph.all("DepartmentStatement") == [path]
    assert graph.labels(path) == ['"甲局整体支出绩效目标（2021年）"@zh']
    line = "budget-line/130636-323001-2021-whole-basic-personnel"
    assert graph.objects(path, "budgetLine") == [line]
    assert graph.objects(line, "lineKind") == ["concept/budget-line-basic-personnel"]
    assert graph.objects(line, "yuan") == ["13772000"]
    assert graph.objects(path, "goal") == ["goal/130636-323001-2021-whole-1"]
    indicator = "indicator/130636-323001-2021-whole-1"
    assert graph.objects(indicator, "indicatorOf") == [path]
    assert graph.objects(indicator, "category") == ["concept/indicator-unit-beneficiary-satisfaction"]


def test_a_unit_without_code_is_the_coded_one_of_its_name(make: Any) -> None:
    """A whole-unit statement names its unit without a code; one code beside that name in the file makes them one."""

    def statement(name: str) -> dict[str, Any]:
        unit = {"code": None, "name": name}
        return {
            "unit": unit,
            "budget": {},
            "goals": [],
            "indicators": [],
            "line": 3,
            "position": make.position(),
        }

    units = [("001", "甲局"), ("002", "乙 局"), ("003", "乙局")]
    projects = [
        make.project(code=f"130636{number}", unit={"code": f"323{number}", "name": name}, rows=[])
        for number, name in units
    ]
    graph = Graph([make.document(projects=projects, statements=[statement("甲 局"), statement("乙局")])])
    assert graph.objects("statement/130636-323001-2021", "unit") == ["unit/130636-323001"]
    assert graph.objects("unit/130636-323001", "code") == ["323001"]
    assert graph.objects(f"unit/130636-323-{hash8('乙局')}", "code") == []
    assert len(graph.all("BudgetUnit")) == 4


def test_findings_are_about_what_they_name(make: Any) -> None:
    """A finding of an indicator, of a project, or of the file; numbered among those of its code."""
    message = {"zh": "说明", "en": "message"}
    finding = {"code": "odd-target", "severity": "info", "message": message, "line": 3}
    document = make.document(
        findings=[
            finding,
            {**finding, "project": 0},
            {**finding, "project": 0, "indicator": 0, "severity": "error"},
        ]
    )
    graph = Graph([document])
    stem = "finding/130636-323-2021-odd-target"
    assert graph.objects(f"{stem}-1", "about") == ["source/130636-323-2021"]
    assert graph.objects(f"{stem}-2", "about") == [f"project/{KEY}-2021"]
    assert graph.objects(f"{stem}-3", "about") == [f"indicator/{KEY}-2021-1"]
    assert graph.objects(f"{stem}-3", "severity") == ["concept/severity-error"]
    assert graph.objects(f"{stem}-1", "message") == ["message", "说明"]


def test_narrative_citations_belong_to_the_file(make: Any) -> None:
    """What the text outside every project cites is stated of the source document."""
    citation = make.citation(place="narrative", role="mention", reason="narrative", position=make.position())
    graph = Graph([make.document(projects=[], citations=[citation])])
    path = "citation/130636-323-2021-narrative-1"
    assert graph.objects("source/130636-323-2021", "citation") == [path]
    assert graph.objects(path, "citingProject") == []
    assert graph.objects(path, "citedDocument") == ["document/甲财社-2020-7"]


def test_unlike_names_under_one_code_are_a_finding(make: Any) -> None:
    """Two departments' names under one code, and two titles under one number, are pointed out."""
    first = make.citation(title="关于甲事的通知")
    second = make.citation(title="乙方案")
    department = {
        "code": "323",
        "derived": True,
        "name": "乙局",
        "region": {"code": "130636", "name": "顺平县"},
    }
    graph = Graph(
        [
            make.document(projects=[make.project(citations=[first, second])]),
            make.document(
                department=department,
                fiscal_year=2022,
                source={"file": "b", "sha256": "1" * 64, "format": "text", "pages": None},
            ),
        ]
    )
    assert graph.all("Finding") == [
        "finding/department-130636-323-unlike-names",
        "finding/document-甲财社-2020-7-unlike-titles",
    ]
    assert len(graph.objects("department/130636-323", "name")) == 2


def test_what_is_missing_is_absent(make: Any) -> None:
    """A record with almost nothing gives an entity with a label and no empty statement."""
    bare = make.project(
        code=None,
        unit=None,
        budget={"total": {"yuan": None, "printed": "见附件", "unit": None}},
        purpose="  ",
        schedule={"kind": None, "inferred": False, "points": [{"month": 3, "printed": ""}]},
        goals=[],
        indicators=[
            make.indicator(
                level1=None,
                level2=None,
                name=None,
                basis=None,
                target={"printed": None, "comparator": None, "value": None, "unit": None, "kind": "empty"},
                position=make.position(),
            )
        ],
        citations=[make.citation(stated_amount=make.money("1"), role="mention", position=make.position())],
        rows=[],
    )
    document = make.document(projects=[bare], department=None, fiscal_year=None, title=None)
    graph = Graph([document])
    (project,) = graph.all("Project")
    assert project == f"project/name-{hash8('技能培训补助')}"
    assert graph.all("SourceDocument") == [f"source/doc-{hash8('', '技能培训补助')}"]
    assert graph.labels(graph.all("SourceDocument")[0]) == ['"a.txt"@zh']
    assert graph.objects(project, "purpose") == []
    assert graph.objects(project, "fiscalYear") == []
    assert graph.labels(graph.all("Indicator")[0]) == ['"绩效指标 1"@zh']
    assert graph.labels(graph.all("Target")[0]) == ['"未印出指标值"@zh']
    assert graph.labels(graph.all("SchedulePoint")[0]) == ['"3月底"@zh']
    assert graph.objects(graph.all("Citation")[0], "statedAmount") == ["1"]
    assert not any(' "" ' in line or '""@' in line for line in graph.lines)


def test_base_and_namespace_follow_the_settings(make: Any) -> None:
    """Another base and another namespace leave no trace of the repository's own."""
    base, namespace = "https://data.example.org/", "https://vocabulary.example.org/ft#"
    graph = Graph([make.document()], base, namespace)
    assert graph.all("Project") == [f"project/{KEY}-2021"]
    assert not any("localhost" in line for line in graph.lines)


def test_order_of_documents_does_not_matter(make: Any) -> None:
    """Shuffled documents give the same statements."""
    documents = [
        make.document(
            source={"file": f"{number}.txt", "sha256": f"{number}" * 64, "format": "text", "pages": None},
            title=f"文件 {number % 3}",
            projects=[make.project(purpose=f"用途 {number % 2}")],
        )
        for number in range(6)
    ]
    lines = Graph(documents).lines
    for seed in range(3):
        random.Random(seed).shuffle(documents)
        assert Graph(documents).lines == lines
