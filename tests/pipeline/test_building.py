"""The build: from folders to a release, the same however it is run."""

from __future__ import annotations

import dataclasses
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import rdflib.compare
from tests.serving import SECONDS

import fundtrace
from fundtrace.errors import InputError
from fundtrace.pipeline import NothingReadable, build, inspect
from fundtrace.release import current_version, export, open_release
from fundtrace.settings import Settings

SAMPLES = Path(fundtrace.__file__).parent / "samples"
DOCUMENTS = os.environ.get("FUNDTRACE_DOCUMENTS", "")
NS = "http://localhost:8000/ontology#"

_BUILD = """
import sys
from pathlib import Path
from fundtrace.pipeline import build
from fundtrace.settings import Settings
if __name__ == "__main__":
    print(build([Path(sys.argv[1])], Settings(data=sys.argv[2], jobs=int(sys.argv[3]))).release.version)
"""


def test_a_folder_becomes_a_release(folder: Path, settings: Settings) -> None:
    """What can be read is in it; what cannot is in the report, with a reason."""
    steps: list[tuple[int, int, bool]] = []
    report = build(
        [folder], settings, lambda done, total, *, failed=False: steps.append((done, total, failed))
    )
    assert report.files == 3
    assert report.skipped == ("documents/picture.png",)
    assert [(unread.path, unread.code) for unread in report.quarantined] == [
        ("documents/empty.txt", "empty-file")
    ]
    assert report.release.info.counts["Project"] == 3
    assert report.release.info.skipped == report.skipped
    assert report.release.info.quarantined == report.quarantined
    assert len(steps) == 4
    assert open_release(settings.data_path).version == report.release.version
    assert build([folder], settings).reused


def test_paths_that_are_named_are_reported(folder: Path, settings: Settings) -> None:
    """A missing path, and a file without a reader, are refusals when they are named."""
    report = build([folder / "a.txt", folder / "none", folder / "picture.png"], settings)
    assert report.files == 1
    assert report.skipped == ()
    assert sorted(unread.code for unread in report.quarantined) == ["no-such-file", "unknown-format"]


def test_nothing_readable_makes_no_release(folder: Path, settings: Settings) -> None:
    """The error tells how much was refused and why, and the current release stays."""
    version = build([folder], settings).release.version
    with pytest.raises(NothingReadable, match="nothing could be read") as caught:
        build([folder / "empty.txt"], settings)
    assert isinstance(caught.value, InputError)
    assert (caught.value.code, caught.value.exit_code) == ("nothing-readable", 3)
    assert [unread.path for unread in caught.value.account.quarantined] == ["empty.txt"]
    assert current_version(settings.data_path) == version


def test_findings_are_counted_by_severity(
    folder: Path, settings: Settings, document: Callable[..., str]
) -> None:
    """Two files that disagree about a project make a warning."""
    shutil.rmtree(folder / "more")
    (folder / "d.txt").write_text(document(amount="260000.00"), encoding="utf-8")
    report = build([folder], settings)
    assert report.release.info.counts["Project"] == 3
    assert report.findings_from("error") == report.findings.get("error", 0)
    assert report.findings_from("warning") - report.findings_from("error") >= 1
    assert report.findings_from("info") == sum(report.findings.values())


def test_the_release_follows_the_settings(folder: Path, settings: Settings) -> None:
    """Base and namespace are those of the publisher."""
    changed = dataclasses.replace(
        settings, base="https://data.example.org/", namespace="https://example.org/ft#"
    )
    release = build([folder], changed).release
    text = "".join(release.statements())
    assert "localhost" not in text
    assert (
        "<https://data.example.org/id/project/130636213IPGKMEFI2I8Y-2021> <https://example.org/ft#cites> "
        in text
    )


