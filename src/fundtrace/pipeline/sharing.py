"""Ways to workers on other machines: by folders that all of them see, or by storage that all of them reach."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from fsspec.core import split_protocol, url_to_fs

from fundtrace.errors import SystemFailure
from fundtrace.pipeline.documents import Outcome
from fundtrace.pipeline.errands import Errand, fetch
from fundtrace.pipeline.remembering import Memory
from fundtrace.pipeline.reviewed import NOTHING, Reviewed

UNSEEN: Final = "file-unseen"
UNSHARED: Final = "shared-storage"


class SharedFolders:
    """The documents and the data folder lie where every worker sees them under the same path."""

    def __init__(self, data: Path) -> None:
        self._memory = Memory(data.absolute())
        self.read = fetch_seen

    def pack(self, errand: Errand) -> Errand:
        """The errand without what it does not need."""
        return replace(errand, memory=self._memory, reviewed=_slim(errand.reviewed))

    def unpack(self, errand: Errand, outcome: Outcome) -> None:
        """The records are there already. Raises `SystemFailure` `file-unseen` when the worker saw another file than this machine."""
        _check(errand, outcome)


def fetch_seen(errand: Errand) -> Outcome:
    """As `fetch`, for a file that is what the errand says that it is."""
    if errand.memory.key(errand.path, errand.reviewed) != errand.key:
        return Outcome(
            code=UNSEEN,
            zh="工作进程看不到这个文件，或文件在构建当中变了；请放在所有机器以同一路径看到的地方，或用 --shared",
            en="the worker does not see this file, or it changed during the build; put it where all machines see it under the same path, "
            "or use --shared",
        )
    return fetch(errand)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A document in shared storage: the file there, its own name, its key, and the corrections of it."""

    address: str
    name: str
    key: str
    reviewed: Reviewed


class SharedStorage:
    """Documents go to storage that every worker reaches (an fsspec address, as `s3://bucket/folder`), and records come from there.

    What has arrived is removed from there again.
    """

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")
        self.read = fetch_parcel

    def pack(self, errand: Errand) -> Parcel | Errand:
        """The document, put into the storage; one that cannot be opened is left to who reads it. Raises `SystemFailure` `shared-storage`."""
        parcel = self._parcel(errand)
        if parcel is None:
            return errand
        try:
            storage, place = _opened(parcel.address)
            storage.put_file(str(errand.path), place)
        except _troubles() as error:
            raise _unshared(self._address, error) from error
        return parcel

    def unpack(self, errand: Errand, outcome: Outcome) -> None:
        """Takes the records over, and reads a document here whose records did not arrive whole. Raises `SystemFailure` `shared-storage`."""
        _check(errand, outcome)
        parcel = self._parcel(errand)
        if parcel is None:
            return
        try:
            storage, place = _opened(parcel.address)
            for kind, entry in errand.memory.places(parcel.key).items():
                if bool(outcome.code) == (kind == "refusal") and storage.exists(f"{place}.{kind}"):
                    entry.parent.mkdir(parents=True, exist_ok=True)
                    storage.get_file(f"{place}.{kind}", str(entry))
            for end in ("", ".records", ".refusal"):
                with suppress(FileNotFoundError):
                    storage.rm_file(f"{place}{end}")
        except _troubles() as error:
            raise _unshared(self._address, error) from error
        if not outcome.code and not errand.memory.holds(errand.key):
            fetch(errand)

    def _parcel(self, errand: Errand) -> Parcel | None:
        if errand.key is None:
            return None
        address = f"{self._address}/{errand.key[:2]}/{errand.key}"
        return Parcel(address, errand.path.name, errand.key, _slim(errand.reviewed))


def fetch_parcel(parcel: Parcel | Errand) -> Outcome:
    """Reads a document of the storage and puts its records, or its refusal, beside it; gives no more than the reason for that."""
    if isinstance(parcel, Errand):
        return fetch(parcel)
    with TemporaryDirectory(prefix="fundtrace-") as folder:
        path, memory = Path(folder) / "document" / parcel.name, Memory(Path(folder) / "data")
        path.parent.mkdir()
        try:
            storage, place = _opened(parcel.address)
            storage.get_file(place, str(path))
            outcome = fetch(Errand(path, parcel.key, memory, parcel.reviewed))
            for kind, entry in memory.places(parcel.key).items():
                if entry.is_file():
                    storage.put_file(str(entry), f"{place}.{kind}")
        except _troubles() as error:
            away = _unshared(parcel.address, error)
            return Outcome(code=UNSHARED, zh=away.zh, en=away.en)
    return outcome


def check_storage(address: str) -> None:
    """Raises `SystemFailure` `shared-storage` unless something can be written to, read from and removed from the storage."""
    try:
        storage, place = _opened(f"{address.rstrip('/')}/fundtrace")
        storage.pipe_file(place, b"fundtrace")
        whole = storage.cat_file(place) == b"fundtrace"
        storage.rm_file(place)
    except _troubles() as error:
        raise _unshared(address, error) from error
    if not whole:
        raise _unshared(address, OSError("written ≠ read"))


def _opened(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it."""
    local = split_protocol(address)[0] in {None, "file", "local"}
    system, path = url_to_fs(address, **({"auto_mkdir": True} if local else {}))
    return system, str(path)


def _slim(reviewed: Reviewed) -> Reviewed:
    return NOTHING.model_copy(update={"corrections": reviewed.corrections})


def _check(errand: Errand, outcome: Outcome) -> None:
    if outcome.code in {UNSEEN, UNSHARED}:
        raise SystemFailure(outcome.code, outcome.zh, outcome.en, subject=str(errand.path))


def _unshared(address: str, error: Exception) -> SystemFailure:
    told = str(error) or type(error).__name__
    return SystemFailure(
        UNSHARED,
        f"共享存储读写不了：{told}；请检查地址、凭据和所需的包（如 s3fs）",
        f"the shared storage cannot be read or written: {told}; check address, credentials and the package it needs (as s3fs)",
        subject=address,
    )


def _troubles() -> tuple[type[Exception], ...]:
    """What storage raises; the library behind `s3://` has errors of its own kind."""
    known: tuple[type[Exception], ...] = (OSError, ValueError, ImportError)
    with suppress(ImportError):
        from botocore.exceptions import BotoCoreError

        known += (BotoCoreError,)
    return known
