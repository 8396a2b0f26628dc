"""The entity index beside the graph store, from the same statements in one run.

    python -m tests.benchmarks.indexing [--triples 100000 1000000] [--data DIR …]

prints, for each size: building the index, full text included, against loading the store; sizes on disk; the first page
of projects that cite the most cited document, by amount; money by document; and searches. `--data` asks the current
releases of data folders that are there already, the smallest first, and builds nothing. Figures of a noisy machine: the ratios say more
than the seconds.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import sqlalchemy as sa
from tests.benchmarks.corpus import BASE, NAMESPACE, lines

from fundtrace.graph import load_store, open_store
from fundtrace.index import INDEX, Index, build_index, declarations, metadata, open_index, sqlite
from fundtrace.index.deriving import total
from fundtrace.release import open_release
from fundtrace.release.sorting import sorted_lines

PAGE = """PREFIX ft: <{namespace}> SELECT ?project ?total WHERE {{
    ?project ft:cites <{document}> . OPTIONAL {{ ?project ft:totalBudget ?total }} }} ORDER BY DESC(?total) LIMIT 20"""
SUMS = """PREFIX ft: <{namespace}> SELECT ?document ?stage ?year (COUNT(?project) AS ?n) (SUM(?total) AS ?sum) WHERE {{
    ?project ft:fundedUnder ?document ; ft:stage ?stage ; ft:fiscalYear ?year ; ft:totalBudget ?total }}
    GROUP BY ?document ?stage ?year"""
SEARCHES = ("资", "就业补助", "冀财社2020186", "满意度 养老")


def timed(work: Callable[[], object], rounds: int = 7) -> float:
    """Seconds of the middle round, after one that does not count."""
    work()
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def once(work: Callable[[], object]) -> float:
    """Seconds of a single run."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def size(path: Path) -> float:
    """MB of a file or folder."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6


def hottest(index: Index) -> tuple[int, str, int]:
    """The most cited document: number, IRI, and how many projects cite it."""
    sql = """SELECT object, (SELECT key FROM "Entity" WHERE n = object), count(*) FROM "Project_cites"
        GROUP BY object ORDER BY 3 DESC LIMIT 1"""
    number, key, count = index.run(sql, {}).rows[0]
    return number, f"{BASE}id/{key}", count


def pages(index: Index, store: ox.Store) -> dict[str, float]:
    """Seconds of the first page of projects that cite the hottest document, by amount."""
    number, iri, count = hottest(index)
    print(f"- the most cited document has {count} projects")
    tables = metadata().tables
    stored, links, projects = (
        tables["Project_cites_by_totalBudget"],
        tables["Project_cites"],
        tables["Project"],
    )
    columns = projects.c.key, projects.c.totalBudget
    first = (
        sa.select(*columns)
        .join_from(stored, projects, projects.c.n == stored.c.subject)
        .where(stored.c.object == number)
        .order_by(stored.c.missing, stored.c.value.desc(), stored.c.subject)
        .limit(20)
    )
    sort = (
        sa.select(*columns)
        .join_from(links, projects, projects.c.n == links.c.subject)
        .where(links.c.object == number)
        .order_by(projects.c.totalBudget.is_(None), projects.c.totalBudget.desc(), projects.c.n)
        .limit(20)
    )
    asked, sorted_ = sqlite.compile(first), sqlite.compile(sort)
    assert index.run(*asked).rows == index.run(*sorted_).rows
    text = PAGE.format(namespace=NAMESPACE, document=iri)
    return {
        "stored order": timed(lambda: index.run(*asked), 200),
        "link table and sort": timed(lambda: index.run(*sorted_)),
        "SPARQL, disk store": timed(lambda: [*store.query(text)]),
    }


def sums(index: Index, store: ox.Store) -> dict[str, float]:
    """Seconds of money by document, stage and fiscal year."""
    tables = metadata().tables
    stored = sqlite.compile(tables["Total_document"].select())
    live = sqlite.compile(total(metadata(), declarations().totals, "document"))
    assert sorted(map(repr, index.run(*stored).rows)) == sorted(map(repr, index.run(*live).rows))
    text = SUMS.format(namespace=NAMESPACE)
    assert len([*store.query(text)]) == sum(row[0] is not None for row in index.run(*stored).rows)
    return {
        "stored totals": timed(lambda: index.run(*stored)),
        "live, index": timed(lambda: index.run(*live)),
        "SPARQL, disk store": timed(lambda: [*store.query(text)]),
    }


def measure(triples: int, folder: Path) -> dict[str, float]:
    """One size; gives the seconds of its pages."""
    statements = folder / "statements.nt"
    count = 0
    with statements.open("w", encoding="utf-8", newline="\n") as file:
        for line in sorted_lines(lines(triples), folder):
            file.write(f"{line}\n")
            count += 1
    print(f"\n## {count} statements\n")

    def build() -> None:
        with statements.open(encoding="utf-8", newline="\n") as file:
            build_index(file, folder / INDEX, BASE, NAMESPACE)

    loading = once(lambda: load_store(statements, folder / "store"))
    building = min(once(build) for _ in range(2))
    print(f"- building the index {building:.2f} s, the store {loading:.2f} s: ratio {building / loading:.2f}")
    on_disk, beside = size(folder / INDEX), size(folder / "store")
    print(
        f"- on disk the index {on_disk:.0f} MB ({on_disk * 1e6 / count:.0f} bytes a statement), the store {beside:.0f} MB: ratio {on_disk / beside:.2f}"
    )
    index, store = open_index(folder), open_store(folder / "store")
    space = "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'Search%'"
    print(f"- of it full text {index.run(space, {}).rows[0][0] / 1e6:.0f} MB")
    measured = asked(index, store)
    index.close()
    return measured


def asked(index: Index, store: ox.Store) -> dict[str, float]:
    """First pages, totals and searches; gives the seconds of the pages."""
    measured = pages(index, store)
    for title, figures in (("first page, by amount", measured), ("money by document", sums(index, store))):
        best = next(iter(figures.values()))
        told_ = "; ".join(
            f"{name} {value * 1e3:.3f} ms ({value / best:.0f})" for name, value in figures.items()
        )
        print(f"- {title}: {told_}")
    for text in SEARCHES:
        seconds = timed(lambda text=text: index.search(text))
        print(f"- search {text}: {index.count_matches(text)} matches, first page {seconds * 1e3:.1f} ms")
    return measured


def opened(data: Path) -> dict[str, float]:
    """A release that is there."""
    release = open_release(data)
    print(f"\n## {release.info.statements} statements\n", flush=True)
    return asked(release.index, release.store)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--triples", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--data", type=Path, nargs="+", help="data folders, instead of building anything")
    arguments = parser.parse_args()
    growth = [opened(data) for data in arguments.data or ()]
    for triples in arguments.triples if not arguments.data else ():
        with tempfile.TemporaryDirectory() as folder:
            growth.append(measure(triples, Path(folder)))
    print("\n## Growth of the first page from the smallest to the largest size\n")
    for name in growth[0]:
        print(f"- {name}: {growth[-1][name] / growth[0][name]:.1f}")


if __name__ == "__main__":
    main()
