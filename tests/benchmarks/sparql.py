"""The SPARQL endpoint beside the bare engine over the same statements, over HTTP, in one run.

    python -m tests.benchmarks.corpus --triples 1000000 --out DIR
    python -m tests.benchmarks.sparql --data DIR [--connections 1 8 32] [--seconds 2] [--rdflib] [--virtuoso]

starts `fundtrace serve` with two processes and `oxigraph` (package `oxigraph`), both with the graph in memory and then both
on disk, compares the answers, and then lets both answer in turn: one row, the projects that cite a document (about 100
rows), and all citations (about 10 000). No query is asked twice, but for the line `repeated`, where ours may come from what
was kept. What clients ask one after the other over one connection, as here, workers answer by themselves; one row and 100 rows are asked once more with that
switched off, which is what clients get that ask now and then or over new connections. The memory of each process is printed at the end: the server, its processes, the one that query processes are forked
from, the one with the graph, and those for queries. `--rdflib` adds `rdflib-endpoint`, whose memory store takes minutes to load; `--virtuoso` adds the Debian package
`virtuoso-opensource`. Prints answers in a second, the processor time of an answer (all processes of the endpoint), and
the ratio of each. The rates include the client, which takes its share of the processors; on a machine with other work,
processor time is what can be compared.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import selectors
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
from tests.benchmarks.virtuoso import configured, load

from fundtrace.release import Release, open_release

PREFIXES = (
    "PREFIX ft: <http://localhost:8000/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
)
ONE = PREFIXES + "SELECT ?name ?total {{ <{project}> rdfs:label ?name ; ft:totalBudget ?total }} # {n}"
HUNDRED = (
    PREFIXES
    + "SELECT ?p ?name ?code ?total {{ ?p ft:cites <{document}> ; rdfs:label ?name ; ft:code ?code ; "
    "ft:totalBudget ?total }} # {n}"
)
MANY = PREFIXES + "SELECT ?c ?label ?p {{ ?c ft:citingProject ?p . ?c rdfs:label ?label }} # {n}"
ACCEPT = "application/sparql-results+json"
ROUNDS = 3
START_SECONDS = 900


@dataclass(frozen=True)
class System:
    """An endpoint: its name, where it listens, and the path to ask."""

    name: str
    port: int
    path: str = "/sparql"
    pid: int = 0

    def request(self, query: str) -> bytes:
        """A whole request."""
        body = urlencode({"query": query}).encode()
        return (
            f"POST {self.path} HTTP/1.1\r\nHost: localhost:{self.port}\r\nAccept: {ACCEPT}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body


class Connection:
    """A connection that is kept, and the answer that is coming in."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._parts: list[bytes] = []
        self._size = 0
        self._end: int | None = None
        self._start = 0

    def send(self, request: bytes) -> None:
        """Ask."""
        self._parts, self._size, self._start, self._end = [], 0, 0, None
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Take what has come; whether the answer is whole."""
        data = self.socket.recv(1 << 18)
        if not data:
            raise ConnectionError("hung up")
        self._parts.append(data)
        self._size += len(data)
        if not self._start:
            whole = b"".join(self._parts)
            self._parts = [whole]
            head, mark, _ = whole.partition(b"\r\n\r\n")
            if not mark:
                return False
            if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.0 200")):
                raise ConnectionError(whole[:500].decode(errors="replace"))
            self._start = len(head) + 4
            for line in head.lower().split(b"\r\n"):
                if line.startswith(b"content-length:"):
                    self._end = self._start + int(line[15:])
        if self._end is not None:
            return self._size >= self._end
        return b"".join(self._parts[-2:]).endswith(b"0\r\n\r\n")

    def body(self) -> bytes:
        """The answer without its head, chunks put together."""
        data = b"".join(self._parts)[self._start :]
        if self._end is not None:
            return data
        parts = []
        while True:
            size, _, data = data.partition(b"\r\n")
            length = int(size.split(b";")[0], 16)
            if not length:
                return b"".join(parts)
            parts.append(data[:length])
            data = data[length + 2 :]


def rate(system: System, queries: Iterator[str], connections: int, seconds: float) -> tuple[float, float]:
    """Answers in a second, asked for by so many connections at a time, and processor seconds of an answer."""
    used = processor_seconds(system.pid)
    opened = [Connection(system.port) for _ in range(connections)]
    answered = 0
    with selectors.DefaultSelector() as selector:
        for one in opened:
            selector.register(one.socket, selectors.EVENT_READ, one)
            one.send(system.request(next(queries)))
        begun = time.perf_counter()
        while (now := time.perf_counter()) < begun + seconds:
            for key, _ in selector.select(1):
                if key.data.receive():
                    answered += 1
                    key.data.send(system.request(next(queries)))
    for one in opened:
        one.socket.close()
    return answered / (now - begun), (processor_seconds(system.pid) - used) / max(1, answered)


def processor_seconds(pid: int) -> float:
    """What a process and all that it started have used."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(map(processor_seconds, children(pid)))


