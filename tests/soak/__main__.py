"""Mixed traffic with release switches and killed processes: `python -m tests.soak --seconds 300`.

32 clients ask for pages, GraphQL, SPARQL and dumps; every eighth is hostile. Releases are switched three times and ten processes
killed, eight of them query processes. No answer may be wrong, no well-behaved client may get a 5xx other than 503 with
`Retry-After`, and memory must stay flat. Prints what was seen; the exit code is 1 if anything of this does not hold.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import httpx
from tests.serving import free_port

import fundtrace
from fundtrace.pipeline import build
from fundtrace.release import dumps, open_release, rollback
from fundtrace.settings import Settings

SAMPLES = Path(fundtrace.__file__).parent / "samples" / "documents"
SWITCHES, KILLS, KILLED_SERVERS = 3, 10, (4, 9)
CUT_SECONDS = 5.0
"""For how long after a server process was killed a connection may be found cut."""
GRAPHQL = "{ release { version } projects { totalCount } }"
SPARQL = (
    "PREFIX ft: <http://localhost:8000/ontology#> SELECT (COUNT(*) AS ?n) { ?p a ft:Project FILTER(%d = %d) }"
)
HOSTILE = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT * { " + "{" * 3_000 + "}" * 3_000 + " }",
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
)


class Soak:
    """The releases and what is right for each, the server, and what was seen."""

    def __init__(self, data: Path, port: int, process: subprocess.Popen[bytes]) -> None:
        self.data, self.port, self.process = data, port, process
        self.projects: dict[str, int] = {}
        self.dumps: dict[str, str] = {}
        self.seen: Counter[str] = Counter()
        self.faults: list[str] = []
        self.memory: list[int] = []
        self.server_killed = -CUT_SECONDS

    def learn(self, version: str) -> None:
        """Note the right answers of a release."""
        release = open_release(self.data, version)
        self.projects[version] = release.info.counts["Project"]
        self.dumps |= {dump.file: dump.sha256 for dump in dumps(release)}

    def judge(self, kind: str, answer: httpx.Response) -> bool:
        """Whether an answer of a well-behaved client can be checked; counts it, and notes a wrong status."""
        self.seen[f"{kind} {answer.status_code}"] += 1
        if answer.status_code in {429, 503} and "retry-after" in answer.headers:
            return False
        if answer.status_code != 200:
            self.faults.append(f"{kind}: {answer.status_code} {answer.text[:200]}")
            return False
        return True

    async def ask(self, client: httpx.AsyncClient, kind: str) -> None:
        """One request of a well-behaved client, and its check."""
        if kind == "page":
            answer = await client.get("/", headers={"Accept": "text/html"})
            right = self.judge(kind, answer) and answer.headers["x-release"] in self.projects
        elif kind == "graphql":
            answer = await client.post("/graphql", json={"query": GRAPHQL})
            if not self.judge(kind, answer):
                return
            told = answer.json()["data"]
            right = told["projects"]["totalCount"] == self.projects[told["release"]["version"]]
        elif kind == "sparql":
            number = random.randrange(10**6)
            answer = await client.get(
                "/sparql", params={"query": SPARQL % (number, number)}, headers={"Accept": "text/csv"}
            )
            if not self.judge(kind, answer):
                return
            right = answer.text.split() == ["n", str(self.projects[answer.headers["x-release"]])]
        else:
            name = random.choice(list(self.dumps))
            answer = await client.get(f"/dumps/{name}")
            right = (
                self.judge(kind, answer) and hashlib.sha256(answer.content).hexdigest() == self.dumps[name]
            )
        if answer.status_code == 200 and not right:
            self.faults.append(f"{kind}: wrong answer: {answer.text[:200]}")

    async def client(self, number: int, end: float) -> None:
        """One client until the end."""
        headers = {"X-Forwarded-For": f"192.0.2.{number + 1}"}
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{self.port}", headers=headers, timeout=120
        ) as client:
            kinds = ("page", "graphql", "sparql", "dump")
            turn = number
            while time.monotonic() < end:
                turn += 1
                try:
                    if number % 8 == 7:
                        query = HOSTILE[turn % len(HOSTILE)]
                        answer = await client.post("/sparql", data={"query": query})
                        self.seen[f"hostile {answer.status_code}"] += 1
                    else:
                        await self.ask(client, kinds[turn % len(kinds)])
                except httpx.TransportError as error:
                    if number % 8 != 7 and time.monotonic() > self.server_killed + CUT_SECONDS:
                        self.faults.append(f"{type(error).__name__}: {error}")
                    self.seen["cut"] += 1

    async def disturb(self, versions: list[str], seconds: float) -> None:
        """Switches and kills, evenly over the time, and a look at the memory after each step."""
        steps = [("kill", n) for n in range(KILLS)]
        for n in range(SWITCHES):
            steps.insert((n + 1) * len(steps) // (SWITCHES + 1) + n, ("switch", n))
        for what, number in steps:
            await asyncio.sleep(seconds / (len(steps) + 1))
            self.memory.append(_mib(_family(self.process.pid)))
            if what == "switch":
                version = versions[(number + 1) % len(versions)]
                await asyncio.to_thread(rollback, self.data, version)
            else:
                self.kill(server=number in KILLED_SERVERS)

    def kill(self, *, server: bool) -> None:
        """End one process that serves, or one that evaluates queries."""
        children = _children(self.process.pid)
        serving = [pid for pid in children if b"forking" not in _command(pid)]
        others = [pid for child in children if child not in serving for pid in _family(child) - {child}]
        chosen = random.choice(serving if server else others or serving)
        if chosen in serving:
            self.server_killed = time.monotonic()
        self.seen["killed server" if chosen in serving else "killed worker"] += 1
        with suppress(ProcessLookupError):
            os.kill(chosen, signal.SIGKILL)


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(FileNotFoundError, ProcessLookupError):
            found += [int(child) for child in path.read_text(encoding="ascii").split()]
    return found


def _family(pid: int) -> set[int]:
    return {pid}.union(*(_family(child) for child in _children(pid)))


def _command(pid: int) -> bytes:
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def _mib(pids: set[int]) -> int:
    total = 0
    for pid in pids:
        with suppress(FileNotFoundError, ProcessLookupError, PermissionError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total >> 10


async def _run(soak: Soak, versions: list[str], seconds: float, connections: int) -> None:
    end = time.monotonic() + seconds
    async with asyncio.TaskGroup() as tasks:
        for number in range(connections):
            tasks.create_task(soak.client(number, end))
        tasks.create_task(soak.disturb(versions, seconds))


def main() -> int:
    """Build, serve, disturb, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--connections", type=int, default=32)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, free_port() as port:
        data = Path(folder) / "data"
        settings = Settings(data=str(data), jobs=1)
        versions = [
            build([SAMPLES / name], settings).release.version
            for name in ("julu-2025.txt", "funing-2020.md", "")
        ]
        command = [
            sys.executable,
            "-m",
            "fundtrace",
            "serve",
            "--data",
            str(data),
            "--port",
            str(port),
            "--workers",
            "2",
        ]
        environment = {
            **os.environ,
            "FUNDTRACE_SPARQL_SECONDS": "2",
            "FUNDTRACE_SPARQL_MEMORY_MIB": "256",
            "FUNDTRACE_TRUSTED_PROXIES": "127.0.0.1",
        }
        log = Path(folder) / "log"
        with log.open("wb") as lines:
            process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=lines)
        try:
            assert process.stdout is not None
            assert process.stdout.readline()
            soak = Soak(data, port, process)
            for version in versions:
                soak.learn(version)
            asyncio.run(_run(soak, versions, asked.seconds, asked.connections))
        finally:
            process.terminate()
            process.communicate(timeout=60)
        told = log.read_text(encoding="utf-8").splitlines()
    middle = len(soak.memory) // 2
    first, last = statistics.median(soak.memory[1:middle]), statistics.median(soak.memory[middle:])
    if last > first * 1.25 + 64:
        soak.faults.append(f"memory grew from {first} to {last} MiB")
    print("answers:", ", ".join(f"{kind}: {count}" for kind, count in sorted(soak.seen.items())))
    print(f"memory (MiB): {soak.memory}")
    others = [line for line in told if " request=" not in line or " ERROR " in line]
    print(
        f"log: {len(told)} lines, {len(others)} that are no requests; the last of them:",
        *others[-5:],
        sep="\n  ",
    )
    for fault, count in Counter(soak.faults).most_common(20):
        print(f"fault ({count} times): {fault}", file=sys.stderr)
    return 1 if soak.faults else 0


if __name__ == "__main__":
    sys.exit(main())
