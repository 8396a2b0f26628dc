"""What a pool is asked: a query, the formats wanted, and the graphs that it is asked of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from fundtrace.query import frames
from fundtrace.query.answers import Key


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query is asked of, by IRI; an empty name stands for the default graph. None means all."""

    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the formats wanted for each form of answer, and its dataset."""

    query: str
    solutions: str | None
    graph: str | None
    dataset: Dataset

    @property
    def key(self) -> Key:
        """What two requests with one answer have in common."""
        return self.query, self.solutions, self.graph, self.dataset

    def frame(self, seconds: float) -> bytes:
        """What a worker is sent; `seconds` is the processor time that it may use."""
        return frames.pack(_header(self.solutions, self.graph, self.dataset, seconds), self.query.encode())


@lru_cache(256)
def _header(solutions: str | None, graph: str | None, dataset: Dataset, seconds: float) -> bytes:
    return frames.written(
        {
            "solutions": solutions,
            "graph": graph,
            "default": dataset.default,
            "named": dataset.named,
            "seconds": seconds,
        }
    )
