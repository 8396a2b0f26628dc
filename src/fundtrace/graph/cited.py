"""Funding documents and their agencies: gathered over all sources that cite them, then stated once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from fundtrace.citations import DocumentNumber, decode_issuer, is_scoped, parse_number, resolve_title
from fundtrace.graph.findings import Remark
from fundtrace.graph.forms import IRI, TEXT, WORD, YEAR, Form, code_of
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
    (p.issuerCode, WORD),
    (p.serial, TEXT),
    (p.year, YEAR),
    (p.printedIssuers, TEXT),
    (p.scope, IRI),
)
_AGENCY = Form(c.Agency, (p.name, TEXT), (p.agencyLevel, code_of("agency-level")), (p.region, IRI))


_Said: TypeAlias = tuple[str, str | None, bool, str | None, tuple[str, ...]]
"""What one citation says of its document: kind, title, whether that was cut short, written form, issuers. One key for all, because
there is a dict of them for each document of a release."""


@dataclass(slots=True)
class Cited:
    """What all citations together say of one document.

    `scope` is the region that its issuer code or title means something in; `local`: its key holds such a region, or what
    stands for one. `said` counts how it is called. `sources` are the IRIs of the sources that cite it, each with its own region
    (or what stands for it).
    """

    number: DocumentNumber | None
    local: bool = False
    scope: str | None = None
    said: dict[_Said, int] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    @property
    def readers(self) -> set[str]:
        """The regions of the sources."""
        return set(self.sources.values())

    @property
    def titles(self) -> dict[str, int]:
        """The whole titles that are printed, each with the number of times."""
        return self._titles(truncated=False)

    @property
    def truncated(self) -> dict[str, int]:
        """The titles that a source cut short, each with the number of times."""
        return self._titles(truncated=True)

    def _titles(self, *, truncated: bool) -> dict[str, int]:
        found: dict[str, int] = {}
        for (_, title, cut_short, _, _), times in self.said.items():
            if cut_short is truncated and title and (title := title.strip()):
                found[title] = found.get(title, 0) + times
        return found

    @property
    def kinds(self) -> dict[str, int]:
        """What sort of document it is taken for, each with the number of times."""
        found: dict[str, int] = {}
        for (kind, *_), times in self.said.items():
            found[kind] = found.get(kind, 0) + times
        return found

    @property
    def forms(self) -> set[str]:
        """How its number is written."""
        return {form for (_, _, _, form, _) in self.said if form}

    @property
    def issuers(self) -> dict[tuple[str, ...], int]:
        """The issuing bodies that are printed with it, each printing with the number of times."""
        found: dict[tuple[str, ...], int] = {}
        for (*_, printed), times in self.said.items():
            if issuers := tuple(issuer for issuer in map(str.strip, printed) if issuer):
                found[issuers] = found.get(issuers, 0) + times
        return found


@dataclass(frozen=True, slots=True)
class Naming:
    """How a citation names its document: the key, the number (also one that the list of titles gives), and the scope.

    `canonical` is the number's canonical text.
    """

    key: str
    number: DocumentNumber | None = None
    canonical: str = ""
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
        if naming.scope is not None:
            cited.scope = max(naming.scope, cited.scope or "")
        cited.sources[source.iri] = source.scope
        kind = citation.kind if number is None or citation.number else number.kind
        form = _form(citation.printed, naming.canonical) if number is not None else None
        said = kind, citation.title, citation.title_truncated, form, citation.issuers
        cited.said[said] = cited.said.get(said, 0) + 1
        return key

    def regions(self) -> set[str]:
        """The codes of the regions that the documents and their agencies name."""
        scopes = {cited.scope for cited in self.documents.values() if cited.scope}
        return scopes | {
            code
            for issuer in {cited.number.issuer for cited in self.documents.values() if cited.number}
            if (code := self._agency_region(issuer))
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
        number, titles, issuers = cited.number, cited.titles, cited.issuers
        canonical = number.canonical if number is not None else None
        subject = pen.state[_DOCUMENT](
            iri,
            _label(canonical, titles, cited.truncated),
            preferred(cited.kinds),
            canonical,
            *((number.issuer, number.serial, number.year) if number is not None else (None,) * 3),
            _in_order(issuers),
            self._iris.region(cited.scope) if cited.scope else None,
        )
        if number is not None:
            self._write_agency(pen, subject, number.issuer)
        pen.texts(subject, p.title, titles)
        pen.texts(subject, p.writtenForm, cited.forms)
        pen.texts(subject, p.printedIssuer, {issuer for printing in issuers for issuer in printing})
        pen.links(subject, p.source, cited.sources)

    def _write_agency(self, pen: Pen, document: str, code: str) -> None:
        decoding = _decoded(code)
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

    def _agency_region(self, issuer: str) -> str | None:
        decoding = _decoded(issuer)
        if decoding is None or not decoding.agency or not decoding.region:
            return None
        return self._tree.by_name.get(decoding.region)


def name(source: Source, citation: Citation) -> Naming:
    """What names the document of a citation.

    A number is its own key, unless many places use its issuer code without a prefix. A title that the published list says
    is unique stands for its number, or else for the whole title, whichever of its printings is cited. A law is known by
    its title. A notice's title, and one that the source cut short, means something only in one region and year.
    """
    canonical = citation.number
    naming = _numbered(canonical) if canonical else None
    if naming is not None:
        return _within(source, naming) if naming.local else naming
    title = (citation.title or citation.printed).strip()
    listed = _listed(title) if not citation.title_truncated else None
    if listed is not None:
        naming, title = _numbered(listed.number) if listed.number else None, listed.title
        if naming is not None:
            return _within(source, naming) if naming.local else naming
    if listed is None and (citation.title_truncated or citation.kind == "notice"):
        key = Iris.title_key(title, scope=source.scope, year=source.document.fiscal_year)
        return Naming(key, local=True, scope=source.region)
    return Naming(Iris.title_key(title, law=(listed or citation).kind == "law"))


@lru_cache(maxsize=65_536)
def _numbered(text: str) -> Naming | None:
    """What a number names; one that is local, because it means another document in each region, wants a region yet."""
    number = DocumentNumber.of_canonical(text) or parse_number(text)
    if number is None:
        return None
    return Naming(Iris.number_key(number), number, number.canonical, local=is_scoped(number.issuer))


def _within(source: Source, naming: Naming) -> Naming:
    """What a local number names in one source."""
    number = naming.number
    key = naming.key if number is None else Iris.number_key(number, source.scope)
    return Naming(key, number, naming.canonical, local=True, scope=source.region)


@lru_cache(maxsize=16_384)
def _form(printed: str, canonical: str) -> str | None:
    """The written form of a number, which is given by its canonical text: a key that is quick to find."""
    naming = _numbered(canonical)
    return written_form(printed, naming.number) if naming is not None and naming.number is not None else None


_listed = lru_cache(maxsize=16_384)(resolve_title)
_decoded = lru_cache(maxsize=4_096)(decode_issuer)


def _label(canonical: str | None, titles: Mapping[str, int], truncated: Mapping[str, int]) -> str:
    title = preferred(titles) if titles else None
    if canonical is not None:
        return f"{canonical} {title}" if title else canonical
    return title or (f"{preferred(truncated)}…" if truncated else "未印标题的文件")


def _in_order(printings: Mapping[tuple[str, ...], int]) -> str | None:
    """The most frequent printing of the issuers; of equally frequent ones the longest, then the first."""
    if not printings:
        return None
    names = min(printings, key=lambda printing: (-printings[printing], -len(printing), printing))
    return "、".join(names)
