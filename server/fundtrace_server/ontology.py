"""`/ontology`: the vocabulary as Turtle, or as a plain list of terms."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from fundtrace_server.holding import serving_of
from fundtrace_server.negotiation import best_media_type
from fundtrace_server.problems import not_acceptable
from fundtrace_server.rendering import page
from fundtrace_server.terms import ontology_turtle, term_names

_AVAILABLE = {"html": "text/html", "ttl": "text/turtle"}


def ontology(request: Request) -> Response:
    """`GET /ontology`, by `?format=ttl|html` or `Accept`."""
    namespace = serving_of(request).release.namespace
    asked = request.query_params.get("format")
    if asked:
        chosen = _AVAILABLE.get(asked)
    else:
        chosen = best_media_type(request.headers.get("accept"), list(_AVAILABLE.values()))
    if chosen is None:
        raise not_acceptable(_AVAILABLE)
    if chosen == "text/turtle":
        headers = {"Access-Control-Allow-Origin": "*", "Vary": "Accept"}
        return Response(ontology_turtle(namespace), media_type="text/turtle", headers=headers)
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
