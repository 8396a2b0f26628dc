"""Time of the server for each kind of page, beside the same rows asked of the index bare.

    python -m tests.benchmarks.corpus --triples 1000000 --out DIR
    python -m tests.benchmarks.pages DIR --each 40

Every page is asked in this process, without a network: once cold (entities picked at random, so that nothing of theirs is
kept), then again. `bare` is the statement that gives the rows of the page's list, run again and again on a warm file: what
the page cannot be faster than. Read the ratios; times are of the machine and of what else it does, and CPU time beside
them says how much was waiting.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from starlette.types import ASGIApp

from fundtrace.index import Index
from fundtrace.release import open_release
from fundtrace.settings import Settings
from fundtrace_server.app import create_app

LISTS = {
    "FundingDocument": 'SELECT p.* FROM (SELECT subject FROM "Project_cites_by_totalBudget" WHERE object = :n'
    " ORDER BY missing, value DESC, subject LIMIT 50) o JOIN Project p ON p.n = o.subject",
    "Department": "SELECT * FROM Project WHERE department = :n ORDER BY totalBudget DESC LIMIT 50",
    "Region": "SELECT * FROM Project WHERE region = :n ORDER BY totalBudget DESC LIMIT 50",
    "BudgetUnit": "SELECT * FROM Project WHERE unit = :n ORDER BY totalBudget DESC LIMIT 50",
    "SourceDocument": "SELECT p.* FROM Project_source s JOIN Project p ON p.n = s.subject WHERE s.object = :n LIMIT 50",
    "Project": 'SELECT i.*, t.* FROM "Project_indicator" l JOIN Indicator i ON i.n = l.object'
    " LEFT JOIN Target t ON t.n = i.target WHERE l.subject = :n",
    "Agency": "SELECT * FROM FundingDocument WHERE leadAgency = :n LIMIT 50",
    "Indicator": "SELECT * FROM Indicator WHERE n = :n",
}
"""Classes, and the rows of their page as one statement."""

WHOLE = ("/", "/findings", "/sources", "/compare", "/releases", "/about")


@dataclass
class Timed:
    """Milliseconds of the requests of one kind: cold, again, and the CPU time of those again."""

    cold: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)


@asynccontextmanager
async def _running(app: ASGIApp) -> AsyncIterator[httpx.AsyncClient]:
    inbox: asyncio.Queue[Any] = asyncio.Queue()
    outbox: asyncio.Queue[Any] = asyncio.Queue()
    task = asyncio.create_task(app({"type": "lifespan", "asgi": {"version": "3.0"}}, inbox.get, outbox.put))
    await inbox.put({"type": "lifespan.startup"})
    await outbox.get()
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://server.test", timeout=60) as client:
        yield client
    await inbox.put({"type": "lifespan.shutdown"})
    await outbox.get()
    await task


async def _ask(client: httpx.AsyncClient, path: str) -> tuple[float, float]:
    begun, worked = time.perf_counter(), time.process_time()
    response = await client.get(path, headers={"Accept": "text/html"})
    taken, used = time.perf_counter() - begun, time.process_time() - worked
    if response.status_code != 200:
        raise SystemExit(f"{path}: {response.status_code}")
    return taken * 1000, used * 1000


def _entities(index: Index, class_name: str, each: int, chance: random.Random) -> list[tuple[int, str]]:
    rows = index.run("SELECT n, key FROM Entity WHERE class = :class", {"class": class_name}).rows
    found = chance.sample(rows, min(each, len(rows)))
    if class_name == "FundingDocument":  # the most cited one is what the page is made for
        hot = index.run(
            'SELECT e.n, e.key FROM "Project_cites" c JOIN Entity e ON e.n = c.object GROUP BY c.object'
            " ORDER BY count(*) DESC LIMIT 3",
            {},
        ).rows
        found = [*hot, *found]
    return [(int(n), str(key)) for n, key in found]


def _percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


async def measure(data: Path, each: int, seed: int) -> dict[str, Timed]:
    """The times of every kind of page over the current release of a data folder."""
    chance, index = random.Random(seed), open_release(data).index
    found: dict[str, Timed] = {}
    async with _running(create_app(Settings(data=str(data)))) as client:
        for class_name, sql in LISTS.items():
            timed = found[class_name] = Timed()
            entities = _entities(index, class_name, each, chance)
            if (
                entities
            ):  # templates and statements are compiled at the first page of a kind, whatever its size
                await _ask(client, f"/page/{quote(entities[-1][1])}")
            for n, key in entities[:-1] or entities:
                path = f"/page/{quote(key)}"
                timed.cold.append((await _ask(client, path))[0])
                for _ in range(3):
                    taken, used = await _ask(client, path)
                    timed.again.append(taken)
                    timed.processor.append(used)
                for _ in range(3):
                    timed.bare.append(index.run(sql, {"n": n}).seconds * 1000)
        for path in WHOLE:
            timed = found[path] = Timed()
            timed.cold.append((await _ask(client, path))[0])
            for _ in range(each):
                taken, used = await _ask(client, path)
                timed.again.append(taken)
                timed.processor.append(used)
    return found


def main() -> None:
    """Prints a table in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--each", type=int, default=40, help="entities of each class")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    found = asyncio.run(measure(given.data, given.each, given.seed))
    print(
        "| page | cold p50 | cold p95 | again p50 | again p95 | CPU p50 | CPU p95 | bare p50 | page : bare |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, timed in found.items():
        if not timed.again:
            continue
        bare = statistics.median(timed.bare) if timed.bare else None
        columns = [
            *(
                _percentile(values, share)
                for values in (timed.cold, timed.again, timed.processor)
                for share in (0.5, 0.95)
            ),
            bare,
            statistics.median(timed.again) / bare if bare else None,
        ]
        print(f"| {name} | " + " | ".join("" if one is None else f"{one:.1f}" for one in columns) + " |")


if __name__ == "__main__":
    main()
