"""The pages on which people write queries: `/sparql` and `/graphql` in a browser, and what the SPARQL editor offers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from fundtrace.query import GRAPH_FORMATS, SOLUTION_FORMATS, Question, bind, catalogue
from fundtrace.query.asking import term_of
from fundtrace.settings import Settings
from fundtrace_server.caching import conditional
from fundtrace_server.headers import EDITOR_POLICY
from fundtrace_server.holding import serving_of
from fundtrace_server.messages import Messages
from fundtrace_server.rendering import language_of, page
from fundtrace_server.terms import term_names

FIRST: Final = "documents/by-budget"
"""The saved question that stands in the SPARQL editor at first."""


def sparql_page(request: Request) -> Response:
    """`GET /sparql` in a browser: an editor, with a plain form where there is no script."""
    settings: Settings = request.app.state.settings
    release = serving_of(request).release
    context = {
        "limits": {"seconds": f"{settings.sparql_seconds:g}", "mib": settings.sparql_output_mib},
        "formats": [*SOLUTION_FORMATS, *GRAPH_FORMATS],
        "query": _query(catalogue()[FIRST], release.namespace, release.base),
    }
    return _editing(page(request, "sparql.html", context))


def graphql_page(request: Request, examples: Mapping[str, str]) -> Response:
    """`GET /graphql` in a browser: GraphiQL, with a plain form where there is no script."""
    return _editing(page(request, "graphql.html", {"examples": examples}))


def sparql_help(request: Request) -> Response:
    """`GET /sparql/help.json`: the saved questions with their example bound, and the ontology's terms to complete."""
    release = serving_of(request).release
    offered = _offered(release.namespace, release.base, language_of(request))
    return conditional(request, JSONResponse(offered, headers={"Cache-Control": "no-cache"}))


def _editing(response: Response) -> Response:
    """The page of an editor, which writes styles of its own."""
    response.headers["Content-Security-Policy"] = EDITOR_POLICY
    return response


@lru_cache(maxsize=4)
def _offered(namespace: str, base: str, language: str) -> dict[str, Any]:
    messages = Messages(language)
    names = term_names(namespace)
    questions = [
        {
            "id": question.id,
            "title": messages.said(question.title),
            "folder": messages.optional(f"folder.{question.folder}", question.folder),
            "query": _query(question, namespace, base),
        }
        for _, question in sorted(catalogue().items())
    ]
    terms = [
        {
            "name": term.name,
            "label": names.label(term.iri, language),
            "comment": names.comment(term.iri, language),
            "kind": "class" if term.is_class else "property",
        }
        for term in sorted(names.terms.values(), key=lambda one: one.name)
    ]
    return {"namespace": namespace, "base": base, "questions": questions, "terms": terms}


def written(question: Question, given: Mapping[str, str | None], namespace: str, base: str) -> str:
    """A saved question as somebody would write it: what is given bound, its front matter left out.

    Raises `ValueError` or `InvalidOperation` for a value of another type than the question takes.
    """
    terms = {
        name: term_of(question.parameters[name], value, base)
        for name, value in given.items()
        if value and name in question.parameters
    }
    text = bind(question, terms, namespace, base)
    return "\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip()


def _query(question: Question, namespace: str, base: str) -> str:
    given = {name: question.example.get(name) or one.default for name, one in question.parameters.items()}
    return written(question, given, namespace, base)
