"""Source documents: the files that a release was read from."""

from __future__ import annotations

from fundtrace.graph.forms import IRI, TEXT, WORD, YEAR, Form, code_of
from fundtrace.graph.pen import Pen
from fundtrace.graph.sourcing import Source
from fundtrace.records import Document
from fundtrace.vocab import classes as c
from fundtrace.vocab import properties as p

_SOURCE = Form(
    c.SourceDocument,
    (p.title, TEXT),
    (p.fileName, TEXT),
    (p.sha256, TEXT),
    (p.format, WORD),
    (p.publisher, TEXT),
    (p.region, IRI),
    (p.department, IRI),
    (p.fiscalYear, YEAR),
    (p.stage, code_of("stage")),
)


def write_source(pen: Pen, source: Source) -> None:
    """States a source document."""
    document = source.document
    title = document.title if document.title and document.title.strip() else None
    pen.state[_SOURCE](
        pen.iris.iri("source", source.key),
        title or _label(document),
        title,
        document.source.file,
        document.source.sha256,
        document.source.format,
        document.department.name if document.department is not None else None,
        pen.iris.region(source.region) if source.region else None,
        pen.iris.iri("department", source.department) if source.department else None,
        document.fiscal_year,
        document.stage,
    )


def _label(document: Document) -> str:
    """Without a printed title: the department and the year, else the name of the file."""
    name = document.department.name if document.department else None
    return f"{name}（{document.fiscal_year}年）" if name and document.fiscal_year else document.source.file
