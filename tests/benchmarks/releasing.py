"""Making a release, step by step, beside what each step would cost bare: the same statements in one run.

    python tests/benchmarks/releasing.py [--triples 100000 300000] [--pyshacl]

prints, for each size, processor seconds (threads added up, so that other work on the machine does not count), ratios, and the
peak of memory in each step. `--pyshacl` validates with pySHACL too, which takes long and much memory.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
from corpus import BASE, NAMESPACE, documents

from fundtrace.graph import Iris, load_store, statements
from fundtrace.graph.literals import literal
from fundtrace.index import INDEX, build_index
from fundtrace.records import Document
from fundtrace.release import FORMATS, Account, breaches, build_release
from fundtrace.release.dumping import write_dumps
from fundtrace.release.sorting import sorted_lines

A_DOCUMENT = 2_700
"""Statements of a document, about."""


def measured(name: str, work: Callable[[], object]) -> float:
    """Processor seconds of a step; prints them with the step's peak of memory."""
    # Writing 5 resets the peak of the process (Linux, proc(5)).
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    begun = time.process_time()
    work()
    seconds = time.process_time() - begun
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    peak = next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))
    print(f"- {name}: {seconds:.2f} s, {peak} MB")
    return seconds


def drain(lines: Iterable[str]) -> None:
    """Takes all lines."""
    for _ in lines:
        pass


def emitting(told: list[Document]) -> None:
    """Statements of ready records, beside loops that do nothing but format."""
    lines = list(statements(told, Iris(BASE), NAMESPACE))
    parts = [tuple(line[:-2].split(" ", 2)) for line in lines]
    ours = measured(
        f"{len(lines)} lines from ready records, both rounds",
        lambda: drain(statements(told, Iris(BASE), NAMESPACE)),
    )
    ready = measured("f-string over ready parts", lambda: drain(f"{s} {p} {o} ." for s, p, o in parts))
    texts = [(s, p, o.split('"')[1] if o[0] == '"' else None, o) for s, p, o in parts]

    def escaped() -> None:
        drain(f"{s} {p} {o if text is None else literal(text)} ." for s, p, text, o in texts)

    escaping = measured("f-string that escapes its texts", escaped)
    print(f"- ratio of speeds: {ready / ours:.2f} of ready parts, {escaping / ours:.2f} of escaped texts")


def measure(triples: int, folder: Path, pyshacl: bool) -> None:
    """All steps at one size."""
    number = max(1, triples // A_DOCUMENT)
    text = folder / "statements.nt"

    def told() -> Iterable[Document]:
        return islice(documents(), number)

    def write() -> None:
        with text.open("w", encoding="utf-8", newline="\n") as file:
            lines = statements(told, Iris(BASE), NAMESPACE)
            file.writelines(f"{line}\n" for line in sorted_lines(lines, folder))

    print(f"\n## {number} documents\n")
    measured("statements, sorted (records made anew in both rounds)", write)
    with text.open(encoding="utf-8") as file:
        count = sum(1 for _ in file)

    def bare() -> None:
        ox.Store(str(folder / "bare")).bulk_load(path=str(text), format=ox.RdfFormat.N_TRIPLES, lenient=True)

    in_pieces = measured("store, in pieces, optimised", lambda: load_store(text, folder / "store"))
    loading = measured("store, bare bulk_load", bare)
    print(f"- ratio: {in_pieces / loading:.2f}")
    with text.open(encoding="utf-8", newline="\n") as file:
        measured("index", lambda: build_index(file, folder / INDEX, BASE, NAMESPACE))
    data = folder / "data"
    built = None

    def build() -> None:
        nonlocal built
        built = build_release(
            data,
            lambda letters: statements(told, Iris(BASE), NAMESPACE, letters),
            BASE,
            NAMESPACE,
            Account(),
        )

    whole = measured("the whole build, without dumps and validation", build)
    assert built is not None
    release = built.release
    dumping = measured(f"the {len(FORMATS)} dumps", lambda: write_dumps(release))
    print(f"- ratio of the dumps to a bare bulk_load: {dumping / loading:.2f}")
    validating = measured(
        "validation, shapes as SPARQL", lambda: drain(map(str, breaches(release.store, BASE, NAMESPACE)))
    )
    print(
        f"- {count} statements; of a million: build {whole * 1e6 / count:.0f} s, validation {validating * 1e6 / count:.0f} s"
    )
    if pyshacl:
        print(f"- pySHACL takes {checked_by_pyshacl(text) / validating:.0f} times as long")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"- peak of the process, the bare bulk_load included: {peak} MB")


def checked_by_pyshacl(text: Path) -> float:
    """Processor seconds of the same shapes by pySHACL."""
    import pyshacl
    from rdflib import Graph

    from fundtrace.resources import folder as resources

    shapes = Graph().parse(resources("ontology") / "shapes.ttl")
    return measured(
        "validation by pySHACL",
        lambda: pyshacl.validate(Graph().parse(text, format="nt"), shacl_graph=shapes),
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--triples", type=int, nargs="+", default=[100_000, 300_000])
    parser.add_argument("--pyshacl", action="store_true", help="validate with pySHACL too")
    arguments = parser.parse_args()
    print("## Emission\n")
    emitting(list(islice(documents(), 40)))
    for triples in arguments.triples:
        with tempfile.TemporaryDirectory() as folder:
            measure(triples, Path(folder), arguments.pyshacl)


if __name__ == "__main__":
    main()
