"""The letters of tellings that disagree about one thing: `~b`, `~c`, kept by those that once had them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Mark:
    """By what a telling is known again: the start of the hash of what it says, and of the hashes of its files.

    `plain` is the key without a letter, `rank` 0 for the telling that has none, 1 for `~b`.
    """

    plain: str
    rank: int
    says: str
    files: frozenset[str]


_Telling: TypeAlias = tuple[str, frozenset[str]]
_SAME: tuple[Callable[[Mark, _Telling], bool], ...] = (
    lambda mark, telling: mark.says == telling[0] and bool(mark.files & telling[1]),
    lambda mark, telling: mark.says == telling[0],
    lambda mark, telling: bool(mark.files & telling[1]),
)
"""Why a telling is known again, the better reasons first."""


class Letters:
    """Which telling of a key has which letter: those that were given in earlier releases, and those given now.

    `given` maps the path of an entity, `project/…~b`, to its mark, or gives such pairs as often as it is called; then
    `recall` says which are wanted, so that the rest need not be in memory. `marks` is the same for what is told now; `plain`
    gives, by kind and key, the mark of what is told once and never had a letter.
    """

    def __init__(
        self, given: Mapping[str, Mark] | Callable[[], Iterable[tuple[str, Mark]]] | None = None
    ) -> None:
        self._given: dict[str, dict[str, dict[int, Mark]]] = {}
        self._past = given if callable(given) else None
        if given is not None and not callable(given):
            for path, mark in given.items():
                self._remember(path, mark)
        self.marks: dict[str, Mark] = {}
        self.plain: Callable[[str, str], Mark | None] = _unknown

    def recall(self, wanted: Mapping[str, Collection[str]]) -> None:
        """Remembers, of what was given, all keys (by kind, without letter) that are wanted or ever had a letter."""
        if self._past is None:
            return
        late: defaultdict[str, set[str]] = defaultdict(set)
        for path, mark in self._past():
            kind = path.partition("/")[0]
            if mark.plain in wanted.get(kind, ()):
                self._remember(path, mark)
            elif mark.rank:
                self._remember(path, mark)
                late[kind].add(mark.plain)
        if late:
            for path, mark in self._past():
                if not mark.rank and mark.plain in late[path.partition("/")[0]]:
                    self._remember(path, mark)

    def lettered(self, kind: str) -> Collection[str]:
        """The keys, without letter, of what is remembered to have been told with a letter."""
        return [plain for plain, marks in self._given.get(kind, {}).items() if any(marks)]

    def assign(self, kind: str, plain: str, tellings: Sequence[tuple[str, frozenset[str]]]) -> list[int]:
        """The rank of each telling of one key, given as (hash of what it says, hashes of its files), in a fixed order.

        A telling keeps its rank when it says the same or comes from the same file, first of all if both are so. The others take rank 0 if nobody has
        it now, and then ranks that nobody ever had.
        """
        given = self._given.get(kind, {}).get(plain, {})
        told = [(says[:16], frozenset(file[:16] for file in files)) for says, files in tellings]
        ranks: dict[int, int] = {}
        for same in _SAME:
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

    def mark(self, path: str) -> Mark | None:
        """The mark of what is told now, by its path."""
        kind, _, key = path.partition("/")
        return self.marks.get(path) or self.plain(kind, key)

    def _remember(self, path: str, mark: Mark) -> None:
        self._given.setdefault(path.partition("/")[0], {}).setdefault(mark.plain, {})[mark.rank] = mark


def _unknown(kind: str, key: str) -> None:
    """Knows of no mark."""