def test_the_same_release_however_it_is_run(tmp_path: Path, folder: Path) -> None:
    """Hash seed, locale, number of processes and names of files' folders change no byte that is published."""
    script = tmp_path / "script.py"
    script.write_text(_BUILD, encoding="utf-8")
    moved = tmp_path / "other"
    shutil.copytree(folder, moved)
    versions, texts = set(), set()
    for number, (seed, jobs, locale, source) in enumerate(
        [("0", "1", "C", folder), ("1", "4", "C.UTF-8", moved), ("random", "2", "POSIX", folder)]
    ):
        data = tmp_path / f"data-{number}"
        done = subprocess.run(
            [sys.executable, str(script), str(source), str(data), jobs],
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale},
            capture_output=True,
            text=True,
            check=True,
            timeout=SECONDS,
        )
        versions.add(done.stdout.strip())
        release = open_release(data).path
        published = [
            release / "statements.nt.gz",
            *release.glob("*.ttl"),
            *sorted((release / "dumps").iterdir()),
        ]
        texts.add(tuple((path.name, path.read_bytes()) for path in sorted(published)))
    assert len(versions) == len(texts) == 1
    assert {"void.ttl", "dcat.ttl", "prov.ttl", "dqv.ttl", "SHA256SUMS"} <= {name for name, _ in texts.pop()}


def test_the_samples_make_a_release(settings: Settings) -> None:
    """Every sample is read, whatever its format, and its Turtle is the graph of the store."""
    report = build([SAMPLES], dataclasses.replace(settings, jobs=2))
    assert report.files >= 5
    output = io.BytesIO()
    export(report.release, "turtle", output)
    graph = rdflib.Graph().parse(data=output.getvalue(), format="turtle")
    assert len(graph) == report.release.info.statements
    stored = {quad.triple for quad in report.release.store}
    assert {quad.triple for quad in ox.parse(output.getvalue(), ox.RdfFormat.TURTLE)} == stored


def test_inspecting_one_file(folder: Path) -> None:
    """The records of a file, or the reason why there are none."""
    assert inspect(folder / "a.txt").projects[0].code == "130636213IPGKMEFI2I8Y"
    with pytest.raises(InputError, match="empty-file"):
        inspect(folder / "empty.txt")
    with pytest.raises(InputError, match="unknown-format"):
        inspect(folder / "picture.png")
    (folder / "letter.txt").write_text("今天天气很好。\n", encoding="utf-8")
    with pytest.raises(InputError, match="unrelated-document"):
        inspect(folder / "letter.txt")


@pytest.mark.documents
@pytest.mark.skipif(not DOCUMENTS, reason="FUNDTRACE_DOCUMENTS names no folder")
def test_the_published_documents(settings: Settings) -> None:
    """All projects and indicators, the figures in yuan, and who cites what in which role."""
    release = build([Path(DOCUMENTS)], dataclasses.replace(settings, jobs=2)).release
    rows = release.store.query(
        f"""PREFIX ft: <{NS}> SELECT ?source (COUNT(?p) AS ?projects) (SUM(?yuan) AS ?total) WHERE {{
        ?p a ft:Project ; ft:source ?source ; ft:totalBudget ?yuan . ?source ft:fileName ?file
        }} GROUP BY ?source"""
    )
    found = {
        (row["projects"].value, row["total"].value)  # type: ignore[index]
        for row in rows  # type: ignore[union-attr]
    }
    assert {
        ("17", "8658100"),
        ("15", "25948000"),
        ("40", "44257200"),
        ("12", "125892500"),
        ("9", "638600"),
    } <= found

    def objects(path: str, term: str) -> set[str]:
        node = ox.NamedNode(f"http://localhost:8000/id/{path}")
        quads = release.store.quads_for_pattern(node, ox.NamedNode(NS + term), None, None)
        return {str(quad.object.value).removeprefix("http://localhost:8000/id/") for quad in quads}  # type: ignore[union-attr]

    project, document = "project/13063621KBZ5IOG4SDMWN-2021", "document/冀财社-2020-186"
    for term in ("fundedUnder", "basedOn", "cites"):
        assert objects(project, term) == {document}
    assert objects(project, "totalBudget") == {"220000"}
    assert objects("document/冀价行费字-2000-40", "source") == {
        "source/130636-323-2021",
        "source/130605-313-2022",
    }
    assert objects("document/冀价行费字-2000-40", "writtenForm") == {
        "冀价行费字（2000）40号",
        "冀价行费字【2000】第40号",
    }
