"""Figures of operation."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
from prometheus_client.parser import text_string_to_metric_families


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


def test_the_release_is_named(client, release) -> None:
    """A change of release shows in the figures."""
    text = client.get("/metrics").text
    assert _value(text, "fundtrace_release_statements", version=release.version) == release.info.statements
    assert re.search(r"^# TYPE fundtrace_request_seconds histogram$", text, re.MULTILINE)


def test_two_processes_count_as_one(data: Path) -> None:
    """Whichever process is asked for the figures, it tells those of both; nothing is left when the server has stopped."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "fundtrace",
        "serve",
        "--data",
        str(data),
        "--port",
        str(port),
        "--workers",
        "2",
    ]
    temporary = data.parent / "temporary"
    temporary.mkdir()
    with subprocess.Popen(
        command, env={**os.environ, "TMPDIR": str(temporary)}, stdout=subprocess.PIPE
    ) as process:
        try:
            base = f"http://127.0.0.1:{port}"
            end = time.monotonic() + 60
            while time.monotonic() < end:
                try:
                    httpx.get(f"{base}/readyz")
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            for _ in range(20):
                # A connection of its own each time, so that either process gets some.
                assert httpx.get(f"{base}/robots.txt").status_code == 200
            counts = {
                _value(
                    httpx.get(f"{base}/metrics").text, "fundtrace_request_seconds_count", route="/robots.txt"
                )
                for _ in range(6)
            }
            assert counts == {20.0}
        finally:
            process.terminate()
            process.communicate(timeout=30)
    assert not list(temporary.glob("fundtrace-metrics-*"))
