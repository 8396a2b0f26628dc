"""The command line, as a person uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fundtrace.cli import main


def run(*args: str, stdin: str | None = None) -> Result:
    """Runs `fundtrace` in this process; errors of ours become exit codes, others are raised."""
    return CliRunner().invoke(main, list(args), input=stdin, catch_exceptions=False)


@pytest.fixture
def ask_data(sample_data: Path) -> tuple[str, str]:
    """The flag that names the data folder of the samples."""
    return "--data", str(sample_data)


def test_help_lists_every_command() -> None:
    """Own commands and those of higher floors stand in one list."""
    result = run("--help")
    assert result.exit_code == 0
    for name in (
        "ask",
        "build",
        "check",
        "export",
        "inspect",
        "release",
        "resolve",
        "serve",
        "settings",
        "trace",
    ):
        assert f"  {name} " in result.output


def test_an_unknown_command_is_wrong_usage() -> None:
    """A misspelt command ends with 2."""
    assert run("tracce").exit_code == 2


def test_build_tells_what_it_made_and_the_second_time_that_it_was_there(
    samples: Path, tmp_path: Path
) -> None:
    """Equal input is the same release."""
    args = ("build", str(samples), "--data", str(tmp_path), "--jobs", "1")
    first, second = run(*args), run(*args)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "新版本 new" in first.output
    assert "与已有版本相同 same as before" in second.output
    assert "项目 projects 28" in first.output


def test_a_bad_file_is_named_and_the_others_are_read(samples: Path, tmp_path: Path) -> None:
    """A folder with an empty and a binary file gives a release, two lines and exit code 3; a picture is skipped."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "好.md").write_bytes((samples / "funing-2020.md").read_bytes())
    (folder / "空.txt").write_bytes(b"")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 no archive at all")
    (folder / "图.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    result = run("build", str(folder), "--data", str(tmp_path / "data"), "--jobs", "1")
    assert result.exit_code == 3
    assert "空.txt" in result.stderr
    assert "[empty-file]" in result.stderr
    assert "坏.docx" in result.stderr
    assert "跳过 skipped: in/图.png" in result.stderr
    assert "项目 projects 3" in result.output


def test_many_skipped_files_are_summed_up(samples: Path, tmp_path: Path) -> None:
    """A folder of pictures does not flood the terminal."""
    for number in range(25):
        (tmp_path / f"{number:02}.png").write_bytes(b"\x89PNG")
    (tmp_path / "a.md").write_bytes((samples / "funing-2020.md").read_bytes())
    result = run("build", str(tmp_path), "--data", str(tmp_path / "data"), "--jobs", "1")
    assert "另有 5 个 more" in result.stderr


def test_nothing_readable_makes_no_release(tmp_path: Path) -> None:
    """A path that does not exist is named; there is no release, and the exit code is 3."""
    result = run("build", str(tmp_path / "absent"), "--data", str(tmp_path / "data"))
    assert result.exit_code == 3
    assert "absent" in result.stderr
    assert "[nothing-readable]" in result.stderr
    assert run("release", "list", "--data", str(tmp_path / "data")).output.startswith("还没有版本")


def test_findings_can_fail_a_build(samples: Path, tmp_path: Path) -> None:
    """`--fail-on warning` ends with 1 after the release was made; `--fail-on error` finds none here."""
    args = ("build", str(samples), "--data", str(tmp_path), "--jobs", "1")
    assert run(*args, "--fail-on", "warning").exit_code == 1
    assert run(*args, "--fail-on", "error").exit_code == 0


def test_a_wrong_base_is_wrong_usage(samples: Path, tmp_path: Path) -> None:
    """The message names the setting, and the code is 2."""
    result = run("build", str(samples), "--data", str(tmp_path), "--base", "nonsense")
    assert (result.exit_code, "[setting-base]" in result.stderr) == (2, True)


def test_inspect_gives_the_published_object(samples: Path) -> None:
    """JSON holds money as canonical decimals beside what is printed, and null for what is not printed."""
    result = run("inspect", str(samples / "shunping-2021.docx"), "--json")
    document = json.loads(result.output)
    project = next(one for one in document["projects"] if one["code"] == "13063621KBZ5IOG4SDMWN")
    assert project["budget"]["total"] == {"yuan": "220000", "printed": "220000.00", "unit": "元"}
    assert project["budget"]["carryover"] is None
    assert document["department"]["region"] == {"code": "130636", "name": "顺平县", "inferred": False}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("shunping-2021.docx", ["项目 projects: 9", "冀财社〔2020〕186号", "220,000"]),
        ("hezheng-2024.txt", ["whole-unit statements: 1", "contact-withheld"]),
        ("julu-2025.txt", ["预算公开表 budget tables", "冀财社〔2024〕136号"]),
    ],
)
def test_inspect_shows_a_summary(samples: Path, name: str, words: list[str]) -> None:
    """A person sees projects, statements, tables, findings and coverage."""
    output = run("inspect", str(samples / name)).output
    assert all(word in output for word in words)
    assert "识别表格的单元格" in output


