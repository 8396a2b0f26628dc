"""Asking the graph: saved questions, binding of parameters, the guard, and evaluation in worker processes.

Names are loaded when they are first used, because every worker process starts by importing this package and needs next
to nothing of it.
"""

from typing import TYPE_CHECKING

from fundtrace.faces import face

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

__getattr__ = face(
    __name__,
    answers="Answer",
    asked="Dataset",
    asking="Table ask prepare",
    binding="bind",
    crew="Stored",
    describing="Provenance provenance turtle_bytes",
    formats="GRAPH_FORMATS SOLUTION_FORMATS Format",
    guarding="guard",
    questions="Question catalogue load_questions",
    results="Answering construct select",
    streams="Stream",
    workers="WorkerPool",
)
