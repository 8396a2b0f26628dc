"""A release described for machines: `void.ttl` (VoID, with statistics) and `dcat.ttl` (a DCAT 3 catalogue entry).

They depend on the statements, the dumps and the settings alone. A time stands in them only if one was given to the build.
Sources: W3C VoID (2011), DCAT 3 (2024), SPDX 2.3 checksums, Dublin Core's frequencies of collections.
"""

from __future__ import annotations

import io
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from fundtrace.graph import write_turtle
from fundtrace.graph.concepts import SKOS
from fundtrace.graph.literals import XSD, integer, literal, tagged
from fundtrace.graph.terms import LABEL, TYPE
from fundtrace.release.accounting import PREFIXES, dqv_lines, prov_lines
from fundtrace.release.dumping import dumps
from fundtrace.release.layout import sync
from fundtrace.release.opening import Release
from fundtrace.vocab import TERMS

VOID = "void.ttl"
DCAT = "dcat.ttl"
PROV = "prov.ttl"
DQV = "dqv.ttl"

_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": XSD,
}


@dataclass(frozen=True, slots=True)
class Publication:
    """Who stands behind a release: name, address of the licence, contact (mail or page), frequency; empty if not set.

    `date` is the time that was given to the build, with `--date` or `SOURCE_DATE_EPOCH`.
    """

    publisher: str = ""
    licence: str = ""
    contact: str = ""
    periodicity: str = ""
    date: datetime | None = None


@dataclass(slots=True)
class Statistics:
    """What VoID says of a release in numbers: statements by predicate and entities by class, both terms in angle brackets."""

    statements: int = 0
    subjects: int = 0
    predicates: dict[str, int] = field(default_factory=Counter)
    classes: dict[str, int] = field(default_factory=Counter)


def write_descriptions(release: Release, publication: Publication, counted: Statistics | None = None) -> None:
    """Writes the four files into the folder of a release; each is replaced in one step, and only if it differs.

    What is not `counted` yet is counted in the statements.
    """
    names = {"ft": release.namespace, **_PREFIXES}
    for name, prefixes, lines in (
        (VOID, names, _void(release, counted or _count(release))),
        (DCAT, names, _dcat(release, publication)),
        (PROV, PREFIXES, prov_lines(release, publication.date)),
        (DQV, PREFIXES, dqv_lines(release)),
    ):
        text = io.BytesIO()
        write_turtle(sorted(set(lines)), text, prefixes)
        path = release.path / name
        if not path.is_file() or path.read_bytes() != text.getvalue():
            draft = release.path / f".{name}-{secrets.token_hex(4)}"
            draft.write_bytes(text.getvalue())
            sync(draft)
            draft.replace(path)


def _count(release: Release) -> Statistics:
    counted = Statistics()
    subject = ""
    for line in release.statements():
        start, predicate, rest = line.split(" ", 2)
        counted.statements += 1
        counted.predicates[predicate] += 1
        if start != subject:
            subject = start
            counted.subjects += 1
        if predicate == TYPE:
            counted.classes[rest.rstrip("\n")[:-2]] += 1
    return counted


