"""Decisions at work: a build with reviewed files, and what its release says of them."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from fundtrace.errors import UsageError
from fundtrace.graphql import execute
from fundtrace.pipeline import build
from fundtrace.query.resolving import resolve
from fundtrace.release import Release, current_version, lookup
from fundtrace.settings import Settings

BASE = "http://localhost:8000/"
NS = f"{BASE}ontology#"
WHO = "by: 某县财政局, date: 2026-01-05"


def _source(release: Release, sha256: str) -> str:
    """The path of the source document with this hash, which may have a letter."""
    (iri,) = [one for one, found in release.source_hashes.items() if found == sha256]
    return iri.removeprefix(f"{BASE}id/")


@pytest.fixture
def reviewed(folder: Path, settings: Settings, tmp_path: Path) -> Callable[[str], Settings]:
    """Writes a reviewed file; gives the settings that name it. `c.txt` cites another number than the others."""
    path = folder / "more" / "c.txt"
    path.write_text(
        path.read_text(encoding="utf-8").replace("冀财社[2020]186号", "冀财规[2020]186号"), encoding="utf-8"
    )

    def write(text: str) -> Settings:
        (tmp_path / "reviewed.yml").write_text(text, encoding="utf-8")
        return dataclasses.replace(settings, reviewed=str(tmp_path / "reviewed.yml"))

    return write


def _said(release: Release, path: str) -> dict[str, set[str]]:
    """Values by local name of the property, without the base."""
    found: dict[str, set[str]] = {}
    for line in release.statements():
        subject, predicate, rest = line.split(" ", 2)
        if subject == f"<{BASE}id/{path}>":
            value = rest[:-3].removeprefix(f"<{BASE}id/").rstrip(">").split("^^")[0].strip('"')
            found.setdefault(predicate[1:-1].replace("#", "/").rpartition("/")[2], set()).add(value)
    return found


def test_a_confirmed_merge_is_one_document(
    folder: Path, settings: Settings, reviewed: Callable[[str], Settings]
) -> None:
    """Citations lead to the one that stays, the merge is told, and the old IRI leads to the new one."""
    before = build([folder], settings).release
    assert _said(before, "document/冀财规-2020-186")
    merge = (
        "{document: 冀财规〔2020〕186号, same_as: 冀财社〔2020〕186号, decision: confirmed, rule: one-character, "
        + WHO
        + "}"
    )
    report = build([folder], reviewed(f"merges:\n  - {merge}"))
    assert report.unchanged == 3
    assert report.unused == ()
    assert _said(report.release, "document/冀财规-2020-186") == {}
    kept = _said(report.release, "document/冀财社-2020-186")
    assert kept["number"] == {"冀财社〔2020〕186号"}
    assert {"冀财社[2020]186号", "冀财规[2020]186号"} <= kept["writtenForm"]
    assert len(kept["source"]) == 3
    assert _said(report.release, "project/130636223IPGKMEFI2I8Y-2022")["cites"] == {
        "document/冀财社-2020-186"
    }
    told = _said(report.release, "merge/冀财规-2020-186")
    assert told["mergedInto"] == {"document/冀财社-2020-186"}
    assert (told["mergedName"], told["rule"]) == ({"冀财规〔2020〕186号"}, {"one-character"})
    assert (told["decidedBy"], told["decidedOn"]) == ({"某县财政局"}, {"2026-01-05"})
    moved = lookup(settings.data_path, "document/冀财规-2020-186")
    assert (moved.state, moved.to) == ("moved", "document/冀财社-2020-186")


def test_the_number_of_a_merged_document_leads_on(folder: Path, reviewed: Callable[[str], Settings]) -> None:
    """Whoever asks for the old number, by whatever face, gets the document that stays."""
    merge = f"{{document: 冀财规〔2020〕186号, same_as: 冀财社〔2020〕186号, decision: confirmed, rule: x, {WHO}}}"
    release = build([folder], reviewed(f"merges:\n  - {merge}")).release
    query = """query ($number: String!) {
      fundingDocument(number: $number) { iri citedBy { edges { node { code } } } } trace(document: $number) { document { iri } }
    }"""
    iri = f"{BASE}id/document/冀财社-2020-186"
    for number in ("冀财规[2020]186", "冀财社〔2020〕186号"):
        told = execute(release, query, {"number": number})["data"]
        assert told["fundingDocument"]["iri"] == iri
        assert len(told["fundingDocument"]["citedBy"]["edges"]) == 3
        assert told["trace"] == {"document": {"iri": iri}}
        assert [match.iri for match in resolve(release.index, number).matches] == [iri]
    assert execute(release, query, {"number": "冀财教〔2020〕186号"})["data"] == {
        "fundingDocument": None,
        "trace": None,
    }


def test_a_merge_into_what_no_source_names(folder: Path, reviewed: Callable[[str], Settings]) -> None:
    """The document that stays is made from its number, and a chain of merges leads to its end."""
    text = "\n".join(
        [
            "merges:",
            f"  - {{document: 冀财规〔2020〕186号, same_as: 冀财社〔2020〕186号, decision: confirmed, rule: x, {WHO}}}",
            f"  - {{document: 冀财社〔2020〕186号, same_as: 冀财教〔2020〕186号, decision: confirmed, rule: x, {WHO}}}",
        ]
    )
    release = build([folder], reviewed(text)).release
    kept = _said(release, "document/冀财教-2020-186")
    assert (kept["number"], kept["issuerCode"]) == ({"冀财教〔2020〕186号"}, {"冀财教"})
    assert kept["label"] == {'冀财教〔2020〕186号"@zh'}
    assert len(kept["source"]) == 3


def test_facts_are_stated_with_who_added_them(folder: Path, reviewed: Callable[[str], Settings]) -> None:
    """Address, dates and status of documents and sources; entries about nothing in the build are named."""
    sha256 = hashlib.sha256((folder / "a.txt").read_bytes()).hexdigest()
    text = f"""documents:
  - document: 冀财社[2020]186
    address: https://example.org/186
    published: 2020-12-01
    status: {{status: in-force, address: "https://example.org/list", date: 2026-01-01}}
    by: 某县财政局
    date: 2026-01-05
  - {{document: 国务院令第711号, {WHO}}}
