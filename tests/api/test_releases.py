"""The Python face over a release of the samples."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import fundtrace
from fundtrace.api import Frame, Release, inspect, open_release
from fundtrace.errors import InputError, NoMatch, QueryError, SystemFailure, UsageError

FT = "http://localhost:8000/ontology#"


@pytest.fixture(scope="module")
def release(sample_data: Path) -> Release:
    """The samples, as a program opens them."""
    return open_release(sample_data)


def _frame(answer: Frame | bool | str) -> Frame:
    assert isinstance(answer, Frame)
    return answer


def test_the_package_opens_and_inspects(sample_data: Path) -> None:
    """`fundtrace.open` and `fundtrace.inspect` are the face, and there is no name beside those told."""
    assert fundtrace.open(sample_data).version == open_release(str(sample_data)).version
    assert fundtrace.inspect is inspect
    with pytest.raises(AttributeError, match="no attribute 'close'"):
        _ = fundtrace.close


def test_the_folder_of_the_settings_is_opened(sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a folder, the one that the environment names is opened."""
    monkeypatch.setenv("FUNDTRACE_DATA", str(sample_data))
    assert open_release().info.sources


def test_a_folder_without_a_release_says_what_to_do(tmp_path: Path) -> None:
    """The error of an empty folder is that of the command line."""
    with pytest.raises(SystemFailure, match="fundtrace build") as caught:
        open_release(tmp_path)
    assert caught.value.code == "no-release"


@pytest.mark.parametrize("text", ["冀财社[2020]186", "冀财社【2020】186号", "冀财社（2020）186号文"])
def test_every_written_form_traces_to_the_same_money(release: Release, text: str) -> None:
    """However a number is written, the tree below it is the same."""
    traced = release.trace(text)
    assert [project.total for project in traced.projects] == ["220000"]


def test_a_text_that_names_no_document_is_no_match(release: Release) -> None:
    """A number that nobody cites has no tree."""
    with pytest.raises(NoMatch) as caught:
        release.trace("冀财社〔1999〕1号")
    assert caught.value.code == "no-document"


def test_a_text_that_names_several_documents_is_refused(release: Release) -> None:
    """A tree belongs to one document; the error lists those that the text may mean."""
    with pytest.raises(UsageError, match="冀财社〔2020〕172号") as caught:
        release.trace("冀财社〔2020〕172号、冀财社〔2020〕186号")
    assert caught.value.code == "several-documents"


def test_projects_of_a_document_are_those_that_cite_it(release: Release) -> None:
    """A project that cites a document eight times is one row, and its money is counted once."""
    found = release.projects(document="冀财社[2020]172", role="funds", fiscal_year=2021, stage="budget")
    assert found["total"] == [Decimal(6_760_000)]
    assert found.columns["total"] == "decimal"
    assert found.columns["citations"] == "integer"


def test_projects_of_a_department(release: Release) -> None:
    """All projects of one department are there, and their codes are texts."""
    found = release.projects(department="department/130636-323")
    assert len(found) == 9
    assert all(isinstance(row["code"], str) for row in found)


@pytest.mark.parametrize(
    "filters", [{"role": "funds"}, {"document": "冀财社[2020]172", "region": "region/130636"}]
)
def test_filters_that_do_not_go_together_are_refused(release: Release, filters: dict[str, str]) -> None:
    """What cannot be asked is not half answered."""
    with pytest.raises(UsageError) as caught:
        release.projects(**filters)  # type: ignore[arg-type]
    assert caught.value.code == "projects-filters"


def test_documents_have_their_projects_by_role(release: Release) -> None:
    """A project counts under a document once, in its strongest role."""
    found = {row["number"]: row for row in release.documents(issuer="冀财社", issued=2020)}
    row = found["冀财社〔2020〕172号"]
    assert (row["funds"], row["basis"], row["mention"]) == (1, 0, 0)
    assert row["agencyName"] == "河北省财政厅"
    assert {row["kind"] for row in release.documents(kind="decree")} <= {"decree"}


def test_an_unknown_question_lists_the_known(release: Release) -> None:
    """The error of a wrong name leads to the right one."""
    with pytest.raises(UsageError, match="documents/by-budget") as caught:
        release.ask("documents/nothing")
    assert caught.value.code == "unknown-question"


def test_a_select_has_typed_columns(release: Release) -> None:
    """The kind of a column follows its datatypes; what is unbound is None, and mixed columns are text."""
    found = _frame(
        release.sparql(
            "SELECT ?year ?sum ?flag ?name ?mixed ?none { VALUES (?year ?sum ?flag ?name ?mixed ?none) { "
            '("2021"^^<http://www.w3.org/2001/XMLSchema#gYear> 1.5 true "001" 1 UNDEF) (UNDEF 2 false <x:y> "b" UNDEF) } }'
        )
    )
    assert dict(found.columns) == {
        "year": "integer",
        "sum": "decimal",
        "flag": "boolean",
        "name": "text",
        "mixed": "text",
        "none": "text",
    }
    assert found.rows == (
        (2021, Decimal("1.5"), True, "001", "1", None),
        (None, Decimal(2), False, "x:y", "b", None),
    )


def test_a_blank_node_is_its_label(release: Release) -> None:
    """A value that is neither IRI nor literal is given as it is written."""
    found = _frame(release.sparql("SELECT ?b { BIND(BNODE() AS ?b) }"))
    assert str(found["b"][0]).startswith("_:")


def test_ask_and_construct_have_their_own_answers(release: Release) -> None:
    """ASK gives a truth value, CONSTRUCT Turtle."""
    assert release.sparql(f"ASK {{ ?project a <{FT}Project> }}") is True
    turtle = release.sparql(f"CONSTRUCT {{ ?p a <{FT}Project> }} WHERE {{ ?p a <{FT}Project> }} LIMIT 1")
    assert isinstance(turtle, str)
    assert f"a <{FT}Project>" in turtle or "rdf-syntax-ns#type" in turtle


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("SELECT", "query-syntax"),
        ("SELECT ?year ?sum ?flag ?name ?mixed ?none { SERVICE <http://localhost/> {} }", "query-refused"),
    ],
)
def test_a_bad_query_is_an_error_of_ours(release: Release, query: str, code: str) -> None:
    """Syntax errors and what is refused come as `QueryError`."""
    with pytest.raises(QueryError) as caught:
        release.sparql(query)
    assert caught.value.code == code


def test_graphql_answers_as_over_http(release: Release) -> None:
    """The response has data and names its release."""
    answer = release.graphql("query Q($n: Int) { projects(first: $n) { totalCount } }", {"n": 1}, "Q")
    assert answer["data"]["projects"]["totalCount"] > 0
    assert answer["extensions"]["release"] == release.version


def test_inspect_reads_one_file(samples: Path, tmp_path: Path) -> None:
    """A document becomes its records; a file that is none is refused by name."""
    assert len(inspect(str(samples / "shunping-2021.docx")).projects) == 9
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(InputError, match=r"empty\.txt"):
        inspect(tmp_path / "empty.txt")
