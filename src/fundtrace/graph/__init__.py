"""Records to a graph: IRIs, statements, the store on disk, and Turtle."""

from fundtrace.graph.iris import Iris
from fundtrace.graph.letters import Letters, Mark
from fundtrace.graph.statements import statements
from fundtrace.graph.store import load_store, open_store
from fundtrace.graph.turtle import prefixes, write_turtle

__all__ = ["Iris", "Letters", "Mark", "load_store", "open_store", "prefixes", "statements", "write_turtle"]
