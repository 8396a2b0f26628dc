"""Building a release: sorted statements, a store, `release.json`, all in a folder of its own, then one rename."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
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
from fundtrace.release.describing import Publication, Statistics, write_descriptions
from fundtrace.release.dumping import write_dumps
from fundtrace.release.info import Account, ReleaseInfo, SourceEntry
from fundtrace.release.layout import INFO, STATEMENTS, STORE, Layout
from fundtrace.release.ledger import read_letters
from fundtrace.release.loading import Loading
from fundtrace.release.opening import Release, current_version, find_intact, forget_stores, open_release
from fundtrace.release.packing import pack, splice, write_lines
from fundtrace.release.registering import asked
from fundtrace.release.sorting import RUN_LINES, sorted_lines
from fundtrace.release.switching import switch, writing
from fundtrace.release.validating import When, validate
from fundtrace.vocab import classes as c
from fundtrace.vocab import properties as p

VERSION_DIGITS = 12
_TOLD = "told.nt"


@dataclass(frozen=True, slots=True)
class Built:
    """The release that a build made current; `reused` when it had been made before from the same statements.

    `violated` is what a validation after the switch found wrong.
    """

    release: Release
    reused: bool
    violated: SystemFailure | None = None


@dataclass(frozen=True, slots=True)
class _Made:
    """A release, and of one that was not there before its statements in numbers, and the file that its ledger is made of."""

    release: Release
    counted: Statistics | None = None
    told: Path | None = None


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
    anew: bool = True,
    run_lines: int = RUN_LINES,
) -> Built:
    """Makes a release from statements (N-Triples lines without line ends, in any order) and makes it current.

    The version is the SHA-256 of the sorted statements, so equal statements are one release, and one that is there and
    intact is used again. `dumps` makes its dumps; descriptions are made always, with what `publication` says. `validation`
    says when the shapes are asked: `now` refuses a release that breaks one which it must keep, `later` tells of it when the
    release is current. `account` may be what gives it when all statements have been taken. `moved` maps the paths of IRIs
    (`document/…`) that a person merged to those that stand for them now. `anew` expects statements that are in no release yet,
    so that their store is filled while they are sorted; `run_lines` of them are sorted and loaded at once. Nothing of the current
    release is touched before the new one is complete on the disk.
    Raises `SystemFailure`: `build-running`, `invalid-release`, `shape-violation`, `store-load`, `corrupt-ledger`, or
    `data-folder` for a disk that fails.
    """
    layout, made_by = Layout(data), publication or Publication()
    made_by = replace(made_by, date=made_by.date or given_time())
    with writing(layout):
        letters, folder = read_letters(layout), layout.new_folder()
        told = lines(letters) if callable(lines) else lines
        try:
            ahead = anew or current_version(data) is None
            with Loading(folder / STORE) as loading:
                ready = sorted_lines(told, folder, run_lines, written=loading.add if ahead else None)
                made = _build(
                    layout, folder, ready, Iris(base), namespace, account, validation, made_by.date, loading
                )
            release = made.release
            furnish(release, made_by, dumps=dumps, counted=made.counted)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        switch(layout, release, letters, moved or {}, made.told)
        layout.remove_unfinished()
        if validation == "later":
            checked = validate(release.path, release.store, base, namespace)
            return Built(release, made.counted is None, checked.refusal(switched=True))
        return Built(release, made.counted is None)


def furnish(
    release: Release, publication: Publication, *, dumps: bool, counted: Statistics | None = None
) -> None:
    """Gives a release its index, its dumps if they are wanted, and its descriptions; what is there and right stays.

    `counted` are its statements, if somebody has counted them.
    """
    if not _is_indexed(release):
        build_index(release.statements(), release.path / INDEX, release.base, release.namespace)
    if dumps:
        write_dumps(release)
    write_descriptions(release, publication, counted)


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
    lines: Iterator[str],
    iris: Iris,
    namespace: str,
    account: Account | Callable[[], Account],
    validation: When,
    date: datetime | None,
    loading: Loading,
) -> _Made:
    """The release of sorted lines, complete in its place. What `loading` took of them while they were sorted needs no more loading."""
    tally = Tally(iris.base, namespace, folder, asked(namespace))
    content = folder / "content.nt"
    # Closed here, so that what a full disk says then is heard.
    with closing(tally.watch(lines)) as watched:
        content_sha256 = write_lines(content, watched)
    tally.close()
    version = content_sha256[:VERSION_DIGITS]
    known = find_intact(layout.data, version)
    if known is not None:
        _refuse(known.path, known.store, iris.base, namespace, validation)
        return _Made(known)
    whole = folder / "statements.nt"
    own = sorted(_about(iris, Terms(namespace), version, tally))
    statements_sha256 = splice(content, own, whole)
    splice(tally.aside, own, folder / _TOLD)
    tally.add(own)
    for done in (content, tally.aside):
        done.unlink()
    # Packing and loading run outside the interpreter, beside the index, which is made within it.
    with ThreadPoolExecutor(2) as beside, whole.open(encoding="utf-8", newline="\n") as file:
        packed = beside.submit(pack, whole, folder / STATEMENTS)
        loaded = beside.submit(_load, whole, own, folder / STORE, loading, tally)
        indexed = build_index(file, folder / INDEX, iris.base, namespace)
        packed.result()
        store = loaded.result()
    whole.unlink()
    _refuse(folder, store, iris.base, namespace, validation)
    accounted = account if isinstance(account, Account) else account()
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
        skipped=accounted.skipped,
        quarantined=accounted.quarantined,
        coverage=accounted.coverage,
        open_suggestions=tally.classes[c.Suggestion] - tally.decided,
        left_out={f"{reason} {term}": count for (reason, term), count in sorted(indexed.left_out.items())},
    )
    del store
    (folder / INFO).write_text(info.to_json(), encoding="utf-8")
    told = (folder / _TOLD).rename(layout.draft())
    layout.finish(folder, version)
    forget_stores()
    return _Made(open_release(layout.data, version), tally.counted, told)


def _load(whole: Path, own: Iterable[str], folder: Path, loading: Loading, tally: Tally) -> ox.Store:
    """The store of all statements, of which `loading` may have all but those of the release itself, when it agrees with the tally."""
    if loading.begun:
        loading.finish(own)
    else:
        load_store(whole, folder)
    store = open_store(folder)
    compare(store, tally)
    return store


def _refuse(path: Path, store: ox.Store, base: str, namespace: str, validation: When) -> None:
    refusal = validate(path, store, base, namespace).refusal(switched=False) if validation == "now" else None
    if refusal is not None:
        raise refusal


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
