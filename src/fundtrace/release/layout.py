"""Where a data folder keeps what: `releases/<version>/{store/, statements.nt.gz, release.json}` and `current`."""

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
    def lock(self) -> Path:
        """The file that a running build holds a lock on."""
        return self.data / ".build-lock"

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

    def finish(self, unfinished: Path, version: str) -> None:
        """Puts a complete folder on the disk under its version; a damaged one of that version gives way."""
        for path in sorted(unfinished.rglob("*")):
            sync(path)
        sync(unfinished)
        target = self.release(version)
        if target.exists():
            target.rename(self.releases / f"{_UNFINISHED}{secrets.token_hex(6)}")
        unfinished.rename(target)
        sync(self.releases)

    def make_current(self, version: str) -> None:
        """Replaces the file `current` in one step."""
        draft = self.data / f"{_UNFINISHED}{secrets.token_hex(6)}"
        draft.write_text(f"{version}\n", encoding="ascii")
        sync(draft)
        draft.replace(self.current)
        sync(self.data)


def sync(path: Path) -> None:
    """Waits until a file or folder is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
