"""The build: folders to a release, and a report of what was read and what was not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fundtrace.errors import InputError
from fundtrace.graph import Iris, statements
from fundtrace.pipeline.documents import Outcome
from fundtrace.pipeline.harvesting import Step, harvest, processors
from fundtrace.pipeline.remembering import Memory
from fundtrace.pipeline.walking import walk
from fundtrace.records.document import Severity
from fundtrace.release import Account, Publication, Release, Unread, build_release
from fundtrace.settings import Settings

_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made: its release, whether that was there before, the number of files in it, and the rest.

    `unchanged` of the files were not read again, because an earlier build had read them. `skipped` are files of folders without a reader; `quarantined` are files and paths that could not be read.
    """

    release: Release
    reused: bool
    files: int
    unchanged: int
    skipped: tuple[str, ...]
    quarantined: tuple[Unread, ...]

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


def build(
    paths: Iterable[Path], settings: Settings, step: Step = _silent, *, dumps: bool = True
) -> BuildReport:
    """Reads files and folders and makes a release of them in the data folder of the settings.

    `dumps` makes the compressed dumps too. What cannot be read is reported and changes nothing else. The release depends on what the files say, never on
    their order or on the number of processes. Raises `NothingReadable`, and `SystemFailure` as `build_release` does.
    """
    walked = walk(paths, settings.data_path)
    files = sorted(walked.files.items(), key=lambda item: (item[1], item[0]))
    outcomes, unchanged = _outcomes([path for path, _ in files], settings, step)
    refused = [
        _unread(name, outcome) for (_, name), outcome in zip(files, outcomes, strict=True) if outcome.code
    ]
    account = Account(
        skipped=tuple(sorted(walked.skipped)),
        quarantined=tuple(sorted([*walked.missing, *refused], key=lambda unread: (unread.path, unread.code))),
    )
    documents = [document for outcome in outcomes for document in outcome.documents]
    if not documents:
        raise NothingReadable(account)
    built = build_release(
        settings.data_path,
        lambda letters: statements(documents, Iris(settings.base), settings.ontology_namespace, letters),
        settings.base,
        settings.ontology_namespace,
        account,
        Publication(settings.publisher, settings.licence, settings.contact, settings.periodicity),
        dumps=dumps,
    )
    read = sum(bool(outcome.documents) for outcome in outcomes)
    return BuildReport(built.release, built.reused, read, unchanged, account.skipped, account.quarantined)


def _outcomes(paths: list[Path], settings: Settings, step: Step) -> tuple[list[Outcome], int]:
    """What became of each file, and how many were not read because their records are known."""
    memory = Memory(settings.data_path)
    keys = [memory.key(path) for path in paths]
    outcomes: dict[int, Outcome] = {}
    for number, key in enumerate(keys):
        known = memory.recall(key)
        if known is not None:
            outcomes[number] = known
            step(len(outcomes), len(paths))
    rest = [number for number in range(len(paths)) if number not in outcomes]
    before = len(outcomes)

    def told(done: int, total: int, *, failed: bool = False) -> None:
        step(before + done, before + total, failed=failed)

    new = harvest([paths[number] for number in rest], settings.jobs or processors(), told)
    for number, outcome in zip(rest, new, strict=True):
        memory.keep(keys[number], paths[number], outcome)
        outcomes[number] = outcome
    memory.forget_others()
    return [outcomes[number] for number in range(len(paths))], before


def _unread(name: str, outcome: Outcome) -> Unread:
    return Unread(path=name, code=outcome.code, zh=outcome.zh, en=outcome.en)
