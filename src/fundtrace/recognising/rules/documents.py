"""Policy documents as they are cited: numbers and titles that do not go together, or are not whole."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from fundtrace.citations import (
    DocumentNumber,
    decode_issuer,
    fold,
    is_scoped,
    possible_agencies,
    suggest,
)
from fundtrace.recognising.rules.evidence import Evidence
from fundtrace.recognising.rules.telling import (
    citations,
    of_document,
    of_indicator,
    of_project,
    row_of,
    shown,
)
from fundtrace.recognising.widths import compact
from fundtrace.records import Citation, Finding, Project

_STEM = 6
_YEARS = re.compile(r"[0-9年度]")
_NO_SERIAL = re.compile(r"[\u4e00-\u9fff]{2,12}\s*\((?:19|20)[0-9]{2}\)\s*第?\s*(?:[xX×*_]{0,4}\s*)号")


def unlike_titles(evidence: Evidence) -> Iterator[Finding]:
    """unlike-titles: one number is printed with two titles of which neither holds the other."""
    first: dict[str, str] = {}
    told: set[str] = set()
    for project, citation in citations(evidence):
        if citation.number is None or not citation.title or citation.title_truncated:
            continue
        known = first.setdefault(citation.number, citation.title)
        one, other = compact(known), compact(citation.title)
        if citation.number not in told and one not in other and other not in one:
            told.add(citation.number)
            yield _about(
                "unlike-titles",
                f"同一文号 {citation.number} 之下印有不同的标题：《{known}》《{citation.title}》",
                f"unlike titles are printed under the number {citation.number}: {known}, {citation.title}",
                project,
                citation,
            )


def issuer_unknown(evidence: Evidence) -> Iterator[Finding]:
    """issuer-unknown: the published list of issuer codes does not have the code of a cited number; told once per code."""
    told: set[str] = set()
    for project, citation in citations(evidence):
        number = _number(citation.number)
        if number is None or number.kind != "numbered" or number.issuer in told:
            continue
        told.add(number.issuer)
        code = number.issuer
        if decode_issuer(code) is None and not is_scoped(code) and not possible_agencies(code):
            yield _about(
                "issuer-unknown",
                f"机关代字“{code}”（{shown(citation.printed)}）不在公开的代字表中",
                f"the issuer code {code} ({shown(citation.printed)}) is not in the published list",
                project,
                citation,
            )


def near_duplicate_numbers(evidence: Evidence) -> Iterator[Finding]:
    """near-duplicate-numbers: two numbers of one year and serial whose issuer codes are one letter apart.

    Codes of one agency that differ in the field (冀财规, 冀财社) are often two documents: they are told only when
    projects that cite them share an indicator or the beginning of their name.
    """
    where: dict[DocumentNumber, list[tuple[int | None, Citation]]] = defaultdict(list)
    for project, citation in citations(evidence):
        number = _number(citation.number)
        if number is not None:
            where[number].append((project, citation))
    for pair in suggest(where):
        first, second = where[pair.first], where[pair.second]
        if pair.reason == "field-differs" and not _alike(evidence, first, second):
            continue
        project, citation = max(first[0], second[0], key=lambda at: at[1].line)
        yield _about(
            "near-duplicate-numbers",
            f"{pair.first.canonical} 与 {pair.second.canonical} 只差一字，未予合并",
            f"{pair.first.canonical} and {pair.second.canonical} are one letter apart; they were not merged",
            project,
            citation,
        )


def title_truncated(evidence: Evidence) -> Iterator[Finding]:
    """title-truncated: a title breaks off before its end; told once per title."""
    told: set[str] = set()
    for project, citation in citations(evidence):
        if citation.title_truncated and citation.title and citation.title not in told:
            told.add(citation.title)
            yield _about(
                "title-truncated",
                f"文件标题未印完：“{citation.title}”",
                f"the title of a document breaks off: {citation.title}",
                project,
                citation,
            )


def number_without_serial(evidence: Evidence) -> Iterator[Finding]:
    """number-without-serial: a document number has an issuer code and a year, and no serial: 川财规〔2025〕号."""
    for number, project in enumerate(evidence.document.projects):
        for text in (project.name, project.purpose, *project.goals):
            if printed := _unnumbered(text):
                yield of_project(
                    "number-without-serial", "info", *_said(printed), number, row_of(project, text)
                )
    for told in evidence.indicators:
        basis = told[2].basis
        if basis is not None and (printed := _unnumbered(basis.printed)):
            yield of_indicator("number-without-serial", "info", *_said(printed), told)


@lru_cache(maxsize=1024)
def _number(canonical: str | None) -> DocumentNumber | None:
    return DocumentNumber.of_canonical(canonical) if canonical else None


def _unnumbered(text: str | None) -> str | None:
    match = _NO_SERIAL.search(fold(text)) if text and ("号" in text or "號" in text) else None
    return text[match.start() : match.end()] if text and match else None


def _said(printed: str) -> tuple[str, str]:
    return (
        f"“{shown(printed)}”没有印出文号的序号",
        f"{shown(printed)} is a document number without its serial",
    )


def _about(code: str, zh: str, en: str, project: int | None, citation: Citation) -> Finding:
    place = (citation.line, citation.position)
    if project is None:
        return of_document(code, "info", zh, en, place)
    found = of_project(code, "info", zh, en, project, place)
    return found.model_copy(update={"indicator": citation.indicator})


def _alike(
    evidence: Evidence, first: list[tuple[int | None, Citation]], second: list[tuple[int | None, Citation]]
) -> bool:
    projects = evidence.document.projects
    ours = {number for number, _ in first if number is not None}
    theirs = {number for number, _ in second if number is not None}
    if ours & theirs:
        return True
    one, other = (_traits([projects[number] for number in numbers]) for numbers in (ours, theirs))
    return bool(one & other)


def _traits(projects: list[Project]) -> set[tuple[str, str]]:
    """What projects are told to be alike by: second level and name of indicators, and how names begin, years apart."""
    indicators = {
        (compact(item.level2 or ""), compact(item.name))
        for project in projects
        for item in project.indicators
        if item.name
    }
    stems = {_YEARS.sub("", compact(project.name))[:_STEM] for project in projects}
    return indicators | {("", stem) for stem in stems if len(stem) == _STEM}
