"""Runs the benchmarks one after the other and writes what they print to `RESULTS.md`, with the machine and the versions.

`make bench` calls it. A benchmark that fails stands there with its last words; the others run all the same.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
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
    "granian",
    "uvloop",
    "oxigraph",
    "rdflib-endpoint",
)
SECONDS = 3_600


def _commands(folder: Path, triples: int) -> list[tuple[str, list[str]]]:
    python = [sys.executable, "-P"]
    corpus, documents = folder / "corpus", folder / "documents"
    size = str(triples)
    return [
        ("Reading, beside the bare libraries", [*python, str(HERE / "reading.py"), "--rounds", "3"]),
        (
            "Recall and precision on documents whose facts are known",
            [
                *(sys.executable, "-m", "tests.benchmarks.documents", "both", "--out", str(documents)),
                *("--documents", "1000", "--jobs", "2"),
            ],
        ),
        ("The steps of a build, beside what they cost bare", [*python, str(HERE / "releasing.py")]),
        (
            "The entity index, beside the graph store",
            [*python, str(HERE / "indexing.py"), "--triples", "100000", size],
        ),
        (
            "The corpus of what follows",
            [*python, str(HERE / "corpus.py"), "--triples", size, "--out", str(corpus)],
        ),
        ("Pages, beside the bare rows of their lists", [*python, str(HERE / "pages.py"), str(corpus)]),
        (
            "SPARQL, beside the engine's own server",
            [*python, str(HERE / "sparql.py"), "--data", str(corpus), "--rdflib"],
        ),
    ]


def _machine() -> list[str]:
    def found(name: str) -> str:
        try:
            return version(name)
        except PackageNotFoundError:
            return "—"

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return [
        f"- {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}; load {load:.1f} when it began",
        f"- {', '.join(f'{name} {found(name)}' for name in LIBRARIES)}",
        "- storage: the folder of temporary files, on the machine's own disk",
    ]


def main() -> None:
    """Run all, and write the page after each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000, help="statements of the corpus")
    parser.add_argument("--out", type=Path, default=HERE / "RESULTS.md")
    options = parser.parse_args()
    page = [
        "# Results",
        "",
        "Written by `make bench`; not edited. [How to read them](README.md).",
        "",
        *_machine(),
    ]
    with tempfile.TemporaryDirectory(prefix="fundtrace-bench-") as folder:
        for title, command in _commands(Path(folder), options.triples):
            print(title, flush=True)
            began = time.monotonic()
            try:
                done = subprocess.run(
                    command,
                    cwd=HERE.parents[1],
                    capture_output=True,
                    text=True,
                    timeout=SECONDS,
                    check=False,
                )
                said = done.stdout.strip()
                if done.returncode:
                    said = f"{said}\nended with {done.returncode}: {done.stderr.strip()[-500:]}".strip()
            except subprocess.TimeoutExpired:
                said = f"stopped after {SECONDS} s"
            page += ["", f"## {title}", "", "```text", said.replace(folder, "DIR"), "```", ""]
            page += [f"{time.monotonic() - began:.0f} s in all."]
            options.out.write_text("\n".join(page) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
