"""`/ontology`: the vocabulary in a serialisation, or as a plain list of terms."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from fundtrace_server.caching import conditional
from fundtrace_server.descriptions import PREFIXES
from fundtrace_server.formats import rdf_answer
from fundtrace_server.holding import serving_of
from fundtrace_server.rendering import page
from fundtrace_server.terms import ontology_turtle, term_names


def ontology(request: Request) -> Response:
    """`GET /ontology`: a page, or the vocabulary in a serialisation, by `?format=` or `Accept`."""
    namespace = serving_of(request).release.namespace
    prefixes = {"ft": namespace, **PREFIXES}
    answer = rdf_answer(request, ontology_turtle(namespace), prefixes, page=True)
    if answer is not None:
        return conditional(request, answer)
    names = term_names(namespace)
    terms = sorted(names.terms.values(), key=lambda term: term.name)
    response = page(
        request,
        "ontology.html",
        {
            "namespace": namespace,
            "names": names,
            "classes": [term for term in terms if term.is_class],
            "properties": [term for term in terms if not term.is_class],
        },
    )
    response.headers["Vary"] = "Accept"
    return response
