"""Money by document, issuer and year: our answers beside SQL in PostgreSQL and SPARQL in Virtuoso, compared before they are timed."""

from __future__ import annotations

import contextlib
import csv
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import count, repeat
from pathlib import Path

from tests.benchmarks import sparql
from tests.benchmarks.postgres import BESIDE, pgbench, psql, statements
from tests.benchmarks.posting import ROUNDS, SECONDS, ask, rate, request
from tests.benchmarks.virtuoso import PROGRAM

from fundtrace.graphql import respond, respond_quickly
from fundtrace.release import Release

Groups = list[tuple[str, int, Decimal]]
"""Key, number of distinct projects and their money; the key is empty for those that have none."""


def totals(release: Release, folder: Path, our_port: int) -> None:
    """Ours over HTTP and without it, SQL without HTTP, and SPARQL over HTTP."""
    document = (BESIDE / "totals.graphql").read_text(encoding="utf-8")
    prefixes = f"PREFIX ft: <{release.namespace}> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
    asked_of_virtuoso = statements(BESIDE / "totals.rq")
    with _virtuoso(release) as virtuoso:
        for name, sql in statements(BESIDE / "totals.sql").items():
            asked = {"query": document, "operationName": name}
            found = _ours(ask(our_port, asked)["projects"]["aggregate"]["groupBy"])
            rows = csv.reader(psql(folder, "--csv", "-t", "-c", sql).splitlines())
            assert found == _groups(rows), name
            query = prefixes + asked_of_virtuoso[name].replace(
                "<STAGE>", f"<{release.base}id/concept/stage-budget>"
            )
            if virtuoso:
                assert found == _theirs(virtuoso, query), name
            taken: dict[str, list[float]] = {"http": [], "alone": [], "sql": [], "sparql": []}
            for _ in range(ROUNDS):
                taken["http"].append(1 / rate(our_port, [request(asked)], 1))
                taken["alone"].append(answering(release, document, name))
                taken["sql"].append(pgbench(folder, sql))
                if virtuoso:
                    taken["sparql"].append(1 / sparql.rate(virtuoso, repeat(query), 1, SECONDS)[0])
            ms = {key: statistics.median(each) * 1e3 for key, each in taken.items() if each}
            print(
                f"- by {name} ({len(found)} groups): ours {ms['alone']:.2f} ms, over HTTP {ms['http']:.2f} ms; "
                f"SQL {ms['sql']:.2f} ms: ratios {ms['sql'] / ms['alone']:.1f}, {ms['sql'] / ms['http']:.1f}"
            )
            if virtuoso:
                print(
                    f"  - SPARQL over HTTP {ms['sparql']:.2f} ms: ratio over HTTP {ms['sparql'] / ms['http']:.1f}"
                )


def _ours(groups: list[dict[str, object]]) -> Groups:
    return _groups(
        (one["keys"][0]["value"] or "", one["aggregate"]["count"], one["aggregate"]["sum"]["total"])  # type: ignore[index]
        for one in groups
    )


def _theirs(virtuoso: sparql.System, query: str) -> Groups:
    connection = sparql.Connection(virtuoso.port)
    connection.send(virtuoso.request(query))
    while not connection.receive():
        pass
    connection.socket.close()
    bindings = json.loads(connection.body())["results"]["bindings"]
    return _groups([one[name]["value"] for name in ("key", "count", "sum")] for one in bindings)


def _groups(rows: Iterable[Iterable[object]]) -> Groups:
    return sorted((str(key), int(str(number)), Decimal(str(total))) for key, number, total in rows)


@contextlib.contextmanager
def _virtuoso(release: Release) -> Iterator[sparql.System | None]:
    """Virtuoso with the statements of a release; None where it is not installed."""
    if shutil.which(PROGRAM) is None:
        print(f"- {PROGRAM} is not installed")
        yield None
        return
    with tempfile.TemporaryDirectory() as database, tempfile.TemporaryDirectory() as texts:
        text = Path(texts) / "statements.nt"
        with text.open("wb") as file, release.text() as lines:
            shutil.copyfileobj(lines, file)
        with sparql.virtuoso(text, Path(database)) as system:
            yield system


def answering(release: Release, document: str, name: str) -> float:
    """Seconds of our answer in this process, the text of the response included."""
    respond(release, document, {}, name)
    begun = time.perf_counter()
    for turn in count(1):
        if respond_quickly(release, document, {}, name) is None:
            respond(release, document, {}, name)
        if time.perf_counter() - begun > 1:
            return (time.perf_counter() - begun) / turn
    raise AssertionError
