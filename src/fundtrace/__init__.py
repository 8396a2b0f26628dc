"""fundtrace: Chinese budget performance documents as linked data.

`fundtrace.open(folder)` opens a release and `fundtrace.inspect(file)` reads one document; `fundtrace.api` has the rest.
"""

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fundtrace.api import Frame, Release, inspect
    from fundtrace.api import open_release as open  # noqa: A004 (fundtrace.open reads as what it does)

__all__ = ["Frame", "Release", "__version__", "inspect", "open"]

__version__ = version("fundtrace")

_FACE = {"Frame": "Frame", "Release": "Release", "inspect": "inspect", "open": "open_release"}


def __getattr__(name: str) -> Any:
    # The face stands on the top floor; whoever imports a lower room does not load it.
    if name not in _FACE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("fundtrace.api"), _FACE[name])
