"""The command lines of web developers' larger tools, and Schemathesis, against `fundtrace serve`."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

HERE = Path(__file__).parent
RELAY = """
export const page = graphql`
  query appPageQuery($number: String!, $first: Int!, $after: String) {
    fundingDocument(number: $number) { ...appPage_document @arguments(first: $first, after: $after) }
  }
`;
export const pages = graphql`
  fragment appPage_document on FundingDocument
  @refetchable(queryName: "appPageMoreQuery")
  @argumentDefinitions(first: { type: "Int!" }, after: { type: "String" }) {
    label
    citedBy(role: FUNDS, first: $first, after: $after) @connection(key: "appPage_citedBy") {
      edges { node { id name budget { total { yuan } } } }
    }
  }
`;
"""


@pytest.fixture(scope="module")
def tools(install) -> Path:
    """Where npm puts the commands."""
    install(HERE)
    return HERE / "node_modules" / ".bin"


def test_relay_compiler_takes_the_schema_and_makes_hashes_that_are_answered(
    sdl: Path, tools: Path, run, tmp_path: Path
) -> None:
    """A connection that Relay pages by itself; persisted documents in the form that the server reads."""
    from fundtrace_server.trusted import read_trusted

    (tmp_path / "app.js").write_text(f"import {{ graphql }} from 'relay-runtime';\n{RELAY}", encoding="utf-8")
    (tmp_path / "schema.graphql").write_bytes(sdl.read_bytes())
    persisted = tmp_path / "persisted.json"
    persisted.write_text("{}", encoding="utf-8")
    settings = {
        "src": ".",
        "schema": "schema.graphql",
        "language": "javascript",
        "customScalarTypes": {"Decimal": "string"},
        "persistConfig": {"file": "persisted.json", "algorithm": "SHA256"},
    }
    (tmp_path / "relay.config.json").write_text(json.dumps(settings), encoding="utf-8")
    (tmp_path / "package.json").write_text('{"name": "app"}', encoding="utf-8")
    run(tools / "relay-compiler", folder=tmp_path)
    made = {file.name for file in tmp_path.rglob("__generated__/*.js")}
    assert {"appPageQuery.graphql.js", "appPageMoreQuery.graphql.js"} <= made
    found = read_trusted(str(persisted))
    for name, text in json.loads(persisted.read_text(encoding="utf-8")).items():
        assert found.find(name) == text
        assert "node(id: $id)" in text or "fundingDocument" in text


def test_graphql_codegen_asks_the_running_server(
    app: Path, server: str, tools: Path, run, tmp_path: Path
) -> None:
    """Its command line, with the configuration of the example, writes the types that stand there."""
    folder = tmp_path / "app"
    shutil.copytree(app, folder, ignore=shutil.ignore_patterns("node_modules", "generated.ts"))
    (folder / "node_modules").symlink_to(HERE / "node_modules")
    settings = (folder / "codegen.json").read_text(encoding="utf-8").replace("http://localhost:8000", server)
    (folder / "codegen.json").write_text(settings, encoding="utf-8")
    run(tools / "graphql-codegen", "--config", "codegen.json", folder=folder)
    made = (folder / "src" / "generated.ts").read_text(encoding="utf-8")
    assert "export type CitingProjectsQuery =" in made


def test_graphql_inspector_compares_a_file_with_the_running_server(
    sdl: Path, server: str, tools: Path, run, tmp_path: Path
) -> None:
    """No changes now; a field that was taken away is told and fails."""
    assert "No changes" in run(tools / "graphql-inspector", "diff", sdl, f"{server}/graphql", folder=HERE)
    richer = tmp_path / "richer.graphql"
    text = sdl.read_text(encoding="utf-8")
    richer.write_text(text.replace("type Query {", "type Query {\n  gone: Int\n", 1), encoding="utf-8")
    told = run(tools / "graphql-inspector", "diff", richer, f"{server}/graphql", folder=HERE, expected=1)
    assert "gone" in told


def test_schemathesis_finds_no_fault_in_the_api(server: str, run, tmp_path: Path) -> None:
    """Requests made from the OpenAPI description never get an answer of 500 or more."""
    command = [Path(sys.executable).with_name("st"), "run", f"{server}/openapi.json", "--url", server]
    bounds = ["--checks", "not_a_server_error", "--max-examples", "8", "--generation-deterministic"]
    run(*command, *bounds, "--phases", "fuzzing", folder=tmp_path)


def test_schemathesis_finds_no_fault_in_graphql(server: str) -> None:
    """Operations made from the schema are answered or refused: below 500, and never with an error of ours."""
    schema = schemathesis.graphql.from_url(f"{server}/graphql")

    @settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=schema.as_strategy())
    def asked(case: schemathesis.Case) -> None:
        response = case.call()
        assert response.status_code < 500
        codes = {one.get("extensions", {}).get("code") for one in response.json().get("errors", ())}
        assert "internal" not in codes, response.text

    asked()
