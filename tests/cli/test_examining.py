"""The command that says whether an installation is sound."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from fundtrace.cli import examining, main


def test_a_sound_installation(sample_data: Path) -> None:
    """Every check has a line, and the exit code is 0."""
    result = CliRunner().invoke(main, ["doctor", "--data", str(sample_data)], catch_exceptions=False)
    assert (result.exit_code, result.stdout.count("✓"), "✗" in result.stdout) == (0, 11, False)


def test_an_empty_data_folder_is_no_fault(tmp_path: Path) -> None:
    """It says how to make the first release."""
    result = CliRunner().invoke(main, ["doctor", "--data", str(tmp_path / "none")], catch_exceptions=False)
    assert result.exit_code == 0
    assert "fundtrace build" in result.stdout


def test_what_is_wrong_is_named(sample_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged release and a bad reviewed file: a line each with what to do, and exit code 4."""
    data = tmp_path / "data"
    shutil.copytree(sample_data, data)
    (packed,) = data.glob("releases/*/statements.nt.gz")
    packed.unlink()
    packed.write_bytes(b"")
    (tmp_path / "r.yml").write_text("merges: 1", encoding="utf-8")
    monkeypatch.setenv("FUNDTRACE_REVIEWED", str(tmp_path / "r.yml"))
    monkeypatch.setenv("FUNDTRACE_GRAPHQL_DOCUMENTS", str(tmp_path / "none.json"))
    monkeypatch.setenv("FUNDTRACE_STORE", "http://127.0.0.1:1")
    monkeypatch.setattr(examining, "_LEAST_BYTES", 1 << 60)
    monkeypatch.setattr(examining.importlib.util, "find_spec", lambda _: None)
    result = CliRunner().invoke(main, ["doctor", "--data", str(data)], catch_exceptions=False)
    assert result.exit_code == 4
    assert result.stdout.count("✗") == 6
    for code in ("trusted-documents", "store-away", "data-folder", "no-web-bundle"):
        assert f"[{code}]" in result.stdout
    assert "[corrupt-release]" in result.stdout
    assert "r.yml:1" in result.stdout