def memory_mib(pid: int) -> list[int]:
    """What a process and all that it started have in memory, each page shared out among those that share it."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return []
    own = sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) >> 10
    return [own, *(size for child in children(pid) for size in memory_mib(child))]


def children(pid: int) -> list[int]:
    """The processes that a process has started and that still run."""
    found = []
    for task in Path("/proc").glob(f"{pid}/task/*"):
        # A server that has a thread for each connection ends some of them meanwhile.
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            found += map(int, (task / "children").read_text(encoding="ascii").split())
    return found


def answer(system: System, query: str) -> object:
    """The rows of an answer, in an order of their own."""
    connection = Connection(system.port)
    connection.send(system.request(query))
    while not connection.receive():
        pass
    connection.socket.close()
    rows = json.loads(connection.body())["results"]["bindings"]
    return sorted(json.dumps(_plain(row), sort_keys=True) for row in rows)


def _plain(row: dict[str, dict[str, str]]) -> dict[str, tuple[str, ...]]:
    # Virtuoso still has the type of a draft.
    return {
        name: (term["type"].removeprefix("typed-"), term["value"], term.get("xml:lang", ""))
        for name, term in row.items()
    }


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def started(name: str, command: list[str], port: int, path: str, **environment: str) -> Iterator[System]:
    """An endpoint while it runs."""
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    begun = time.perf_counter()
    try:
        while True:
            try:
                with socket.create_connection(("127.0.0.1", port), 1):
                    break
            except OSError:
                if process.poll() is not None or time.perf_counter() - begun > START_SECONDS:
                    raise SystemExit(f"{name} does not start: {' '.join(command)}") from None
                time.sleep(0.05)
        print(f"{name}: ready after {time.perf_counter() - begun:.1f} s")
        yield System(name, port, path, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        process.wait()


@contextlib.contextmanager
def ours(data: Path, storage: str, *, lending: bool = True) -> Iterator[System]:
    """`fundtrace serve` with two processes; without `lending` no worker answers a client by itself."""
    port = free_port()
    command = [sys.executable, "-m", "fundtrace", "serve", "--data", str(data), "--port", str(port)]
    with started(
        f"fundtrace, {storage}{'' if lending else ', nothing lent'}",
        [*command, "--workers", "2"],
        port,
        "/sparql",
        FUNDTRACE_SPARQL_STORAGE=storage,
        **({} if lending else {"FUNDTRACE_SPARQL_QUICK_MS": "0"}),
        # All connections are of one client here.
        FUNDTRACE_SPARQL_QUEUE="256",
    ) as system:
        yield system


@contextlib.contextmanager
def bare(release: Release, storage: str, text: Path) -> Iterator[System]:
    """The engine's own server."""
    port = free_port()
    program = str(Path(sys.executable).parent / "oxigraph")
    bind = ["--bind", f"127.0.0.1:{port}"]
    if storage == "disk":
        command = [program, "serve-read-only", "--location", str(release.path / "store"), *bind]
    else:
        command = [program, "serve", *bind]
    with started(f"oxigraph, {storage}", command, port, "/query") as system:
        if storage == "memory":
            begun = time.perf_counter()
            request = urllib.request.Request(
                f"http://127.0.0.1:{port}/store?default",
                text.read_bytes(),
                {"Content-Type": "application/n-triples"},
            )
            with urllib.request.urlopen(request, timeout=START_SECONDS):
                print(f"{system.name}: loaded in {time.perf_counter() - begun:.1f} s")
        yield system


@contextlib.contextmanager
def rdflib_endpoint(text: Path) -> Iterator[System]:
    """rdflib's store behind FastAPI, in memory."""
    port = free_port()
    program = str(Path(sys.executable).parent / "rdflib-endpoint")
    command = [program, "serve", "--host", "127.0.0.1", "--port", str(port), str(text)]
    with started("rdflib-endpoint", command, port, "/") as system:
        yield system


