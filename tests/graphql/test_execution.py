"""Operations, responses, and the published schema."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from graphql import GraphQLObjectType, build_schema, get_introspection_query

from fundtrace.graphql import execute, execution, make_schema, respond, respond_quickly, sdl
from fundtrace.graphql.bindings import NODES
from fundtrace.graphql.planning import PLANS, Plans
from fundtrace.graphql.preparing import prepare
from fundtrace.graphql.sizing import sizes
from fundtrace.index import opening

Ask = Callable[..., Any]

GOLDEN = Path(__file__).parents[1] / "golden" / "schema.graphql"


def test_the_schema_is_the_golden_one() -> None:
    """A change of the schema is a change of the golden file (FUNDTRACE_RENEW_GOLDEN=1 writes it anew)."""
    if os.environ.get("FUNDTRACE_RENEW_GOLDEN") == "1":
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(sdl(), encoding="utf-8")
    assert sdl() == GOLDEN.read_text(encoding="utf-8")


def test_everything_is_described() -> None:
    """Every type, field, argument and enum value says what it is, in Chinese and English."""
    undescribed = []
    for name, kind in build_schema(sdl()).type_map.items():
        if name.startswith("__") or name in {"String", "Int", "Boolean", "ID", "Float"}:
            continue
        parts: dict[str, Any] = {name: kind}
        for field_name, field in getattr(kind, "fields", {}).items():
            parts[f"{name}.{field_name}"] = field
            parts |= {f"{name}.{field_name}({arg})": one for arg, one in getattr(field, "args", {}).items()}
        parts |= {f"{name}.{value}": one for value, one in getattr(kind, "values", {}).items()}
        undescribed += [part for part, one in parts.items() if not one.description]
    assert undescribed == []


def test_entities_are_nodes() -> None:
    """What has an IRI implements Node."""
    schema = build_schema(sdl())
    nodes = {
        name
        for name, kind in schema.type_map.items()
        if isinstance(kind, GraphQLObjectType) and "Node" in {one.name for one in kind.interfaces}
    }
    assert nodes == set(NODES)


def test_introspection_is_answered(ask: Ask) -> None:
    """Clients can read the schema."""
    types = {one["name"] for one in ask(get_introspection_query())["__schema"]["types"]}
    assert {"FundingDocument", "Project", "Decimal", "ProjectFilter"} <= types
    assert make_schema() is make_schema()


def test_one_of_several_operations_is_named(release: Any) -> None:
    """The operation that is named is run, and the response names the release."""
    document = "query a { release { version } } query b { release { base } }"
    assert execute(release, document, None, "b") == {
        "data": {"release": {"base": "http://localhost:8000/"}},
        "extensions": {"release": "2021-01"},
    }


@pytest.mark.parametrize(
    ("document", "name", "code"),
    [
        ("", None, "document-missing"),
        (" \n", None, "document-missing"),
        ("{", None, "syntax"),
        ("query a { __typename } query b { __typename }", None, "operation-unknown"),
        ("query a { __typename } { __typename }", "c", "operation-unknown"),
        ("fragment a on Query { __typename }", None, "operation-unknown"),
        ("mutation { a }", None, "operation-kind"),
        ("subscription { a }", None, "operation-kind"),
        ('{ a(b: "\ud800") }', None, "text-encoding"),
    ],
)
def test_what_cannot_be_run_is_refused_before_it_is(
    release: Any, document: str, name: str | None, code: str
) -> None:
    """The response has errors and no data, and a code that says why."""
    response = execute(release, document, {}, name)
    assert "data" not in response
    assert response["errors"][0]["extensions"]["code"] == code
    assert response["extensions"] == {"release": "2021-01"}


def test_an_invalid_document_has_no_data(release: Any) -> None:
    """Validation comes before execution."""
    response = execute(release, "{ nothing }")
    assert "data" not in response
    assert response["errors"][0]["locations"] == [{"line": 1, "column": 3}]


def _deep() -> list[Any]:
    value: list[Any] = []
    for _ in range(100_000):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("\ud800", "text-encoding"),
        (float("nan"), "variables"),
        (object(), "variables"),
        (_deep(), "variables"),
        (10**5_000, "variables"),
    ],
    ids=["surrogate", "nan", "object", "deep", "number"],
)
def test_odd_variables_are_refused(release: Any, value: Any, code: str) -> None:
    """What is no JSON, or no Unicode, never reaches a resolver."""
    response = execute(release, "query ($n: String) { fundingDocument(number: $n) { id } }", {"n": value})
    assert response["errors"][0]["extensions"]["code"] == code


@pytest.mark.parametrize("cursor", ["", "!", "YQ==", "5Y+v", "ＡＡ"])
def test_a_bad_cursor_is_an_error_with_its_path(release: Any, cursor: str) -> None:
    """An error of one field says where it is."""
    response = execute(release, "query ($c: String) { departments(after: $c) { totalCount } }", {"c": cursor})
    assert response["data"] is None
    (error,) = response["errors"]
    assert (error["path"], error["extensions"]["code"]) == (["departments"], "bad-cursor")


def test_variables_of_any_kind_can_be_written_as_json(release: Any) -> None:
    """Errors that echo a value can be sent."""
    response = execute(release, "query ($n: Int!) { projects(first: $n) { totalCount } }", {"n": "冀\u2028"})
    assert json.dumps(response, ensure_ascii=False).encode()


class _Broken:
    """A release whose folder cannot be read."""

    version, base, namespace, store = (
        "broken",
        "http://localhost:8000/",
        "http://localhost:8000/ontology#",
        None,
    )

    @property
    def index(self) -> None:
        """Fail."""
        raise OSError("/secret/path")


def test_a_failure_of_ours_is_logged_and_not_told(caplog: pytest.LogCaptureFixture) -> None:
    """A client learns that something went wrong, the log learns what."""
    with caplog.at_level(logging.ERROR):
        response = execute(_Broken(), "{ projects { totalCount } }")
    assert response["errors"][0]["extensions"]["code"] == "internal"
    assert "secret" not in json.dumps(response)
    assert "secret" in caplog.text


def test_an_error_with_a_code_keeps_it(
    release: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """An error that a person can act on is told in both languages."""
    response = execute(replace(release, path=tmp_path), "{ projects { totalCount } }")
    assert response["errors"][0]["extensions"]["code"] == "no-index"
    assert response["errors"][0]["extensions"]["zh"]
    assert caplog.text == ""


def test_variables_of_one_shape_share_a_plan(release: Any) -> None:
    """Another text or number needs no new plan, and gives its own answer."""
    query = "query ($n: Int, $t: String) { projects(first: $n, filter: { name: { contains: $t } }) { totalCount edges { cursor } } }"
    all_of_them = execute(release, query, {"n": 2, "t": "资金"})["data"]["projects"]
    fewer = execute(release, query, {"n": 1, "t": "（两文）"})["data"]["projects"]
    assert (len(all_of_them["edges"]), len(fewer["edges"])) == (2, 1)
    assert all_of_them["totalCount"] > fewer["totalCount"] == 1


def test_directives_aliases_and_fragments_are_obeyed(ask: Ask) -> None:
    """What is skipped is left out, and equal selections are merged."""
    query = """query ($no: Boolean!) { here: release { ...f version @skip(if: $no) ... @include(if: $no) { base } } }
               fragment f on Release { __typename projectCount }"""
    assert ask(query, no=True) == {
        "here": {"__typename": "Release", "projectCount": 9, "base": "http://localhost:8000/"}
    }
    assert set(ask(query, no=False)["here"]) == {"__typename", "projectCount", "version"}


def test_introspection_and_data_are_answered_together(ask: Ask) -> None:
    """What the schema and what the index says stand in the order in which they were asked."""
    data = ask(
        """query ($name: String!) { a: __typename release { version } ...f region: regions(first: 0) { totalCount } }
           fragment f on Query { __type(name: $name) { name } __schema { queryType { name } } }""",
        name="Region",
    )
    assert list(data) == ["a", "release", "__type", "__schema", "region"]
    assert data["__type"] == {"name": "Region"}
    assert data["region"]["totalCount"] == 3


def test_explain_shows_sql_and_seconds(release: Any) -> None:
    """Only who asks for it is told, of each root field; a plan that was kept is told so."""
    query = "query ($n: Int) { projects(first: $n) { totalCount } release { version } }"
    assert "explain" not in execute(release, query, {"n": 1})["extensions"]
    told = execute(release, query, {"n": 2}, explain=True)["extensions"]["explain"]
    assert told["planKept"] is True
    assert set(told["seconds"]) == {"prepare", "plan", "run"}
    assert [one["field"] for one in told["statements"]] == ["projects", "release"]
    first = told["statements"][0]
    assert first["sql"].startswith("SELECT ")
    assert first["plan"]
    assert first["seconds"] >= 0


def test_a_cursor_of_another_release_is_flagged(release: Any, elsewhere: Any) -> None:
    """It is accepted, and the response says so."""
    query = "query ($c: String) { regions(first: 1, after: $c) { edges { cursor } } }"
    taken = execute(elsewhere, query)["data"]["regions"]["edges"][0]["cursor"]
    response = execute(release, query, {"c": taken})
    assert len(response["data"]["regions"]["edges"]) == 1
    assert len(response["extensions"]["notes"]) == 1
    assert "another release" in response["extensions"]["notes"][0]
    own = response["data"]["regions"]["edges"][0]["cursor"]
    assert "notes" not in execute(release, query, {"c": own})["extensions"]


def test_plans_are_bounded() -> None:
    """The oldest plans go when there are too many or they are too large."""
    plans = Plans()
    release = SimpleNamespace(base="b/", namespace="n#", store=None)
    for number in range(PLANS + 5):
        source = f"query q{number} {{ __typename }}"
        plans.get(release, "1", source, prepare(source, {}, None))
    assert plans.get(release, "1", source, prepare(source, {}, None))[1] is True
    first = "query q0 { __typename }"
    assert plans.get(release, "1", first, prepare(first, {}, None))[1] is False


QUICK = "query Quick($n: Int, $ids: [ID!]! = []) { projects(first: $n) { edges { node { name } } } nodes(ids: $ids) { id } }"


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine does meanwhile, nothing here takes long."""
    monkeypatch.setattr(execution, "QUICK", 1_000.0)
    monkeypatch.setattr(execution, "QUICK_SECONDS", 1_000.0)


