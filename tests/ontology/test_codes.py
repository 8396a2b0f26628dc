"""The SKOS code lists."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from rdflib import DCTERMS, RDF, SH, SKOS, Graph, Literal, URIRef
from rdflib.collection import Collection

from fundtrace.records import Budget, Project, Schedule, StatementBudget, citation, document, project

CONCEPT = "http://localhost:8000/id/concept/"
EDITIONS = ("indicator-2015", "indicator-2021", "indicator-unit")


def literals(annotation: Any) -> set[str]:
    """The strings of a Literal, also inside a union."""
    found: set[str] = set()
    for argument in get_args(annotation):
        found |= {argument} if isinstance(argument, str) else literals(argument)
    return found


KINDS = Path(__file__).parents[2] / "src/fundtrace/recognising/budget_tables/kinds.yml"
TABLES = {entry["kind"] for entry in yaml.safe_load(KINDS.read_text(encoding="utf-8"))}

RECORDS = {
    "stage": literals(document.Stage),
    "severity": literals(document.Severity),
    "place": literals(citation.Place),
    "role": literals(citation.CitationRole),
    "document": literals(citation.DocumentKind),
    "target": literals(project.TargetKind),
    "basis": literals(project.BasisCategory),
    "fund-level": literals(Project.model_fields["fund_level"].annotation),
    "agency-level": {"central", "provincial", "city", "county"},
    "schedule": literals(Schedule.model_fields["kind"].annotation),
    "table": TABLES,
    "without-number": literals(Project.model_fields["without_number"].annotation),
    "suggestion": {"same-document", "possibly-funded"},
    "funding-source": {
        *("general-public", "government-fund", "state-capital", "social-insurance-fund", "fiscal-account"),
        *("unit-funds", "public-institution-income", "superior-grant", "subordinate-payment"),
        *("enterprise-income", "other-income"),
    },
    "decision": {"confirmed", "rejected"},
    "status": {"in-force", "amended", "superseded", "repealed"},
    "metric": {
        *("cells", "used-cells", "ignored-cells", "unclaimed-cells", "cell-coverage"),
        *("errors", "warnings", "infos", "open-suggestions"),
    },
    "budget-line": {*Budget.model_fields, *StatementBudget.model_fields},
}


def members(codes: Graph, scheme: str) -> set[URIRef]:
    """The concepts of a scheme."""
    return {c for c in codes.subjects(SKOS.inScheme, URIRef(CONCEPT + scheme)) if isinstance(c, URIRef)}


def names(codes: Graph, concept: URIRef) -> set[str]:
    """What documents may print for a concept."""
    found = [*codes.objects(concept, SKOS.prefLabel), *codes.objects(concept, SKOS.altLabel)]
    return {str(name) for name in found if isinstance(name, Literal) and name.language == "zh"}


@pytest.mark.parametrize("scheme", sorted(RECORDS))
def test_every_value_of_a_record_is_a_concept(codes: Graph, scheme: str) -> None:
    """A code list holds exactly the values that the records may have, with hyphens for underscores."""
    expected = {f"{CONCEPT}{scheme}-{value.replace('_', '-')}" for value in RECORDS[scheme]}
    assert {str(concept) for concept in members(codes, scheme)} == expected


def test_closed_lists_in_shapes_are_the_code_lists(shapes: Graph, codes: Graph) -> None:
    """Each list of concepts in the shapes equals the members of one scheme."""
    lists = [[str(m) for m in Collection(shapes, head)] for head in shapes.objects(None, SH["in"])]
    closed = [set(found) for found in lists if found[0].startswith(CONCEPT)]
    schemes = [{str(c) for c in members(codes, scheme)} for scheme in RECORDS]
    assert closed
    assert all(found in schemes for found in closed)


def test_concepts_are_complete_and_named_by_their_scheme(codes: Graph) -> None:
    """A concept is in one scheme, whose code its IRI begins with, and has one label in each language and a notation."""
    for concept in codes.subjects(RDF.type, SKOS.Concept):
        scheme = codes.value(concept, SKOS.inScheme)
        assert (scheme, RDF.type, SKOS.ConceptScheme) in codes
        assert str(concept) == f"{scheme}-{codes.value(concept, SKOS.notation)}"
        labels = [o.language for o in codes.objects(concept, SKOS.prefLabel) if isinstance(o, Literal)]
        assert sorted(filter(None, labels)) == ["en", "zh"], concept
        assert len(list(codes.objects(concept, SKOS.inScheme))) == 1


def test_links_between_concepts_lead_somewhere(codes: Graph) -> None:
    """Every concept that is pointed at exists, and matches between editions hold both ways."""
    concepts = set(codes.subjects(RDF.type, SKOS.Concept))
    for predicate in (SKOS.broader, SKOS.broadMatch, SKOS.closeMatch):
        assert set(codes.objects(None, predicate)) <= concepts
    pairs = set(codes.subject_objects(SKOS.closeMatch))
    assert pairs == {(right, left) for left, right in pairs}


@pytest.mark.parametrize("scheme", EDITIONS)
def test_a_printed_level_names_one_category(codes: Graph, scheme: str) -> None:
    """Within one edition and level no printed name stands for two categories, and names need no normalising."""
    for second in (False, True):
        seen: dict[str, URIRef] = {}
        for concept in members(codes, scheme):
            if ((concept, SKOS.broader, None) in codes) is second:
                for name in names(codes, concept):
                    assert "".join(unicodedata.normalize("NFKC", name).split()) == name
                    assert seen.setdefault(name, concept) == concept


@pytest.mark.parametrize(
    ("scheme", "printed", "code"),
    [
        ("indicator-2015", "效果指标", "benefit"),
        ("indicator-2015", "成本指标", "cost"),
        ("indicator-2015", "经济效益", "economic-benefit"),
        ("indicator-2015", "服务对象满意度", "beneficiary-satisfaction"),
        ("indicator-2021", "经济成本", "economic-cost"),
        ("indicator-2021", "生态环境成本", "environmental-cost"),
        ("indicator-unit", "部门管理", "management"),
        ("indicator-unit", "财务管理", "finance"),
    ],
)
def test_printed_aliases_are_known(codes: Graph, scheme: str, printed: str, code: str) -> None:
    """Names that documents print are labels of the category they mean."""
    assert printed in names(codes, URIRef(f"{CONCEPT}{scheme}-{code}"))


def test_cost_moved_between_the_editions(codes: Graph) -> None:
    """Cost is below output in the older edition and a first level in the newer, and the two are close."""
    older, newer = (URIRef(f"{CONCEPT}indicator-{year}-cost") for year in (2015, 2021))
    assert codes.value(older, SKOS.broader) == URIRef(f"{CONCEPT}indicator-2015-output")
    assert codes.value(newer, SKOS.broader) is None
    assert (older, SKOS.closeMatch, newer) in codes


@pytest.mark.parametrize("scheme", EDITIONS)
def test_every_category_has_one_theme(codes: Graph, scheme: str) -> None:
    """A filter by theme finds every category of every edition."""
    themes = members(codes, "indicator-theme")
    for concept in members(codes, scheme):
        found = list(codes.objects(concept, SKOS.broadMatch))
        assert len(found) == 1
        assert found[0] in themes


@pytest.mark.parametrize(
    "scheme", ["functional-2019", "economic-department-2018", "economic-government-2018"]
)
def test_classifications_are_dated_and_codes_lie_below_their_own_beginnings(
    codes: Graph, scheme: str
) -> None:
    """An edition is called by its first year; a code of five or seven digits is below the one it begins with."""
    period = str(codes.value(URIRef(CONCEPT + scheme), DCTERMS.valid))
    assert period.startswith(f"start={scheme[-4:]}-01-01;")
    for concept in members(codes, scheme):
        code = str(codes.value(concept, SKOS.notation))
        assert len(code) in {3, 5, 7}
        above = URIRef(f"{CONCEPT}{scheme}-{code[:-2]}") if len(code) > 3 else None
        assert codes.value(concept, SKOS.broader) == above
