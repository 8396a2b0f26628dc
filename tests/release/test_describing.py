"""Descriptions: VoID and DCAT say what the release is, and say it the same way each time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import DCAT, DCTERMS, FOAF, RDF, VOID, Graph, Literal, URIRef

from fundtrace.release import Account, Publication, Release, build_release, dumps

BASE = "http://localhost:8000/"
NS = f"{BASE}ontology#"
Lines = Callable[..., list[str]]
DESCRIPTIONS = ("void.ttl", "dcat.ttl", "prov.ttl", "dqv.ttl")
SPDX = "http://spdx.org/rdf/terms#"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def _build(data: Path, lines: list[str], publication: Publication | None = None) -> Release:
    return build_release(data, lines, BASE, NS, Account(), publication, dumps=True).release


def test_void_counts_what_is_there(tmp_path: Path, lines: Lines) -> None:
    """Triples, entities, and the parts by class and property are those of the statements."""
    release = _build(tmp_path, lines())
    void = Graph().parse(release.path / "void.ttl")
    dataset = URIRef(f"{BASE}id/release/{release.version}")
    assert void.value(dataset, VOID.triples) == Literal(release.info.statements)
    assert void.value(dataset, VOID.entities) == Literal(sum(release.info.counts.values()))
    classes = {
        str(void.value(part, VOID["class"])): int(str(void.value(part, VOID.entities)))
        for part in void.objects(dataset, VOID.classPartition)
    }
    assert classes[f"{NS}Project"] == 3
    assert sum(classes.values()) == sum(release.info.counts.values())
    triples = [
        int(str(void.value(part, VOID.triples))) for part in void.objects(dataset, VOID.propertyPartition)
    ]
    assert sum(triples) == release.info.statements
    assert len(list(void.objects(dataset, VOID.dataDump))) == 5


def test_dcat_lists_the_distributions(tmp_path: Path, lines: Lines) -> None:
    """Each dump has its media type, size and SHA-256."""
    release = _build(tmp_path, lines())
    dcat = Graph().parse(release.path / "dcat.ttl")
    dataset = URIRef(f"{BASE}id/release/{release.version}")
    assert (URIRef(f"{BASE}catalog"), RDF.type, DCAT.Catalog) in dcat
    assert dcat.value(dataset, URIRef(f"{DCAT}isVersionOf")) == URIRef(f"{BASE}catalog#dataset")
    for dump in dumps(release):
        address = URIRef(f"{BASE}dumps/{dump.file}")
        assert (dataset, DCAT.distribution, address) in dcat
        assert int(str(dcat.value(address, DCAT.byteSize))) == dump.size
        assert str(dcat.value(address, DCAT.mediaType)).endswith(dump.form.media_type)
        checksum = dcat.value(address, URIRef(f"{SPDX}checksum"))
        assert str(dcat.value(checksum, URIRef(f"{SPDX}checksumValue"))) == dump.sha256
    assert not list(dcat.objects(None, DCTERMS.publisher))
    assert not list(dcat.objects(None, DCTERMS.issued))


@pytest.mark.parametrize(
    ("contact", "term"),
    [("data@example.org", "mailto:data@example.org"), ("https://example.org/ask", "https://example.org/ask")],
)
def test_a_publisher_stands_behind_it(tmp_path: Path, lines: Lines, contact: str, term: str) -> None:
    """Name, licence, contact and frequency are in the catalogue; setting them later changes the description alone."""
    before = _build(tmp_path, lines())
    release = _build(tmp_path, lines(), Publication("某县财政局", LICENCE, contact, "annual"))
    assert release.version == before.version
    dcat = Graph().parse(release.path / "dcat.ttl")
    dataset = URIRef(f"{BASE}id/release/{release.version}")
    assert dcat.value(dcat.value(dataset, DCTERMS.publisher), FOAF.name) == Literal("某县财政局")
    assert dcat.value(dataset, DCTERMS.license) == URIRef(LICENCE)
    assert dcat.value(dataset, DCTERMS.accrualPeriodicity) == URIRef("http://purl.org/cld/freq/annual")
    assert URIRef(term) in set(dcat.objects(URIRef(f"{BASE}catalog#contact"), None))


def test_descriptions_are_the_same_bytes(
    tmp_path: Path, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A time is in them only when it is given from outside."""
    texts = [
        [(_build(tmp_path / folder, lines()).path / name).read_bytes() for name in DESCRIPTIONS]
        for folder in ("a", "b")
    ]
    assert texts[0] == texts[1]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    release = _build(tmp_path / "a", lines())
    assert "1970-01-01T00:00:00+00:00" in (release.path / "dcat.ttl").read_text(encoding="utf-8")
    assert sorted(path.name for path in release.path.iterdir()) == [
        "dcat.ttl",
        "dqv.ttl",
        "dumps",
        "index.sqlite",
        "prov.ttl",
        "release.json",
        "statements.nt.gz",
        "store",
        "void.ttl",
    ]
