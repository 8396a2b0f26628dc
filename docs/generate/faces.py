"""The reference pages of what programs speak to: routes, the GraphQL schema, the ontology."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import graphql
import yaml
from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.term import Node

ROOT: Final = Path(__file__).parents[2]
_SCHEMA: Final = ROOT / "tests" / "golden" / "schema.graphql"
_MACHINERY: Final = ("Connection", "Edge", "Aggregate", "Group", "GroupKey", "PageInfo")


def routes_page() -> str:
    """Every address of the server, from the file that `/openapi.json` is made of."""
    table = yaml.safe_load((ROOT / "server" / "fundtrace_server" / "openapi.yml").read_text(encoding="utf-8"))
    lines = [
        "# 路由 · Routes",
        "",
        "运行着的服务在 `/openapi.json` 给出同样的内容（OpenAPI 3.1）。每个回答以 `X-Release` 说明版本、以 `X-Request-Id` 说明请求编号。",
        "A running server tells the same at `/openapi.json` (OpenAPI 3.1). Every answer names its release in `X-Release` and its request in `X-Request-Id`.",
        "",
        "| 地址 address | 含义 meaning | 参数 parameters | 格式 formats |",
        "| --- | --- | --- | --- |",
    ]
    for path, said in table["paths"].items():
        parameters = ", ".join(f"`{name}`" for name in said["query"])
        formats = ", ".join(one.removeprefix("application/") for one in said["types"]) or str(
            said.get("status", "")
        )
        lines.append(f"| `{path}` | {cell(said['zh'])} · {cell(said['en'])} | {parameters} | {formats} |")
    lines += ["", "## 参数 · Parameters", "", "| 名称 name | 含义 meaning |", "| --- | --- |"]
    lines += [
        f"| `{name}` | {cell(one['zh'])} · {cell(one['en'])} |" for name, one in table["queries"].items()
    ]
    return "\n".join(lines) + "\n"


def schema_page() -> str:
    """The fields to begin with, and the types that they lead to, from the published SDL."""
    schema = graphql.build_schema(_SCHEMA.read_text(encoding="utf-8"))
    types = [one for one in schema.type_map.values() if isinstance(one, graphql.GraphQLObjectType)]
    shown = [one for one in types if not one.name.startswith("__") and not one.name.endswith(_MACHINERY)]
    lines = [
        "# GraphQL",
        "",
        "运行着的服务在 `/graphql/schema.graphql` 给出整个模式（SDL），其中筛选、排列、分页的每个参数都有说明；怎么用见 [GraphQL](../graphql.md)。",
        "A running server gives the whole schema (SDL) at `/graphql/schema.graphql`, which describes every argument for filters, orders and pages;",
        "[GraphQL for web developers](../graphql.md) shows how to use it.",
        "",
    ]
    for one in sorted(shown, key=lambda type_: (type_.name != "Query", type_.name)):
        lines += [f"## {one.name}", "", *(one.description or "").splitlines(), ""]
        lines += ["| 字段 field | 类型 type | 含义 meaning |", "| --- | --- | --- |"]
        for name, field in one.fields.items():
            taken = f"({', '.join(field.args)})" if field.args else ""
            lines.append(f"| `{name}{taken}` | `{field.type}` | {cell(field.description or '')} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def ontology_page() -> str:
    """The classes with their properties, in both languages."""
    graph = Graph().parse(ROOT / "ontology" / "core.ttl")
    lines = [
        "# 本体 · Ontology",
        "",
        "每个词在 `/ontology/名称` 都有自己的页，约束在 `/shapes`；整个本体：`/ontology`（Turtle、JSON-LD、RDF/XML、N-Triples）。",
        "Each term has its own page at `/ontology/name`, the constraints stand at `/shapes`; the whole: `/ontology` (Turtle, JSON-LD, RDF/XML, N-Triples).",
    ]
    for heading, kinds in (
        ("类 · Classes", (OWL.Class,)),
        ("属性 · Properties", (OWL.ObjectProperty, OWL.DatatypeProperty)),
    ):
        terms = sorted(
            {one for kind in kinds for one in graph.subjects(RDF.type, kind) if _is_ours(one)}, key=str
        )
        lines += ["", f"## {heading}", "", "| 词 term | 名称 label | 含义 meaning |", "| --- | --- | --- |"]
        lines += [
            f"| `{_name(one)}` | {_in_both(graph, one, RDFS.label)} | {_in_both(graph, one, RDFS.comment)} |"
            for one in terms
        ]
    return "\n".join(lines) + "\n"


def _is_ours(term: Node) -> bool:
    return isinstance(term, URIRef) and term.startswith("http://localhost:8000/ontology#")


def _name(term: Node) -> str:
    return str(term).rpartition("#")[2]


def _in_both(graph: Graph, term: Node, said: URIRef) -> str:
    texts = {getattr(one, "language", None): str(one) for one in graph.objects(term, said)}
    return " · ".join(cell(texts[language]) for language in ("zh", "en") if language in texts)


def cell(text: str) -> str:
    """A text within a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")
