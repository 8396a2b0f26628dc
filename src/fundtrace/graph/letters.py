"""The letters of tellings that disagree about one thing: `~b`, `~c`, kept by those that once had them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count


@dataclass(frozen=True, slots=True)
class Mark:
    """By what a telling is known again: the start of the hash of what it says, and of the hashes of its files.

    `plain` is the key without a letter, `rank` 0 for the telling that has none, 1 for `~b`.
    """

    plain: str
    rank: int
    says: str
    files: frozenset[str]


class Letters:
    """Which telling of a key has which letter: those that were given in earlier releases, and those given now.

    `given` maps the path of an entity, `project/…~b`, to its mark; `marks` is the same for what is told now.
    """

    def __init__(self, given: dict[str, Mark] | None = None) -> None:
        self._given: dict[tuple[str, str], dict[int, Mark]] = {}
        for path, mark in (given or {}).items():
            self._given.setdefault((path.partition("/")[0], mark.plain), {})[mark.rank] = mark
        self.marks: dict[str, Mark] = {}

    def assign(self, kind: str, plain: str, tellings: Sequence[tuple[str, frozenset[str]]]) -> list[int]:
        """The rank of each telling of one key, given as (hash of what it says, hashes of its files), in a fixed order.

        A telling keeps its rank when it says the same or comes from the same file. The others take rank 0 if nobody has
        it now, and then ranks that nobody ever had.
        """
        given = self._given.get((kind, plain), {})
        told = [(says[:16], frozenset(file[:16] for file in files)) for says, files in tellings]
        ranks: dict[int, int] = {}
        for same in (
            lambda mark, telling: mark.says == telling[0],
            lambda mark, telling: bool(mark.files & telling[1]),
        ):
            for number, telling in enumerate(told):
                if number not in ranks:
                    free = (rank for rank in sorted(given) if rank not in ranks.values())
                    found = next((rank for rank in free if same(given[rank], telling)), None)
                    if found is not None:
                        ranks[number] = found
        fresh = chain([0], count(max(given, default=0) + 1))
        for number in range(len(told)):
            if number not in ranks:
                ranks[number] = next(rank for rank in fresh if rank not in ranks.values())
        return [ranks[number] for number in range(len(told))]

    def keep(self, kind: str, key: str, plain: str, rank: int, says: str, files: frozenset[str]) -> None:
        """Notes under which key a telling is stated."""
        self.marks[f"{kind}/{key}"] = Mark(plain, rank, says[:16], frozenset(file[:16] for file in files))
