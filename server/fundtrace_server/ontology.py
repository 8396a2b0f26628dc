"""`/ontology` and its terms, `/shapes`: the vocabulary for programs and for people, and how its IRIs are answered."""

from __future__ import annotations

from pyoxigraph import BlankNode, NamedNode, Triple
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fundtrace_server.caching import conditional
from fundtrace_server.descriptions import PREFIXES, localised
from fundtrace_server.formats import (
    ALIASES,
    DESCRIBED_IN,
    HTML,
    media_types,
    rdf_answer,
    statements_in,
    wanted,
    written,
)
from fundtrace_server.headers import CORS
from fundtrace_server.holding import SCOPE_KEY, serving_of
from fundtrace_server.linkage import WebLink, link_header
from fundtrace_server.linker import linker_of, route_path
from fundtrace_server.problems import not_found, on_http_exception
from fundtrace_server.rendering import page
from fundtrace_server.terms import TermText, ontology_turtle, term_names
from fundtrace_server.views.term import short_name, view_term


def ontology(request: Request) -> Response:
    """`GET /ontology`, `/ontology.{suffix}`: a page, or the vocabulary in a serialisation."""
    namespace = serving_of(request).release.namespace
    answer = rdf_answer(request, ontology_turtle(namespace), _prefixes(namespace), page=True)
    if answer is not None:
        return conditional(request, answer)
    names = term_names(namespace)
    terms = sorted(names.terms.values(), key=lambda term: term.name)
    context = {
        "namespace": namespace,
        "names": names,
        "classes": [term for term in terms if term.is_class],
        "properties": [term for term in terms if not term.is_class],
    }
    response = page(request, "ontology.html", context)
    response.headers["Vary"] = "Accept"
    return response


def shapes(request: Request) -> Response:
    """`GET /shapes`, `/shapes.{suffix}`: the SHACL shapes in the namespace of the release, as a page or in a serialisation."""
    release = serving_of(request).release
    turtle = localised(ontology_turtle(release.namespace, "shapes.ttl"), release)
    answer = rdf_answer(request, turtle, _prefixes(release.namespace), page=True)
    if answer is not None:
        return conditional(request, answer)
    # The library that reads them takes long to load, and few ask for it.
    from fundtrace_server.demands import shapes_of

    context = {
        "shapes": shapes_of(release.namespace),
        "names": term_names(release.namespace),
        "short": short_name,
        "namespace": release.namespace,
    }
    response = page(request, "shapes.html", context)
    response.headers["Vary"] = "Accept"
    return response


def term(request: Request) -> Response:
    """`GET /ontology/{name}`: 303 to the page of a term or to its statements, by `?format=` or `Accept`; 406, 404."""
    found = _term(request)
    target = wanted(request, {**media_types(DESCRIBED_IN), HTML: "text/html"}, ALIASES)
    headers = {"Vary": "Accept", "Cache-Control": "no-cache", **CORS}
    location = linker_of(request)(f"/ontology/{found.name}.{target}")
    return RedirectResponse(location, status_code=303, headers=headers)


def term_face(request: Request) -> Response:
    """`GET /ontology/{name}.{suffix}`: the page of a term (`html`) or its statements, always in that format."""
    found, suffix = _term(request), request.path_params["suffix"]
    release = serving_of(request).release
    link = linker_of(request)
    if suffix == HTML:
        from fundtrace_server.demands import demands_on

        view = view_term(release, found, demands_on(release.namespace))
        context = {"view": view, "names": term_names(release.namespace), "short": short_name}
        response = page(request, "term.html", context)
    elif suffix in DESCRIBED_IN:
        text = written(_statements(found.iri, release.namespace), suffix, _prefixes(release.namespace))
        headers = {**CORS, "Cache-Control": "no-cache", "Content-Type": media_types()[suffix]}
        response = conditional(request, Response(text, headers=headers))
    else:
        raise not_found(route_path(request))
    faces = {**media_types(DESCRIBED_IN), HTML: "text/html"}
    response.headers["Link"] = link_header(
        [
            WebLink(found.iri, "describes"),
            *(
                WebLink(link(f"/ontology/{found.name}.{name}"), "alternate", media_type)
                for name, media_type in faces.items()
                if name != suffix
            ),
        ]
    )
    return response


async def vocabulary(request: Request, error: Exception) -> Response:
    """Where no route is: 303 for the namespace of the release and its terms, so that they are found wherever it lies; else 404."""
    serving = request.scope.get(SCOPE_KEY)
    if serving is not None and request.method in {"GET", "HEAD"}:
        release = serving.release
        iri = release.base + route_path(request).removeprefix("/")
        names = term_names(release.namespace)
        link = linker_of(request)
        if iri.rstrip("/") == release.namespace.rstrip("#/"):
            return RedirectResponse(link("/ontology"), status_code=303, headers=CORS)
        if iri in names.terms:
            path = f"/ontology/{names.terms[iri].name}"
            return RedirectResponse(link(path), status_code=303, headers=CORS)
    return await on_http_exception(request, error)


def _term(request: Request) -> TermText:
    namespace = serving_of(request).release.namespace
    found = term_names(namespace).terms.get(namespace + request.path_params["name"])
    if found is None:
        raise not_found(route_path(request))
    return found


def _statements(iri: str, namespace: str) -> list[Triple]:
    """The statements about a term, in the ontology and in its alignments, with the blank nodes that hang on them."""
    found: list[Triple] = []
    for name in ("core.ttl", "alignments.ttl"):
        triples = statements_in(ontology_turtle(namespace, name))
        reached: set[NamedNode | BlankNode] = {NamedNode(iri)}
        before = 0
        while len(reached) > before:
            before = len(reached)
            reached |= {
                one.object for one in triples if one.subject in reached and isinstance(one.object, BlankNode)
            }
        found += [one for one in triples if one.subject in reached]
    return found


def _prefixes(namespace: str) -> dict[str, str]:
    return {"ft": namespace, **PREFIXES}
