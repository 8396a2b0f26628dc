"""Validating: a release of ours keeps the shapes, and what breaks them is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import RDF, SH, Graph

from fundtrace.errors import SystemFailure
from fundtrace.release import (
    Account,
    Release,
    breaches,
    build_release,
    current_version,
    read_validation,
)
from fundtrace.release.validating import validate
from fundtrace.resources import folder


def test_the_samples_keep_the_shapes(sample_release: Release) -> None:
    """No violation; and whatever warns is what pySHACL warns of."""
    found = list(breaches(sample_release.store, sample_release.base, sample_release.namespace))
    assert not [breach for breach in found if breach.violation]
    data = Graph().parse(data="".join(sample_release.statements()), format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=Graph().parse(folder("ontology") / "shapes.ttl"))
    assert isinstance(report, Graph)
    assert {(breach.code, breach.resource) for breach in found} == {
        (
            str(report.value(result, SH.sourceShape)).rpartition("#")[2],
            str(report.value(result, SH.focusNode)),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def test_a_breach_names_the_resource_once(sample_release: Release) -> None:
    """Code, resource and message in both languages, in order; a blank node has a name too."""
    base, namespace = sample_release.base, sample_release.namespace
    store = ox.Store()
    store.load(
        f"<{base}id/project/p> a <{namespace}Project> . [] a <{namespace}Region> .".encode(),
        format=ox.RdfFormat.TURTLE,
    )
    found = list(breaches(store, base, namespace))
    assert [breach.code for breach in found] == sorted(breach.code for breach in found)
    (breach,) = [one for one in found if one.code == "Project-name"]
    assert (breach.violation, breach.resource) == (True, f"{base}id/project/p")
    assert "ft:name" in breach.zh
    assert "ft:name" in breach.en
    assert next(one for one in found if one.code == "Entity").resource.startswith("_:")


def test_a_violation_refuses_the_release(tmp_path: Path, lines: Callable[..., list[str]]) -> None:
    """The current release stays; the message names rule, entity and what to do; a later validation only tells."""
    base, namespace = "http://localhost:8000/", "http://localhost:8000/ontology#"
    version = build_release(tmp_path, lines(), base, namespace, Account()).release.version
    with pytest.raises(
        SystemFailure, match=r"Finding-about <http://localhost:8000/id/finding/f>.*validate later"
    ) as caught:
        build_release(tmp_path, lines("乙"), base, namespace, Account(), validation="now")
    assert (caught.value.code, caught.value.exit_code) == ("shape-violation", 4)
    assert current_version(tmp_path) == version
    assert [path.name for path in (tmp_path / "releases").iterdir()] == [version]
    built = build_release(tmp_path, lines("乙"), base, namespace, Account(), validation="later")
    assert current_version(tmp_path) == built.release.version != version
    assert built.violated is not None
    assert "rollback" in built.violated.en
    kept = read_validation(built.release.path)
    assert kept is not None
    assert kept.violations["Project-name"] == 3
    with pytest.raises(SystemFailure, match="shapes"):
        build_release(tmp_path, lines("乙"), base, namespace, Account(), validation="now")


def test_a_good_answer_is_kept(sample_release: Release) -> None:
    """A release that was validated says so, with the number of warnings, and is not asked again."""
    kept = read_validation(sample_release.path)
    assert kept is not None
    assert kept.violations == {}
    checked = validate(sample_release.path, ox.Store(), sample_release.base, sample_release.namespace)
    assert checked.validation == kept
    assert checked.refusal(switched=True) is None
