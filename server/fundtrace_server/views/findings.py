"""Findings as pages list them."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from fundtrace.release import Release
from fundtrace_server.addresses import page_path
from fundtrace_server.asking import Row, rows, text
from fundtrace_server.views.linking import concept_code

_SEVERITY = ("severity-error", "severity-warning", "severity-info")


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding: its code, severity (concept code), message by language, line, and pages."""

    code: str
    severity: str
    message: dict[str, str]
    line: int | None
    path: str | None
    about: str | None


def findings_of(release: Release, iri: str) -> tuple[FindingView, ...]:
    """Findings about an entity and its parts, the gravest first."""
    return _views(rows(release, "findings-of", of=NamedNode(iri)), release.base)


def findings_in(release: Release, iri: str) -> tuple[FindingView, ...]:
    """Findings in a source document, the gravest first."""
    return _views(rows(release, "findings-in", of=NamedNode(iri)), release.base)


def _views(found: list[Row], base: str) -> tuple[FindingView, ...]:
    views = []
    seen = set()
    for row in found:
        finding = text(row, "finding") or ""
        if finding in seen:
            continue
        seen.add(finding)
        line = text(row, "line")
        about = text(row, "about")
        views.append(
            FindingView(
                code=text(row, "code") or "",
                severity=concept_code(text(row, "severity")) or "",
                message={language: message for language in ("zh", "en") if (message := text(row, language))},
                line=int(line) if line else None,
                path=page_path(finding, base),
                about=page_path(about, base) if about else None,
            )
        )
    return tuple(sorted(views, key=lambda one: (_grade(one.severity), one.line or 0, one.code)))


def _grade(severity: str) -> int:
    return _SEVERITY.index(severity) if severity in _SEVERITY else len(_SEVERITY)
