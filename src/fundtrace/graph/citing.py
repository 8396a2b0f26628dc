"""Citations: what a project, an indicator or the narrative of a file says of a document, and in which role."""

from __future__ import annotations

from fundtrace.graph.cited import CitedDocuments
from fundtrace.graph.pen import Pen, shorten
from fundtrace.graph.provenance import Provenance
from fundtrace.graph.sourcing import Source, Telling
from fundtrace.graph.suggestions import write_possible_funding
from fundtrace.records import Citation, Project
from fundtrace.vocab import classes as c
from fundtrace.vocab import properties as p

ROLES = {"funds": p.fundedUnder, "basis": p.basedOn, "mention": p.mentions}
"""The direct property of each role; all of them are below `ft:cites`, which is stated beside them."""


def write_project_citations(
    pen: Pen,
    telling: Telling[Project],
    cited: CitedDocuments,
    provenance: Provenance,
) -> None:
    """States the citations of a project, and every role that the project has under each document."""
    key, iri = telling.key, pen.iris.iri("project", telling.key)
    project = f"<{iri}>"
    named: list[tuple[Citation, str]] = []
    for number, citation in enumerate(telling.record.citations):
        document_key = cited.add(telling.source, citation)
        named.append((citation, document_key))
        document = pen.iris.iri("document", document_key)
        citation_iri = pen.iris.part("citation", key, number + 1)
        subject = _write(pen, citation_iri, citation, number + 1, document)
        pen.link(project, p.citation, citation_iri)
        pen.link(project, p.cites, document)
        pen.link(project, ROLES[citation.role], document)
        pen.link(subject, p.citingProject, iri)
        if citation.indicator is not None:
            pen.link(subject, p.citingIndicator, pen.iris.part("indicator", key, citation.indicator + 1))
        provenance.source(subject)
        provenance.row(subject, citation.position)
    write_possible_funding(pen, key, telling.record, named)


def write_narrative_citations(pen: Pen, source: Source, cited: CitedDocuments) -> None:
    """States the citations of a file outside every project; their keys have `narrative` in them."""
    iri = source.iri
    for ordinal, citation in enumerate(source.document.citations, start=1):
        document = pen.iris.iri("document", cited.add(source, citation))
        citation_iri = pen.iris.part("citation", f"{source.key}-narrative", ordinal)
        subject = _write(pen, citation_iri, citation, ordinal, document)
        pen.link(f"<{iri}>", p.citation, citation_iri)
        pen.link(subject, p.source, iri)


def _write(pen: Pen, iri: str, citation: Citation, ordinal: int, document: str) -> str:
    subject = pen.entity(
        c.Citation, iri, shorten(citation.printed) or shorten(citation.title or "") or document
    )
    pen.integer(subject, p.ordinal, ordinal)
    pen.text(subject, p.printed, citation.printed)
    pen.text(subject, p.article, citation.article)
    pen.concept(subject, p.place, "place", citation.place)
    pen.concept(subject, p.role, "role", citation.role)
    pen.text(subject, p.reason, citation.reason)
    if citation.stated_amount is not None:
        pen.decimal(subject, p.statedAmount, citation.stated_amount.yuan)
    pen.link(subject, p.citedDocument, document)
    pen.integer(subject, p.line, citation.line)
    return subject
