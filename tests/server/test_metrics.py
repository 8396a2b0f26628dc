"""Figures of operation."""

from __future__ import annotations

import asyncio
import re

from anyio.from_thread import BlockingPortal
from prometheus_client.parser import text_string_to_metric_families

from fundtrace.settings import Settings
from fundtrace_server import metrics


def _value(text: str, name: str, **labels: str) -> float:
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if sample.name == name and labels.items() <= sample.labels.items():
                return sample.value
    return 0.0


def test_requests_are_counted_by_route_and_status(client) -> None:
    """An entity is counted under its route, not its address, and a path that nobody knows under none."""
    before = client.get("/metrics").text
    for _ in range(3):
        client.get("/page/document/%E5%86%80%E8%B4%A2%E7%A4%BE-2020-186")
    client.get("/nothing/of/the/kind")
    after = client.get("/metrics").text
    name = "fundtrace_request_seconds_count"
    labels = {"method": "GET", "route": "/page/{kind}/{key}", "status": "200"}
    assert _value(after, name, **labels) - _value(before, name, **labels) == 3
    unknown = {"route": "none", "status": "404"}
    assert _value(after, name, **unknown) - _value(before, name, **unknown) == 1
    assert "of/the/kind" not in after


def test_problems_are_counted_by_code(client) -> None:
    """Why an answer was an error can be watched."""
    name = "fundtrace_problems_total"
    before = client.get("/metrics").text
    client.get("/sparql?query=SELECT")
    after = client.get("/metrics").text
    assert _value(after, name, code="query-syntax") - _value(before, name, code="query-syntax") == 1


def test_queries_are_watched(client, portal) -> None:
    """How many are under way and wait, and what is kept of their answers."""
    client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o } LIMIT 7"})
    _let_tell(portal)
    text = client.get("/metrics").text
    assert _value(text, "fundtrace_sparql_kept_bytes") > 0
    assert _value(text, "fundtrace_sparql_queries", state="waiting") == 0
    assert 'fundtrace_sparql_queries{state="under-way"}' in text


def test_another_application_in_the_process_hides_no_figure(client, connect, data, portal) -> None:
    """The figures of a process are those of all applications in it, and what one had is gone when it ends."""
    client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o } LIMIT 7"})
    _let_tell(portal)
    alone = _kept_bytes(client)
    assert alone > 0
    with connect(Settings(data=str(data), sparql_processes=1)) as other:
        _let_tell(portal)
        assert _kept_bytes(client) == alone
        other.get("/sparql", params={"query": "SELECT * { ?s ?p ?o } LIMIT 9"})
        _let_tell(portal)
        assert _kept_bytes(client) > alone
    assert _kept_bytes(client) == alone


def _let_tell(portal: BlockingPortal) -> None:
    """Waits in the loop of the applications, where whatever is due before is done before, however slow the machine is."""
    portal.call(asyncio.sleep, 2 * metrics._LOOK_SECONDS)


def _kept_bytes(client) -> float:
    return _value(client.get("/metrics").text, "fundtrace_sparql_kept_bytes")


def test_the_release_is_named(client, release) -> None:
    """A change of release shows in the figures."""
    text = client.get("/metrics").text
    assert _value(text, "fundtrace_release_statements", version=release.version) == release.info.statements
    assert re.search(r"^# TYPE fundtrace_request_seconds histogram$", text, re.MULTILINE)
