"""The description of the SPARQL service (SPARQL 1.1 Service Description): languages, formats, functions, limits, data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from fundtrace.query import GRAPH_FORMATS, SOLUTION_FORMATS
from fundtrace.query.functions import FUNCTIONS
from fundtrace.query.guarding import MAX_CHARACTERS, MAX_DEPTH
from fundtrace.release import Release
from fundtrace.settings import Settings

PREFIXES: Final = {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
    "dcterms": "http://purl.org/dc/terms/",
    "formats": "http://www.w3.org/ns/formats/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_FORMATS: Mapping[str, str] = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "rdfxml": "RDF_XML",
    "jsonld": "JSON-LD",
    "trig": "TriG",
    "nquads": "N-Quads",
}


def service_description(release: Release, settings: Settings) -> str:
    """The description in Turtle. The default graph holds all data and goes by the IRI of the release too."""
    written = serialize(_triples(release, settings), format=RdfFormat.TURTLE, prefixes=PREFIXES)
    return (written or b"").decode()


def limits(settings: Settings) -> tuple[str, str]:
    """What a query may take, in Chinese and English."""
    return (
        f"每次查询至多 {settings.sparql_seconds:g} 秒、{settings.sparql_memory_mib} MiB 内存，"
        f"结果至多 {settings.sparql_output_mib} MiB；查询文本至多 {MAX_CHARACTERS} 个字符、嵌套 {MAX_DEPTH} 层，"
        f"请求正文至多 {settings.request_kib} KiB；同时进行 {settings.sparql_processes * settings.workers} 条，"
        f"等待 {settings.sparql_queue} 条。不接受更新与 SERVICE。",
        f"A query may take {settings.sparql_seconds:g} seconds and {settings.sparql_memory_mib} MiB of memory, and answer with "
        f"{settings.sparql_output_mib} MiB; its text may have {MAX_CHARACTERS} characters and {MAX_DEPTH} nested brackets, a "
        f"request body {settings.request_kib} KiB; {settings.sparql_processes * settings.workers} are answered at a time "
        f"and {settings.sparql_queue} may wait. Updates and SERVICE are refused.",
    )


def _triples(release: Release, settings: Settings) -> Iterator[Triple]:
    service = NamedNode(f"{release.base}sparql")
    a = _term("rdf", "type")
    yield Triple(service, a, _term("sd", "Service"))
    yield Triple(service, _term("sd", "endpoint"), service)
    yield Triple(service, _term("sd", "supportedLanguage"), _term("sd", "SPARQL11Query"))
    for name in (*SOLUTION_FORMATS, *GRAPH_FORMATS):
        yield Triple(service, _term("sd", "resultFormat"), _term("formats", _FORMATS[name]))
    for name in FUNCTIONS:
        function = NamedNode(release.namespace + name)
        yield Triple(service, _term("sd", "extensionFunction"), function)
        yield Triple(function, a, _term("sd", "Function"))
    for text, language in zip(limits(settings), ("zh", "en"), strict=True):
        yield Triple(service, _term("dcterms", "description"), Literal(text, language=language))
    dataset, graph = BlankNode("dataset"), NamedNode(f"{release.base}id/release/{release.version}")
    count = Literal(str(release.info.statements), datatype=_term("xsd", "integer"))
    yield Triple(service, _term("sd", "defaultDataset"), dataset)
    yield Triple(dataset, a, _term("sd", "Dataset"))
    yield Triple(dataset, _term("sd", "defaultGraph"), graph)
    yield Triple(graph, a, _term("sd", "Graph"))
    yield Triple(graph, _term("void", "triples"), count)


def _term(prefix: str, name: str) -> NamedNode:
    return NamedNode(PREFIXES[prefix] + name)
