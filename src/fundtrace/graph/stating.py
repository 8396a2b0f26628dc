"""Records to statements: the lines of a release, from all documents together, one document in memory at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain
from typing import TypeAlias

from fundtrace.graph.cited import CitedDocuments
from fundtrace.graph.citing import write_narrative_citations
from fundtrace.graph.classification import Classifications
from fundtrace.graph.concepts import code_lists
from fundtrace.graph.findings import disputes, write_findings, write_remark
from fundtrace.graph.indicators import Lists, write_narrative_goals
from fundtrace.graph.iris import Iris
from fundtrace.graph.letters import Letters
from fundtrace.graph.organisations import Organisations
from fundtrace.graph.outlines import Outline, outline
from fundtrace.graph.pen import Pen
from fundtrace.graph.projects import SeriesBook, write_project, write_statement
from fundtrace.graph.regions import region_tree
from fundtrace.graph.sources import write_source
from fundtrace.graph.suggestions import same_documents, write_suggestion
from fundtrace.graph.surveying import Survey
from fundtrace.graph.tables import write_tables
from fundtrace.graph.terms import Terms
from fundtrace.records import Document

Documents: TypeAlias = Collection[Document] | Callable[[], Iterable[Document]]
"""Documents that can be gone through twice, in the same order: a collection, or what gives them anew at each call."""


def statements(
    documents: Documents,
    iris: Iris,
    namespace: str,
    letters: Letters | None = None,
    outlines: Callable[[], Iterable[Outline]] | None = None,
) -> Iterator[str]:
    """N-Triples lines, without line ends, in no particular order and now and then repeated: sort and unite them.

    The documents are gone through twice: first to learn which of them tell the same, then to state them. Where `outlines` gives
    the outlines of them all, in the same order, these are gone through first and the documents once. In memory stay one
    document, the keys, and what many documents say of the organisations and documents that they name.
    The set of lines depends on what the documents say, never on their order. There are no blank nodes and no empty
    strings, and every IRI of data that is an object is the subject of a statement too. `letters` knows the letters of
    earlier releases and notes those of this one. Raises `SystemFailure` `file-changed` when the two rounds differ.
    """
    return chain.from_iterable(_blocks(documents, iris, namespace, letters, outlines))


def _blocks(
    documents: Documents,
    iris: Iris,
    namespace: str,
    letters: Letters | None,
    outlines: Callable[[], Iterable[Outline]] | None,
) -> Iterator[Iterable[str]]:
    """The lines in blocks, those of a project in one: a generator that gave single lines would cost as much as an f-string for each."""
    pen, survey = Pen(iris, Terms(namespace)), Survey(iris)
    survey.read(map(outline, _round(documents)) if outlines is None else outlines())
    survey.settle(letters or Letters())
    lists, tree = code_lists(iris.base, namespace), region_tree()
    looked_up, classifications = Lists(lists), Classifications(lists)
    cited, organisations, series = CitedDocuments(iris, tree), Organisations(iris, tree), SeriesBook(survey)
    for number, source in survey.sources(_round(documents)):
        projects = survey.projects(number, source)
        organisations.add(source)
        write_source(pen, source)
        write_narrative_goals(pen, source)
        write_narrative_citations(pen, source, cited)
        for remark in write_tables(pen, source, classifications):
            write_remark(pen, remark)
        write_findings(pen, source, [telling.key for telling in projects])
        for telling in projects:
            yield pen.take()
            write_project(pen, telling, looked_up, cited)
            series.add(pen, telling)
        for statement in survey.statements(number, source):
            yield pen.take()
            write_statement(pen, statement, looked_up)
        yield pen.take()
    series.write(pen)
    for code in cited.regions():
        organisations.need_region(code)
    for remarks in (disputes(pen, survey.disputes), cited.write(pen), organisations.write(pen)):
        for remark in remarks:
            write_remark(pen, remark)
            yield pen.take()
    for suggestion in same_documents(cited.documents):
        write_suggestion(pen, suggestion)
    yield pen.take()
    yield lists.used(pen.concepts)


def _round(documents: Documents) -> Iterable[Document]:
    return documents() if callable(documents) else documents