def test_inspect_names_an_unrelated_file(tmp_path: Path) -> None:
    """One line names the file and the reason; the exit code is 3."""
    file = tmp_path / "诗.txt"
    file.write_text("床前明月光\n疑是地上霜\n", encoding="utf-8")
    result = run("inspect", str(file))
    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1
    assert "诗.txt" in result.stderr
    assert "[unrelated-document]" in result.stderr


@pytest.mark.parametrize("text", ["冀财社【2020】186号", "冀财社[2020]186", "冀财社2020186号"])
def test_trace_shows_the_tree_of_a_number_in_any_form(ask_data: tuple[str, str], text: str) -> None:
    """Project, amount, places and targets stand below the document."""
    output = run("trace", text, *ask_data).output
    assert "冀财社〔2020〕186号" in output
    assert "220,000 元" in output
    assert "13063621KBZ5IOG4SDMWN" in output
    assert "≥95百分比（%）" in output


def test_trace_as_json_names_the_release(ask_data: tuple[str, str]) -> None:
    """Programs get the same tree."""
    answer = json.loads(run("trace", "冀价行费字2000 40号", "--json", *ask_data).output)
    (document,) = answer["documents"]
    assert len(document["projects"]) == 2
    assert document["totals"] == []
    assert len(answer["release"]) == 12


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("冀财社〔2020〕187号", "冀财社〔2020〕186号"),
        ("冀财库〔2001〕1号", "冀财库〔2001〕1号"),
        ("就业补助资金", "ambiguous"),
        ("天书", "no-match"),
    ],
)
def test_trace_without_a_match_says_what_is_near(ask_data: tuple[str, str], text: str, hint: str) -> None:
    """The message is on stderr and the exit code is 5."""
    result = run("trace", text, *ask_data)
    assert (result.exit_code, result.stdout) == (5, "")
    assert hint in result.stderr


def test_resolve_reads_arguments_and_standard_input(ask_data: tuple[str, str]) -> None:
    """One line a match, tabs between; what is unknown is named on stderr and does not fail the rest."""
    result = run("resolve", "-", *ask_data, stdin="冀财社[2020]186\n\n冀财社〔2020〕187号\n")
    assert result.exit_code == 0
    assert result.stdout.split("\t")[1:3] == [
        "冀财社〔2020〕186号",
        "http://localhost:8000/id/document/冀财社-2020-186",
    ]
    assert "187" in result.stderr


def test_resolve_reads_at_most_a_thousand_lines(ask_data: tuple[str, str]) -> None:
    """The rest is not read, and a line says so."""
    result = run("resolve", "-", *ask_data, stdin="冀财社[2020]186\n" * 1_001)
    assert len(result.stdout.splitlines()) == 1_000
    assert "1000" in result.stderr


def test_resolve_as_json_gives_one_object_a_text(ask_data: tuple[str, str]) -> None:
    """A text without a match is an object without matches; with no match at all the exit code is 5."""
    result = run("resolve", "冀财社〔2020〕187号", "--json", *ask_data)
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["number"], answer["matches"]) == (5, "冀财社〔2020〕187号", [])


def test_ask_lists_the_questions() -> None:
    """Without a question, all public ones are listed with their parameters."""
    output = run("ask").output
    assert "documents/projects-citing" in output
    assert "--number" in output
    assert "pages/" not in output


