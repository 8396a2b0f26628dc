"""Citations: what a project, an indicator or the narrative of a file says of a document, and in which role."""

from __future__ import annotations

from fundtrace.graph.cited import CitedDocuments
from fundtrace.graph.forms import DECIMAL, INTEGER, IRI, TEXT, Form, code_of
from fundtrace.graph.pen import Pen, shorten
from fundtrace.graph.provenance import Provenance
from fundtrace.graph.sourcing import Source, Telling
from fundtrace.graph.suggestions import write_possible_funding
from fundtrace.records import Citation, Project
from fundtrace.vocab import classes as c
from fundtrace.vocab import properties as p

ROLES = {"funds": p.fundedUnder, "basis": p.basedOn, "mention": p.mentions}
"""The direct property of each role; all of them are below `ft:cites`, which is stated beside them."""

_CITATION = Form(
    c.Citation,
    (p.ordinal, INTEGER),
    (p.printed, TEXT),
    (p.article, TEXT),
    (p.place, code_of("place")),
    (p.role, code_of("role")),
    (p.reason, TEXT),
    (p.statedAmount, DECIMAL),
    (p.citedDocument, IRI),
    (p.line, INTEGER),
    (p.source, IRI),
    (p.citingProject, IRI),
    (p.citingIndicator, IRI),
    (p.sourceRow, IRI),
)


def write_project_citations(
    pen: Pen,
    telling: Telling[Project],
    cited: CitedDocuments,
    provenance: Provenance,
) -> None:
    """States the citations of a project, and every role that the project has under each document."""
    key, iri, citations = telling.key, pen.iris.iri("project", telling.key), telling.record.citations
    project, named = f"<{iri}>", list[tuple[Citation, str]]()
    parts = pen.iris.parts("citation", key, range(1, len(citations) + 1))
    pen.links(project, p.citation, parts)
    for ordinal, (citation, part) in enumerate(zip(citations, parts, strict=True), start=1):
        document_key = cited.add(telling.source, citation)
        named.append((citation, document_key))
        document = pen.iris.iri("document", document_key)
        pen.link(project, p.cites, document)
        pen.link(project, ROLES[citation.role], document)
        number = citation.indicator
        indicator = None if number is None else pen.iris.part("indicator", key, number + 1)
        row = provenance.row(citation.position)
        _write(pen, part, citation, ordinal, document, provenance.source, iri, indicator, row)
    write_possible_funding(pen, key, telling.record, named)


def write_narrative_citations(pen: Pen, source: Source, cited: CitedDocuments) -> None:
    """States the citations of a file outside every project; their keys have `narrative` in them."""
    citations = source.document.citations
    parts = pen.iris.parts("citation", f"{source.key}-narrative", range(1, len(citations) + 1))
    pen.links(f"<{source.iri}>", p.citation, parts)
    for ordinal, (citation, part) in enumerate(zip(citations, parts, strict=True), start=1):
        document = pen.iris.iri("document", cited.add(source, citation))
        _write(pen, part, citation, ordinal, document, source.iri)


def _write(
    pen: Pen,
    iri: str,
    citation: Citation,
    ordinal: int,
    document: str,
    source: str,
    project: str | None = None,
    indicator: str | None = None,
    row: str | None = None,
) -> None:
    printed, amount = citation.printed, citation.stated_amount
    pen.state[_CITATION](
        iri,
        shorten(printed) or shorten(citation.title or "") or document,
        ordinal,
        printed,
        citation.article,
        citation.place,
        citation.role,
        citation.reason,
        amount.yuan if amount is not None else None,
        document,
        citation.line,
        source,
        project,
        indicator,
        row,
    )
