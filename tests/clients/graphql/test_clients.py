"""The clients that web developers use, against `fundtrace serve`, and what the documentation shows them."""

from __future__ import annotations

import json
import re
import shutil
import socket
from pathlib import Path

import httpx
import pytest
from tests.serving import SECONDS

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
GUIDE = (ROOT / "docs" / "graphql.md").read_text(encoding="utf-8")
EXAMPLES = ROOT / "server" / "fundtrace_server" / "examples"


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


@pytest.fixture(scope="module")
def built(app: Path, node, run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example app, with the TypeScript of the guide beside its source, type-checked and compiled into `out`."""
    folder = tmp_path_factory.mktemp("app") / app.name
    shutil.copytree(app, folder, ignore=shutil.ignore_patterns("node_modules", "dist"))
    (folder / "node_modules").symlink_to(HERE / "node_modules")
    for number, block in enumerate(_blocks("ts")):
        (folder / "src" / f"guide{number}.ts").write_text(block, encoding="utf-8")
    misspelt = (
        'import type { ProjectRowFragment } from "./generated.ts";\n'
        "export const told = (row: ProjectRowFragment) => row.name.trim();\n"
        "// @ts-expect-error the types know that there is no such field\n"
        "export const wrong = (row: ProjectRowFragment) => row.nmae;\n"
    )
    (folder / "src" / "misspelt.ts").write_text(misspelt, encoding="utf-8")
    compiler = HERE / "node_modules" / ".bin" / "tsc"
    run(compiler, "-p", ".", "--noEmit", "false", "--rootDir", "src", "--outDir", "out", folder=folder)
    return folder


def test_every_audit_of_the_specification_passes(server: str, node) -> None:
    """All 61 audits of graphql-http, those for SHOULD and MAY too."""
    assert node("audit.mjs", f"{server}/graphql") == {"total": 61, "failed": []}


@pytest.mark.parametrize("script", ["apollo.mjs", "urql.mjs"])
def test_web_clients_ask_by_hash_and_keep_what_they_got(server: str, node, script: str) -> None:
    """Apollo Client and urql: documents by hash and GET, caches by id, pages, and errors."""
    assert node(script, f"{server}/graphql")["requests"] > 1


def test_the_types_of_the_example_are_those_of_the_schema(app: Path, sdl: Path, node, tmp_path: Path) -> None:
    """What graphql-codegen writes from the published schema is what stands in the example."""
    made = tmp_path / "generated.ts"
    node("generate.mjs", app, sdl, made)
    assert made.read_text(encoding="utf-8") == (app / "src" / "generated.ts").read_text(encoding="utf-8")


def test_the_example_and_the_guide_compile_and_answer(built: Path, server: str, node) -> None:
    """Strictly typed; the compiled app asks the server, page by page."""
    assert node("example.mjs", built / "out" / "asking.js", server)["rows"]
    assert (built / "out" / "guide1.js").exists()


def test_the_published_schema_is_unchanged_and_documents_fit_it(sdl: Path, app: Path, node) -> None:
    """GraphQL Inspector finds no change, and nothing wrong with any example."""
    golden = ROOT / "tests" / "golden" / "schema.graphql"
    documents = [*sorted(EXAMPLES.glob("*.graphql")), *sorted((app / "src").glob("*.graphql"))]
    assert node("inspector.mjs", golden, sdl, *documents) == {"changes": 0, "breaking": [], "invalid": []}


def test_the_queries_of_the_guide_are_answered(server: str) -> None:
    """Each with the variables that stand below it."""
    variables = json.loads(_blocks("json")[0])
    for query in _blocks("graphql"):
        given = variables if "$text" in query else {}
        answer = httpx.post(
            f"{server}/graphql", json={"query": query, "variables": given}, timeout=SECONDS
        ).json()
        assert "errors" not in answer
        assert all(answer["data"].values())


def test_the_python_of_the_guide_runs(server: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The client gql fetches the schema, checks the query and prints the answer."""
    exec(_blocks("python")[0].replace("http://localhost:8000", server), {})
    assert re.match(r"冀财社〔2020〕186号 \d+\n", capsys.readouterr().out)


def test_every_setting_and_status_is_in_the_guide() -> None:
    """The table has the settings with their defaults, and the addresses are those of the routes."""
    from fundtrace import settings

    for name, default, _, _ in settings.describe():
        if name.startswith("graphql_"):
            shown = f"`{default}`" if default in {"True", "False"} else default
            assert f"| `{name}` | {shown} |".replace("|  |", "| |") in GUIDE


def test_large_heads_are_refused_by_the_server_itself(server: str) -> None:
    """An address of a megabyte, and thousands of headers, are 4xx or a closed connection, and others are answered."""
    host, port = server.removeprefix("http://").split(":")
    for head in (
        b"GET /graphql?query=" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /graphql HTTP/1.1\r\nHost: x\r\n"
        + b"".join(b"X-%d: a\r\n" % n for n in range(5_000))
        + b"\r\n",
        b"GET /graphql HTTP/1.1\r\nHost: x\r\nX-Long: " + b"a" * 1_000_000 + b"\r\n\r\n",
    ):
        with socket.create_connection((host, int(port)), timeout=SECONDS) as connection:
            try:
                connection.sendall(head)
                line = connection.makefile("rb").readline()
            except (ConnectionResetError, BrokenPipeError):
                line = b""
        assert not line or line.split()[1].startswith(b"4"), line
    assert httpx.get(f"{server}/healthz", timeout=SECONDS).status_code == 200
