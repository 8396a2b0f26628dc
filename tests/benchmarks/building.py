"""Whole builds of made-up documents beside `bulk_load` of the same statements, by one format at a time.

    python -m tests.benchmarks.building [--documents 400] [--kinds text docx] [--serve DATA]

writes so many documents of each kind, then runs `fundtrace build` without validation and dumps with one reading process and
with two, loads the statements of the release into a bare store in pieces of the same size, and starts `fundtrace serve` on
the release. Prints wall time and processor time (all processes added up), ratios, and the peak of memory. `--serve` does nothing but start a server on a
data folder, three times. Linux.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from socket import socket

from tests.benchmarks.documents.writing import document

from fundtrace.graph.store import PIECE_LINES
from fundtrace.release import open_release

KINDS = {
    "text": {"lines": "txt", "tabs": "txt", "tagged": "txt", "md": "md"},
    "docx": {"docx": "docx"},
    "xlsx": {"xlsx": "xlsx"},
    "html": {"html": "html"},
}
"""Each kind of document with the formats of the generator that are in it, and their suffixes."""
FLOORS = {"text": 4, "docx": 8}
"""At most so many times the wall time of a bare `bulk_load`."""
LOAD = """
import sys, time
from itertools import islice
import pyoxigraph as ox
store = ox.Store(sys.argv[2])
with open(sys.argv[1], "rb") as file:
    while piece := b"".join(islice(file, int(sys.argv[3]))):
        store.bulk_load(piece, ox.RdfFormat.N_TRIPLES, lenient=True)
"""
_SUBREAPER = (
    36  # PR_SET_CHILD_SUBREAPER of prctl(2): processes whose parent ends become ours, and their time counts
)


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the wall and of all processors, and the peak of memory of the program and of its largest helper, in MB."""

    wall: float
    processor: float
    peak: int
    helper: int


def spent(command: list[str], codes: tuple[int, ...] = (0,)) -> Spent:
    """Runs a command to its end and to that of all processes it left. Raises `SystemExit` for another exit code."""
    before, begun = _processor(), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall, helper = time.perf_counter() - begun, 0
    with suppress(ChildProcessError):
        while True:
            helper = max(helper, os.wait3(0)[2].ru_maxrss)
    if process.returncode not in codes:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}: {said[-500:]}")
    return Spent(wall, _processor() - before, usage.ru_maxrss // 1024, helper // 1024)


def _processor() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def write(kind: str, documents: int, seed: int, folder: Path) -> int:
    """Writes documents of one kind; gives their size in bytes."""
    formats, size = KINDS[kind], 0
    made = (document(seed, number) for number in count())
    wanted = ((content, facts.format) for content, facts in made if facts.format in formats)
    for number, (content, form) in enumerate(islice(wanted, documents)):
        place = folder / f"{number // 500:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:06}.{formats[form]}").write_bytes(content)
        size += len(content)
    return size


def build(source: Path, data: Path, jobs: int) -> tuple[Spent, float]:
    """A build from nothing; what it cost, and the seconds until the last document was read."""
    log = data.with_suffix(".jsonl")
    command = [sys.executable, "-P", "-m", "fundtrace", "build", str(source), "--data", str(data)]
    options = ["--no-dumps", "--validate", "never", "--jobs", str(jobs), "--log-json", str(log)]
    cost = spent([*command, *options], (0, 3))
    events = map(json.loads, log.read_text(encoding="utf-8").splitlines())
    return cost, max(event["seconds"] for event in events if event["event"] == "read")


def ready(data: Path, storage: str = "disk") -> float:
    """Seconds from the start of `fundtrace serve` until it is ready, with the graph on disk or in memory."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-P", "-m", "fundtrace", "serve", "--data", str(data), "--port", str(port)]
    begun = time.perf_counter()
    environment = {**os.environ, "FUNDTRACE_SPARQL_STORAGE": storage}
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        try:
            while process.poll() is None:
                with (
                    suppress(urllib.error.URLError, ConnectionError),
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5),
                ):
                    return time.perf_counter() - begun
                time.sleep(0.02)
            raise SystemExit(f"fundtrace serve ended with {process.returncode}")
        finally:
            process.terminate()


def measure(kind: str, documents: int, seed: int, folder: Path) -> None:
    """One kind."""
    source = folder / "documents"
    size = write(kind, documents, seed, source)
    one, read_by_one = build(source, folder / "one", 1)
    two, read_by_two = build(source, folder / "two", 2)
    release = open_release(folder / "two")
    text = folder / "statements.nt"
    with release.text() as packed, text.open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    bare = spent([sys.executable, "-c", LOAD, str(text), str(folder / "store"), str(PIECE_LINES)])
    floor = f" (wanted: at most {FLOORS[kind]})" if kind in FLOORS else ""
    print(f"\n## {kind}\n")
    print(f"{documents} documents, {size / 1e6:.1f} MB, {release.info.statements} statements\n")
    print("| | wall s | processor s | peak MB | largest helper MB |\n| --- | ---: | ---: | ---: | ---: |")
    for name, cost in (("build, 1 process reads", one), ("build, 2 read", two), ("bare bulk_load", bare)):
        print(f"| {name} | {cost.wall:.1f} | {cost.processor:.1f} | {cost.peak} | {cost.helper} |")
    print(f"\n- build : bulk_load, wall {two.wall / bare.wall:.2f}{floor}")
    print(f"- build : bulk_load, processor {two.processor / bare.processor:.2f}")
    print(f"- reading: 1 process {read_by_one:.1f} s, 2 processes {read_by_two:.1f} s, ", end="")
    print(f"{read_by_one / read_by_two:.2f} times as fast (wanted: at least 1.6)")
    print(f"- serve ready after {ready(folder / 'two'):.2f} s (wanted: less than 2)", flush=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=400, help="of each kind")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=["text", "docx"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--serve", type=Path, help="a data folder to serve, instead of all else")
    arguments = parser.parse_args()
    if arguments.serve:
        statements = open_release(arguments.serve).info.statements
        for storage, goal in (("disk", " (wanted: less than 2)"), ("memory", "")):
            times = ", ".join(f"{ready(arguments.serve, storage):.2f}" for _ in range(3))
            print(f"- {statements} statements served from {storage} after {times} s{goal}", flush=True)
        return
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    for kind in arguments.kinds:
        with tempfile.TemporaryDirectory(prefix="fundtrace-building-") as folder:
            measure(kind, arguments.documents, arguments.seed, Path(folder))


if __name__ == "__main__":
    main()
