"""Validating: a release of ours keeps the shapes, and what breaks them is named."""

from __future__ import annotations

import pyoxigraph as ox
import pyshacl
from rdflib import RDF, SH, Graph

from fundtrace.release import Release, breaches
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
