"""What a pool is asked: a query, the formats wanted, and the graphs that it is asked of."""

from __future__ import annotations

from dataclasses import dataclass

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
