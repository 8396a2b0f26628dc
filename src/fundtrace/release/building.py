"""Building a release: sorted statements, a store, `release.json`, all in a folder of its own, then one rename."""

from __future__ import annotations

import gzip
import hashlib
import heapq
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox

from fundtrace import __version__
from fundtrace.errors import SystemFailure, UsageError
from fundtrace.graph import Iris, Letters, load_store, open_store
from fundtrace.graph.literals import integer, literal, tagged
from fundtrace.graph.terms import LABEL, TYPE, Terms
from fundtrace.index import INDEX, build_index, open_index
from fundtrace.release.checking import Tally, compare
from fundtrace.release.describing import Publication, write_descriptions
from fundtrace.release.dumping import write_dumps
from fundtrace.release.info import Account, ReleaseInfo, SourceEntry
from fundtrace.release.layout import INFO, STATEMENTS, STORE, Layout
from fundtrace.release.ledger import read_letters
from fundtrace.release.opening import Release, find_intact, forget_stores, open_release
from fundtrace.release.sorting import sorted_lines
from fundtrace.release.switching import switch, writing
from fundtrace.release.validating import When, validate
from fundtrace.vocab import classes as c
from fundtrace.vocab import properties as p

VERSION_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Built:
    """The release that a build made current; `reused` when it had been made before from the same statements.

    `violated` is what a validation after the switch found wrong.
    """

    release: Release
    reused: bool
    violated: SystemFailure | None = None


Lines = Iterable[str] | Callable[[Letters], Iterable[str]]
"""Statements, or what gives them when it knows the letters of earlier releases (and notes those of this one)."""


def build_release(
    data: Path,
    lines: Lines,
    base: str,
    namespace: str,
    account: Account | Callable[[], Account],
    publication: Publication | None = None,
    *,
    dumps: bool = False,
    validation: When = "never",
    moved: Mapping[str, str] | None = None,
) -> Built:
    """Makes a release from statements (N-Triples lines without line ends, in any order) and makes it current.

    The version is the SHA-256 of the sorted statements, so equal statements are one release, and one that is there and
    intact is used again. `dumps` makes its dumps; descriptions are made always, with what `publication` says. `validation`
    says when the shapes are asked: `now` refuses a release that breaks one which it must keep, `later` tells of it when the
    release is current. `account` may be what gives it when all statements have been taken. `moved` maps the paths of IRIs
    (`document/…`) that a person merged to those that stand for them now. Nothing of the current release is touched before the new one is complete on the disk.
    Raises `SystemFailure`: `build-running`, `invalid-release`, `shape-violation`, `store-load`, `corrupt-ledger`, or
    `data-folder` for a disk that fails.
    """
    layout, made_by = Layout(data), publication or Publication()
    made_by = replace(made_by, date=made_by.date or given_time())
    with writing(layout):
        letters, folder = read_letters(layout), layout.new_folder()
        told = lines(letters) if callable(lines) else lines
        try:
            release, reused = _build(
                layout, folder, told, Iris(base), namespace, account, validation, made_by.date
            )
            furnish(release, made_by, dumps=dumps)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        switch(layout, release, letters, moved or {})
        layout.remove_unfinished()
        if validation == "later":
            checked = validate(release.path, release.store, base, namespace)
            return Built(release, reused, checked.refusal(switched=True))
        return Built(release, reused)


def furnish(release: Release, publication: Publication, *, dumps: bool) -> None:
    """Gives a release its index, its dumps if they are wanted, and its descriptions; what is there and right stays."""
    if not _is_indexed(release):
        build_index(release.statements(), release.path / INDEX, release.base, release.namespace)
    if dumps:
        write_dumps(release)
    write_descriptions(release, publication)


def _is_indexed(release: Release) -> bool:
    """Whether the index is there, and of this version of the software."""
    try:
        open_index(release.path).close()
    except SystemFailure:
        return False
    return True


