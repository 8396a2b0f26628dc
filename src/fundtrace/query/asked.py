"""What a pool is asked: a query, the formats wanted, and the graphs that it is asked of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from fundtrace.query import frames


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query is asked of, by IRI; an empty name stands for the default graph. None means all."""

    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


def request(
    text: bytes, solutions: str | None, graph: str | None, dataset: Dataset | None, seconds: float
) -> bytes:
    """What a worker is sent: a query in UTF-8, the formats wanted for each form of answer, and the processor time it may use."""
    return frames.pack(_header(solutions, graph, dataset, seconds), text)


@lru_cache(256)
def _header(solutions: str | None, graph: str | None, dataset: Dataset | None, seconds: float) -> bytes:
    asked = dataset or Dataset()
    return frames.written(
        {
            "solutions": solutions,
            "graph": graph,
            "default": asked.default,
            "named": asked.named,
            "seconds": seconds,
        }
    )
