"""Which files a build reads: those that are named, and those in the folders that are named."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fundtrace.pipeline.documents import printable
from fundtrace.reading import format_of
from fundtrace.release import Unread


@dataclass(slots=True)
class Walk:
    """What was found: files to read with the names to show for them, names that are skipped, and what is missing.

    A name is relative to the folder that was given, with that folder's own name in front.
    """

    files: dict[Path, str] = field(default_factory=dict)
    skipped: set[str] = field(default_factory=set)
    missing: list[Unread] = field(default_factory=list)


def walk(paths: Iterable[Path], excluded: Path) -> Walk:
    """Walks folders in order of name, leaving out the folder `excluded` (the data folder) and hidden files and folders.

    Symbolic links are followed to files of the same folder only, so a file is read once. In a folder, a file without
    a reader is skipped; a path that is named itself is always read, so that it can be refused with a reason.
    """
    found = Walk()
    for path in paths:
        if path.is_dir():
            _walk_folder(path, excluded.resolve(), found)
        elif path.is_file():
            found.files.setdefault(path.resolve(), printable(path.name))
        elif path.exists():
            found.missing.append(
                Unread(
                    path=printable(str(path)),
                    code="unreadable-file",
                    zh="不是普通文件",
                    en="this is no regular file",
                )
            )
        else:
            found.missing.append(
                Unread(
                    path=printable(str(path)),
                    code="no-such-file",
                    zh="没有这个文件或文件夹；请检查路径",
                    en="there is no such file or folder; check the path",
                )
            )
    return found


def _walk_folder(root: Path, excluded: Path, found: Walk) -> None:
    resolved_root = root.resolve()
    for path in _files(root, excluded, found):
        name = _name(root, path)
        target = path.resolve()
        if not path.is_file() or not target.is_relative_to(resolved_root) or format_of(path) is None:
            found.skipped.add(name)
        elif not path.is_symlink() or target not in found.files:
            found.files[target] = name if not path.is_symlink() else _name(resolved_root, target)


def _files(root: Path, excluded: Path, found: Walk) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        found.missing.append(
            Unread(
                path=_name(root, Path(error.filename)),
                code="unreadable-folder",
                zh=f"无法打开文件夹（{error.strerror}）；请检查权限",
                en=f"the folder cannot be opened ({error.strerror}); check its permissions",
            )
        )

    for folder, folders, files in os.walk(root, onerror=unreadable):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith((".", "__MACOSX")) and (Path(folder) / name).resolve() != excluded
        )
        for name in sorted(files):
            if not name.startswith("."):
                yield Path(folder) / name


def _name(root: Path, path: Path) -> str:
    return printable((Path(root.name) / path.relative_to(root)).as_posix())