@pytest.mark.usefixtures("unhurried")
def test_what_was_quick_can_be_answered_at_once(release: Any) -> None:
    """Only what was asked before, fits its plan and takes little; the answer is the same, to the byte."""
    assert respond_quickly(release, QUICK, {"n": 2}, None) is None
    told = respond(release, QUICK, {"n": 2})
    assert json.loads(told.body) == execute(release, QUICK, {"n": 2})
    assert respond_quickly(release, QUICK, {"n": 2}, "Quick") is None
    assert respond_quickly(release, QUICK, {"n": 2}, None) == told
    # Another size is measured first, and one out of bounds is refused as ever.
    assert respond_quickly(release, QUICK, {"n": 3}, None) is None
    assert respond_quickly(release, QUICK, {"n": 5_000}, None) is None
    for long in ("a" * 5_000, ["a"] * 50, [["a"]]):
        assert respond_quickly(release, QUICK, {"n": 2, "ids": long}, None) is None
    # A value that does not fit is refused where all is refused.
    assert respond(release, QUICK, {"n": None}).has_data
    assert respond_quickly(release, QUICK, {"n": "x"}, None) is None


@pytest.mark.usefixtures("unhurried")
def test_texts_of_variables_may_be_others(release: Any) -> None:
    """What was asked before is answered at once with another text, not with another code, and not with one out of bounds."""
    query = """query ($t: String, $ids: [ID!]! = [], $by: Direction!, $after: String) { nodes(ids: $ids) { id }
        projects(filter: { name: { contains: $t } }, orderBy: [{ field: code, direction: $by }], after: $after) { totalCount } }"""
    first = {"t": "资金", "ids": ["x"], "by": "ASC"}
    told = respond(release, query, first)
    other = {**first, "t": "（两文）", "ids": ["y"]}
    quick = respond_quickly(release, query, other, None)
    assert quick is not None
    assert quick != told
    assert quick == respond(release, query, other)
    assert respond_quickly(release, query, {**first, "by": "DESC"}, None) is None
    assert respond_quickly(release, query, {**first, "t": "\ud800"}, None) is None
    assert respond_quickly(release, query, {**first, "t": "a" * 20_000}, None) is None
    assert respond_quickly(release, query, {**first, "t": None}, None) is None
    wrong = {**first, "after": "x"}
    assert respond(release, query, wrong).has_errors
    assert respond_quickly(release, query, {**wrong, "after": "y"}, None) is None


