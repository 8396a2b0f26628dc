"""Funding documents and their agencies: gathered over all sources that cite them, then stated once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from fundtrace.citations import DocumentNumber, decode_issuer, is_scoped, parse_number, resolve_title
from fundtrace.graph.findings import Remark
from fundtrace.graph.forms import IRI, TEXT, YEAR, Form, code_of
from fundtrace.graph.iris import Iris
from fundtrace.graph.naming import preferred, unlike
from fundtrace.graph.pen import Pen
from fundtrace.graph.regions import RegionTree
from fundtrace.graph.sourcing import Source
from fundtrace.graph.written import written_form
from fundtrace.records import Citation
from fundtrace.vocab import classes as c
from fundtrace.vocab import properties as p

_DOCUMENT = Form(
    c.FundingDocument,
    (p.documentKind, code_of("document")),
    (p.number, TEXT),
    (p.issuerCode, TEXT),
    (p.serial, TEXT),
    (p.year, YEAR),
    (p.printedIssuers, TEXT),
    (p.scope, IRI),
)
_AGENCY = Form(c.Agency, (p.name, TEXT), (p.agencyLevel, code_of("agency-level")), (p.region, IRI))


_counter = partial(defaultdict[Any, int], int)
# Half as long to make as a `Counter`, and there are four to a document.


@dataclass(slots=True)
class Cited:
    """What all citations together say of one document.

    `scope` is the region that its issuer code or title means something in; `local`: its key holds such a region, or what
    stands for one. `readers` are the regions (or what stands for them) of the sources that cite it.
    """

    number: DocumentNumber | None
    local: bool = False
    scope: str | None = None
    kinds: dict[str, int] = field(default_factory=_counter)
    titles: dict[str, int] = field(default_factory=_counter)
    truncated: dict[str, int] = field(default_factory=_counter)
    forms: set[str] = field(default_factory=set)
    issuers: dict[tuple[str, ...], int] = field(default_factory=_counter)
    sources: set[str] = field(default_factory=set)
    readers: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Naming:
    """How a citation names its document: the key, the number (also one that the list of titles gives), and the scope."""

    key: str
    number: DocumentNumber | None
    local: bool = False
    scope: str | None = None


class CitedDocuments:
    """Collects what citations say of documents.

    The label is the canonical number with the preferred whole title behind it, or the title alone; the preferred
    title is the most frequent one, of equally frequent ones the longest, then the first in code point order. A title
    that the source cut short is never stated as a title.
    """

    def __init__(self, iris: Iris, tree: RegionTree) -> None:
        self._iris = iris
        self._tree = tree
        self.documents: dict[str, Cited] = {}

    def add(self, source: Source, citation: Citation) -> str:
        """Takes note of a citation; gives the key of the document it names."""
        naming = name(source, citation)
        key, number = naming.key, naming.number
        cited = self.documents.get(key)
        if cited is None:
            cited = self.documents[key] = Cited(number, naming.local)
        elif number is not cited.number and number is not None:
            cited.number = min(number, cited.number or number, key=lambda one: one.canonical)
        cited.kinds[citation.kind if number is None or citation.number else number.kind] += 1
        if naming.scope is not None:
            cited.scope = max(naming.scope, cited.scope or "")
        cited.sources.add(source.iri)
        cited.readers.add(source.scope)
        if citation.issuers:
            issuers = tuple(issuer for issuer in map(str.strip, citation.issuers) if issuer)
            if issuers:
                cited.issuers[issuers] += 1
        title = citation.title.strip() if citation.title else None
        if title:
            (cited.truncated if citation.title_truncated else cited.titles)[title] += 1
        if number is not None:
            form = written_form(citation.printed, number)
            if form is not None:
                cited.forms.add(form)
        return key

    def regions(self) -> set[str]:
        """The codes of the regions that the documents and their agencies name."""
        scopes = {cited.scope for cited in self.documents.values() if cited.scope}
        return scopes | {
            code for cited in self.documents.values() if (code := self._agency_region(cited.number))
        }

    def write(self, pen: Pen) -> Iterator[Remark]:
        """States documents and agencies; gives the remarks that unlike titles under one number call for."""
        for key, cited in sorted(self.documents.items()):
            iri = self._iris.iri("document", key)
            self._write_document(pen, iri, cited)
            pair = unlike(cited.titles) if cited.number is not None else None
            if pair is not None and cited.number is not None:
                yield Remark(
                    f"document-{key}",
                    "unlike-titles",
                    "info",
                    f"同一文号 {cited.number.canonical} 之下印有不同的标题：《{pair[0]}》《{pair[1]}》",
                    f"unlike titles are printed under the number {cited.number.canonical}: {', '.join(pair)}",
                    (iri,),
                    tuple(sorted(cited.sources)),
                )

    def _write_document(self, pen: Pen, iri: str, cited: Cited) -> None:
        number = cited.number
        subject = pen.state[_DOCUMENT](
            iri,
            _label(cited),
            preferred(cited.kinds),
            *((number.canonical, number.issuer, number.serial, number.year) if number else (None,) * 4),
            _in_order(cited.issuers),
            self._iris.region(cited.scope) if cited.scope else None,
        )
        if number is not None:
            self._write_agency(pen, subject, number.issuer)
        for title in sorted(cited.titles):
            pen.text(subject, p.title, title)
        for form in sorted(cited.forms):
            pen.text(subject, p.writtenForm, form)
        for issuer in sorted({issuer for printing in cited.issuers for issuer in printing}):
            pen.text(subject, p.printedIssuer, issuer)
        pen.links(subject, p.source, cited.sources)

    def _write_agency(self, pen: Pen, document: str, code: str) -> None:
        decoding = decode_issuer(code)
        if decoding is None:
            return
        pen.text(document, p.field, decoding.field)
        if decoding.agency:
            iri = self._iris.agency(decoding.agency)
            region = self._tree.by_name.get(decoding.region) if decoding.region else None
            pen.state[_AGENCY](
                iri,
                decoding.agency,
                decoding.agency,
                decoding.level,
                self._iris.region(region) if region is not None else None,
            )
            pen.link(document, p.leadAgency, iri)

    def _agency_region(self, number: DocumentNumber | None) -> str | None:
        decoding = decode_issuer(number.issuer) if number is not None else None
        return (
            self._tree.by_name.get(decoding.region)
            if decoding and decoding.agency and decoding.region
            else None
        )


def name(source: Source, citation: Citation) -> Naming:
    """What names the document of a citation.

    A number is its own key, unless many places use its issuer code without a prefix. A title that the published list says
    is unique stands for its number, or else for the whole title, whichever of its printings is cited. A law is known by
    its title. A notice's title, and one that the source cut short, means something only in one region and year.
    """
    number, naming = _number(citation.number) if citation.number else (None, None)
    title = (citation.title or citation.printed).strip()
    listed = _listed(title) if number is None and not citation.title_truncated else None
    if listed is not None:
        number, naming = _number(listed.number) if listed.number else (None, None)
        title = listed.title
    if number is not None:
        return naming or Naming(
            Iris.number_key(number, source.scope), number, local=True, scope=source.region
        )
    if listed is None and (citation.title_truncated or citation.kind == "notice"):
        key = Iris.title_key(title, scope=source.scope, year=source.document.fiscal_year)
        return Naming(key, None, local=True, scope=source.region)
    return Naming(Iris.title_key(title, law=(listed or citation).kind == "law"), None)


@lru_cache(maxsize=65_536)
def _number(canonical: str) -> tuple[DocumentNumber | None, Naming | None]:
    """A number, and what it names wherever it is cited; None for one that means another document in each region."""
    number = parse_number(canonical)
    return number, Naming(Iris.number_key(number), number) if number and not is_scoped(
        number.issuer
    ) else None


_listed = lru_cache(maxsize=16_384)(resolve_title)


def _label(cited: Cited) -> str:
    title = preferred(cited.titles) if cited.titles else None
    if cited.number is not None:
        return f"{cited.number.canonical} {title}" if title else cited.number.canonical
    return title or (f"{preferred(cited.truncated)}…" if cited.truncated else "未印标题的文件")


def _in_order(printings: Mapping[tuple[str, ...], int]) -> str | None:
    """The most frequent printing of the issuers; of equally frequent ones the longest, then the first."""
    if not printings:
        return None
    names = min(printings, key=lambda printing: (-printings[printing], -len(printing), printing))
    return "、".join(names)
