"""Records to a graph: IRIs, statements, the store on disk, and Turtle."""

from typing import TYPE_CHECKING

from fundtrace.faces import face

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

__getattr__ = face(
    __name__,
    iris="Iris",
    letters="Letters Mark",
    outlines="Outline outline",
    stating="statements",
    store="load_store not_loaded open_store",
    turtle="prefixes write_turtle",
)
