"""Our GraphQL beside PostGraphile 5 over PostgreSQL, with the same facts and proper indexes, in one run.

    npm ci --prefix tests/benchmarks/postgraphile
    python -m tests.benchmarks.graphql [--triples 100000 1000000] [--data DIR …]

asks for a document, its first 100 projects with department and seven indicators each, over HTTP, by 1 and 8 connections of two
server processes on either side; then for totals by document, issuer and year, against SQL in PostgreSQL. Every answer
is compared before anything is timed. `--data` takes folders that `corpus.py` has made. It wants `initdb`, `postgres`,
`psql` and `pgbench`; started as root, the database runs as the user `postgres`.
"""

from __future__ import annotations

import argparse
import csv
import http.client
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from tests.benchmarks.corpus import corpus

from fundtrace.graphql import respond
from fundtrace.index import Index
from fundtrace.release import Release, open_release

BESIDE = Path(__file__).parent / "postgraphile"
NODE = BESIDE / "node_modules" / ".bin" / "node"
"""PostGraphile 5 wants node 22."""
SECONDS = 3.0
ROUNDS = 3
CONNECTIONS = (1, 8)

Answer = dict[str, Any]


def statements(file: Path) -> dict[str, str]:
    """The statements of a SQL file by the names in its comments."""
    parts = re.split(r"^-- name: (\w+)\n", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {name: " ".join(text.split()) for name, text in zip(parts[::2], parts[1::2], strict=True)}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def program(name: str) -> str:
    """A program of PostgreSQL, on the path or where Debian puts it."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or str(places[-1])


@contextmanager
def postgres(index: Index, folder: Path) -> Iterator[str]:
    """A database with the facts of an index; gives its address."""
    for name, sql in statements(BESIDE / "rows.sql").items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(index.run(sql, {}).rows)
    user: dict[str, Any] = {"user": "postgres"} if os.geteuid() == 0 else {}
    if user:
        shutil.chown(folder, "postgres")
    cluster = [
        program("initdb"),
        "-D",
        "cluster",
        "-U",
        "postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
    ]
    subprocess.run(cluster, cwd=folder, check=True, stdout=subprocess.DEVNULL, **user)
    port = free_port()
    # What psql, pgbench and PostGraphile find the database by.
    os.environ.update(PGHOST="127.0.0.1", PGPORT=str(port), PGUSER="postgres", PGDATABASE="postgres")
    settings = (
        "listen_addresses=127.0.0.1",
        f"port={port}",
        f"unix_socket_directories={folder}",
        "shared_buffers=512MB",
        "jit=off",
    )
    flags = [flag for one in settings for flag in ("-c", one)]
    with (folder / "postgres.log").open("w") as log:
        server = subprocess.Popen(
            [program("postgres"), "-D", "cluster", *flags], cwd=folder, stderr=log, stdout=log, **user
        )
        try:
            for _ in range(100):
                ready = [program("pg_isready"), "-q"]
                if subprocess.run(ready, check=False).returncode == 0:
                    break
                time.sleep(0.1)
            psql(folder, "-q", "-f", str(BESIDE / "schema.sql"))
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"
        finally:
            server.terminate()
            server.wait(20)


def psql(folder: Path, *arguments: str) -> str:
    """What psql prints."""
    command = [program("psql"), "-v", "ON_ERROR_STOP=1", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


@contextmanager
def listening(*command: str, port: int) -> Iterator[int]:
    """A server, once it listens; gives its port."""
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
            except OSError:
                time.sleep(0.1)
        time.sleep(2)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def ask(port: int, asked: Answer) -> Answer:
    """The data of one answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", "/graphql", json.dumps(asked), {"Content-Type": "application/json"})
    answer = json.loads(connection.getresponse().read())
    connection.close()
    if "errors" in answer:
        raise SystemExit(str(answer["errors"]))
    data: Answer = answer["data"]
    return data


def rate(port: int, bodies: list[bytes], connections: int) -> float:
    """Answers a second, asked by so many connections, each as soon as it has its last answer."""
    heads = [
        b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAccept: application/json\r\n"
        b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
        for body in bodies
    ]
    end = time.perf_counter() + SECONDS
    answered = [0] * connections

    def client(number: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            for turn in count(number):
                if time.perf_counter() > end:
                    break
                connection.sendall(heads[turn % len(heads)])
                read_answer(connection)
                answered[number] += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(answered) / SECONDS


def read_answer(connection: socket.socket) -> None:
    """Read one answer whose length is told, and fail unless it is 200."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += connection.recv(1 << 18)
    head, _, body = got.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    assert b" 200 " in head[:20], head[:200]
    assert length, head
    missing = int(length[1]) - len(body)
    while missing > 0:
        missing -= len(connection.recv(min(missing, 1 << 18)))


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


def pages(index: Index, our_port: int, their_port: int) -> None:
    """Pages of the two most cited documents, after a comparison."""
    sql = 'SELECT d.number FROM "Project_fundedUnder" f JOIN "FundingDocument" d ON d.n = f.object GROUP BY 1 ORDER BY count(*) DESC LIMIT 2'
    numbers = [row[0] for row in index.run(sql, {}).rows]
    texts = {name: (BESIDE / f"{name}.graphql").read_text(encoding="utf-8") for name in ("ours", "theirs")}
    bodies: dict[str, list[bytes]] = {"ours": [], "theirs": []}
    for number in numbers:
        asked = {name: {"query": text, "variables": {"number": number}} for name, text in texts.items()}
        rows = ours(ask(our_port, asked["ours"]))
        assert rows == theirs(ask(their_port, asked["theirs"]))
        print(
            f"- {number}: {len(rows)} projects, {sum(len(row[-1]) for row in rows)} indicators, the same in both"
        )
        for name, one in asked.items():
            bodies[name].append(json.dumps(one).encode())
    for connections in CONNECTIONS:
        measured: dict[str, list[float]] = {"ours": [], "theirs": []}
        for _ in range(ROUNDS):
            for name, port in (("ours", our_port), ("theirs", their_port)):
                measured[name].append(rate(port, bodies[name], connections))
        us, them = (statistics.median(measured[name]) for name in ("ours", "theirs"))
        print(
            f"- {connections} connections: ours {us:.0f} a second, PostGraphile {them:.0f}: ratio {us / them:.1f}"
        )


def totals(release: Release, folder: Path, our_port: int) -> None:
    """Money by document, issuer and year: our answers, over HTTP and without it, against SQL without HTTP."""
    document = (BESIDE / "totals.graphql").read_text(encoding="utf-8")
    for name, sql in statements(BESIDE / "totals.sql").items():
        asked = {"query": document, "operationName": name}
        groups = ask(our_port, asked)["projects"]["aggregate"]["groupBy"]
        found = sorted(
            (
                str(one["keys"][0]["value"] or ""),
                one["aggregate"]["count"],
                Decimal(one["aggregate"]["sum"]["total"]),
            )
            for one in groups
        )
        rows = list(csv.reader(psql(folder, "--csv", "-t", "-c", sql).splitlines()))
        assert found == sorted((key, int(number), Decimal(total)) for key, number, total in rows), name
        body = [json.dumps(asked).encode()]
        us: list[float] = []
        alone: list[float] = []
        them: list[float] = []
        for _ in range(ROUNDS):
            us.append(1 / rate(our_port, body, 1))
            alone.append(answering(release, document, name))
            them.append(pgbench(folder, sql))
        over_http, without, theirs_ = map(statistics.median, (us, alone, them))
        print(
            f"- by {name} ({len(rows)} groups): ours {without * 1e3:.2f} ms, over HTTP {over_http * 1e3:.2f} ms; "
            f"SQL {theirs_ * 1e3:.2f} ms: ratios {theirs_ / without:.1f}, {theirs_ / over_http:.1f}"
        )


def answering(release: Release, document: str, name: str) -> float:
    """Seconds of our answer in this process, the text of the response included."""
    begun = time.perf_counter()
    for turn in count(1):
        respond(release, document, {}, name)
        if time.perf_counter() - begun > 1:
            return (time.perf_counter() - begun) / turn
    raise AssertionError


def pgbench(folder: Path, sql: str) -> float:
    """Seconds of a prepared statement of PostgreSQL, by one connection."""
    script = folder / "script.sql"
    script.write_text(sql, encoding="utf-8")
    command = [program("pgbench"), "-n", "-M", "prepared", "-T", str(int(SECONDS)), "-f", str(script), "postgres"]  # fmt: skip
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.search(r"latency average = ([\d.]+) ms", told)
    assert found, told
    return float(found[1]) / 1e3


def measure(data: Path) -> None:
    """One data folder."""
    release = open_release(data)
    print(f"\n## {release.info.statements} statements\n")
    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        folder = Path(place)
        serve = [sys.executable, "-m", "fundtrace", "serve", "--data", str(data), "--workers", "2"]
        our_port, their_port = free_port(), free_port()
        with (
            postgres(release.index, folder) as address,
            listening(*serve, "--port", str(our_port), port=our_port),
            listening(str(NODE), str(BESIDE / "serve.mjs"), address, str(their_port), port=their_port),
        ):
            pages(release.index, our_port, their_port)
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
