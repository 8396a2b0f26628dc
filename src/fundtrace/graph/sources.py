"""Source documents: the files that a release was read from."""

from __future__ import annotations

from fundtrace.graph.pen import Pen
from fundtrace.graph.sourcing import Source
from fundtrace.records import Document
from fundtrace.vocab import classes as c
from fundtrace.vocab import properties as p


def write_source(pen: Pen, source: Source) -> None:
    """States a source document."""
    document = source.document
    title = document.title if document.title and document.title.strip() else None
    subject = pen.entity(c.SourceDocument, pen.iris.iri("source", source.key), title or _label(document))
    pen.text(subject, p.title, title)
    pen.text(subject, p.fileName, document.source.file)
    pen.text(subject, p.sha256, document.source.sha256)
    pen.text(subject, p.format, document.source.format)
    if document.department is not None:
        pen.text(subject, p.publisher, document.department.name)
    if source.region:
        pen.link(subject, p.region, pen.iris.region(source.region))
    if source.department:
        pen.link(subject, p.department, pen.iris.iri("department", source.department))
    pen.year(subject, p.fiscalYear, document.fiscal_year)
    pen.concept(subject, p.stage, "stage", document.stage)


def _label(document: Document) -> str:
    """Without a printed title: the department and the year, else the name of the file."""
    name = document.department.name if document.department else None
    return f"{name}（{document.fiscal_year}年）" if name and document.fiscal_year else document.source.file
