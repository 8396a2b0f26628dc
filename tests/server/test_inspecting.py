"""/inspect: a document read in a process of its own, shown, and forgotten."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from tests.serving import SECONDS

from fundtrace.settings import Settings
from fundtrace_server import confined, inspecting
from fundtrace_server.inspecting import file_name


def test_the_form_says_what_it_takes(client) -> None:
    """Limits and privacy stand beside the field."""
    page = client.page("/inspect").text
    assert "至多 16 MiB" in page
    assert 'href="/inspect"' in page


def test_a_document_is_shown_and_nothing_is_kept(
    client, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Projects, money, findings and coverage as a page; the folder of the process is gone."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    file = samples / "shunping-2021.docx"
    answer = client.post(
        "/inspect", files={"file": ("<b>名称.docx", file.read_bytes())}, headers={"Accept": "text/html"}
    )
    assert answer.status_code == 200
    for shown in (
        "13063621KBZ5IOG4SDMWN",
        "220,000.00",
        "没有读懂的格",
        "cost-above-budget",
        "&lt;b&gt;名称.docx",
    ):
        assert shown in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert list(tmp_path.iterdir()) == []


def test_the_same_comes_as_json(client, samples: Path) -> None:
    """What `fundtrace inspect --json` prints, with the name that was given."""
    data = (samples / "julu-2025.txt").read_bytes()
    read = client.post("/inspect", files={"file": ("a/b/巨鹿 2025.txt", data)}).json()
    assert read["source"]["file"] == "a/b/巨鹿 2025.txt"
    assert len(read["projects"]) == 6


@pytest.mark.parametrize(
    ("files", "status", "code"),
    [
        ({"file": ("x.pdf", b"no pdf at all")}, 400, "not-read"),
        ({"file": ("", b"")}, 400, "no-file"),
        ({"other": ("x.txt", b"x")}, 400, "no-file"),
    ],
)
def test_what_cannot_be_read_says_why(
    client, files: dict[str, tuple[str, bytes]], status: int, code: str
) -> None:
    """A refusal of the reader is told in its words."""
    answer = client.post("/inspect", files=files)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_another_body_is_refused(client) -> None:
    """415 that names what is taken."""
    answer = client.post("/inspect", content=b"x", headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415
    assert answer.headers["accept-post"] == "multipart/form-data"


def test_it_can_be_switched_off_and_bounded(connect, data: Path) -> None:
    """Without the setting there is neither page nor link; a large file, a slow one and one too many are refused."""
    with connect(Settings(data=str(data), inspect_mib=0)) as client:
        assert client.page("/inspect").status_code == 404
        assert 'href="/inspect"' not in client.page("/about").text
    with connect(Settings(data=str(data), inspect_mib=1, inspect_seconds=0.01)) as client:
        large = client.post("/inspect", files={"file": ("x.txt", b"x" * 2_000_000)})
        assert (large.status_code, large.json()["error"]["code"]) == (413, "body-too-large")
        slow = client.post("/inspect", files={"file": ("x.txt", b"x")})
        assert (slow.status_code, slow.json()["error"]["code"]) == (503, "inspect-too-slow")
        for _ in range(inspecting.AT_ONCE):
            assert inspecting._BUSY.acquire(blocking=False)
        try:
            busy = client.post("/inspect", files={"file": ("x.txt", b"x")})
        finally:
            for _ in range(inspecting.AT_ONCE):
                inspecting._BUSY.release()
        assert (busy.status_code, busy.json()["error"]["code"]) == (503, "inspect-busy")


def test_a_machine_that_cannot_confine_reads_nothing(client, monkeypatch: pytest.MonkeyPatch) -> None:
    """503 rather than reading with the network at hand."""
    monkeypatch.setattr(confined, "UNCONFINED", 3)  # the code of a reading that failed
    answer = client.post("/inspect", files={"file": ("x.pdf", b"no pdf")})
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "inspect-not-confined")


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("预算.docx", "预算.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a b.xlsx", "a-b.xlsx"),
        ("", "document"),
        ("..", "document"),
        (".docx", "docx"),
        ("x" * 300 + ".pdf", "x" * 80 + ".pdf"),
    ],
)
def test_names_are_made_safe(given: str, safe: str) -> None:
    """A path becomes its last part, of letters and digits, with its suffix."""
    assert file_name(given) == safe


def test_a_confined_process_and_its_children_have_no_network() -> None:
    """No socket of any kind, not even by a child that is started later."""
    program = (
        "import platform, socket, subprocess, sys\n"
        "from fundtrace_server.confined import without_network\n"
        "without_network(platform.machine())\n"
        "try:\n    socket.socket()\nexcept PermissionError:\n    print('refused')\n"
        "child = 'import socket\\ntry:\\n    socket.socketpair()\\nexcept PermissionError:\\n    print(\"too\")'\n"
        "subprocess.run([sys.executable, '-c', child])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=SECONDS
    )
    assert done.stdout.split() == ["refused", "too"]


def test_an_unknown_machine_is_not_confined() -> None:
    """It says so instead of going on."""
    with pytest.raises(OSError, match="seccomp"):
        confined.without_network("abacus")
