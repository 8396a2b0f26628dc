"""The description of the SPARQL service (SPARQL 1.1 Service Description): languages, formats, functions, limits, data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from fundtrace.query import GRAPH_FORMATS, SOLUTION_FORMATS, WorkerPool
from fundtrace.query.functions import FUNCTIONS
from fundtrace.query.guarding import MAX_CHARACTERS, MAX_DEPTH
from fundtrace.query.remoting import RemotePool
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


def service_description(release: Release, settings: Settings, pool: WorkerPool | RemotePool) -> str:
    """The description in Turtle. The default graph holds all data and goes by the IRI of the release too."""
    told = zip(limits(settings), storage(pool), strict=True)
    texts = tuple(f"{said}{also}" for said, also in told)
    functions = () if isinstance(pool, RemotePool) else FUNCTIONS
    written = serialize(_triples(release, texts, functions), format=RdfFormat.TURTLE, prefixes=PREFIXES)
    return (written or b"").decode()


def limits(settings: Settings) -> tuple[str, str]:
    """What a query may take, in Chinese and English."""
    return (
        f"每次查询至多 {settings.sparql_seconds:g} 秒、{settings.sparql_memory_mib} MiB 内存，"
        f"结果至多 {settings.sparql_output_mib} MiB（超过 1 MiB 的边算边发，中断即不完整）；查询文本至多 {MAX_CHARACTERS} 个字符、嵌套 {MAX_DEPTH} 层，"
        f"请求正文至多 {settings.request_kib} KiB；同时进行 {settings.sparql_processes * settings.workers} 条，"
        f"等待 {settings.sparql_queue} 条。不接受更新与 SERVICE。",
        f"A query may take {settings.sparql_seconds:g} seconds and {settings.sparql_memory_mib} MiB of memory, and answer with "
        f"{settings.sparql_output_mib} MiB (beyond 1 MiB as a stream, which ends early when a limit is hit); its text may have {MAX_CHARACTERS} characters and {MAX_DEPTH} nested brackets, a "
        f"request body {settings.request_kib} KiB; {settings.sparql_processes * settings.workers} are answered at a time "
        f"and {settings.sparql_queue} may wait. Updates and SERVICE are refused.",
    )


def storage(pool: WorkerPool | RemotePool) -> tuple[str, str]:
    """What the workers answer from, and as far as it is known what a worker has in use at its start and how long that took."""
    if isinstance(pool, RemotePool):
        return (
            "由远程存储回答，不可用 FROM、GRAPH 与本体的函数。",
            " Answers come from a remote store, without FROM, GRAPH and the functions of the ontology.",
        )
    places = ("从内存", "from memory") if pool.storage == "memory" else ("从磁盘", "from disk")
    started = pool.started
    if started is None:
        return f"{places[0]}回答。", f" Answers come {places[1]}."
    size, seconds = round(started["resident_mib"], -1), started["seconds"]
    return (
        f"{places[0]}回答：每个查询进程起始约 {size} MiB，就绪用时 {seconds:.1f} 秒。",
        f" Answers come {places[1]}: a worker has about {size} MiB in use when it starts, and it took {seconds:.1f} "
        "seconds to be ready.",
    )


def _triples(release: Release, texts: tuple[str, ...], functions: Iterable[str]) -> Iterator[Triple]:
    service = NamedNode(f"{release.base}sparql")
    a = _term("rdf", "type")
    yield Triple(service, a, _term("sd", "Service"))
    yield Triple(service, _term("sd", "endpoint"), service)
    yield Triple(service, _term("sd", "supportedLanguage"), _term("sd", "SPARQL11Query"))
    for name in (*SOLUTION_FORMATS, *GRAPH_FORMATS):
        yield Triple(service, _term("sd", "resultFormat"), _term("formats", _FORMATS[name]))
    for name in functions:
        function = NamedNode(release.namespace + name)
        yield Triple(service, _term("sd", "extensionFunction"), function)
        yield Triple(function, a, _term("sd", "Function"))
    for text, language in zip(texts, ("zh", "en"), strict=True):
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
