"""Records to a graph: IRIs, statements, the store on disk, and Turtle."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fundtrace.graph.iris import Iris
    from fundtrace.graph.letters import Letters, Mark
    from fundtrace.graph.outlines import Outline, outline
    from fundtrace.graph.stating import statements
    from fundtrace.graph.store import load_store, not_loaded, open_store
    from fundtrace.graph.turtle import prefixes, write_turtle

__all__ = [
    "Iris",
    "Letters",
    "Mark",
    "Outline",
    "load_store",
    "not_loaded",
    "open_store",
    "outline",
    "prefixes",
    "statements",
    "write_turtle",
]

_FACE = {
    "Iris": "iris",
    "Letters": "letters",
    "Mark": "letters",
    "Outline": "outlines",
    "load_store": "store",
    "not_loaded": "store",
    "open_store": "store",
    "outline": "outlines",
    "prefixes": "turtle",
    "statements": "stating",
    "write_turtle": "turtle",
}


def __getattr__(name: str) -> Any:
    # A process that reads documents outlines them and states nothing, so it loads no store.
    if name not in _FACE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_FACE[name]}"), name)
