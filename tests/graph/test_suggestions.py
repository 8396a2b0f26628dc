"""Suggestions: stated with a reason and a confidence, and never merged or counted."""

from __future__ import annotations

from typing import Any

import pytest
from rdflib import RDF, Graph, URIRef

from fundtrace.graph import Iris, statements
from fundtrace.records import Document

Told = set[tuple[str, frozenset[str], str]]


def graph(make: Any, *documents: Document) -> Graph:
    """What is stated of these documents."""
    lines = statements(documents, Iris(make.base), make.namespace)
    return Graph().parse(data="\n".join(sorted(set(lines))), format="nt")


def suggested(make: Any, *documents: Document) -> Told:
    """(reason, what it is about, confidence) of each suggestion."""
    data, ft = graph(make, *documents), make.namespace
    found = set()
    for subject in data.subjects(RDF.type, URIRef(f"{ft}Suggestion")):
        about = data.objects(subject, URIRef(f"{ft}suggests"))
        reason, confidence = (data.value(subject, URIRef(ft + name)) for name in ("reason", "confidence"))
        found.add((str(reason), frozenset(str(one).rpartition("/id/")[2] for one in about), str(confidence)))
    return found


def citing(make: Any, *citations: dict[str, Any], **changes: Any) -> Document:
    """A document whose one project cites these."""
    document: Document = make.document(projects=[make.project(citations=list(citations))], **changes)
    return document


def elsewhere(make: Any, *citations: dict[str, Any]) -> Document:
    """A document of another region whose one project cites these."""
    department = {
        "code": "313",
        "derived": True,
        "name": "某县人社局",
        "region": {"code": "130529", "name": "某县"},
    }
    project = make.project(code="13052921TESTTESTTEST1", citations=list(citations))
    document: Document = make.document(projects=[project], department=department)
    return document


def titled(make: Any, title: str, kind: str = "titled", **changes: Any) -> dict[str, Any]:
    """A citation that names a document by its title alone."""
    citation: dict[str, Any] = make.citation(
        printed=f"《{title}》", number=None, kind=kind, title=title, **changes
    )
    return citation


def numbered(make: Any, number: str, **changes: Any) -> dict[str, Any]:
    """A citation that names a document by its number."""
    citation: dict[str, Any] = make.citation(printed=number, number=number, **changes)
    return citation


def test_numbers_one_letter_apart_are_two_documents_and_a_suggestion(make: Any) -> None:
    """人社部〔2014〕90号 and 人社部发〔2014〕90号 stay apart, whichever source is read first."""
    one, other = numbered(make, "人社部〔2014〕90号"), numbered(make, "人社部发〔2014〕90号")
    expected = {("kind-missing", frozenset({"document/人社部-2014-90", "document/人社部发-2014-90"}), "0.8")}
    assert suggested(make, citing(make, one, other)) == expected
    assert suggested(make, citing(make, other), elsewhere(make, one)) == expected


def test_numbers_of_two_places_are_not_compared(make: Any) -> None:
    """Codes that many places use mean one region's documents each, and two regions have no document in common."""
    here, there = numbered(make, "政办〔2019〕3号"), numbered(make, "政办发〔2019〕3号")
    assert suggested(make, citing(make, here), elsewhere(make, there)) == set()
    assert len(suggested(make, citing(make, here, there))) == 1


def test_a_title_that_a_number_bears_too_is_a_suggestion(make: Any) -> None:
    """A document known by its title may be the numbered one with the same title, spaces and width apart."""
    one = titled(make, "关于支持就业的若干政策")
    other = numbered(make, "甲财社〔2020〕7号", title="关于支持就业的若干 政策")
    ((reason, about, confidence),) = suggested(make, citing(make, one), elsewhere(make, other))
    assert (reason, confidence) == ("same-title", "0.7")
    assert "document/甲财社-2020-7" in about
    again = numbered(make, "乙财社〔2020〕9号", title="关于支持就业的若干政策")
    found = suggested(make, citing(make, one, again), elsewhere(make, other))
    assert sorted(confidence for *_, confidence in found) == ["0.3", "0.3"]


def test_a_title_that_many_numbers_bear_says_nothing(make: Any) -> None:
    """A title that more than five numbers bear points at none of them."""
    many = [numbered(make, f"{code}财社〔2020〕7号", title="关于支持就业的政策") for code in "冀豫鲁晋陕甘"]
    assert suggested(make, citing(make, titled(make, "关于支持就业的政策"), *many)) == set()
    assert len(suggested(make, citing(make, titled(make, "关于支持就业的政策"), *many[:5]))) == 5


def test_the_title_of_a_notice_is_compared_within_its_region(make: Any) -> None:
    """Every level hands money down under the same title, so only the citing region's own numbers count."""
    notice = titled(make, "关于下达补助资金的通知", kind="notice")
    number = numbered(make, "甲财社〔2020〕7号", title="关于下达补助资金的通知")
    assert suggested(make, citing(make, notice), elsewhere(make, number)) == set()
    assert len(suggested(make, citing(make, notice, number))) == 1


def test_a_title_that_was_cut_short_is_never_compared(make: Any) -> None:
    """A truncated title equals nothing."""
    cut = titled(make, "关于支持就业的", title_truncated=True)
    assert (
        suggested(make, citing(make, cut, numbered(make, "甲〔2020〕7号", title="关于支持就业的"))) == set()
    )


def ground(make: Any, **changes: Any) -> dict[str, Any]:
    """A citation in a basis cell."""
    citation: dict[str, Any] = make.citation(place="basis", role="basis", reason="basis-cell", **changes)
    return citation


@pytest.mark.parametrize(
    ("name", "citations", "expected"),
    [
        ("提前下达补助资金", [{}], {("name-hands-down", "0.4")}),
        ("提前下达补助资金", [{}, {}], {("name-hands-down", "0.4")}),
        ("提前下达补助资金", [{"title": "关于下达补助的通知"}], {("title-hands-down", "0.8")}),
        ("补助资金", [{}], set()),
        ("提前下达补助资金", [{"title": "关于印发某办法的通知"}], set()),
        ("提前下达补助资金", [{"title": "补助资金管理办法"}], set()),
        ("提前下达补助资金", [{"number": None, "kind": "law", "title": "预算法"}], set()),
    ],
)
def test_what_stands_in_a_basis_cell_may_fund_what_is_handed_down(
    make: Any, name: str, citations: list[dict[str, Any]], expected: set[tuple[str, str]]
) -> None:
    """Beside a name that says 下达, a document in a basis cell is suggested, unless its title is a rule's."""
    project = make.project(name=name, citations=[ground(make, **changes) for changes in citations])
    document = make.document(projects=[project])
    assert {(reason, confidence) for reason, _, confidence in suggested(make, document)} == expected
    data, term = graph(make, document), URIRef(f"{make.namespace}possiblyFundedUnder")
    assert len(set(data.subject_objects(term))) == len(expected)
    assert not list(data.subject_objects(URIRef(f"{make.namespace}fundedUnder")))


def test_a_project_whose_funding_is_known_gets_no_suggestion(make: Any) -> None:
    """Where a document is said to hand the money down, nothing else is suggested."""
    project = make.project(
        name="下达补助",
        citations=[make.citation(), ground(make, number="甲财社〔2020〕8号", printed="甲财社〔2020〕8号")],
    )
    assert suggested(make, make.document(projects=[project])) == set()
