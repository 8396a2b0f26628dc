"""What reviewed files decide, done to the statements on their way: merges, facts, and who decided when.

Only what the release tells of is touched: an entry about something else waits until a source brings it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from fundtrace.citations import DocumentNumber, parse_number
from fundtrace.graph import Iris
from fundtrace.graph.concepts import code_lists
from fundtrace.graph.keys import hash8
from fundtrace.graph.literals import XSD, literal
from fundtrace.graph.pen import Pen
from fundtrace.graph.terms import LABEL, Terms
from fundtrace.pipeline.reviewed import NOTHING, DocumentFacts, Merge, Reviewed, SourceFacts, key_of
from fundtrace.vocab import classes as c
from fundtrace.vocab import properties as p

_MANY = (p.title, p.writtenForm, p.printedIssuer, p.source)
"""What two documents that are one have together; of the rest, that of the one that stays is kept."""
_NUMBERING = (p.number, p.issuerCode, p.year, p.serial, p.leadAgency, p.field, p.scope)


class Decisions:
    """Reviewed files at work in one build. `used` has file and line of the entries that were about something in it."""

    def __init__(self, reviewed: Reviewed, iris: Iris, namespace: str) -> None:
        self._reviewed = reviewed
        self._iris = iris
        self._terms = Terms(namespace)
        self._merged = {
            f"<{iris.iri('document', key)}>": f"<{iris.iri('document', end)}>"
            for key, end in reviewed.merged().items()
        }
        self.used: set[str] = set()

    @property
    def moved(self) -> dict[str, str]:
        """`document/key` of what was merged to that of what stays."""
        start = len(self._iris.prefix) + 1
        return {old[start:-1]: new[start:-1] for old, new in self._merged.items()}

    def unused(self) -> list[str]:
        """File and line of the entries about what no source of this build brings."""
        reviewed = self._reviewed
        entries = (*reviewed.merges, *reviewed.corrections, *reviewed.documents, *reviewed.sources)
        return [entry.at for entry in entries if entry.at not in self.used]

    def apply(self, lines: Iterable[str]) -> Iterator[str]:
        """The statements as decided, and after them those about the decisions."""
        if self._reviewed == NOTHING:
            yield from lines
            return
        merged, moving = self._merged, dict[str, list[str]]()
        hashes = [one.source for one in self._reviewed.corrections]
        hashes += [one.source for one in self._reviewed.sources]
        sources = {literal(sha256): "" for sha256 in hashes}
        says_hash, present = self._terms[p.sha256], set[str]()
        wanted = self._named()
        confirmed = {
            f"<{iri}>"
            for one in self._reviewed.merges
            if one.decision == "confirmed"
            for iri in self._suggestions(one)
        }
        for line in lines:
            subject, predicate, rest = line.split(" ", 2)
            value = rest[:-2]
            if subject in wanted:
                present.add(subject)
            if subject in confirmed:
                continue
            if subject in merged:
                moving.setdefault(subject, []).append(line)
                continue
            if value in merged:
                line = f"{subject} {predicate} {merged[value]} ."
            elif predicate == says_hash and value in sources:
                sources[value] = subject[1:-1]
            yield line
        for subject, told in sorted(moving.items()):
            yield from self._move(told, merged[subject], stays=merged[subject] in present)
            present.add(merged[subject])
        pen = Pen(self._iris, self._terms)
        self._write(pen, present, {value[1:-1]: iri for value, iri in sources.items() if iri})
        yield from pen.take()
        yield from code_lists(self._iris.base, self._terms.namespace).used(pen.concepts)

    def _named(self) -> set[str]:
        """The subjects that must be told of for an entry to count."""
        keys = {key_of(one.document, one.at) for one in self._reviewed.documents}
        rejected = {iri for one in self._reviewed.merges for iri in self._suggestions(one)}
        documents = {f"<{self._iris.iri('document', key)}>" for key in keys}
        return {*documents, *(f"<{iri}>" for iri in rejected), *self._merged, *self._merged.values()}

    def _suggestions(self, merge: Merge) -> tuple[str, str]:
        one, two = key_of(merge.document, merge.at), key_of(merge.same_as, merge.at)
        return self._iris.pair("suggestion", one, two), self._iris.pair("suggestion", two, one)

    def _move(self, told: list[str], target: str, *, stays: bool) -> Iterator[str]:
        """What is said of a merged document, said of the one that stays; of one that no source names, all of it."""
        terms = self._terms
        many = {terms[name] for name in _MANY}
        key = target[1:-1].rpartition("/")[2]
        number = next(
            (
                found
                for one in self._reviewed.merges
                if key_of(one.same_as, one.at) == key and (found := parse_number(one.same_as))
            ),
            None,
        )
        dropped = {LABEL, *(terms[name] for name in _NUMBERING)} if number is not None else set()
        for line in told:
            _, predicate, rest = line.split(" ", 2)
            if predicate in many if stays else predicate not in dropped:
                yield f"{target} {predicate} {rest}"
        if number is not None and not stays:
            yield from self._numbered(target, number)

    def _numbered(self, subject: str, number: DocumentNumber) -> Iterator[str]:
        pen = Pen(self._iris, self._terms)
        pen.entity(c.FundingDocument, subject[1:-1], number.canonical)
        pen.text(subject, p.number, number.canonical)
        pen.text(subject, p.issuerCode, number.issuer)
        pen.text(subject, p.serial, number.serial)
        pen.year(subject, p.year, number.year)
        yield from pen.take()

    def _write(self, pen: Pen, present: set[str], sources: dict[str, str]) -> None:
        for merge in self._reviewed.merges:
            self._write_merge(pen, merge, present)
        for one in self._reviewed.corrections:
            if one.source in sources:
                self.used.add(one.at)
                key = hash8(one.source, str(one.place), one.as_read, one.as_printed)
                subject = pen.entity(
                    c.Correction, self._iris.iri("correction", key), f"更正：{one.as_read} → {one.as_printed}"
                )
                pen.text(subject, p.sha256, one.source)
                pen.text(subject, p.location, str(one.place))
                pen.text(subject, p.asRead, one.as_read)
                pen.text(subject, p.asPrinted, one.as_printed)
                pen.link(subject, p.about, sources[one.source])
                self._decided(pen, subject, one.by, one.date)
        for facts in self._reviewed.documents:
            target = f"<{self._iris.iri('document', key_of(facts.document, facts.at))}>"
            if target in present:
                self._write_facts(pen, facts, target)
                if facts.status is not None:
                    pen.concept(target, p.documentStatus, "status", facts.status.status)
                    self._address(pen, target, p.statusAddress, facts.status.address)
                    self._day(pen, target, p.statusDate, facts.status.date)
        for told in self._reviewed.sources:
            if told.source in sources:
                self._write_facts(pen, told, f"<{sources[told.source]}>")

    def _write_merge(self, pen: Pen, merge: Merge, present: set[str]) -> None:
        if merge.decision == "rejected":
            for iri in self._suggestions(merge):
                if f"<{iri}>" in present:
                    self.used.add(merge.at)
                    pen.concept(f"<{iri}>", p.decision, "decision", "rejected")
                    self._decided(pen, f"<{iri}>", merge.by, merge.date)
            return
        key = key_of(merge.document, merge.at)
        old = f"<{self._iris.iri('document', key)}>"
        if old in present:
            self.used.add(merge.at)
            number = parse_number(merge.document)
            name = number.canonical if number is not None else merge.document
            subject = pen.entity(c.Merge, self._iris.iri("merge", key), f"合并：{name} 即 {merge.same_as}")
            pen.link(subject, p.mergedInto, self._merged[old][1:-1])
            pen.text(subject, p.mergedName, name)
            pen.text(subject, p.rule, merge.rule)
            self._decided(pen, subject, merge.by, merge.date)

    def _write_facts(self, pen: Pen, facts: DocumentFacts | SourceFacts, target: str) -> None:
        self.used.add(facts.at)
        if facts.address is not None:
            self._address(pen, target, p.address, facts.address)
        for term, day in ((p.datePublished, facts.published), (p.dateRetrieved, facts.retrieved)):
            if day is not None:
                self._day(pen, target, term, day)
        kind, key = target[1:-1].rsplit("/", 2)[1:]
        subject = pen.entity(c.DocumentFact, self._iris.part("fact", kind, key), f"补充事实：{key}")
        pen.link(subject, p.about, target[1:-1])
        self._decided(pen, subject, facts.by, facts.date)

    def _decided(self, pen: Pen, subject: str, by: str, day: date) -> None:
        pen.text(subject, p.decidedBy, by)
        self._day(pen, subject, p.decidedOn, day)

    def _day(self, pen: Pen, subject: str, term: str, day: date) -> None:
        pen.write(f'{subject} {self._terms[term]} "{day.isoformat()}"^^<{XSD}date> .')

    def _address(self, pen: Pen, subject: str, term: str, address: str) -> None:
        pen.write(f"{subject} {self._terms[term]} {literal(address)}^^<{XSD}anyURI> .")
