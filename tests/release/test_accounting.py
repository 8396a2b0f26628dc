"""Provenance and quality of a release, told in the vocabularies for that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from rdflib import DCTERMS, PROV, RDF, Graph, Namespace, URIRef

from fundtrace.release import Account, Coverage, Publication, Release, build_release

BASE = "http://localhost:8000/"
DQV = Namespace("http://www.w3.org/ns/dqv#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
Lines = Callable[..., list[str]]


def _build(data: Path, lines: list[str], account: Account, publication: Publication) -> Release:
    return build_release(data, lines, BASE, f"{BASE}ontology#", account, publication).release


def test_the_build_names_its_inputs(tmp_path: Path, lines: Lines) -> None:
    """Software, files with their hashes, and the time that was given; without one there is no time."""
    release = _build(tmp_path, lines(), Account(), Publication())
    version, source = URIRef(f"{BASE}id/release/{release.version}"), URIRef(f"{BASE}id/source/s")
    graph = Graph().parse(release.path / "prov.ttl")
    build = graph.value(version, PROV.wasGeneratedBy)
    assert (build, RDF.type, PROV.Activity) in graph
    assert (build, PROV.used, source) in graph
    assert (version, PROV.wasDerivedFrom, source) in graph
    assert str(graph.value(graph.value(source, SPDX.checksum), SPDX.checksumValue)) == "00"
    software = graph.value(build, PROV.wasAssociatedWith)
    assert str(graph.value(software, DCTERMS.title)) == f"fundtrace {release.info.software_version}"
    assert graph.value(build, PROV.endedAtTime) is None
    dated = _build(tmp_path / "b", lines(), Account(), Publication(date=datetime(2026, 1, 5, tzinfo=UTC)))
    assert "2026-01-05T00:00:00+00:00" in (dated.path / "prov.ttl").read_text(encoding="utf-8")
    assert dated.info.created == "2026-01-05T00:00:00+00:00"


def test_quality_is_measured(tmp_path: Path, lines: Lines) -> None:
    """Findings, open suggestions and cells, each a measurement of a metric that has a name."""
    account = Account(coverage=Coverage(cells=200, used=180, ignored=15, unclaimed=5))
    release = _build(tmp_path, lines(), account, Publication())
    graph = Graph().parse(release.path / "dqv.ttl")
    version = URIRef(f"{BASE}id/release/{release.version}")
    found = {
        str(graph.value(one, DQV.isMeasurementOf)).rpartition("metric-")[2]: str(graph.value(one, DQV.value))
        for one in graph.objects(version, DQV.hasQualityMeasurement)
    }
    assert found == {
        "cell-coverage": "0.975",
        "cells": "200",
        "errors": "0",
        "ignored-cells": "15",
        "infos": "1",
        "open-suggestions": "0",
        "unclaimed-cells": "5",
        "used-cells": "180",
        "warnings": "0",
    }
    names = [str(name) for name in graph.objects(URIRef(f"{BASE}id/concept/metric-cells"), None)]
    assert "Cells" in names
    empty = _build(tmp_path / "b", lines(), Account(), Publication())
    assert "metric-cell" not in (empty.path / "dqv.ttl").read_text(encoding="utf-8")