def test_ask_prints_a_table_without_iris(ask_data: tuple[str, str]) -> None:
    """On a terminal the answer has headings in Chinese."""
    output = run("ask", "documents/projects-citing", "--number=冀财社[2020]172", *ask_data).output
    assert "项目编码" in output
    assert "6760000" in output
    assert "1 行 rows" in output
    assert "http://" not in output


def test_ask_writes_json_csv_and_excel(ask_data: tuple[str, str], tmp_path: Path) -> None:
    """The same rows in three formats, and what they name as Turtle, to stdout or a file."""
    args = ("ask", "documents/projects-citing", "--number", "冀财社[2020]172", *ask_data)
    rows = json.loads(run(*args, "--format", "json").output)["rows"]
    assert [row["total"] for row in rows] == ["6760000"]
    assert run(*args, "--format", "csv").stdout_bytes.startswith(b"\xef\xbb\xbf")
    assert "/id/document/冀财社-2020-172>" in run(*args, "--format", "turtle").output
    file = tmp_path / "答案.xlsx"
    assert run(*args, "--format", "xlsx", "--output", str(file)).exit_code == 0
    assert file.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("args", "code", "word"),
    [
        (["documents/nothing"], 2, "unknown-question"),
        (["documents/projects-citing"], 2, "question-parameter"),
        (["documents/projects-citing", "--colour", "red"], 2, "colour"),
        (["documents/projects-citing", "冀财社[2020]172"], 2, "--number"),
        (["documents/projects-citing", "--number"], 2, "--number"),
        (["documents/projects-citing", "--number", "冀财社〔2020〕187号"], 5, "no-rows"),
    ],
)
def test_ask_says_what_is_wrong(ask_data: tuple[str, str], args: list[str], code: int, word: str) -> None:
    """Unknown questions and parameters are wrong usage; an empty answer is no match."""
    result = run("ask", *ask_data, *args)
    assert (result.exit_code, result.stdout) == (code, "")
    assert word in result.stderr


def test_export_gives_equal_bytes_to_stdout_and_to_a_file(ask_data: tuple[str, str], tmp_path: Path) -> None:
    """A file appears whole or not at all."""
    file = tmp_path / "release.ttl"
    assert run("export", "--format", "turtle", "--output", str(file), *ask_data).exit_code == 0
    assert file.read_bytes() == run("export", *ask_data).stdout_bytes
    assert list(tmp_path.iterdir()) == [file]


def test_export_gives_tables_for_spreadsheets(ask_data: tuple[str, str], tmp_path: Path) -> None:
    """CSV with Chinese headings on stdout, Excel in a file; an unknown table is wrong usage."""
    told = run("export", "--format", "csv", *ask_data).stdout_bytes.decode("utf-8-sig")
    assert "计入合计" in told.partition("\n")[0]
    file = tmp_path / "projects.xlsx"
    done = run("export", "--format", "xlsx", "--table", "projects", "--output", str(file), *ask_data)
    assert (done.exit_code, file.read_bytes()[:2]) == (0, b"PK")
    assert run("export", "--format", "csv", "--table", "x", *ask_data).exit_code == 2


def test_export_to_a_folder_that_is_not_there_is_wrong_usage(
    ask_data: tuple[str, str], tmp_path: Path
) -> None:
    """The message names the file."""
    result = run("export", "--output", str(tmp_path / "absent" / "a.ttl"), *ask_data)
    assert (result.exit_code, "[output-file]" in result.stderr) == (2, True)


def test_release_list_marks_the_current_one(ask_data: tuple[str, str]) -> None:
    """People get a line, programs an object."""
    assert run("release", "list", *ask_data).output.startswith("* ")
    (entry,) = json.loads(run("release", "list", "--json", *ask_data).output)
    assert entry["current"] is True
    assert entry["counts"]["Project"] == 28


def test_a_data_folder_without_a_release_says_what_to_do(tmp_path: Path) -> None:
    """The system has nothing to answer from: exit code 4."""
    result = run("trace", "冀财社[2020]186", "--data", str(tmp_path))
    assert (result.exit_code, "fundtrace build" in result.stderr) == (4, True)


def test_settings_are_shown_with_value_default_and_meaning() -> None:
    """Every setting has its line."""
    output = run("settings").output
    assert "port = 8000" in output
    assert "SPARQL" in output
