"""Findings: those that the reading of a document made, and those that only many documents together can show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fundtrace.graph.pen import Pen, shorten
from fundtrace.graph.sourcing import Source
from fundtrace.graph.surveying import Dispute
from fundtrace.records.document import Severity
from fundtrace.vocab import classes as c
from fundtrace.vocab import properties as p


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding across documents. `stem` is what its key begins with; `about` and `sources` are IRIs."""

    stem: str
    code: str
    severity: Severity
    zh: str
    en: str
    about: tuple[str, ...]
    sources: tuple[str, ...]


def write_findings(pen: Pen, source: Source, project_keys: Sequence[str]) -> None:
    """States the findings of one source document, given the keys of its projects.

    The key is the source's, the code, and the ordinal among the findings of that code.
    """
    iri = source.iri
    ordinals: Counter[str] = Counter()
    for finding in source.document.findings:
        ordinals[finding.code] += 1
        subject = pen.entity(
            c.Finding,
            pen.iris.part("finding", source.key, f"{finding.code}-{ordinals[finding.code]}"),
            shorten(finding.message.zh),
        )
        pen.text(subject, p.code, finding.code)
        pen.concept(subject, p.severity, "severity", finding.severity)
        pen.tagged(subject, p.message, finding.message.zh, "zh")
        pen.tagged(subject, p.message, finding.message.en, "en")
        pen.integer(subject, p.line, finding.line)
        pen.link(subject, p.source, iri)
        about = iri
        if finding.project is not None:
            key = project_keys[finding.project]
            about = pen.iris.iri("project", key)
            if finding.indicator is not None:
                about = pen.iris.part("indicator", key, finding.indicator + 1)
        pen.link(subject, p.about, about)


def write_remark(pen: Pen, remark: Remark) -> None:
    """States a finding across documents."""
    subject = pen.entity(c.Finding, pen.iris.part("finding", remark.stem, remark.code), shorten(remark.zh))
    pen.text(subject, p.code, remark.code)
    pen.concept(subject, p.severity, "severity", remark.severity)
    pen.tagged(subject, p.message, remark.zh, "zh")
    pen.tagged(subject, p.message, remark.en, "en")
    for about in remark.about:
        pen.link(subject, p.about, about)
    for source in remark.sources:
        pen.link(subject, p.source, source)


def disputes(pen: Pen, found: Iterable[Dispute]) -> Iterator[Remark]:
    """A remark for each project that sources tell in unlike words."""
    for dispute in found:
        keys = dispute.keys
        yield Remark(
            f"project-{dispute.plain}",
            "sources-disagree",
            "warning",
            f"来源对同一项目说法不一，各存为一个项目：{'、'.join(keys)}",
            f"the sources differ about one project; each telling is kept as its own: {', '.join(keys)}",
            tuple(pen.iris.iri("project", key) for key in keys),
            dispute.sources,
        )