def _build(
    layout: Layout,
    folder: Path,
    lines: Iterable[str],
    iris: Iris,
    namespace: str,
    account: Account | Callable[[], Account],
    validation: When,
    date: datetime | None,
) -> tuple[Release, bool]:
    """The release, complete in its place, and whether it was there before."""
    tally = Tally(iris.base, namespace, folder)
    content = folder / "content.nt"
    # Closed here, so that what a full disk says then is heard.
    with closing(tally.watch(sorted_lines(lines, folder))) as watched:
        content_sha256 = _write(content, watched)
    tally.close()
    version = content_sha256[:VERSION_DIGITS]
    known = find_intact(layout.data, version)
    if known is not None:
        _refuse(known.path, known.store, iris.base, namespace, validation)
        return known, True
    whole = folder / "statements.nt"
    with content.open(encoding="utf-8", newline="\n") as file:
        own = sorted(_about(iris, Terms(namespace), version, tally))
        digest = hashlib.sha256()
        passing = _written(whole, heapq.merge((line[:-1] for line in file), own), digest)
        indexed = build_index(passing, folder / INDEX, iris.base, namespace)
        statements_sha256 = digest.hexdigest()
    tally.statements += len(own)
    tally.classes[c.Release] += 1
    content.unlink()
    _compress(whole, folder / STATEMENTS)
    load_store(whole, folder / STORE)
    whole.unlink()
    store = open_store(folder / STORE)
    compare(store, tally)
    _refuse(folder, store, iris.base, namespace, validation)
    told = account if isinstance(account, Account) else account()
    info = ReleaseInfo(
        version=version,
        created=(date or datetime.now(UTC)).replace(microsecond=0).isoformat(),
        software_version=__version__,
        base=iris.base,
        namespace=namespace,
        content_sha256=content_sha256,
        statements_sha256=statements_sha256,
        statements=tally.statements,
        counts=dict(sorted(tally.classes.items())),
        findings=dict(sorted(tally.severities.items())),
        sources=_sources(store, namespace),
        skipped=told.skipped,
        quarantined=told.quarantined,
        coverage=told.coverage,
        open_suggestions=tally.classes[c.Suggestion] - tally.decided,
        left_out={f"{reason} {term}": count for (reason, term), count in sorted(indexed.left_out.items())},
    )
    del store
    (folder / INFO).write_text(info.to_json(), encoding="utf-8")
    layout.finish(folder, version)
    forget_stores()
    return open_release(layout.data, version), False


def _refuse(path: Path, store: ox.Store, base: str, namespace: str, validation: When) -> None:
    refusal = validate(path, store, base, namespace).refusal(switched=False) if validation == "now" else None
    if refusal is not None:
        raise refusal


def _write(path: Path, lines: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for _ in _written(path, lines, digest):
        pass
    return digest.hexdigest()


def _written(path: Path, lines: Iterable[str], digest: hashlib._Hash) -> Iterator[str]:
    """Passes the lines on as it writes them."""
    with path.open("wb") as file:
        for line in lines:
            encoded = line.encode() + b"\n"
            digest.update(encoded)
            file.write(encoded)
            yield line


def _compress(plain: Path, packed: Path) -> None:
    with (
        plain.open("rb") as source,
        packed.open("wb") as target,
        gzip.GzipFile(filename="", mode="wb", fileobj=target, mtime=0, compresslevel=6) as file,
    ):
        shutil.copyfileobj(source, file, 1 << 20)


def _about(iris: Iris, terms: Terms, version: str, tally: Tally) -> Iterator[str]:
    """What a release says of itself: nothing that differs between two builds of the same input."""
    subject = f"<{iris.release(version)}>"
    yield f"{subject} {TYPE} {terms[c.Release]} ."
    yield f"{subject} {LABEL} {tagged(f'数据版本 {version}')} ."
    yield f"{subject} {LABEL} {tagged(f'Release {version}', 'en')} ."
    yield f"{subject} {terms[p.version]} {literal(version)} ."
    yield f"{subject} {terms[p.softwareVersion]} {literal(__version__)} ."
    for term, kind in (
        (p.sourceCount, c.SourceDocument),
        (p.projectCount, c.Project),
        (p.indicatorCount, c.Indicator),
        (p.documentCount, c.FundingDocument),
    ):
        yield f"{subject} {terms[term]} {integer(tally.classes[kind])} ."


def _sources(store: ox.Store, namespace: str) -> tuple[SourceEntry, ...]:
    def value(subject: ox.NamedNode, name: str) -> str:
        quads = store.quads_for_pattern(subject, ox.NamedNode(namespace + name), None, None)
        return min((quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)), default="")

    kind = ox.NamedNode(namespace + c.SourceDocument)
    found = store.quads_for_pattern(None, ox.NamedNode(TYPE[1:-1]), kind, None)
    subjects = [quad.subject for quad in found if isinstance(quad.subject, ox.NamedNode)]
    return tuple(
        SourceEntry(iri=subject.value, file=value(subject, p.fileName), sha256=value(subject, p.sha256))
        for subject in sorted(subjects, key=lambda subject: subject.value)
    )


def given_time() -> datetime | None:
    """The time in UTC that `SOURCE_DATE_EPOCH` (seconds) gives to a build, None where it is not set.

    Raises `UsageError` `setting-date` for a number that no calendar has.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else None
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            "setting-date",
            f"SOURCE_DATE_EPOCH 应为 1970 年以来的秒数，到 9999 年为止，而不是 {epoch[:40]}",
            f"SOURCE_DATE_EPOCH must be seconds since 1970 up to the year 9999, not {epoch[:40]}",
            subject="SOURCE_DATE_EPOCH",
        ) from error