def _void(release: Release, counted: Statistics) -> Iterator[str]:
    base, here = release.base, f"{release.base}.well-known/void"
    dataset = _iri(f"{base}id/release/{release.version}")
    yield f"<{here}> {TYPE} {_term('void', 'DatasetDescription')} ."
    yield f"<{here}> {_term('foaf', 'primaryTopic')} {dataset} ."
    yield from _dataset_names(dataset, release)
    yield f"{dataset} {TYPE} {_term('void', 'Dataset')} ."
    yield f"{dataset} {_term('void', 'uriSpace')} {literal(f'{base}id/')} ."
    yield f"{dataset} {_term('void', 'sparqlEndpoint')} <{base}sparql> ."
    for vocabulary in (release.namespace, SKOS):
        yield f"{dataset} {_term('void', 'vocabulary')} <{vocabulary}> ."
    for media_type in sorted({"Turtle", "N-Triples", "RDF_XML", "JSON-LD"}):
        yield f"{dataset} {_term('void', 'feature')} <http://www.w3.org/ns/formats/{media_type}> ."
    for dump in dumps(release):
        yield f"{dataset} {_term('void', 'dataDump')} <{base}dumps/{dump.file}> ."
    for name, number in (
        ("triples", counted.statements),
        ("entities", counted.subjects),
        ("distinctSubjects", counted.subjects),
        ("classes", len(counted.classes)),
        ("properties", len(counted.predicates)),
    ):
        yield f"{dataset} {_term('void', name)} {integer(number)} ."
    for kind, measure, counts in (
        ("class", "entities", counted.classes),
        ("property", "triples", counted.predicates),
    ):
        for term, number in counts.items():
            part = f"<{here}#{kind}-{_name(term)}>"
            yield f"{dataset} {_term('void', f'{kind}Partition')} {part} ."
            yield f"{part} {TYPE} {_term('void', 'Dataset')} ."
            yield f"{part} {_term('void', kind)} {term} ."
            yield f"{part} {_term('void', measure)} {integer(number)} ."


def _dcat(release: Release, publication: Publication) -> Iterator[str]:
    base, catalog = release.base, f"{release.base}catalog"
    dataset, version = f"<{catalog}#dataset>", _iri(f"{base}id/release/{release.version}")
    yield f"<{catalog}> {TYPE} {_term('dcat', 'Catalog')} ."
    yield f"<{catalog}> {_term('dcterms', 'title')} {tagged('绩效目标公开数据目录')} ."
    yield f"<{catalog}> {_term('dcterms', 'title')} {tagged('Catalogue of budget performance data', 'en')} ."
    yield f"<{catalog}> {_term('dcat', 'dataset')} {dataset} ."
    yield f"<{catalog}> {_term('dcat', 'service')} <{base}sparql> ."
    yield from _dataset_names(dataset, release)
    yield f"{dataset} {TYPE} {_term('dcat', 'Dataset')} ."
    yield f"{dataset} {_term('dcat', 'hasCurrentVersion')} {version} ."
    yield f"{dataset} {_term('dcat', 'hasVersion')} {version} ."
    yield from _dataset_names(version, release)
    yield f"{version} {TYPE} {_term('dcat', 'Dataset')} ."
    yield f"{version} {_term('dcat', 'isVersionOf')} {dataset} ."
    yield f"{version} {_term('dcat', 'version')} {literal(release.version)} ."
    yield f"{version} {_term('dcterms', 'conformsTo')} <{release.namespace}> ."
    # How it was made and how good it is are files of their own, since they grow with the sources (PROV-AQ 2013, 3.1).
    yield f"{version} {_term('prov', 'has_provenance')} <{base}provenance> ."
    yield f"{version} {_term('rdfs', 'seeAlso')} <{base}quality> ."
    if publication.date is not None:
        issued = literal(publication.date.isoformat())
        yield f"{version} {_term('dcterms', 'issued')} {issued}^^<{XSD}dateTime> ."
    yield from _standing_behind((f"<{catalog}>", dataset, version), catalog, publication)
    yield f"<{base}sparql> {TYPE} {_term('dcat', 'DataService')} ."
    yield f"<{base}sparql> {_term('dcterms', 'title')} {tagged('SPARQL')} ."
    yield f"<{base}sparql> {_term('dcat', 'endpointURL')} <{base}sparql> ."
    yield f"<{base}sparql> {_term('dcat', 'servesDataset')} {dataset} ."
    for dump in dumps(release):
        address = f"<{base}dumps/{dump.file}>"
        checksum = f"<{catalog}#sha256-{dump.sha256}>"
        yield f"{version} {_term('dcat', 'distribution')} {address} ."
        yield f"{address} {TYPE} {_term('dcat', 'Distribution')} ."
        yield f"{address} {_term('dcterms', 'title')} {literal(dump.file)} ."
        yield f"{address} {_term('dcat', 'accessURL')} {address} ."
        yield f"{address} {_term('dcat', 'downloadURL')} {address} ."
        yield f"{address} {_term('dcat', 'mediaType')} <{_MEDIA_TYPES}{dump.form.media_type}> ."
        yield f"{address} {_term('dcat', 'compressFormat')} <{_MEDIA_TYPES}application/gzip> ."
        yield f"{address} {_term('dcat', 'byteSize')} {literal(str(dump.size))}^^<{XSD}nonNegativeInteger> ."
        yield f"{address} {_term('spdx', 'checksum')} {checksum} ."
        yield f"{checksum} {TYPE} {_term('spdx', 'Checksum')} ."
        yield f"{checksum} {_term('spdx', 'algorithm')} {_term('spdx', 'checksumAlgorithm_sha256')} ."
        yield f"{checksum} {_term('spdx', 'checksumValue')} {literal(dump.sha256)}^^<{XSD}hexBinary> ."
        if publication.licence:
            yield f"{address} {_term('dcterms', 'license')} {_iri(publication.licence)} ."


