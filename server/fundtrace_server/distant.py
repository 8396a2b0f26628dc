"""What a remote store says of an entity: bounded as a query of the public is, and never a part for the whole."""

from __future__ import annotations

import pyoxigraph as ox

from fundtrace.errors import QueryError
from fundtrace.query import Answer, load_questions
from fundtrace.query.binding import bind
from fundtrace_server.holding import Serving


async def stored_statements(serving: Serving, iri: str, client: str) -> list[ox.Triple]:
    """The statements of an entity and its parts, with the names of their neighbours, in the order of their text.

    They are what `description.describe` walks in the data folder; a store keeps no order of its own. Raises `QueryError` as the pool does, and
    `unavailable` `store-answer` when the store says nothing of an entity that the release tells of.
    """
    release = serving.release
    query = bind(
        load_questions()["pages/describe"], {"iri": ox.NamedNode(iri)}, release.namespace, release.base
    )
    found = await serving.pool.answer(query, graph="ntriples", client=client)
    body = found.body if isinstance(found, Answer) else b"".join([piece async for piece in found.pieces()])
    triples = sorted({quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)}, key=str)
    own = [triple for triple in triples if triple.subject == ox.NamedNode(iri)]
    if not own:
        raise QueryError(
            "store-answer",
            "存储对这个实体没有任何陈述，而本版本有；请再推送一次（fundtrace release push --afresh）",
            "the store says nothing of this entity, and the release does; push again (fundtrace release push --afresh)",
            kind="unavailable",
        )
    return [*own, *(triple for triple in triples if triple.subject != ox.NamedNode(iri))]
