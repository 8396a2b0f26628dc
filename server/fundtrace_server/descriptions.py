"""The release described for machines: `/.well-known/void`, `/catalog`, and what its data conform to: `/shapes`, `/schemas`."""

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

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The prefixes of descriptions beside `ft`."""

_BASE = ONTOLOGY_NAMESPACE.removesuffix("ontology#")


def void(request: Request) -> Response:
    """`GET /.well-known/void`: what is in the release, with statistics, by `?format=` or `Accept`."""
    return _description(request, "void.ttl")


def catalog(request: Request) -> Response:
    """`GET /catalog`: the DCAT catalogue, by `?format=` or `Accept`."""
    return _description(request, "dcat.ttl")


def shapes(request: Request) -> Response:
    """`GET /shapes`: the SHACL shapes in the namespace of the release, by `?format=` or `Accept`."""
    release = serving_of(request).release
    return graph_of(
        request, localised((folder("ontology") / "shapes.ttl").read_text(encoding="utf-8"), release)
    )


def document_schema(request: Request) -> Response:
    """`GET /schemas/document.json`: the JSON Schema of what `fundtrace inspect --json` prints."""
    text = (folder("ontology") / "document.schema.json").read_text(encoding="utf-8")
    headers = {**CORS, "Cache-Control": "no-cache", "Content-Type": "application/schema+json"}
    return conditional(request, Response(localised(text, serving_of(request).release), headers=headers))


def graph_of(request: Request, turtle: str) -> Response:
    """A small graph, negotiated among serialisations alone, with validators. Raises `Problem` 406."""
    prefixes = {"ft": serving_of(request).release.namespace, **PREFIXES}
    answer = rdf_answer(request, turtle, prefixes)
    assert answer is not None  # noqa: S101 - no page was offered
    return conditional(request, answer)


def localised(text: str, release: Release) -> str:
    """A file of the repository under the namespace and base of a release."""
    return text.replace(ONTOLOGY_NAMESPACE, release.namespace).replace(_BASE, release.base)


def _description(request: Request, name: str) -> Response:
    release = serving_of(request).release
    try:
        turtle = (release.path / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Problem(
            404,
            "no-description",
            "本版本没有描述文件；重新运行 fundtrace build 会补上",
            "this release has no descriptions; running fundtrace build again adds them",
        ) from None
    return graph_of(request, turtle)
