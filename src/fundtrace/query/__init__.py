"""Asking the graph: saved questions, binding of parameters, the guard, and evaluation in worker processes.

Names are loaded when they are first used, because every worker process starts by importing this package and needs next
to nothing of it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fundtrace.query.asking import Table, ask
    from fundtrace.query.binding import bind
    from fundtrace.query.formats import GRAPH_FORMATS, SOLUTION_FORMATS, Format
    from fundtrace.query.guarding import guard
    from fundtrace.query.questions import Question, catalogue, load_questions
    from fundtrace.query.results import Answering, construct, select
    from fundtrace.query.workers import Answer, Ticket, WorkerPool

__all__ = [
    "GRAPH_FORMATS",
    "SOLUTION_FORMATS",
    "Answer",
    "Answering",
    "Format",
    "Question",
    "Table",
    "Ticket",
    "WorkerPool",
    "ask",
    "bind",
    "catalogue",
    "construct",
    "guard",
    "load_questions",
    "select",
]

_ROOMS = {
    "GRAPH_FORMATS": "formats",
    "SOLUTION_FORMATS": "formats",
    "Answer": "workers",
    "Answering": "results",
    "Format": "formats",
    "Question": "questions",
    "Table": "asking",
    "Ticket": "workers",
    "WorkerPool": "workers",
    "ask": "asking",
    "bind": "binding",
    "catalogue": "questions",
    "construct": "results",
    "guard": "guarding",
    "load_questions": "questions",
    "select": "results",
}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
