"""Our own questions, evaluated in this process. Queries of the public go to `workers`."""

from __future__ import annotations

from typing import Protocol, TypeAlias, runtime_checkable

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, QueryTriples, Store, Triple

from fundtrace.query.binding import REPOSITORY_BASE, Value, bind
from fundtrace.query.questions import Question
from fundtrace.settings import ONTOLOGY_NAMESPACE

Row: TypeAlias = dict[str, NamedNode | BlankNode | Literal | Triple]


@runtime_checkable
class Answering(Protocol):
    """A graph that answers, with the base and namespace of its IRIs: a release is one."""

    @property
    def store(self) -> Store: ...  # noqa: D102
    @property
    def base(self) -> str: ...  # noqa: D102
    @property
    def namespace(self) -> str: ...  # noqa: D102


def select(graph: Answering | Store, question: Question | str, /, **values: Value | None) -> list[Row]:
    """The rows of a SELECT, each a mapping from variable to term; an unbound variable is not in it.

    `values` binds the question's parameters; None leaves one unbound. A bare store answers under the base and namespace
    that the repository is written in. Raises `TypeError` when the query is no SELECT.
    """
    return rows_of(_evaluate(graph, question, values))


def rows_of(results: object) -> list[Row]:
    """The rows of the engine's answer to a SELECT. Raises `TypeError` when it is none."""
    if not isinstance(results, QuerySolutions):
        raise TypeError("the question is no SELECT")
    names = [variable.value for variable in results.variables]
    return [
        {name: term for name, term in zip(names, solution, strict=True) if term is not None}
        for solution in results
    ]


def construct(graph: Answering | Store, question: Question | str, /, **values: Value | None) -> QueryTriples:
    """The triples of a CONSTRUCT or DESCRIBE: to be iterated, or written with `.serialize(format=…)`.

    Takes what `select` takes. Raises `TypeError` when the query is neither.
    """
    results = _evaluate(graph, question, values)
    if not isinstance(results, QueryTriples):
        raise TypeError("the question is no CONSTRUCT or DESCRIBE")
    return results


def _evaluate(graph: Answering | Store, question: Question | str, values: dict[str, Value | None]) -> object:
    given = {name: value for name, value in values.items() if value is not None}
    if isinstance(graph, Store):
        return graph.query(bind(question, given, ONTOLOGY_NAMESPACE, REPOSITORY_BASE))
    return graph.store.query(bind(question, given, graph.namespace, graph.base))