@contextlib.contextmanager
def virtuoso(text: Path, folder: Path) -> Iterator[System]:
    """Virtuoso with the statements loaded."""
    port, sql = free_port(), free_port()
    command = configured(folder, sql, port, texts=text.parent, threads=64, buffers=170_000)
    with started("virtuoso", command, port, "/sparql") as system:
        begun = time.perf_counter()
        load(sql, text)
        print(f"virtuoso: loaded in {time.perf_counter() - begun:.1f} s")
        yield system


def queries(release: Release) -> dict[str, Callable[[], Iterator[str]]]:
    """The queries by name: each call gives a series, in which none is asked twice."""
    store = release.store
    projects = [
        str(row[0].value)
        for row in store.query(PREFIXES + "SELECT ?p { ?p a ft:Project ; ft:totalBudget ?t ; rdfs:label ?n }")
        if isinstance(row, ox.QuerySolution) and isinstance(row[0], ox.NamedNode)
    ]
    counts = store.query(PREFIXES + "SELECT ?d (COUNT(?p) AS ?n) { ?p ft:cites ?d } GROUP BY ?d")
    document = min(
        ((abs(int(row["n"].value) - 100), row["d"].value) for row in counts),
    )[1]
    numbers = count()
    return {
        "one row": lambda: (ONE.format(project=projects[n % len(projects)], n=n) for n in numbers),
        "100 rows": lambda: (HUNDRED.format(document=document, n=n) for n in numbers),
        "10 000 rows": lambda: (MANY.format(n=n) for n in numbers),
        "repeated": lambda: (HUNDRED.format(document=document, n=n % 5) for n in count()),
    }


def compare(
    first: System,
    second: System,
    asked: dict[str, Callable[[], Iterator[str]]],
    arguments: argparse.Namespace,
) -> None:
    """Print rates and ratios of two systems that give equal answers."""
    for name, series in asked.items():
        query = next(series())
        rows = [answer(system, query) for system in (first, second)]
        if rows[0] != rows[1]:
            raise SystemExit(f"{name}: {first.name} and {second.name} do not give the same answer")
        for connections in arguments.connections:
            found: tuple[list[tuple[float, float]], list[tuple[float, float]]] = [], []
            for number in range(ROUNDS + 1):
                for system, into in zip((first, second), found, strict=True):
                    measured = rate(system, series(), connections, arguments.seconds if number else 0.3)
                    if number:
                        into.append(measured)
            (a, c), (b, d) = (tuple(map(statistics.median, zip(*one, strict=True))) for one in found)
            print(
                f"{name} ({len(rows[0])}), {connections:>2} connections: "  # type: ignore[arg-type]
                f"{first.name} {a:.0f}/s {1000 * c:.2f} ms, {second.name} {b:.0f}/s {1000 * d:.2f} ms, "
                f"ratio {a / b:.2f}, of processor time {d / c if c else 0:.2f}",
                flush=True,
            )
    for system in (first, second):
        sizes = memory_mib(system.pid)
        print(f"{system.name}: {sum(sizes)} MiB in {len(sizes)} processes: {', '.join(map(str, sizes))}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--storage", nargs="+", default=["memory", "disk"])
    parser.add_argument("--queries", nargs="+")
    parser.add_argument("--rdflib", action="store_true")
    parser.add_argument("--virtuoso", action="store_true")
    arguments = parser.parse_args()
    release = open_release(arguments.data)
    asked = queries(release)
    if arguments.queries:
        asked = {name: asked[name] for name in arguments.queries}
    print(f"{release.info.statements} statements, {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "statements.nt"
        with text.open("wb") as file, release.text() as statements:
            shutil.copyfileobj(statements, file)
        for storage in arguments.storage:
            with ours(arguments.data, storage) as first, bare(release, storage, text) as second:
                compare(first, second, asked, arguments)
        if not arguments.queries:
            few = {name: asked[name] for name in ("one row", "100 rows")}
            with (
                ours(arguments.data, "memory", lending=False) as first,
                bare(release, "memory", text) as second,
            ):
                compare(first, second, few, arguments)
        if arguments.rdflib or arguments.virtuoso:
            others = []
            with contextlib.ExitStack() as stack:
                first = stack.enter_context(ours(arguments.data, "memory"))
                if arguments.rdflib:
                    others.append(stack.enter_context(rdflib_endpoint(text)))
                if arguments.virtuoso:
                    database = Path(stack.enter_context(tempfile.TemporaryDirectory()))
                    others.append(stack.enter_context(virtuoso(text, database)))
                for other in others:
                    compare(first, other, {"100 rows": asked["100 rows"]}, arguments)


if __name__ == "__main__":
    main()
