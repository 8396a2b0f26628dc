"""A PostgreSQL of its own with the facts of an index, and how long its statements take."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks.posting import SECONDS
from tests.benchmarks.sparql import free_port

from fundtrace.index import Index

BESIDE = Path(__file__).parent / "postgraphile"


def statements(file: Path) -> dict[str, str]:
    """The statements of a file of SQL or SPARQL by the names in its comments."""
    parts = re.split(r"^(?:--|#) name: (\w+)\n", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {name: " ".join(text.split()) for name, text in zip(parts[::2], parts[1::2], strict=True)}


def program(name: str) -> str:
    """A program of PostgreSQL, on the path or where Debian puts it."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or str(places[-1])


@contextmanager
def postgres(index: Index, folder: Path) -> Iterator[tuple[str, int]]:
    """A database with the facts of an index; gives its address, and the process that starts all its others."""
    for name, sql in statements(BESIDE / "rows.sql").items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(index.run(sql, {}).rows)
    user: dict[str, Any] = {"user": "postgres"} if os.geteuid() == 0 else {}
    if user:
        shutil.chown(folder, "postgres")
    cluster = [
        program("initdb"),
        "-D",
        "cluster",
        "-U",
        "postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
    ]
    subprocess.run(cluster, cwd=folder, check=True, stdout=subprocess.DEVNULL, **user)
    port = free_port()
    # What psql, pgbench and PostGraphile find the database by.
    os.environ.update(PGHOST="127.0.0.1", PGPORT=str(port), PGUSER="postgres", PGDATABASE="postgres")
    settings = (
        "listen_addresses=127.0.0.1",
        f"port={port}",
        f"unix_socket_directories={folder}",
        "shared_buffers=512MB",
        "jit=off",
    )
    flags = [flag for one in settings for flag in ("-c", one)]
    with (folder / "postgres.log").open("w") as log:
        server = subprocess.Popen(
            [program("postgres"), "-D", "cluster", *flags], cwd=folder, stderr=log, stdout=log, **user
        )
        try:
            for _ in range(100):
                ready = [program("pg_isready"), "-q"]
                if subprocess.run(ready, check=False).returncode == 0:
                    break
                time.sleep(0.1)
            psql(folder, "-q", "-f", str(BESIDE / "schema.sql"))
            yield f"postgres://postgres@127.0.0.1:{port}/postgres", server.pid
        finally:
            server.terminate()
            server.wait(20)


def psql(folder: Path, *arguments: str) -> str:
    """What psql prints."""
    command = [program("psql"), "-v", "ON_ERROR_STOP=1", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def pgbench(folder: Path, sql: str) -> float:
    """Seconds of a prepared statement of PostgreSQL, by one connection."""
    script = folder / "script.sql"
    script.write_text(sql, encoding="utf-8")
    command = [program("pgbench"), "-n", "-M", "prepared", "-T", str(int(SECONDS)), "-f", str(script), "postgres"]  # fmt: skip
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.search(r"latency average = ([\d.]+) ms", told)
    assert found, told
    return float(found[1]) / 1e3
