"""Our GraphQL beside PostGraphile 5 over PostgreSQL, with the same facts and proper indexes, in one run.

    npm ci --prefix tests/benchmarks/postgraphile
    python -m tests.benchmarks.graphql [--triples 100000 1000000] [--data DIR …]

asks for a document, its first 100 projects with department and seven indicators each, over HTTP, by 1 and 8 connections of two
server processes on either side; then for totals by document, issuer and year, against SQL in PostgreSQL, and against SPARQL in
Virtuoso where it is installed (Debian: virtuoso-opensource). Every answer is compared before anything is timed. `--data` takes
folders that `corpus.py` has made. It wants `initdb`, `postgres`, `psql` and `pgbench`; started as root, the database runs as
the user `postgres`.
"""

from __future__ import annotations

import argparse
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.benchmarks.corpus import corpus
from tests.benchmarks.postgres import BESIDE, postgres
from tests.benchmarks.posting import ROUNDS, SECONDS, Answer, ask, rate, request
from tests.benchmarks.sparql import free_port, processor_seconds
from tests.benchmarks.totals import totals

from fundtrace.index import Index
from fundtrace.release import open_release

NODE = BESIDE / "node_modules" / ".bin" / "node"
"""PostGraphile 5 wants node 22."""
CONNECTIONS = (1, 8)


@contextmanager
def listening(*command: str, port: int) -> Iterator[int]:
    """A server, once it listens; gives its process."""
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
            except OSError:
                time.sleep(0.1)
        time.sleep(2)
        yield server.pid
    finally:
        server.terminate()
        server.wait(20)


def ours(data: Answer) -> list[Any]:
    """The rows of our answer."""
    return [
        [node["code"], node["name"], node["fiscalYear"], node["purpose"], Decimal(node["budget"]["total"]["yuan"]),
         node["department"]["name"],
         [[one["level2"], one["name"], one["target"]["printed"]] for one in node["indicators"]]]
        for node in (edge["node"] for edge in data["fundingDocument"]["citedBy"]["edges"])
    ]  # fmt: skip


def theirs(data: Answer) -> list[Any]:
    """The rows of PostGraphile's answer."""
    return [
        [node["code"], node["name"], node["fiscalYear"], node["purpose"], Decimal(node["total"]),
         node["departmentByDepartmentId"]["name"],
         [[one["level2"], one["name"], one["target"]] for one in node["indicatorsByProjectId"]["nodes"]]]
        for node in (one["projectByProjectId"] for one in data["documentByNumber"]["fundingsByDocumentId"]["nodes"])
    ]  # fmt: skip


def pages(index: Index, ports: Mapping[str, int], processes: Mapping[str, Sequence[int]]) -> None:
    """Pages of the two most cited documents, after a comparison: answers a second, and processor time of all processes of a side."""
    sql = 'SELECT d.number FROM "Project_fundedUnder" f JOIN "FundingDocument" d ON d.n = f.object GROUP BY 1 ORDER BY count(*) DESC LIMIT 2'
    numbers = [row[0] for row in index.run(sql, {}).rows]
    texts = {name: (BESIDE / f"{name}.graphql").read_text(encoding="utf-8") for name in ("ours", "theirs")}
    requests: dict[str, list[bytes]] = {"ours": [], "theirs": []}
    for number in numbers:
        asked = {name: {"query": text, "variables": {"number": number}} for name, text in texts.items()}
        rows = ours(ask(ports["ours"], asked["ours"]))
        assert rows == theirs(ask(ports["theirs"], asked["theirs"]))
        print(
            f"- {number}: {len(rows)} projects, {sum(len(row[-1]) for row in rows)} indicators, the same in both"
        )
        for name, one in asked.items():
            requests[name].append(request(one))
    for connections in CONNECTIONS:
        measured: dict[str, list[tuple[float, float]]] = {"ours": [], "theirs": []}
        for _ in range(ROUNDS):
            for name, port in ports.items():
                used = sum(map(processor_seconds, processes[name]))
                answers = rate(port, requests[name], connections)
                used = sum(map(processor_seconds, processes[name])) - used
                measured[name].append((answers, used * 1e3 / (answers * SECONDS)))
        (us, our_ms), (them, their_ms) = (
            (statistics.median(one) for one in zip(*measured[name], strict=True))
            for name in ("ours", "theirs")
        )
        print(
            f"- {connections} connections: ours {us:.0f} a second, PostGraphile {them:.0f}: ratio {us / them:.1f}; "
            f"of processor time {our_ms:.2f} ms an answer, {their_ms:.2f} ms with PostgreSQL's: ratio {their_ms / our_ms:.1f}"
        )


def measure(data: Path) -> None:
    """One data folder."""
    release = open_release(data)
    print(f"\n## {release.info.statements} statements\n")
    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        folder = Path(place)
        serve = [sys.executable, "-m", "fundtrace", "serve", "--data", str(data), "--workers", "2"]
        our_port, their_port = free_port(), free_port()
        with (
            postgres(release.index, folder) as (address, database),
            listening(*serve, "--port", str(our_port), port=our_port) as our_server,
            listening(
                str(NODE), str(BESIDE / "serve.mjs"), address, str(their_port), port=their_port
            ) as node,
        ):
            ports = {"ours": our_port, "theirs": their_port}
            pages(release.index, ports, {"ours": [our_server], "theirs": [node, database]})
            totals(release, folder, our_port)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--triples", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--data", type=Path, nargs="+", default=[])
    arguments = parser.parse_args()
    for data in arguments.data:
        measure(data)
    for triples in [] if arguments.data else arguments.triples:
        with tempfile.TemporaryDirectory() as made:
            corpus(triples, Path(made))
            measure(Path(made))


if __name__ == "__main__":
    main()
