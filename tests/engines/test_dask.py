"""A Dask cluster of real processes: one of them is killed, storage is S3, and the release is that of this machine."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.serving import free_port, is_heard, until

from fundtrace.cli import main
from fundtrace.engines import cluster
from fundtrace.errors import FundtraceError
from fundtrace.pipeline import BuildReport, build, workplace
from fundtrace.release import current_version
from fundtrace.settings import Settings

COPIES = 10
SAME = ("statements.nt.gz", "release.json", "void.ttl", "dcat.ttl", "prov.ttl", "dqv.ttl", "dumps/SHA256SUMS")


class Cluster:
    """A scheduler and workers, each a process of its own, ended with the test."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        self._run("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        self.scheduler = self.processes[0]
        until(lambda: file.is_file() and file.read_text(encoding="utf-8").strip())
        self.address = str(json.loads(file.read_text(encoding="utf-8"))["address"])

    def worker(self, **environment: str) -> subprocess.Popen[bytes]:
        """One more worker of one thread."""
        return self._run("worker", self.address, "--nthreads", "1", "--no-nanny", **environment)

    def _run(self, name: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        with (self._folder / f"{name}-{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{name}", *arguments, "--no-dashboard"],
                stdout=log,
                stderr=log,
                cwd=self._folder,
                env={**os.environ, **environment},
            )
        self.processes.append(process)
        return process

    def end(self) -> None:
        """End them all."""
        for process in reversed(self.processes):
            process.kill()
            process.wait()


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler without workers."""
    folder = tmp_path / "cluster"
    folder.mkdir()
    found = Cluster(folder)
    yield found
    found.end()


@pytest.fixture(scope="module")
def corpus(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples many times over under other names and years, a broken file and one without a reader."""
    folder = tmp_path_factory.mktemp("corpus")
    for number in range(COPIES):
        for path in sorted(samples.iterdir()):
            if path.suffix == ".txt":
                text = path.read_text(encoding="utf-8") + f"\n{number}\n"
                (folder / f"{number:02}-{path.name}").write_text(text, encoding="utf-8")
            elif number == 0 and path.is_file():
                shutil.copy(path, folder)
    (folder / "broken.docx").write_bytes(b"PK\x03\x04nonsense")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


@pytest.fixture(scope="module")
def whole(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> BuildReport:
    """The corpus built by processes of this machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "0")
        return build([corpus], Settings(data=str(tmp_path_factory.mktemp("whole")), jobs=2))


@pytest.fixture(autouse=True)
def no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Releases tell no time, so that they can be compared byte for byte."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")


def check_same(report: BuildReport, whole: BuildReport) -> None:
    """Every published file has the same bytes, and the same files were set aside."""
    assert (report.files, report.skipped, report.quarantined) == (
        whole.files,
        whole.skipped,
        whole.quarantined,
    )
    for name in SAME:
        assert (report.release.path / name).read_bytes() == (whole.release.path / name).read_bytes(), name


def test_a_worker_that_is_killed_loses_nothing(
    made: Cluster, corpus: Path, whole: BuildReport, tmp_path: Path
) -> None:
    """Its documents are read by the other, every file is one step, and the release is that of this machine."""
    first, settings, steps, events = (
        made.worker(),
        Settings(data=str(tmp_path / "data")),
        list[int](),
        list[Any](),
    )
    made.worker()

    def step(done: int, total: int, *, failed: bool = False) -> None:
        steps.append(done)
        if done == total // 4:
            os.kill(first.pid, signal.SIGKILL)

    def log(event: str, about: Mapping[str, object]) -> None:
        events.append((event, about.get("file"), about.get("code")))

    with workplace(settings, "dask", made.address) as place:
        report = build([corpus], settings, step, log=log, workplace=place)
    assert first.wait() == -signal.SIGKILL
    check_same(report, whole)
    total = whole.files + len(whole.quarantined)
    assert steps == list(range(1, total + 1))
    assert len({file for event, file, _ in events if event == "read"}) == total
    assert {code for event, _, code in events if event == "read"} == {None, whole.quarantined[0].code}


def test_a_scheduler_that_is_killed_stops_the_build_and_the_next_goes_on(
    made: Cluster, corpus: Path, whole: BuildReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no release, no waiting without end, and what was read is not read again."""
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 2.0)
    monkeypatch.setattr(cluster, "WORKERS_SECONDS", 5.0)
    settings, half = Settings(data=str(tmp_path / "data"), jobs=2), whole.files // 2
    made.worker()

    def step(done: int, total: int, *, failed: bool = False) -> None:
        if done == half:
            made.scheduler.kill()

    with pytest.raises(FundtraceError) as raised, workplace(settings, "dask", made.address) as place:
        build([corpus], settings, step, workplace=place)
    assert raised.value.code in {"engine-failed", "engine-workers"}
    assert current_version(settings.data_path) is None
    report = build([corpus], settings)
    assert report.unchanged >= half - 1
    check_same(report, whole)


def test_a_worker_with_other_software_is_refused(made: Cluster, tmp_path: Path) -> None:
    """The command ends with 2, names the worker and what it has, and reads nothing."""
    import fundtrace

    other = tmp_path / "other" / "fundtrace"
    other.mkdir(parents=True)
    home = str(Path(fundtrace.__file__).parent)
    (other / "__init__.py").write_text(
        f"__path__ = [{home!r}]\n__file__ = {home + '/__init__.py'!r}\n__version__ = '0.0.1'\n",
        encoding="utf-8",
    )
    made.worker(PYTHONPATH=str(other.parent))
    args = ["build", str(tmp_path), "--data", str(tmp_path / "data"), "--engine", "dask"]
    result = CliRunner().invoke(main, [*args, "--scheduler", made.address])
    assert (result.exit_code, "[engine-unlike]" in result.stderr) == (2, True)
    assert "fundtrace 0.0.1" in result.stderr
    assert made.address.rpartition(":")[0] in result.stderr


@pytest.fixture
def s3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An S3-compatible server with a bucket; gives the address of a folder in it."""
    pytest.importorskip("moto", reason="moto[server] is not installed")
    pytest.importorskip("s3fs", reason="s3fs is not installed")
    from botocore.session import get_session

    with free_port() as port:
        address = f"http://127.0.0.1:{port}"
        for name, value in (
            ("AWS_ACCESS_KEY_ID", "x"),
            ("AWS_SECRET_ACCESS_KEY", "x"),
            ("AWS_DEFAULT_REGION", "us-east-1"),
            ("AWS_ENDPOINT_URL", address),
        ):
            monkeypatch.setenv(name, value)
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
        with (
            (tmp_path / "moto.log").open("wb") as log,
            subprocess.Popen(command, stdout=log, stderr=log) as server,
        ):
            try:
                until(lambda: is_heard(port))
                client = get_session().create_client("s3")
                client.create_bucket(Bucket="budget")
                yield "s3://budget/work"
                assert client.list_objects_v2(Bucket="budget")["KeyCount"] == 0
            finally:
                server.kill()


def test_documents_and_records_travel_by_s3(
    s3: str, made: Cluster, corpus: Path, whole: BuildReport, tmp_path: Path
) -> None:
    """Workers that see neither documents nor data folder give the same release, and the bucket is empty afterwards."""
    made.worker()
    args = ["build", str(corpus), "--data", str(tmp_path / "data"), "--engine", "dask"]
    result = CliRunner().invoke(main, [*args, "--scheduler", made.address, "--shared", s3])
    assert result.exit_code == 3, result.stderr
    assert whole.release.version in result.stdout
