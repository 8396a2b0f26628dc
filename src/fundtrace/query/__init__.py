"""Asking the graph: saved questions, binding of parameters, the guard, and evaluation in worker processes.

Names are loaded when they are first used, because every worker process starts by importing this package and needs next
to nothing of it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fundtrace.query.answers import Answer
    from fundtrace.query.asked import Dataset
    from fundtrace.query.asking import Table, ask, prepare
    from fundtrace.query.binding import bind
    from fundtrace.query.crew import Stored
    from fundtrace.query.describing import Provenance, provenance, turtle_bytes
    from fundtrace.query.formats import GRAPH_FORMATS, SOLUTION_FORMATS, Format
    from fundtrace.query.guarding import guard
    from fundtrace.query.questions import Question, catalogue, load_questions
    from fundtrace.query.results import Answering, construct, select
    from fundtrace.query.streams import Stream
    from fundtrace.query.workers import WorkerPool

__all__ = [
    "GRAPH_FORMATS",
    "SOLUTION_FORMATS",
    "Answer",
    "Answering",
    "Dataset",
    "Format",
    "Provenance",
    "Question",
    "Stored",
    "Stream",
    "Table",
    "WorkerPool",
    "ask",
    "bind",
    "catalogue",
    "construct",
    "guard",
    "load_questions",
    "prepare",
    "provenance",
    "select",
    "turtle_bytes",
]

_ROOMS = {
    "GRAPH_FORMATS": "formats",
    "SOLUTION_FORMATS": "formats",
    "Answer": "answers",
    "Answering": "results",
    "Dataset": "asked",
    "Format": "formats",
    "Provenance": "describing",
    "Question": "questions",
    "Stored": "crew",
    "Stream": "streams",
    "Table": "asking",
    "WorkerPool": "workers",
    "ask": "asking",
    "bind": "binding",
    "catalogue": "questions",
    "construct": "results",
    "guard": "guarding",
    "load_questions": "questions",
    "prepare": "asking",
    "provenance": "describing",
    "select": "results",
    "turtle_bytes": "describing",
}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
