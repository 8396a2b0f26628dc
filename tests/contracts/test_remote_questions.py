"""A remote store gives the rows that the embedded one gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from fundtrace.graph.exchange import Credentials
from fundtrace.graph.remote import RemoteStore
from fundtrace.query import catalogue, load_questions, select
from fundtrace.query.asking import prepare
from fundtrace.query.results import Row
from fundtrace.release import Release
from fundtrace.release.pushing import push


def _counted(rows: list[Row]) -> Counter[frozenset[tuple[str, str]]]:
    return Counter(frozenset((name, str(term)) for name, term in row.items()) for row in rows)


def test_every_saved_question_has_the_same_rows_in_a_remote_store(
    sample_release: Release, store_server: Callable[..., Any]
) -> None:
    """All questions for people, with the values of their examples, over the samples."""
    release = sample_release
    store = RemoteStore(store_server().address, Credentials())
    graph = push(release, store, lambda done, total: None).graph
    answered = 0
    for question in catalogue().values():
        query = prepare(question, question.example, release.base, release.namespace).query
        here, there = select(release, query), store.rows(query, graph)
        assert _counted(there) == _counted(here), question.id
        answered += bool(here)
    assert answered > len(catalogue()) / 2
    assert load_questions()["stores/count"].internal
