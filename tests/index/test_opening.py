"""Opening: read-only, from any thread, and never a damaged or foreign file."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import apsw
import pytest

from fundtrace.errors import QueryError, SystemFailure
from fundtrace.index import INDEX, Index, open_index
from fundtrace.release import Release

ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) FROM c"


@pytest.fixture
def copy(sample_index: Index, tmp_path: Path) -> Path:
    """A copy of the index that a test may damage."""
    shutil.copy(sample_index.path, tmp_path / INDEX)
    return tmp_path


def code(folder: Path) -> str:
    """The code of the failure to open an index."""
    with pytest.raises(SystemFailure) as caught:
        open_index(folder)
    assert "fundtrace build" in caught.value.en
    return caught.value.code


def test_it_says_what_it_is_of(sample_index: Index, sample_release: Release) -> None:
    """Base, namespace and version are those of the release."""
    told = sample_index.base, sample_index.namespace, sample_index.version
    assert told == (sample_release.base, sample_release.namespace, sample_release.version)


def test_nothing_can_be_written(sample_index: Index) -> None:
    """A connection refuses to write."""
    with pytest.raises(apsw.ReadOnlyError):
        sample_index.connect().execute('DELETE FROM "Entity"')


def test_each_thread_has_its_connection(copy: Path) -> None:
    """Threads ask at once, each over its own connection; a closed index can be asked again."""
    index = open_index(copy)
    with ThreadPoolExecutor(4) as threads:
        answers = threads.map(lambda _: index.run('SELECT count(*) FROM "Project"', {}, 10).rows, range(50))
    assert len({row for rows in answers for row in rows}) == 1
    assert index.connect() is index.connect()
    index.close()
    assert index.run("SELECT 1", {}).rows == [(1,)]
    index.close()


def test_a_statement_ends_at_its_time_limit(sample_index: Index) -> None:
    """A statement without an end is stopped, and the connection goes on."""
    with pytest.raises(QueryError) as caught:
        sample_index.run(ENDLESS, {}, 0.01)
    assert (caught.value.code, caught.value.kind) == ("too-slow", "unavailable")
    assert sample_index.run("SELECT 1", {}).rows == [(1,)]


def test_a_release_without_an_index_is_told(tmp_path: Path) -> None:
    """A missing file is named."""
    assert code(tmp_path) == "no-index"


@pytest.mark.parametrize("damage", ["empty", "garbage", "short", "header"])
def test_a_damaged_file_is_told(copy: Path, damage: str) -> None:
    """Files that are empty, no database, cut, or broken in their schema are not opened."""
    path = copy / INDEX
    data = path.read_bytes()
    path.write_bytes(
        {
            "empty": b"",
            "garbage": b"no database" * 1_000,
            "short": data[: len(data) // 2],
            "header": data[:100] + b"\xff" * 8_092 + data[8_192:],
        }[damage]
    )
    assert code(copy) == "corrupt-index"


def test_damage_found_later_is_told(copy: Path) -> None:
    """A page that is broken is found when it is read."""
    path = copy / INDEX
    data = bytearray(path.read_bytes())
    index = open_index(copy)
    index.close()
    with apsw.Connection(str(path)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'SourceRow'").get
    connection.close()
    assert isinstance(root, int)
    data[(root - 1) * 8_192 : root * 8_192] = b"\xff" * 8_192
    path.write_bytes(data)
    index = open_index(copy)
    with pytest.raises(SystemFailure) as caught:
        index.run('SELECT sum(length(cells)) FROM "SourceRow"', {})
    assert caught.value.code == "corrupt-index"
    index.close()


def test_an_index_of_another_version_is_told(copy: Path) -> None:
    """Tables that were made otherwise are not read as ours."""
    connection = apsw.Connection(str(copy / INDEX))
    connection.execute("""UPDATE "Info" SET value = 'other' WHERE name = 'fingerprint'""")
    connection.close()
    assert code(copy) == "foreign-index"