sources:
  - {{source: {sha256}, address: "https://example.org/a.txt", retrieved: 2026-01-02, {WHO}}}
"""
    report = build([folder], reviewed(text))
    assert [place.rpartition(":")[2] for place in report.unused] == ["8"]
    document = _said(report.release, "document/冀财社-2020-186")
    assert (document["address"], document["datePublished"]) == ({"https://example.org/186"}, {"2020-12-01"})
    assert document["documentStatus"] == {"concept/status-in-force"}
    assert document["statusDate"] == {"2026-01-01"}
    assert _said(report.release, "concept/status-in-force")["inScheme"] == {"concept/status"}
    fact = _said(report.release, "fact/document-冀财社-2020-186")
    assert fact["about"] == {"document/冀财社-2020-186"}
    source = _said(report.release, _source(report.release, sha256))
    assert (source["address"], source["dateRetrieved"]) == ({"https://example.org/a.txt"}, {"2026-01-02"})


def test_a_rejected_suggestion_stays_rejected(folder: Path, reviewed: Callable[[str], Settings]) -> None:
    """The suggestion has a decision, and is no longer open."""
    open_ones = build([folder], reviewed("")).release.info.open_suggestions
    text = f"merges:\n  - {{document: 冀财社〔2020〕186号, same_as: 冀财规〔2020〕186号, decision: rejected, rule: x, {WHO}}}"
    report = build([folder], reviewed(text))
    assert report.unused == ()
    assert report.release.info.open_suggestions == open_ones - 1
    said = _said(report.release, "suggestion/冀财社-2020-186_冀财规-2020-186") or _said(
        report.release, "suggestion/冀财规-2020-186_冀财社-2020-186"
    )
    assert said["decision"] == {"concept/decision-rejected"}


def test_a_correction_changes_all_that_follows(folder: Path, reviewed: Callable[[str], Settings]) -> None:
    """The text as printed is what is recognised; only the corrected file is read again, and the correction is told."""
    path = folder / "a.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, start=1) if "≥60人" in text)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    build([folder], reviewed(""))
    entry = f"{{source: {sha256}, place: {{line: {line}}}, as_read: ≥60, as_printed: ≥80, {WHO}}}"
    report = build([folder], reviewed(f"corrections:\n  - {entry}"))
    assert report.unchanged == 2
    assert _said(report.release, "target/130636213IPGKMEFI2I8Y-2021-1")["printed"] == {"≥80人"}
    (told,) = {
        line.split(" ")[0] for line in report.release.statements() if "/id/correction/" in line.split(" ")[0]
    }
    said = _said(report.release, told[1:-1].removeprefix(f"{BASE}id/"))
    assert (said["asRead"], said["asPrinted"], said["location"]) == ({"≥60"}, {"≥80"}, {f"line {line}"})
    assert said["about"] == {_source(report.release, sha256)}
    assert build([folder], reviewed(f"corrections:\n  - {entry}")).unchanged == 3


@pytest.mark.parametrize(
    "place", ["{line: 1}", "{table: 1, row: 1, cell: 1}", "{table: 99, row: 1, cell: 1}"]
)
def test_a_correction_that_does_not_fit_changes_nothing(
    folder: Path, reviewed: Callable[[str], Settings], place: str
) -> None:
    """The text as read must stand at its place; the error names the entry, and the current release stays."""
    version = build([folder], reviewed("")).release.version
    sha256 = hashlib.sha256((folder / "a.txt").read_bytes()).hexdigest()
    settings = reviewed(
        f"corrections:\n  - {{source: {sha256}, place: {place}, as_read: 没有的字, as_printed: 有, {WHO}}}"
    )
    with pytest.raises(UsageError, match=r"reviewed\.yml:2") as caught:
        build([folder], settings)
    assert (caught.value.code, caught.value.exit_code) == ("correction-not-found", 2)
    assert current_version(settings.data_path) == version
