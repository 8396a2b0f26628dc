"""Operations, responses, and the published schema."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from graphql import GraphQLObjectType, build_schema, get_introspection_query

from fundtrace.errors import SystemFailure
from fundtrace.graphql import execute, make_schema, sdl

Ask = Callable[..., Any]

GOLDEN = Path(__file__).parents[1] / "golden" / "schema.graphql"


def test_the_schema_is_the_published_one() -> None:
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
    assert nodes == {
        "Agency", "BudgetUnit", "Citation", "Department", "FundingDocument", "Goal", "Indicator", "Project", "Region",
    }  # fmt: skip


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
    """A store that fails."""

    def __init__(self, failure: Exception) -> None:
        self._failure = failure

    def query(self, text: str) -> None:
        """Fail."""
        raise self._failure


def test_a_failure_of_ours_is_logged_and_not_told(release: Any, caplog: pytest.LogCaptureFixture) -> None:
    """A client learns that something went wrong, the log learns what."""
    broken = type(release)(_Broken(OSError("/secret/path")))
    with caplog.at_level(logging.ERROR):
        response = execute(broken, "{ projects { totalCount } }")
    assert response["errors"][0]["extensions"]["code"] == "internal"
    assert "secret" not in json.dumps(response)
    assert "secret" in caplog.text


def test_an_error_with_a_code_keeps_it(release: Any, caplog: pytest.LogCaptureFixture) -> None:
    """An error that a person can act on is told in both languages."""
    broken = type(release)(_Broken(SystemFailure("corrupt-release", "坏了", "broken")))
    response = execute(broken, "{ projects { totalCount } }")
    assert response["errors"][0]["message"] == "broken"
    assert response["errors"][0]["extensions"] == {"code": "corrupt-release", "zh": "坏了"}
    assert caplog.text == ""


@pytest.mark.parametrize("first", [1, 5])
def test_a_level_is_one_query(counted: Any, first: int) -> None:
    """The number of queries depends on the shape of an operation, never on the size of its answer."""
    response = execute(
        counted,
        """query ($first: Int!) { projects(first: $first) { edges { node {
          name department { name region { name } } unit { name } budget { total { yuan } } goals { text }
          indicators { name target { printed } } citations { document { number leadAgency { name } } indicator { name } }
          cites { edges { node { number } } }
        } } } }""",
        {"first": first},
    )
    assert "errors" not in response
    assert len(counted.store.queries) <= 8


def test_what_is_not_selected_is_not_asked(counted: Any) -> None:
    """Totals cost only when they are selected."""
    execute(counted, "{ projects(first: 1) { edges { node { name } } } }")
    assert not any("SUM(" in query for query in counted.store.queries)


def test_an_entity_without_a_label_has_its_key(release: Any) -> None:
    """A label is never empty."""
    store = ox.Store()
    store.update(
        "PREFIX ft: <http://localhost:8000/ontology#> "
        "INSERT DATA { <http://localhost:8000/id/region/1> a ft:Region ; ft:code '1' }"
    )
    data = execute(type(release)(store), '{ node(id: "cmVnaW9uLzE=") { label } }')["data"]
    assert data == {"node": {"label": "region/1"}}
