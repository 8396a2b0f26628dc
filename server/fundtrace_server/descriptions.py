"""The release described for machines: `/.well-known/void`, `/catalog`, `/provenance`, `/quality`, and `/schemas`."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from fundtrace.release import Release
from fundtrace.resources import folder
from fundtrace.settings import ONTOLOGY_NAMESPACE
from fundtrace_server.caching import conditional
from fundtrace_server.formats import rdf_answer
from fundtrace_server.headers import CORS
from fundtrace_server.holding import serving_of
from fundtrace_server.problems import Problem
from fundtrace_server.rendering import page
from fundtrace_server.views.graph import view_graph

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The prefixes of descriptions beside `ft`."""

_FILES = {"void": "void", "catalog": "dcat", "provenance": "prov", "quality": "dqv"}
_PATHS = {"void": "/.well-known/void", "catalog": "/catalog", "quality": "/quality"}
_BASE = ONTOLOGY_NAMESPACE.removesuffix("ontology#")


def void(request: Request) -> Response:
    """`GET /.well-known/void`, `/.well-known/void.{suffix}`: what is in the release, with statistics."""
    return _description(request, "void")


def catalog(request: Request) -> Response:
    """`GET /catalog`, `/catalog.{suffix}`: the DCAT catalogue."""
    return _description(request, "catalog")


def provenance(request: Request) -> Response:
    """`GET /provenance`, `/provenance.{suffix}`: how the release was made, in PROV-O; as long as its list of sources."""
    return _description(request, "provenance")


def quality(request: Request) -> Response:
    """`GET /quality`, `/quality.{suffix}`: how good the release is, in measures of the Data Quality Vocabulary."""
    return _description(request, "quality")


def document_schema(request: Request) -> Response:
    """`GET /schemas/document.json`: the JSON Schema of what `fundtrace inspect --json` prints."""
    text = (folder("ontology") / "document.schema.json").read_text(encoding="utf-8")
    headers = {**CORS, "Cache-Control": "no-cache", "Content-Type": "application/schema+json"}
    return conditional(request, Response(localised(text, serving_of(request).release), headers=headers))


def localised(text: str, release: Release) -> str:
    """A file of the repository under the namespace and base of a release."""
    return text.replace(ONTOLOGY_NAMESPACE, release.namespace).replace(_BASE, release.base)


def _description(request: Request, name: str) -> Response:
    release = serving_of(request).release
    try:
        turtle = (release.path / f"{_FILES[name]}.ttl").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Problem(
            404,
            "no-description",
            "本版本没有描述文件；重新运行 fundtrace build 会补上",
            "this release has no descriptions; running fundtrace build again adds them",
        ) from None
    prefixes = {"ft": release.namespace, **PREFIXES}
    path = _PATHS.get(name)
    answer = rdf_answer(request, turtle, prefixes, page=path is not None)
    if answer is not None:
        return conditional(request, answer)
    context = {"name": name, "subjects": view_graph(turtle, release, prefixes), "graph_path": path}
    response = page(request, "graph.html", context)
    response.headers["Vary"] = "Accept"
    return response