def _standing_behind(subjects: tuple[str, ...], catalog: str, publication: Publication) -> Iterator[str]:
    publisher, contact = f"<{catalog}#publisher>", f"<{catalog}#contact>"
    for subject in subjects:
        if publication.publisher:
            yield f"{subject} {_term('dcterms', 'publisher')} {publisher} ."
        if publication.licence:
            yield f"{subject} {_term('dcterms', 'license')} {_iri(publication.licence)} ."
    if publication.publisher:
        yield f"{publisher} {TYPE} {_term('foaf', 'Agent')} ."
        yield f"{publisher} {_term('foaf', 'name')} {literal(publication.publisher)} ."
    for subject in subjects[1:]:
        if publication.contact:
            yield f"{subject} {_term('dcat', 'contactPoint')} {contact} ."
        if publication.periodicity:
            frequency = f"<http://purl.org/cld/freq/{publication.periodicity}>"
            yield f"{subject} {_term('dcterms', 'accrualPeriodicity')} {frequency} ."
    if publication.contact:
        mail = "@" in publication.contact
        yield f"{contact} {TYPE} {_term('vcard', 'Kind')} ."
        yield f"{contact} {_term('vcard', 'fn')} {literal(publication.publisher or publication.contact)} ."
        address = f"mailto:{publication.contact}" if mail else publication.contact
        yield f"{contact} {_term('vcard', 'hasEmail' if mail else 'hasURL')} {_iri(address)} ."


def _dataset_names(subject: str, release: Release) -> Iterator[str]:
    counts = release.info.counts
    numbers = (
        counts.get("SourceDocument", 0),
        counts.get("Project", 0),
        counts.get("FundingDocument", 0),
    )
    zh = "收录 {} 份来源文件、{} 个项目、{} 份政策或资金文件。".format(*numbers)
    en = "Covers {} source documents, {} projects and {} policy and funding documents.".format(*numbers)
    yield f"{subject} {_term('dcterms', 'title')} {tagged('预算项目、绩效目标与政策文件')} ."
    yield f"{subject} {_term('dcterms', 'title')} {tagged('Budget projects, performance targets and policy documents', 'en')} ."
    yield f"{subject} {_term('dcterms', 'description')} {tagged(zh)} ."
    yield f"{subject} {_term('dcterms', 'description')} {tagged(en, 'en')} ."


def _name(term: str) -> str:
    """A name for a part of the statistics: local names of ours, `rdfs-label`, `skos-broader`."""
    local = term[1:-1].replace("#", "/").rpartition("/")[2]
    borrowed = {TYPE: "rdf-type", LABEL: "rdfs-label"}
    return borrowed.get(term) or (
        local if local in TERMS and not term.startswith(f"<{SKOS}") else f"skos-{local}"
    )


def _term(prefix: str, name: str) -> str:
    return f"<{_PREFIXES[prefix]}{name}>"


def _iri(text: str) -> str:
    return f"<{text}>"
