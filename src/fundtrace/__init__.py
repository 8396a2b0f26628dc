"""fundtrace: Chinese budget performance documents as linked data.

`fundtrace.open(folder)` opens a release and `fundtrace.inspect(file)` reads one document; `fundtrace.api` has the rest.
"""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    __version__: str
    from fundtrace.api import Frame, Release, inspect
    from fundtrace.api import open_release as open  # noqa: A004 (fundtrace.open reads as what it does)

__all__ = ["Frame", "Release", "__version__", "inspect", "open"]

_FACE = {"Frame": "Frame", "Release": "Release", "inspect": "inspect", "open": "open_release"}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return _version()
    # The face stands on the top floor; whoever imports a lower room does not load it.
    if name not in _FACE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("fundtrace.api"), _FACE[name])


@cache
def _version() -> str:
    # What reads the metadata takes long to load, which every worker process would feel.
    from importlib.metadata import version

    return version("fundtrace")
