"""The build: folders to a release, and a report of what was read and what was not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fundtrace.engines import Local, processors
from fundtrace.errors import InputError, SystemFailure
from fundtrace.graph import Iris, statements
from fundtrace.pipeline.collecting import Log, collect
from fundtrace.pipeline.deciding import Decisions
from fundtrace.pipeline.documents import Outcome
from fundtrace.pipeline.harvesting import Step
from fundtrace.pipeline.reviewed import NOTHING, load_reviewed
from fundtrace.pipeline.walking import walk
from fundtrace.pipeline.workplaces import Workplace
from fundtrace.records.document import Severity
from fundtrace.release import Account, Publication, Release, Unread, When, build_release
from fundtrace.settings import Settings

_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made: its release, whether that was there before, the number of files in it, and the rest.

    `unchanged` of the files were not read again, because an earlier build had read them. `skipped` are files of folders
    without a reader; `quarantined` are files and paths that could not be read. `unused` are file and line of
    the entries of reviewed files about what no source brings. `violated` is what a validation after the
    switch found wrong.
    """

    release: Release
    reused: bool
    files: int
    unchanged: int
    skipped: tuple[str, ...]
    quarantined: tuple[Unread, ...]
    unused: tuple[str, ...] = ()
    violated: SystemFailure | None = None

    @property
    def findings(self) -> Mapping[str, int]:
        """The number of findings of each severity."""
        return self.release.info.findings

    def findings_from(self, severity: Severity) -> int:
        """The number of findings of this severity and worse ones."""
        worse = _SEVERITIES[: _SEVERITIES.index(severity) + 1]
        return sum(self.findings.get(name, 0) for name in worse)


class NothingReadable(InputError):
    """No document could be read, so no release was made. `account` says what was skipped and refused."""

    def __init__(self, account: Account) -> None:
        refused = "；".join(f"{unread.path}: {unread.zh}" for unread in account.quarantined[:3])
        refused_en = "; ".join(f"{unread.path}: {unread.en}" for unread in account.quarantined[:3])
        super().__init__(
            "nothing-readable",
            f"没有可读取的文件，未生成版本（跳过 {len(account.skipped)}，失败 {len(account.quarantined)}）{refused}",
            "nothing could be read, so no release was made "
            f"(skipped {len(account.skipped)}, failed {len(account.quarantined)}) {refused_en}".rstrip(),
        )
        self.account = account


def _silent(done: int, total: int, *, failed: bool = False) -> None:
    """Says nothing."""


def _unlogged(event: str, about: Mapping[str, object]) -> None:
    """Writes nothing."""


def build(
    paths: Iterable[Path],
    settings: Settings,
    step: Step = _silent,
    *,
    dumps: bool = True,
    validation: When = "now",
    retry: bool = False,
    date: datetime | None = None,
    log: Log = _unlogged,
    workplace: Workplace | None = None,
) -> BuildReport:
    """Reads files and folders and makes a release of them in the data folder of the settings.

    `dumps` makes the compressed dumps too; `validation` says when the shapes are asked; `retry` reads files again that an
    earlier build refused; `date` (in UTC) stands in the descriptions and for the present in `release.json`; `log` is told what happens. The reviewed files of the settings are applied. What cannot be read is
    reported and changes nothing else. Files are read in processes of this machine, or at a `workplace`. The release depends on
    what the files say, never on their order, on the number of processes, or on where they are. Raises `NothingReadable`, `UsageError` for a reviewed file that is wrong or does not fit, and
    `SystemFailure` as `build_release` does.
    """
    reviewed = load_reviewed(Path(settings.reviewed)) if settings.reviewed else NOTHING
    walked = walk(paths, settings.data_path)
    files = sorted(walked.files.items(), key=lambda item: (item[1], item[0]))
    place = workplace or Workplace(Local(settings.jobs or processors()))
    collected = collect(
        files, settings.data_path, place.engine, step, log, reviewed, retry=retry, way=place.way
    )
    refused = [_unread(files[number][1], outcome) for number, outcome in collected.refused.items()]
    account = Account(
        skipped=tuple(sorted(walked.skipped)),
        quarantined=tuple(sorted([*walked.missing, *refused], key=lambda unread: (unread.path, unread.code))),
    )
    if not collected.files:
        raise NothingReadable(account)
    iris = Iris(settings.base)
    decisions = Decisions(reviewed, iris, settings.ontology_namespace)
    built = build_release(
        settings.data_path,
        lambda letters: decisions.apply(
            statements(collected.documents, iris, settings.ontology_namespace, letters, collected.outlines)
        ),
        settings.base,
        settings.ontology_namespace,
        lambda: account.model_copy(update={"coverage": collected.coverage}),
        Publication(settings.publisher, settings.licence, settings.contact, settings.periodicity, date),
        dumps=dumps,
        validation=validation,
        moved=decisions.moved,
        anew=collected.unchanged < collected.files,
    )
    log("release", {"version": built.release.version, "reused": built.reused})
    return BuildReport(
        built.release,
        built.reused,
        collected.files,
        collected.unchanged,
        account.skipped,
        account.quarantined,
        tuple(decisions.unused()),
        built.violated,
    )


def _unread(name: str, outcome: Outcome) -> Unread:
    return Unread(path=name, code=outcome.code, zh=outcome.zh, en=outcome.en)
