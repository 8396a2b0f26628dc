"""What an operation may cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fundtrace.graphql import execute, limits
from fundtrace.graphql.bindings import NODES
from fundtrace.graphql.making import MAX_FIRST

Ask = Callable[..., Any]

CHAIN = "cites { edges { node { citedBy { edges { node { "


def _doubling(levels: int, body: str) -> str:
    chain = "".join(f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }} " for n in range(levels))
    return f"query q {{ ...f0 }} {chain} fragment f{levels} on Query {{ {body} }}"


def _fragment(name: str, body: str) -> str:
    """The same asked of each type apart, so that an interface unfolds into all of them."""
    parts = " ".join(f"... on {kind} {{ {body} }}" for kind in (*NODES, "Project"))
    return f" fragment {name} on Node {{ ... on Project {{ code }} {parts} }}"


@pytest.mark.parametrize(
    ("document", "code", "maximum"),
    [
        (
            "{ release { version } }" + " " * limits.MAX_CHARACTERS,
            "limit-document-size",
            limits.MAX_CHARACTERS,
        ),
        ("{ release {" + " version" * limits.MAX_TOKENS + "} }", "limit-document-tokens", limits.MAX_TOKENS),
        (
            "{ __typename }"
            + "".join(f" fragment f{n} on Query {{ __typename }}" for n in range(limits.MAX_FRAGMENTS + 1)),
            "limit-fragments",
            limits.MAX_FRAGMENTS,
        ),
        (
            "{ projects(first: 1) { edges { node { " + CHAIN * 3 + "id" + " }" * 22,
            "limit-depth",
            limits.MAX_DEPTH,
        ),
        (
            "{ release {" + " ".join(f"a{n}: version" for n in range(limits.MAX_ALIASES + 1)) + "} }",
            "limit-aliases",
            limits.MAX_ALIASES,
        ),
        (
            "{ " + " ".join(f"a{n}: release {{ version }}" for n in range(limits.MAX_ROOTS + 1)) + " }",
            "limit-roots",
            limits.MAX_ROOTS,
        ),
        ("{ release {" + " version" * (limits.MAX_REPEATS + 1) + "} }", "limit-repeats", limits.MAX_REPEATS),
        (
            "{ projects(first: 1000) { edges { node { cites(first: 1000) { edges { node { id } } } } } } }",
            "limit-nodes",
            limits.MAX_NODES,
        ),
        (
            "{ projects(first: 1000) { ... on ProjectConnection { edges { node { indicators { target { unit } } "
            "citations { document { id } } goals { id } schedule { points { month } } "
            "a: indicators { target { unit } } b: indicators { target { unit } } } } } } }",
            "limit-nodes",
            limits.MAX_NODES,
        ),
        ("{ projects(first: 1001) { totalCount } }", "limit-page-size", MAX_FIRST),
        (
            "{ a" + " { a" * limits.MAX_NESTING + " }" * (limits.MAX_NESTING + 1),
            "limit-nesting",
            limits.MAX_NESTING,
        ),
        (
            "{ projects(filter: " + "{ not: " * 30 + "{}" + " }" * 30 + ") { totalCount } }",
            "limit-input-depth",
            limits.MAX_INPUT_DEPTH,
        ),
        (
            "{ projects(filter: { or: [" + "{ code: { eq: null } }" * 101 + "] }) { totalCount } }",
            "limit-conditions",
            limits.MAX_CONDITIONS,
        ),
        (
            '{ a: resource(iri: "a") { ...upper } }'
            + _fragment("upper", "findings(first: 1) { edges { node { about { ...lower } } } }")
            + _fragment("lower", "id iri label __typename findings(first: 0) { totalCount }"),
            "limit-parts",
            limits.MAX_PARTS,
        ),
        ("{ nodes(ids: [" + '"a" ' * (MAX_FIRST + 1) + "]) { id } }", "limit-ids", MAX_FIRST),
    ],
)
def test_each_limit_names_number_and_maximum(refused: Ask, document: str, code: str, maximum: int) -> None:
    """The error has a code of its own, the number that was asked and the one that is allowed."""
    extensions = refused(document)["extensions"]
    assert (extensions["code"], extensions["maximum"]) == (code, maximum)
    assert extensions["number"] > maximum
    assert extensions["zh"]


def test_limits_count_variables_and_their_defaults(ask: Ask, refused: Ask) -> None:
    """A page size behind a variable counts as one that is written."""
    query = "query ($n: Int! = 900) { projects(first: $n) { edges { node { cites(first: $n) { edges { node { id } } } } } } }"
    assert refused(query)["extensions"]["code"] == "limit-nodes"
    assert ask(query, n=5)
    assert refused(query, n=2_000)["extensions"]["code"] == "limit-page-size"
    ids = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert refused(ids, ids=["a"] * (MAX_FIRST + 1))["extensions"]["code"] == "limit-ids"
    assert ask(ids, ids=["a"]) == {"nodes": [None]}


@pytest.mark.parametrize("value", [None, 10**400, 2**40, True, "5", 1.5, -1])
def test_odd_page_sizes_are_errors(refused: Ask, value: Any) -> None:
    """What is no page size is refused by coercion or by the page."""
    assert refused("query ($n: Int!) { projects(first: $n) { edges { cursor } } }", n=value)["message"]


def test_fragments_are_walked_once(ask: Ask) -> None:
    """So many fragments that are each spread twice are answered: walked as often as they are spread, they would take for ever."""
    levels = limits.MAX_FRAGMENTS - 1
    assert ask(_doubling(levels, "release { version }")) == {"release": {"version": "2021-01"}}


def test_inline_fragments_that_double_are_refused_at_once(refused: Ask) -> None:
    """Doubling that cannot be seen through is counted without being walked, which would take for ever."""
    last = limits.MAX_FRAGMENTS - 1
    chain = "".join(f"fragment f{n} on Query {{ ...f{n + 1} ... {{ ...f{n + 1} }} }} " for n in range(last))
    told = refused(f"{{ ...f0 }} {chain} fragment f{last} on Query {{ release {{ version }} }}")
    assert told["extensions"]["code"] == "limit-roots"


@pytest.mark.parametrize(
    "document",
    [
        "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }",
        "{ ...missing }",
        "{ ...a } fragment a on Nothing { b }",
        "{ nothing { at { all } } }",
        "{ release { version { deeper } } }",
        "{ ... on Nothing { a } }",
        "{ projects(first: $n) { totalCount } }",
        "{ nodes(ids: $ids) { id } }",
        "{ nodes { id } }",
    ],
)
def test_what_is_invalid_is_left_to_validation(refused: Ask, document: str) -> None:
    """A document that makes no sense is refused with its place, whatever the limits make of it."""
    error = refused(document)
    assert error["locations"]
    assert "code" not in error.get("extensions", {})


@pytest.mark.parametrize(
    "document",
    ["{" * 2_900, "{ a(b: " + "[" * 1_400 + "]" * 1_400 + ") }", "{ a " + "{ a " * 900 + "}" * 901],
)
def test_deep_documents_are_syntax_errors(refused: Ask, document: str) -> None:
    """Nesting that would overflow a stack ends in an error."""
    assert refused(document)["extensions"]["code"] in {"syntax", "limit-nesting"}


def test_filters_in_variables_are_bounded_too(ask: Ask, refused: Ask) -> None:
    """Depth and number of conditions count wherever they stand; brackets in texts and comments count nowhere."""
    query = "query ($f: ProjectFilter) { projects(filter: $f) { totalCount } }"
    deep: dict[str, Any] = {}
    for _ in range(200):
        deep = {"not": deep}
    assert refused(query, f=deep)["extensions"]["code"] == "limit-input-depth"
    wide = {"or": [{"code": {"eq": "a"}}] * 150}
    assert refused(query, f=wide)["extensions"]["code"] == "limit-conditions"
    default = (
        "query ($f: ProjectFilter = { or: ["
        + "{ code: { eq: null } }" * 101
        + "] }) { projects(filter: $f) { totalCount } }"
    )
    assert refused(default)["extensions"]["code"] == "limit-conditions"
    brackets = "{" * 150
    text = f'# {brackets}\n{{ projects(filter: {{ name: {{ contains: "{brackets}" }} }}) {{ totalCount }} }}'
    assert ask(text)["projects"]["totalCount"] == 0
    many = {"code": {"in": [f"a{n}" for n in range(3_000)]}}
    assert ask(query, f=many)["projects"]["totalCount"] == 0


def test_numbers_that_python_refuses_are_the_clients_affair(refused: Ask) -> None:
    """A number of thousands of digits is no failure of ours."""
    error = refused("{ projects(first: " + "9" * 10_000 + ") { totalCount } }")
    assert "code" not in error.get("extensions", {})


def test_limits_are_published(ask: Ask) -> None:
    """Anybody can read every limit, its maximum and what it limits."""
    data = ask("{ limits { __typename name maximum zh: description en: description(lang: EN) } }")["limits"]
    told = {one["name"]: one["maximum"] for one in data}
    assert told["nodes"] == limits.MAX_NODES
    assert told["page-size"] == MAX_FIRST
    assert all((one["zh"] and one["en"] != one["zh"]) or one["name"] == "offset" for one in data)


def test_large_variables_are_refused(refused: Ask) -> None:
    """Variables are bounded as the document is."""
    error = refused("query ($n: String) { fundingDocument(number: $n) { id } }", n="a" * limits.MAX_VARIABLES)
    assert error["extensions"]["code"] == "limit-variables-size"


def test_introspection_is_bounded_by_its_own_rule(refused: Ask) -> None:
    """Introspection that goes round in circles is refused by validation."""
    document = "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }"
    assert "introspection" in refused(document)["message"]


def test_errors_are_few_whatever_is_wrong(release: Any) -> None:
    """Neither a document nor variables with a thousand mistakes are answered with as many errors."""
    ids = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    fields = "{ release {" + " ".join(f"x{n}" for n in range(900)) + "} }"
    for document, variables in ((ids, {"ids": [1.5] * 900}), (fields, {})):
        assert len(execute(release, document, variables)["errors"]) <= 21
