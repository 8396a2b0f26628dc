"""Old Word documents through LibreOffice, which a small program stands in for."""

from __future__ import annotations

import os
import sys

import pytest

from fundtrace.errors import InputError
from fundtrace.reading import doc, read_bytes

_DATA = b"{\\rtf1 x}"


def _install(folder, monkeypatch, code: str) -> None:
    program = folder / "soffice"
    program.write_text(f"#!{sys.executable}\nimport sys\n{code}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_without_libreoffice_it_says_what_to_install(monkeypatch, tmp_path):
    """The message names the program."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError) as caught:
        read_bytes(_DATA, "a.doc", "doc")
    assert caught.value.code == "missing-soffice"
    assert "libreoffice" in caught.value.en


def test_what_libreoffice_converts_is_read(monkeypatch, tmp_path, write, content, read_one, shape):
    """The reading is that of the converted file under the name and hash of the given one."""
    made = tmp_path / "made.docx"
    made.write_bytes(write("docx", content))
    code = (
        "import shutil, pathlib; given = pathlib.Path(sys.argv[-1]); assert given.read_bytes().startswith(b'{'); "
        f"shutil.copy({str(made)!r}, given.with_suffix('.docx'))"
    )
    _install(tmp_path, monkeypatch, code)
    sheets = read_one(_DATA, "doc")
    assert (sheets.format, shape(sheets)) == ("doc", shape(read_one(made.read_bytes(), "docx")))
    assert sheets.sha256 != read_one(made.read_bytes(), "docx").sha256


@pytest.mark.parametrize(
    ("code", "seconds", "refused"),
    [
        ("sys.exit('source file could not be loaded')", 600, "damaged-doc"),
        ("", 600, "damaged-doc"),
        ("import time; time.sleep(600)", 2, "too-slow"),
    ],
)
def test_a_failed_conversion_is_told(code, seconds, refused, monkeypatch, tmp_path):
    """Errors and endless conversions end the reading of that file."""
    monkeypatch.setattr(doc, "_SECONDS", seconds)
    _install(tmp_path, monkeypatch, code)
    with pytest.raises(InputError) as caught:
        read_bytes(_DATA, "a.doc", "doc")
    assert caught.value.code == refused


def test_a_program_that_does_not_start_is_missing(monkeypatch, tmp_path):
    """A broken installation is like none."""
    program = tmp_path / "soffice"
    program.write_text("#!/nowhere/at/all\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError) as caught:
        read_bytes(_DATA, "a.doc", "doc")
    assert caught.value.code == "missing-soffice"
