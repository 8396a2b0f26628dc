"""Citations: what a project, an indicator or the narrative of a file says of a document, and in which role."""

from __future__ import annotations

from collections.abc import Sequence

from fundtrace.graph.cited import CitedDocuments
from fundtrace.graph.forms import DECIMAL, INTEGER, IRI, TEXT, WORD, Form, code_of
from fundtrace.graph.pen import Pen, shorten
from fundtrace.graph.provenance import Provenance
from fundtrace.graph.sourcing import Source, Telling
from fundtrace.graph.suggestions import write_possible_funding
from fundtrace.records import Citation, CitationRole, Project
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
    (p.reason, WORD),
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
    indicators: Sequence[str],
) -> None:
    """States the citations of a project, and every role that the project has under each document.

    `indicators` are the IRIs of the project's indicators.
    """
    key, citations = telling.key, telling.record.citations
    if not citations:
        return
    iri, source = pen.iris.iri("project", key), provenance.source
    keys = [cited.add(telling.source, citation) for citation in citations]
    parts = pen.iris.parts("citation", key, range(1, len(citations) + 1))
    project, terms, write = f"<{iri}>", pen.terms, pen.write
    cites, roles = (
        f"{project} {terms[p.cites]} <",
        {role: f"{project} {terms[ROLES[role]]} <" for role in ROLES},
    )
    pen.links(project, p.citation, parts)
    for ordinal, (citation, part, document_key) in enumerate(
        zip(citations, parts, keys, strict=True), start=1
    ):
        document, role, number = pen.iris.iri("document", document_key), citation.role, citation.indicator
        write(f"{cites}{document}> .")
        write(f"{roles[role]}{document}> .")
        indicator, row = None if number is None else indicators[number], provenance.row(citation.position)
        _write(pen, part, citation, ordinal, role, document, source, iri, indicator, row)
    write_possible_funding(pen, key, telling.record, list(zip(citations, keys, strict=True)))


def write_narrative_citations(pen: Pen, source: Source, cited: CitedDocuments) -> None:
    """States the citations of a file outside every project; their keys have `narrative` in them."""
    citations = source.document.citations
    parts = pen.iris.parts("citation", f"{source.key}-narrative", range(1, len(citations) + 1))
    pen.links(f"<{source.iri}>", p.citation, parts)
    for ordinal, (citation, part) in enumerate(zip(citations, parts, strict=True), start=1):
        document = pen.iris.iri("document", cited.add(source, citation))
        _write(pen, part, citation, ordinal, citation.role, document, source.iri)


def _write(
    pen: Pen,
    iri: str,
    citation: Citation,
    ordinal: int,
    role: CitationRole,
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
        role,
        citation.reason,
        amount.yuan if amount is not None else None,
        document,
        citation.line,
        source,
        project,
        indicator,
        row,
    )
