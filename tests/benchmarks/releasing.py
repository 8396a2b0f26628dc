"""Making a release, step by step, beside what each step would cost bare: the same statements in one run.

    python -m tests.benchmarks.releasing [--triples 100000 300000] [--pyshacl]

prints, for each size, processor seconds (threads added up, so that other work on the machine does not count), ratios, and the
peak of memory in each step. `--pyshacl` validates with pySHACL too, which takes long and much memory.
"""

from __future__ import annotations

import argparse
import gc
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, product
from pathlib import Path

import pyoxigraph as ox
from tests.benchmarks.corpus import BASE, NAMESPACE, documents

from fundtrace.graph import Iris, load_store, outline, statements
from fundtrace.graph.literals import XSD, literal
from fundtrace.graph.terms import LABEL, TYPE
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


def plain(told: list[Document], counted: list[int]) -> Iterator[str]:
    """What a loop of f-strings costs that walks the records and states nearly the same, without looking anything up.

    Notes in `counted` how many lines it gave.
    """
    ft, kind, label, ids, written = f"<{NAMESPACE}", f"{TYPE} <{NAMESPACE}", LABEL, f"<{BASE}id/", 0
    integer, decimal = f"<{XSD}integer>", f"<{XSD}decimal>"
    lines: list[str] = []
    for document in told:
        department = document.department
        source = f"{ids}source/{department.code if department else ''}-{document.fiscal_year}>"
        for project in document.projects:
            key = f"{project.code}-{document.fiscal_year}"
            owner = f"{ids}project/{key}>"
            lines += (
                f"{owner} {kind}Project> .",
                f"{owner} {label} {literal(project.name)}@zh .",
                f"{owner} {ft}code> {literal(project.code or '')} .",
                f"{owner} {ft}name> {literal(project.name)} .",
                f"{owner} {ft}purpose> {literal(project.purpose or '')} .",
                f'{owner} {ft}line> "{project.line}"^^{integer} .',
                f"{owner} {ft}source> {source} .",
            )
            for row in project.rows:
                iri = f"{ids}row/{key}-{row.table}-{row.row}>"
                cells = "\t".join(row.cells)
                lines += (
                    f"{owner} {ft}sourceRow> {iri} .",
                    f"{iri} {kind}SourceRow> .",
                    f'{iri} {label} "表 {row.table} 第 {row.row} 行"@zh .',
                    f'{iri} {ft}table> "{row.table}"^^{integer} .',
                    f'{iri} {ft}row> "{row.row}"^^{integer} .',
                    f'{iri} {ft}line> "{row.line}"^^{integer} .',
                    f"{iri} {ft}cells> {literal(cells)} .",
                    f"{iri} {ft}source> {source} .",
                )
            for number, one in enumerate(project.indicators, start=1):
                iri, target, aim = (
                    f"{ids}indicator/{key}-{number}>",
                    f"{ids}target/{key}-{number}>",
                    one.target,
                )
                lines += (
                    f"{owner} {ft}indicator> {iri} .",
                    f"{iri} {kind}Indicator> .",
                    f"{iri} {label} {literal(one.name or '')}@zh .",
                    f"{iri} {ft}indicatorOf> {owner} .",
                    f'{iri} {ft}ordinal> "{number}"^^{integer} .',
                    f"{iri} {ft}level1> {literal(one.level1 or '')} .",
                    f"{iri} {ft}level2> {literal(one.level2 or '')} .",
                    f"{iri} {ft}name> {literal(one.name or '')} .",
                    f"{iri} {ft}description> {literal(one.description or '')} .",
                    f"{iri} {ft}basisText> {literal(one.basis.printed if one.basis else '')} .",
                    f'{iri} {ft}line> "{one.line}"^^{integer} .',
                    f"{iri} {ft}target> {target} .",
                    f"{iri} {ft}source> {source} .",
                    f"{target} {kind}Target> .",
                    f"{target} {label} {literal(aim.printed or '')}@zh .",
                    f"{target} {ft}targetKind> {ids}concept/target-{aim.kind}> .",
                    f"{target} {ft}comparator> {literal(aim.comparator or '')} .",
                    f'{target} {ft}value> "{aim.value}"^^{decimal} .',
                    f"{target} {ft}valueUnit> {literal(aim.unit or '')} .",
                    f"{target} {ft}printed> {literal(aim.printed or '')} .",
                    f"{target} {ft}source> {source} .",
                )
            for number, cited in enumerate(project.citations, start=1):
                iri, of = f"{ids}citation/{key}-{number}>", f"{ids}document/{cited.number}>"
                lines += (
                    f"{owner} {ft}citation> {iri} .",
                    f"{owner} {ft}cites> {of} .",
                    f"{iri} {kind}Citation> .",
                    f"{iri} {label} {literal(cited.printed)}@zh .",
                    f'{iri} {ft}ordinal> "{number}"^^{integer} .',
                    f"{iri} {ft}printed> {literal(cited.printed)} .",
                    f"{iri} {ft}place> {ids}concept/place-{cited.place}> .",
                    f"{iri} {ft}role> {ids}concept/role-{cited.role}> .",
                    f"{iri} {ft}reason> {literal(cited.reason)} .",
                    f"{iri} {ft}citedDocument> {of} .",
                    f'{iri} {ft}line> "{cited.line}"^^{integer} .',
                    f"{iri} {ft}citingProject> {owner} .",
                    f"{iri} {ft}source> {source} .",
                )
        written += len(lines)
        yield from lines
        lines.clear()
    counted[:] = [written]


def emitting(told: list[Document]) -> None:
    """Statements of ready records beside loops that do nothing but format, in turn; medians of fifteen rounds.

    A build has the outlines of the documents from those who read them; `outlines made too` hashes all records besides.
    """
    iris, counted = Iris(BASE), [0]
    outlined = [outline(document) for document in told]
    lines = list(statements(told, iris, NAMESPACE))
    parts = [tuple(line[:-2].split(" ", 2)) for line in lines]
    drain(plain(told, counted))
    # What is ready is no business of the collector's, which has nothing to do with ready strings.
    gc.collect()
    gc.freeze()
    sides: dict[str, tuple[Callable[[], Iterable[str]], int]] = {
        "ours": (lambda: statements(told, iris, NAMESPACE, outlines=lambda: outlined), len(lines)),
        "ours, outlines made too": (lambda: statements(told, iris, NAMESPACE), len(lines)),
        "a loop of f-strings over the same records, which escapes": (lambda: plain(told, []), counted[0]),
        "an f-string over ready, escaped parts": (
            lambda: (f"{s} {p} {o} ." for s, p, o in parts),
            len(lines),
        ),
    }
    found: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(15):
        for name, (work, count) in sides.items():
            begun = time.process_time()
            drain(work())
            found[name].append((time.process_time() - begun) / count)
    gc.unfreeze()
    for name, costs in found.items():
        print(f"- {name}: {1e6 * statistics.median(costs):.2f} µs a line")
    names = list(sides)
    for our, other in product(names[:2], names[2:]):
        speeds = statistics.median(one / ours for one, ours in zip(found[other], found[our], strict=True))
        print(f"- ratio of speeds, {our} to {other}: {speeds:.2f}")


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
    emitting(list(islice(documents(), 100)))
    for triples in arguments.triples:
        with tempfile.TemporaryDirectory() as folder:
            measure(triples, Path(folder), arguments.pyshacl)


if __name__ == "__main__":
    main()
