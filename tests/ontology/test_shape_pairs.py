"""Each rule of the shapes beside what keeps it and what breaks it: `shapes/{class}/valid.ttl`, `invalid.{kind}.ttl`.

`kind` is the constraint that the file breaks wherever the class has it (`expected`: what a form should contain).
`invalid.{kind}.txt` is the approved report; `FUNDTRACE_RENEW_GOLDEN=1` writes it anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, SH, Graph, URIRef

FOLDER = Path(__file__).parent / "shapes"
SHAPES = "http://localhost:8000/shapes#"
BASE = "http://localhost:8000/"
VALID = sorted(FOLDER.glob("*/valid.ttl"))
INVALID = sorted(FOLDER.glob("*/invalid.*.ttl"))
CONSTRAINTS = [
    "minCount",
    "maxCount",
    "datatype",
    "class",
    "in",
    "pattern",
    "minInclusive",
    "maxInclusive",
    "minLength",
    "nodeKind",
    "or",
    "lessThanOrEquals",
    "uniqueLang",
    "languageIn",
]
NOT_PROVED = {
    ("Entity", "nodeKind"): "a blank node has no file of its own; test_shapes breaks this rule",
}


def subject(path: Path) -> URIRef:
    """What a file is about."""
    return URIRef(f"{BASE}id/shape-test/{path.parent.name}-{path.stem.replace('.', '-')}")


def short(term: object) -> str:
    """A term without the parts that all have in common."""
    return str(term).removeprefix(SHAPES).removeprefix(BASE).removeprefix(str(SH))


@pytest.fixture(scope="module")
def reports(shapes: Graph) -> dict[URIRef, list[str]]:
    """The report on each file: severity, shape, constraint and value, sorted. All files are checked at once."""
    data = Graph()
    for path in (*VALID, *INVALID):
        data.parse(path)
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    assert isinstance(report, Graph)
    found: dict[URIRef, list[str]] = {subject(path): [] for path in (*VALID, *INVALID)}
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = report.value(result, SH.focusNode)
        if isinstance(focus, URIRef) and focus in found:
            value = report.value(result, SH.value)
            words = [
                short(report.value(result, term))
                for term in (SH.resultSeverity, SH.sourceShape, SH.sourceConstraintComponent)
            ]
            if value is not None and value != focus:
                words.append(short(value) or "(empty)")
            found[focus].append(" ".join(words).replace("ConstraintComponent", ""))
    return {node: sorted(lines) for node, lines in found.items()}


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.parent.name)
def test_what_keeps_every_rule_has_an_empty_report(path: Path, reports: dict[URIRef, list[str]]) -> None:
    """The valid file of a class neither violates nor warns."""
    assert reports[subject(path)] == []


@pytest.mark.parametrize("path", INVALID, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_breaks_rules_has_the_approved_report(path: Path, reports: dict[URIRef, list[str]]) -> None:
    """An invalid file breaks exactly the rules of its approved report."""
    told = "\n".join(reports[subject(path)]) + "\n"
    approved = path.with_suffix(".txt")
    if os.environ.get("FUNDTRACE_RENEW_GOLDEN") == "1":
        approved.write_text(told, encoding="utf-8", newline="\n")
    assert told.strip()
    assert approved.read_text(encoding="utf-8") == told


def test_every_report_has_its_file() -> None:
    """No approved report is left over from a file that is gone, and every class has a valid file."""
    assert {path.with_suffix(".ttl") for path in FOLDER.glob("*/*.txt")} == set(INVALID)
    assert {path.parent for path in INVALID} == {path.parent for path in VALID}


def test_every_rule_is_broken_somewhere(shapes: Graph) -> None:
    """Each constraint of each named shape stands in an approved report."""
    approved = {
        tuple(line.split(" ")[1:3])
        for path in FOLDER.glob("*/*.txt")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    rules = {
        (short(shape), name)
        for name in CONSTRAINTS
        for shape in shapes.subjects(SH[name])
        if isinstance(shape, URIRef)
    }
    missing = {
        rule for rule in rules if (rule[0], rule[1][0].upper() + rule[1][1:]) not in approved
    } - NOT_PROVED.keys()
    assert missing == set()