def test_errors_name_the_request(release: Any) -> None:
    """Refused before it is run, failed while it is run, or not of ours: every error has the id that is given."""
    for query in ("{ x }", "{", 'query { projects(after: "x") { totalCount } release { version } }'):
        told = json.loads(respond(release, query, request="0123456789").body)
        assert {one["extensions"]["request"] for one in told["errors"]} == {"0123456789"}
        assert all("request" not in one.get("extensions", {}) for one in execute(release, query)["errors"])
    quick = "{ projects(first: 0) { totalCount } }"
    assert respond(release, quick, request="0123456789") == respond(release, quick)


@pytest.mark.usefixtures("unhurried")
def test_what_takes_long_is_not_quick(release: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is stopped is given up, and is not tried again before it has been run to its end."""
    query = "query Stopped { projects { totalCount } }"
    told = respond(release, query)
    with monkeypatch.context() as stopping:
        stopping.setattr(execution, "QUICK_SECONDS", 0.0)
        stopping.setattr(opening, "_STEPS", 1)
        assert respond_quickly(release, query, {}, None) is None
    assert respond_quickly(release, query, {}, None) is None
    assert respond(release, query) == told == respond_quickly(release, query, {}, None)


def test_sizes_are_all_that_measuring_looks_at() -> None:
    """Texts do not count, numbers and nesting do, and what is too deep is cut off."""
    deep: Any = 1
    for _ in range(2_000):
        deep = [deep]
    assert sizes({"a": "x", "b": [1, True]}) == sizes({"a": "y", "b": [1, True]}) != sizes({"a": 1, "b": [1]})
    assert hash(sizes({"a": {"b": deep}}))
