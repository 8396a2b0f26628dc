"""Runs the benchmarks one after the other and writes what they print to `RESULTS.md`, a section each.

    python -m tests.benchmarks.run [--triples 100000] [--only NAME …] [--list]

`make bench` calls it. Each section says when it was made and how busy the machine was. `--only` runs some of them and leaves the
other sections of the page as they are. A benchmark that fails stands there with its last words, the others run all the
same, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

HERE = Path(__file__).parent
LIBRARIES = (
    "pyoxigraph",
    "apsw",
    "lxml",
    "pypdfium2",
    "openpyxl",
    "strawberry-graphql",
    "starlette",
    "uvicorn",
    "httptools",
    "uvloop",
    "oxigraph",
    "rdflib-endpoint",
)
SECONDS = 3_600
LARGE = 1_000_000
"""Sections of more statements than these stand beside the others."""
RDFLIB_TRIPLES = 1_000_000
"""Beyond this the memory store of rdflib takes too long to load."""
_SECTION = re.compile(r"^<!-- (\S+) -->\n(.*?)(?=^<!-- \S+ -->\n|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the benchmarks are run with: the number of statements, a folder for what they make, and data folders that are there."""

    triples: int
    folder: Path
    releases: tuple[Path, ...] = ()

    @property
    def corpus(self) -> Path:
        """The data folder of the corpus that the servers answer from."""
        return self.folder / "corpus"

    @property
    def sizes(self) -> list[str]:
        """The sizes to compare: 100 000 statements, and what was asked for."""
        return [str(size) for size in sorted({min(100_000, self.triples), self.triples})]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A section of the page: its title, the arguments of its Python program, and whether it needs the corpus."""

    title: str
    program: Callable[[Setting], list[str]]
    on_corpus: bool = False


def _sparql(setting: Setting) -> list[str]:
    small = setting.triples <= RDFLIB_TRIPLES and shutil.which(
        "rdflib-endpoint", path=Path(sys.executable).parent
    )
    peers = ["--rdflib"] * bool(small) + ["--virtuoso"] * bool(shutil.which("virtuoso-t"))
    return ["-m", "tests.benchmarks.sparql", "--data", str(setting.corpus), *peers]


CORPUS = "corpus"
BENCHMARKS = {
    "reading": Benchmark(
        "Reading, beside the bare libraries", lambda _: ["-m", "tests.benchmarks.reading", "--rounds", "3"]
    ),
    "recall": Benchmark(
        "Recall and precision on documents whose facts are known",
        lambda setting: [
            *("-m", "tests.benchmarks.documents", "both", "--out", str(setting.folder / "documents")),
            *("--documents", str(max(20, setting.triples // 1_000)), "--jobs", "2"),
        ],
    ),
    "steps": Benchmark(
        "The steps of a build, beside what they cost bare",
        lambda setting: ["-m", "tests.benchmarks.releasing", "--triples", *setting.sizes],
    ),
    "building": Benchmark(
        "Whole builds of documents, beside a bare load of their statements",
        lambda setting: [
            *("-m", "tests.benchmarks.building", "--documents", str(max(20, setting.triples // 1_500))),
        ],
    ),
    "index": Benchmark(
        "The entity index, beside the graph store",
        lambda setting: ["-m", "tests.benchmarks.indexing", "--triples", *setting.sizes],
    ),
    "growth": Benchmark(
        "First pages, totals and searches, as releases grow",
        lambda setting: ["-m", "tests.benchmarks.indexing", "--data", *map(str, setting.releases)],
    ),
    CORPUS: Benchmark(
        "A release at this size: time, memory, and when it is served",
        lambda setting: [
            *(
                "-m",
                "tests.benchmarks.corpus",
                "--triples",
                str(setting.triples),
                "--out",
                str(setting.corpus),
            ),
        ],
    ),
    "serving": Benchmark(
        "The start of a server",
        lambda setting: ["-m", "tests.benchmarks.building", "--serve", str(setting.corpus)],
        on_corpus=True,
    ),
    "pages": Benchmark(
        "Pages, beside the bare rows of their lists",
        lambda setting: ["-m", "tests.benchmarks.pages", str(setting.corpus)],
        on_corpus=True,
    ),
    "sparql": Benchmark("SPARQL, beside the engine's own server and others", _sparql, on_corpus=True),
    "graphql": Benchmark(
        "GraphQL, beside PostGraphile",
        lambda setting: ["-m", "tests.benchmarks.graphql", "--triples", *setting.sizes],
    ),
}


def _machine() -> list[str]:
    def found(name: str) -> str:
        try:
            return version(name)
        except PackageNotFoundError:
            return "—"

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return [
        f"- {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}",
        f"- {', '.join(f'{name} {found(name)}' for name in LIBRARIES)}",
        "- storage: the folder of temporary files, on the machine's own disk",
    ]


def key(name: str, triples: int) -> str:
    """Under which a section stands on the page."""
    return name if triples <= LARGE else f"{name}-{triples}"


def ordered(keys: Iterable[str]) -> list[str]:
    """Keys in the order of the benchmarks, and of sizes for each."""
    names = list(BENCHMARKS)

    def rank(one: str) -> tuple[int, int]:
        name, _, triples = one.partition("-")
        return names.index(name), int(triples or 0)

    return sorted(keys, key=rank)


def sections(page: str) -> dict[str, str]:
    """The sections of a page that was written before, by name."""
    return {found[1]: found[2].rstrip() for found in _SECTION.finditer(page)}


def run(name: str, setting: Setting, seconds: float) -> tuple[str, bool]:
    """The section of a benchmark, and whether it went well."""
    benchmark, begun, load = BENCHMARKS[name], time.monotonic(), os.getloadavg()[0]
    command = [sys.executable, *benchmark.program(setting)]
    # A session of its own, so that servers which a benchmark started end with it.
    process = subprocess.Popen(
        command,
        cwd=HERE.parents[1],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        said, complained = process.communicate(timeout=seconds)
        failure = (
            f"ended with {process.returncode}: {complained.strip()[-500:]}" if process.returncode else ""
        )
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        said, _ = process.communicate()
        failure = f"stopped after {seconds:.0f} s"
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    said = "\n".join(part for part in (said.strip(), failure) if part).replace(str(setting.folder), "DIR")
    section = [
        f"## {benchmark.title}",
        "",
        f"`{name}`, {setting.triples} statements, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, load {load:.1f} at the beginning, "
        f"{time.monotonic() - begun:.0f} s in all.",
        "",
        *_block(said),
    ]
    return "\n".join(section), not failure


def _block(said: str) -> Iterator[str]:
    """What was printed: Markdown as it is, but for its headings, which are below that of the section; else a block."""
    if re.search(r"^(?:\||- |## )", said, re.MULTILINE):
        yield re.sub(r"^(#+ )", r"#\1", said, flags=re.MULTILINE).strip()
    else:
        yield f"```text\n{said}\n```"


def main() -> int:
    """Run what was asked for, and write the page after each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--triples", type=int, default=100_000, help="statements: 100000, 1000000, 10000000")
    parser.add_argument("--only", nargs="+", choices=BENCHMARKS, metavar="NAME", default=[*BENCHMARKS])
    parser.add_argument(
        "--releases", type=Path, nargs="+", default=(), help="data folders by size, which growth asks for"
    )
    parser.add_argument("--list", action="store_true", help="name the benchmarks and end")
    parser.add_argument("--out", type=Path, default=HERE / "RESULTS.md")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="no benchmark takes longer")
    options = parser.parse_args()
    if options.list:
        print("\n".join(f"{name:<10}{benchmark.title}" for name, benchmark in BENCHMARKS.items()))
        return 0
    known = sections(options.out.read_text(encoding="utf-8")) if options.out.is_file() else {}
    failed = []
    with tempfile.TemporaryDirectory(prefix="fundtrace-bench-") as made:
        setting = Setting(options.triples, Path(made), tuple(options.releases))
        wanted = [
            name for name in BENCHMARKS if name in options.only and (name != "growth" or setting.releases)
        ]
        if CORPUS not in wanted and any(BENCHMARKS[name].on_corpus for name in wanted):
            wanted.insert(0, CORPUS)
        for name in wanted:
            print(f"{name}: {BENCHMARKS[name].title}", flush=True)
            known[key(name, options.triples)], well = run(name, setting, options.seconds)
            failed += [name] * (not well)
            parts = [f"<!-- {one} -->\n{known[one]}\n" for one in ordered(known)]
            head = [
                "# Results",
                "",
                "Written by `make bench`; not edited. [How to read them](README.md).",
                "",
            ]
            options.out.write_text("\n".join([*head, *_machine(), "", *parts]), encoding="utf-8")
    if failed:
        print(f"failed: {', '.join(failed)}; see {options.out}", file=sys.stderr)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
