"""Records to statements: the lines of a release, from all documents together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fundtrace.graph.cited import CitedDocuments
from fundtrace.graph.citing import write_narrative_citations
from fundtrace.graph.classification import Classifications
from fundtrace.graph.concepts import code_lists
from fundtrace.graph.findings import Remark, disputes, write_findings, write_remark
from fundtrace.graph.indicators import Lists, write_narrative_goals
from fundtrace.graph.iris import Iris
from fundtrace.graph.letters import Letters
from fundtrace.graph.organisations import Organisations
from fundtrace.graph.pen import Pen
from fundtrace.graph.projects import write_project, write_series, write_statement
from fundtrace.graph.regions import region_tree
from fundtrace.graph.sources import write_source
from fundtrace.graph.sourcing import gather
from fundtrace.graph.suggestions import same_documents, write_suggestion
from fundtrace.graph.tables import write_tables
from fundtrace.graph.terms import Terms
from fundtrace.records import Document


def statements(
    documents: Iterable[Document], iris: Iris, namespace: str, letters: Letters | None = None
) -> Iterator[str]:
    """N-Triples lines, without line ends, in no particular order and now and then repeated: sort and unite them.

    The set of lines depends on what the documents say, never on their order. There are no blank nodes and no empty
    strings, and every IRI of data that is an object is the subject of a statement too. `letters` knows the letters of
    earlier releases and notes those of this one.
    """
    pen = Pen(iris, Terms(namespace))
    lists, tree = code_lists(iris.base, namespace), region_tree()
    looked_up, cited, organisations = (
        Lists(lists),
        CitedDocuments(iris, tree),
        Organisations(iris, tree),
    )
    gathered = gather(documents, letters or Letters())
    classifications, remarks = Classifications(lists), list[Remark]()
    for source in gathered.sources:
        organisations.add(source)
        write_source(pen, source)
        write_narrative_goals(pen, source)
        write_narrative_citations(pen, source, cited)
        remarks += write_tables(pen, source, classifications)
        write_findings(pen, source, gathered.project_keys)
        yield from pen.take()
    for telling in gathered.projects:
        write_project(pen, telling, looked_up, cited)
        yield from pen.take()
    for statement in gathered.statements:
        write_statement(pen, statement, looked_up)
        yield from pen.take()
    write_series(pen, gathered.projects)
    for code in cited.regions():
        organisations.need_region(code)
    remarks += [*disputes(pen, gathered), *cited.write(pen), *organisations.write(pen)]
    for remark in remarks:
        write_remark(pen, remark)
    for suggestion in same_documents(cited.documents):
        write_suggestion(pen, suggestion)
    yield from pen.take()
    yield from lists.used(pen.concepts)
