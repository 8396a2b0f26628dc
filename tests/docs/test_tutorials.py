"""The tutorials, run as they stand: every command in order, each answer as it is shown (`…` stands for anything)."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
from tests.serving import SECONDS, free_port, is_heard, until

TUTORIALS = Path(__file__).parents[2] / "docs" / "tutorials"
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def _commands(page: str) -> list[tuple[str, str]]:
    """Commands of a page, each with what it is shown to print. Lines behind `> ` go on with the command."""
    found: list[tuple[list[str], list[str]]] = []
    for block in _BLOCK.findall(page):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append(([line[2:]], []))
            elif line.startswith("> "):
                found[-1][0].append(line[2:])
            else:
                found[-1][1].append(line)
    return [("\n".join(command), "".join(f"{line}\n" for line in shown)) for command, shown in found]


@contextmanager
def _served(command: str, folder: Path, environ: dict[str, str], port: int) -> Iterator[None]:
    with subprocess.Popen(
        [sys.executable, "-m", *command.split()],
        cwd=folder,
        env={**environ, "FUNDTRACE_PORT": str(port), "FUNDTRACE_WORKERS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            until(lambda: is_heard(port) or process.poll() is not None)
            assert httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=SECONDS).is_success
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(SECONDS)


@pytest.mark.parametrize("name", ["analyst", "publisher", "developer"])
def test_every_command_of_a_tutorial_prints_what_it_shows(
    name: str, samples: Path, commands: Path, tmp_path: Path
) -> None:
    """A reader who types a tutorial from the first line to the last sees what it promises."""
    (tmp_path / "documents").mkdir()
    if name == "analyst":
        for file in samples.iterdir():
            shutil.copy(file, tmp_path / "documents")
    elif name == "developer":
        shutil.copy(samples / "shunping-2021.docx", tmp_path / "documents")
    else:
        # The publisher's commands are many, and are the same over two small documents.
        shutil.copy(samples / "funing-2020.md", tmp_path / "documents")
        lines = (samples / "hezheng-2024.txt").read_text(encoding="utf-8").splitlines(keepends=True)
        first_project = "".join(lines[:45])
        (tmp_path / "documents" / "hezheng-2024.txt").write_text(first_project, encoding="utf-8")
    bin_folder = Path(sys.executable).parent
    kept = {key: value for key, value in os.environ.items() if not key.startswith("FUNDTRACE_")}
    environ = {**kept, "PATH": f"{commands}:{bin_folder}:{os.environ['PATH']}", "LANG": "C.UTF-8"}
    checker = doctest.OutputChecker()
    with ExitStack() as servers:
        port = servers.enter_context(free_port())
        for command, shown in _commands((TUTORIALS / f"{name}.md").read_text(encoding="utf-8")):
            if command == "fundtrace serve":
                servers.enter_context(_served(command, tmp_path, environ, port))
                continue
            done = subprocess.run(
                ["bash", "-c", command.replace("localhost:8000", f"localhost:{port}")],
                cwd=tmp_path,
                env=environ,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            assert done.returncode == 0, f"{command}\n{done.stdout}"
            want = shown.replace("…", "...")
            said = done.stdout.replace(f"localhost:{port}", "localhost:8000")
            got = "".join(f"{line.rstrip()}\n" for line in said.splitlines())
            assert checker.check_output(want, got, doctest.ELLIPSIS), (
                f"$ {command}\nshown:\n{want}\nprinted:\n{got}"
            )


@pytest.mark.parametrize("name", ["analyst", "publisher", "developer"])
def test_both_languages_have_the_same_commands(name: str) -> None:
    """A tutorial in English runs what the Chinese one runs."""
    pages = [(TUTORIALS / file).read_text(encoding="utf-8") for file in (f"{name}.md", f"{name}.en.md")]
    assert _commands(pages[0]) == _commands(pages[1])
