"""A release that is damaged in any of its parts is an error that says what to do, and is made anew by the next build."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from fundtrace.cli.main import main
from fundtrace.errors import SystemFailure
from fundtrace.release import open_release
from fundtrace.release.opening import forget_stores


@pytest.mark.parametrize("name", ["store cut", "store overwritten"])
def test_a_damaged_store_is_an_error_of_ours(own, damage, name: str) -> None:
    """What the engine calls corruption has our code and says what to run."""
    pattern, spoil = damage[name]
    for path in (own.data / "releases" / own.other).glob(pattern):
        path.write_bytes(spoil(path.read_bytes()))
    forget_stores()
    with pytest.raises(SystemFailure, match="corrupt-release") as caught:
        open_release(own.data, own.other)
    assert "run fundtrace build again" in caught.value.en


def test_the_next_build_makes_a_damaged_release_anew(own, damage) -> None:
    """The command line says that nothing can be read, then builds, then reads."""
    release = own.data / "releases" / own.other
    own.switch(own.other)
    for name in ("store cut", "index cut", "statements cut"):
        pattern, spoil = damage[name]
        for path in release.glob(pattern):
            path.write_bytes(spoil(path.read_bytes()))

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, [*arguments, "--data", str(own.data)])

    refused = run("resolve", "冀财社[2020]186")
    assert refused.exit_code == 4
    assert "[corrupt-release]" in refused.stderr
    built = run("build", "--jobs", "1", str(own.document))
    assert built.exit_code == 0, built.stderr
    assert own.other in built.stdout
    assert run("doctor").exit_code == 0
