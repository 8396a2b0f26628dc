"""Walking: which files are read, and which are only listed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fundtrace.pipeline.documents import printable
from fundtrace.pipeline.walking import Walk, walk


def _walk(*paths: Path, excluded: Path | None = None) -> Walk:
    return walk(paths, excluded or Path("/nowhere"))


def test_folders_are_walked_in_order(folder: Path) -> None:
    """Readable formats are read, others are skipped; names begin with the folder's own."""
    found = _walk(folder)
    names = ["documents/a.txt", "documents/b.txt", "documents/empty.txt", "documents/more/c.txt"]
    assert sorted(found.files.values()) == names
    assert found.skipped == {"documents/picture.png"}
    assert found.missing == []


def test_a_file_is_read_once(folder: Path) -> None:
    """Named twice, or named beside its folder, it is one file."""
    assert len(_walk(folder / "a.txt", folder, folder / "a.txt", folder / "more").files) == 4


def test_hidden_files_and_the_data_folder_are_left_out(folder: Path) -> None:
    """What programs keep for themselves is neither read nor listed."""
    (folder / ".git").mkdir()
    (folder / ".git" / "x.txt").write_text("x")
    (folder / ".hidden.txt").write_text("x")
    (folder / "data").mkdir()
    (folder / "data" / "x.txt").write_text("x")
    found = _walk(folder, excluded=folder / "data")
    assert len(found.files) == 4
    assert found.skipped == {"documents/picture.png"}


def test_links_out_of_the_folder_are_not_followed(folder: Path, tmp_path: Path) -> None:
    """A link to a file of the same folder is that file; any other is listed as skipped."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("x")
    (folder / "0.txt").symlink_to(folder / "a.txt")
    (folder / "z.txt").symlink_to(folder / "b.txt")
    (folder / "out.txt").symlink_to(outside / "secret.txt")
    (folder / "broken.txt").symlink_to(folder / "gone.txt")
    (folder / "linked").symlink_to(outside)
    found = _walk(folder)
    assert len(found.files) == 4
    assert "documents/a.txt" in found.files.values()
    assert found.skipped == {"documents/picture.png", "documents/out.txt", "documents/broken.txt"}


def test_pipes_are_not_opened(folder: Path) -> None:
    """A pipe in a folder is skipped, one that is named is refused."""
    os.mkfifo(folder / "pipe.txt")
    assert "documents/pipe.txt" in _walk(folder).skipped
    (missing,) = _walk(folder / "pipe.txt").missing
    assert missing.code == "unreadable-file"


def test_a_path_that_is_not_there(folder: Path) -> None:
    """It is reported under its own name."""
    (missing,) = _walk(folder / "none").missing
    assert missing.code == "no-such-file"
    assert missing.path.endswith("none")


def test_a_named_file_without_a_reader_is_still_tried(folder: Path) -> None:
    """So that it can be refused with a reason."""
    assert list(_walk(folder / "picture.png").files.values()) == ["picture.png"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open any folder")
def test_a_locked_folder_is_reported(folder: Path) -> None:  # pragma: no cover
    """A folder without permission is missing, and the rest is walked."""
    (folder / "more").chmod(0)
    found = _walk(folder)
    (folder / "more").chmod(0o755)
    assert [missing.code for missing in found.missing] == ["unreadable-folder"]


def test_names_that_are_no_text_become_text() -> None:
    """Bytes of a file name that are no UTF-8 are replaced."""
    assert printable(os.fsdecode(b"a\xff.txt")) == "a\ufffd.txt"
    assert printable("顺平.txt") == "顺平.txt"
