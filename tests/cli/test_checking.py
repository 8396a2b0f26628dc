"""The command that checks a release before somebody stands behind it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fundtrace.cli import main
from fundtrace.release import Account, build_release

BASE = "http://localhost:8000/"
NS = f"{BASE}ontology#"


def run(*args: str) -> Result:
    """Runs `fundtrace` in this process; errors of ours become exit codes, others are raised."""
    return CliRunner().invoke(main, list(args), catch_exceptions=False)


def test_the_samples_pass(sample_data: Path) -> None:
    """Nothing on stdout, the warnings counted on stderr, exit code 0."""
    result = run("check", "--data", str(sample_data))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "违反 violations 0" in result.stderr
    assert "警告 warning " in result.stderr


def test_violations_are_listed(tmp_path: Path) -> None:
    """Code, resource and message in two languages, one line each, and exit code 1."""
    project = f"<{BASE}id/project/p>"
    lines = [
        f"{project} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{NS}Project> .",
        f'{project} <http://www.w3.org/2000/01/rdf-schema#label> "甲"@zh .',
    ]
    build_release(tmp_path, lines, BASE, NS, Account())
    result = run("check", "--data", str(tmp_path))
    assert result.exit_code == 1
    told = [line.split("\t") for line in result.stdout.splitlines()]
    assert ("Project-name", f"{BASE}id/project/p") in {(code, resource) for code, resource, _, _ in told}


def test_to_publish_somebody_must_stand_behind_it(sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Publisher, licence, contact and periodicity are required, and those that are missing are named."""
    args = ("check", "--publish", "--data", str(sample_data))
    monkeypatch.setenv("FUNDTRACE_PUBLISHER", "某县财政局")
    result = run(*args)
    assert (result.exit_code, "[not-publishable]" in result.stderr) == (2, True)
    assert "licence, contact, periodicity" in result.stderr
    monkeypatch.setenv("FUNDTRACE_LICENCE", "https://creativecommons.org/licenses/by/4.0/")
    monkeypatch.setenv("FUNDTRACE_CONTACT", "data@example.org")
    monkeypatch.setenv("FUNDTRACE_PERIODICITY", "annual")
    assert run(*args).exit_code == 0
