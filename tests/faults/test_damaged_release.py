"""A release that is damaged in any of its parts is not taken up; the one before goes on answering."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fundtrace.cli.main import main
from fundtrace.errors import SystemFailure
from fundtrace.release import open_release
from fundtrace.release.opening import forget_stores


def _half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _overwritten(content: bytes) -> bytes:
    return content[:4096] + b"\xff" * (len(content) - 4096)


DAMAGE: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "description cut": ("release.json", _half),
    "index cut": ("index.sqlite", _half),
    "index empty": ("index.sqlite", lambda _: b""),
    "index overwritten": ("index.sqlite", _overwritten),
    "statements cut": ("statements.nt.gz", _half),
    "store cut": ("store/*.sst", _half),
    "store overwritten": ("store/*.sst", lambda content: bytes(len(content))),
    "store's list cut": ("store/MANIFEST-*", _half),
}


def test_no_damaged_release_is_taken_up(own, serve, tmp_path: Path) -> None:
    """Whatever part is cut or overwritten, every face answers from the last good release, and the log says what to do."""
    server = serve(own.data)
    release = own.data / "releases" / own.other
    whole = tmp_path / "whole"
    shutil.copytree(release, whole)
    for pattern, damage in DAMAGE.values():
        for path in release.glob(pattern):
            path.write_bytes(damage(path.read_bytes()))
        own.switch(own.other)
        assert server.release() == own.good
        shutil.rmtree(release)
        shutil.copytree(whole, release)
    refusals = [
        line for line in server.log.read_text(encoding="utf-8").splitlines() if "not taken up" in line
    ]
    assert len(refusals) == len(DAMAGE)
    assert all("run fundtrace build again" in line for line in refusals)
    # What was refused damaged is opened anew once it is whole.
    own.switch(own.other)
    assert server.client.get("/readyz").json() == {"release": own.other}


@pytest.mark.parametrize("name", [name for name in DAMAGE if name.startswith("store ")])
def test_a_damaged_store_is_an_error_of_ours(own, name: str) -> None:
    """What the engine calls corruption has our code and says what to run."""
    pattern, damage = DAMAGE[name]
    for path in (own.data / "releases" / own.other).glob(pattern):
        path.write_bytes(damage(path.read_bytes()))
    forget_stores()
    with pytest.raises(SystemFailure, match="corrupt-release") as caught:
        open_release(own.data, own.other)
    assert "run fundtrace build again" in caught.value.en


def test_the_next_build_makes_a_damaged_release_anew(own) -> None:
    """The command line says that nothing can be read, then builds, then reads."""
    release = own.data / "releases" / own.other
    own.switch(own.other)
    for pattern in ("store/*.sst", "index.sqlite", "statements.nt.gz"):
        for path in release.glob(pattern):
            path.write_bytes(_half(path.read_bytes()))

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, [*arguments, "--data", str(own.data)])

    refused = run("resolve", "冀财社[2020]186")
    assert refused.exit_code == 4
    assert "[corrupt-release]" in refused.stderr
    built = run("build", "--jobs", "1", str(own.document))
    assert built.exit_code == 0, built.stderr
    assert own.other in built.stdout
    assert run("doctor").exit_code == 0
