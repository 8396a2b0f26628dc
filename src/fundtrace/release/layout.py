"""Where a data folder keeps what: `releases/<version>/{store/, statements.nt.gz, release.json}`, `current`,
`history`, `ledger/<version>`."""

from __future__ import annotations

import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

STATEMENTS = "statements.nt.gz"
STORE = "store"
INFO = "release.json"

_UNFINISHED = ".unfinished-"


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths of one data folder."""

    data: Path

    @property
    def releases(self) -> Path:
        """The folder of the releases."""
        return self.data / "releases"

    @property
    def current(self) -> Path:
        """The text file that names the current version."""
        return self.data / "current"

    @property
    def history(self) -> Path:
        """The text file that names the versions in the order in which they became current."""
        return self.data / "history"

    @property
    def lock(self) -> Path:
        """The file that a running build holds a lock on."""
        return self.data / ".build-lock"

    def ledger(self, version: str) -> Path:
        """The ledger of IRIs that counts while this version is current."""
        return self.data / "ledger" / version

    def draft(self) -> Path:
        """The name of a new file in the data folder, which the next build removes if it is still there."""
        return self.data / f"{_UNFINISHED}{secrets.token_hex(6)}"

    def release(self, version: str) -> Path:
        """The folder of a release."""
        return self.releases / version

    def new_folder(self) -> Path:
        """An empty folder for an unfinished release, beside the finished ones, so that a rename can finish it."""
        folder = self.releases / f"{_UNFINISHED}{secrets.token_hex(6)}"
        folder.mkdir()
        return folder

    def remove_unfinished(self) -> None:
        """Removes what builds that were killed left behind. Call it under the lock only."""
        for folder in self.releases.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(folder)
        for file in self.data.glob(f"{_UNFINISHED}*"):
            file.unlink()

    def set_aside(self, folder: Path) -> Path:
        """Takes a release out of the list in one step; the folder that is to be removed has another name then."""
        aside = self.releases / f"{_UNFINISHED}{secrets.token_hex(6)}"
        return folder.rename(aside)

    def finish(self, unfinished: Path, version: str) -> None:
        """Puts a complete folder on the disk under its version; a damaged one of that version gives way."""
        for path in sorted(unfinished.rglob("*")):
            sync(path)
        sync(unfinished)
        target = self.release(version)
        if target.exists():
            self.set_aside(target)
        unfinished.rename(target)
        sync(self.releases)

    def replace_text(self, file: Path, text: str) -> None:
        """Replaces a file of the data folder in one step."""
        draft = self.draft()
        draft.write_text(text, encoding="ascii")
        sync(draft)
        draft.replace(file)
        sync(self.data)


def sync(path: Path) -> None:
    """Waits until a file or folder is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
