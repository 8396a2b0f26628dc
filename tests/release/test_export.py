"""Export: five forms of one graph, the same bytes each time."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import rdflib.compare

from fundtrace.errors import SystemFailure, UsageError
from fundtrace.release import FORMATS, Account, Release, build_release, export

BASE = "http://localhost:8000/"
NS = f"{BASE}ontology#"

_READERS = {
    "turtle": (ox.RdfFormat.TURTLE, "turtle"),
    "ntriples": (ox.RdfFormat.N_TRIPLES, "nt"),
    "nquads": (ox.RdfFormat.N_QUADS, "nt"),
    "jsonld": (ox.RdfFormat.JSON_LD, "json-ld"),
    "rdfxml": (ox.RdfFormat.RDF_XML, "xml"),
}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory, lines: Callable[..., list[str]]) -> Release:
    """A release to export."""
    return build_release(tmp_path_factory.mktemp("data"), lines(), BASE, NS, Account()).release


def _export(release: Release, name: str) -> bytes:
    output = io.BytesIO()
    export(release, name, output)
    return output.getvalue()


@pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"
)  # rdflib's own JSON-LD parser
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_holds_the_same_graph(release: Release, name: str) -> None:
    """Two parsers read from each format what the store holds."""
    data = _export(release, name)
    ours, theirs = _READERS[name]
    stored = {quad.triple for quad in release.store}
    assert {quad.triple for quad in ox.parse(data, ours)} == stored
    graph = rdflib.Graph().parse(data=data, format=theirs)
    reference = rdflib.Graph().parse(data=_export(release, "ntriples"), format="nt")
    assert rdflib.compare.isomorphic(graph, reference)
    assert _export(release, name) == data


def test_formats_name_themselves() -> None:
    """Each has a media type and a suffix of its own."""
    assert FORMATS["turtle"].media_type == "text/turtle"
    assert len({form.suffix for form in FORMATS.values()}) == len(FORMATS)


def test_an_unknown_format(release: Release) -> None:
    """The error lists the formats."""
    with pytest.raises(UsageError, match="turtle") as caught:
        _export(release, "docx")
    assert caught.value.code == "unknown-format"


@pytest.mark.parametrize("name", ["turtle", "rdfxml"])
def test_damaged_statements_stop_an_export(
    tmp_path: Path, lines: Callable[..., list[str]], name: str
) -> None:
    """A cut file, and text that is no N-Triples, are damage that the error names."""
    release = build_release(tmp_path, lines(), BASE, NS, Account()).release
    path = release.path / "statements.nt.gz"
    packed = path.read_bytes()
    path.write_bytes(packed[:-12])
    with pytest.raises(SystemFailure, match="corrupt-release"):
        _export(release, name)
    if name == "rdfxml":
        path.write_bytes(gzip.compress(b"<http://a/b> nonsense\n"))
        with pytest.raises(SystemFailure, match="corrupt-release"):
            _export(release, name)
