"""How a release was made and how good it is: `prov.ttl` and `dqv.ttl`, beside its other descriptions.

Both depend on the release and on the time that was given to the build; without one they hold no time. Sources: W3C PROV-O
(2013), W3C Data Quality Vocabulary (2016), SPDX 2.3 checksums.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal

from fundtrace.graph.concepts import code_lists
from fundtrace.graph.literals import XSD, decimal, literal, tagged
from fundtrace.graph.terms import TYPE
from fundtrace.release.opening import Release

PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "prov": "http://www.w3.org/ns/prov#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": XSD,
}
_PLACES = Decimal("0.000001")


def prov_lines(release: Release, given: datetime | None) -> Iterator[str]:
    """The build as an activity: its software, the files it used with their SHA-256, and when it was, if that was given."""
    catalog, version = f"{release.base}catalog", f"<{release.base}id/release/{release.version}>"
    build, software = f"<{catalog}#build-{release.version}>", f"<{catalog}#software>"
    yield f"{version} {TYPE} {_term('prov', 'Entity')} ."
    yield f"{version} {_term('prov', 'wasGeneratedBy')} {build} ."
    yield f"{build} {TYPE} {_term('prov', 'Activity')} ."
    yield f"{build} {_term('dcterms', 'title')} {tagged(f'构建数据版本 {release.version}')} ."
    yield f"{build} {_term('dcterms', 'title')} {tagged(f'Build of release {release.version}', 'en')} ."
    yield f"{build} {_term('prov', 'wasAssociatedWith')} {software} ."
    if given is not None:
        yield f"{build} {_term('prov', 'endedAtTime')} {literal(given.isoformat())}^^<{XSD}dateTime> ."
    yield f"{software} {TYPE} {_term('prov', 'SoftwareAgent')} ."
    yield f"{software} {_term('dcterms', 'title')} {literal(f'fundtrace {release.info.software_version}')} ."
    for source in release.info.sources:
        checksum = f"<{catalog}#sha256-{source.sha256}>"
        yield f"{build} {_term('prov', 'used')} <{source.iri}> ."
        yield f"{version} {_term('prov', 'wasDerivedFrom')} <{source.iri}> ."
        yield f"<{source.iri}> {TYPE} {_term('prov', 'Entity')} ."
        yield f"<{source.iri}> {_term('dcterms', 'title')} {literal(source.file)} ."
        yield f"<{source.iri}> {_term('spdx', 'checksum')} {checksum} ."
        yield f"{checksum} {TYPE} {_term('spdx', 'Checksum')} ."
        yield f"{checksum} {_term('spdx', 'algorithm')} {_term('spdx', 'checksumAlgorithm_sha256')} ."
        yield f"{checksum} {_term('spdx', 'checksumValue')} {literal(source.sha256)}^^<{XSD}hexBinary> ."


def dqv_lines(release: Release) -> Iterator[str]:
    """One measurement for each figure of `measures`, and the metrics with their names."""
    version = f"<{release.base}id/release/{release.version}>"
    found = measures(release)
    metrics = {name: f"{release.base}id/concept/metric-{name}" for name in found}
    for name, value in found.items():
        one = f"<{release.base}catalog#measure-{release.version}-{name}>"
        yield f"{version} {_term('dqv', 'hasQualityMeasurement')} {one} ."
        yield f"{one} {TYPE} {_term('dqv', 'QualityMeasurement')} ."
        yield f"{one} {_term('dqv', 'computedOn')} {version} ."
        yield f"{one} {_term('dqv', 'isMeasurementOf')} <{metrics[name]}> ."
        yield f"{one} {_term('dqv', 'value')} {decimal(value)} ."
        yield f"<{metrics[name]}> {TYPE} {_term('dqv', 'Metric')} ."
    yield from code_lists(release.base, release.namespace).used(metrics.values())


def measures(release: Release) -> dict[str, str]:
    """Canonical decimals by the code of their metric; those of cells only where the build counted them.

    `cell-coverage` is the share of cells that were used or ignored by a named rule, from 0 to 1.
    """
    info, cells = release.info, release.info.coverage
    found: dict[str, int | Decimal] = {
        "errors": info.findings.get("error", 0),
        "warnings": info.findings.get("warning", 0),
        "infos": info.findings.get("info", 0),
        "open-suggestions": info.open_suggestions,
    }
    if cells is not None:
        found["cells"] = cells.cells
        found["used-cells"] = cells.used
        found["ignored-cells"] = cells.ignored
        found["unclaimed-cells"] = cells.unclaimed
        if cells.cells:
            share = Decimal(cells.used + cells.ignored) / cells.cells
            found["cell-coverage"] = share.quantize(_PLACES, ROUND_HALF_EVEN).normalize()
    return {name: f"{Decimal(value):f}" for name, value in sorted(found.items())}


def _term(prefix: str, name: str) -> str:
    return f"<{PREFIXES[prefix]}{name}>"
