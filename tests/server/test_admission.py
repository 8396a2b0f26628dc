"""Who may be answered now: bounds on the requests under way."""

from __future__ import annotations

import asyncio
import threading

import pytest
from tests.serving import SECONDS

from fundtrace_server.admission import Admission
from fundtrace_server.problems import Problem


def test_places_run_out_for_one_client_and_for_all() -> None:
    """The share of a client is half of the places: 429 beyond it, 503 when all are taken, and both say when to try again."""

    async def asked() -> None:
        admission = Admission(2, 2)
        gate = threading.Event()

        def work() -> str:
            gate.wait(SECONDS)
            return "done"

        first = [asyncio.create_task(admission.run("a", work)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Problem) as of_one:
            await admission.run("a", work)
        second = [asyncio.create_task(admission.run("b", work)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Problem) as of_all:
            await admission.run("c", work)
        gate.set()
        assert await asyncio.gather(*first, *second) == ["done"] * 4
        assert (of_one.value.status, of_all.value.status) == (429, 503)
        for problem in (of_one.value, of_all.value):
            assert problem.headers["Retry-After"] == "1"
        assert (of_one.value.details, of_all.value.details) == (
            {"number": 3, "maximum": 2},
            {"number": 5, "maximum": 4},
        )
        assert await admission.run("a", work) == "done"

    asyncio.run(asked())


def test_slow_work_is_not_waited_for() -> None:
    """Work that ends only when a second has run does end."""

    async def asked() -> list[str]:
        admission = Admission(2, 0)
        passed = threading.Event()

        def slow() -> str:
            return "passed" if passed.wait(SECONDS) else "blocked"

        def quick() -> str:
            passed.set()
            return "quick"

        return list(await asyncio.gather(admission.run("a", slow), admission.run("b", quick)))

    assert asyncio.run(asked()) == ["passed", "quick"]


def test_work_that_fails_gives_its_place_back() -> None:
    """The next one is answered."""

    async def asked() -> int:
        admission = Admission(1, 0)
        with pytest.raises(ZeroDivisionError):
            await admission.run("a", lambda: 1 // 0)
        return await admission.run("a", lambda: 2)

    assert asyncio.run(asked()) == 2
