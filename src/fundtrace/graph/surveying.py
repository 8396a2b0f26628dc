"""The first pass over the documents: the letters of sources that disagree, and who tells what first.

Everything here depends on what the documents say and on nothing else: not on their order, their names or their folder.
Of what one source alone tells, which is nearly all, the survey keeps a key and one whole number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from fundtrace.errors import SystemFailure
from fundtrace.graph.iris import Iris
from fundtrace.graph.keys import cut, letter
from fundtrace.graph.letters import Letters, Mark
from fundtrace.graph.outlines import Outline
from fundtrace.graph.sourcing import (
    Source,
    T,
    Telling,
    dated,
    make_source,
    project_stems,
    statement_stems,
)
from fundtrace.records import DepartmentStatement, Document, Project

_BITS = 32


@dataclass(frozen=True, slots=True)
class Dispute:
    """A project that sources tell in unlike words: its key without letter, those with, and the IRIs of the sources."""

    plain: str
    keys: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(slots=True)
class _File:
    """A file by what makes it another file; of copies, the one whose name comes first stands for all."""

    prints: tuple[str, str, str, str]
    plain: str
    name: str
    place: int
    key: str = ""


@dataclass(slots=True)
class _Told:
    """What is told of one kind of things, by their keys without letter.

    `once`: the first telling of each, that is the hash of the record, the number of the file and the ordinal in it, packed;
    `again`: further ones. When letters are given, those that are several or had letters before go over to `keys`: by file and
    ordinal the key of a telling, and whether it is the first of those that say the same.
    """

    once: dict[str, int] = field(default_factory=dict)
    again: dict[str, list[int]] = field(default_factory=dict)
    keys: dict[tuple[int, int], tuple[str, bool]] = field(default_factory=dict)

    def add(self, plain: str, fingerprint: str, number: int, ordinal: int) -> None:
        packed = (int(fingerprint, 16) << 2 * _BITS) | (number << _BITS) | ordinal
        if self.once.setdefault(plain, packed) is not packed:
            self.again.setdefault(plain, []).append(packed)


class Survey:
    """The keys of all sources of a release, and which of them tells what under which key."""

    def __init__(self, iris: Iris) -> None:
        self._iris = iris
        self._files: list[_File] = []
        self._numbers: dict[int, int] = {}
        self._told: dict[str, _Told] = {"project": _Told(), "statement": _Told()}
        self._stems: set[int] = set()
        self._shared: set[int] = set()
        self.disputes: list[Dispute] = []

    def read(self, outlines: Iterable[Outline]) -> None:
        """Takes note of every document, by its outline."""
        known: dict[tuple[str, str, str, str], _File] = {}
        for place, outline in enumerate(outlines):
            file = known.get(outline.prints)
            if file is None:
                file = known[outline.prints] = _File(outline.prints, outline.plain, outline.file, place)
                self._read(outline, len(self._files))
                self._files.append(file)
            elif outline.file < file.name:
                file.name, file.place = outline.file, place
        self._numbers = {file.place: number for number, file in enumerate(self._files)}

    def settle(self, letters: Letters) -> None:
        """Gives all that was told its key, and notes in `letters` which telling has which."""
        groups: defaultdict[str, list[_File]] = defaultdict(list)
        for file in sorted(self._files, key=lambda file: file.prints):
            groups[file.plain].append(file)
        letters.recall({"source": groups, **{kind: told.again for kind, told in self._told.items()}})
        for plain, files in groups.items():
            said = [(file.prints[0], frozenset({file.prints[3]})) for file in files]
            for rank, telling, file in zip(letters.assign("source", plain, said), said, files, strict=True):
                file.key = cut(plain + letter(rank))
                letters.keep("source", file.key, plain, rank, *telling)
        for kind, told in self._told.items():
            for plain in sorted({*told.again, *letters.lettered(kind)} & told.once.keys()):
                self._settle(kind, plain, letters)
        letters.plain = self._mark

    def sources(self, documents: Iterable[Document]) -> Iterator[tuple[int, Source]]:
        """The second pass: each document but copies, and its number. Raises `SystemFailure` `file-changed`."""
        seen = 0
        for place, document in enumerate(documents):
            number = self._numbers.get(place)
            if number is not None:
                file, seen = self._files[number], seen + 1
                if document.source.sha256 != file.prints[3]:
                    raise _changed(document.source.file)
                yield number, make_source(document, file.key, self._source(number))
        if seen < len(self._files):
            raise _changed(self._files[seen].name)

    def projects(self, number: int, source: Source) -> list[Telling[Project]]:
        """What a source tells of projects, in printed order."""
        return self._tellings("project", number, source, project_stems(source), source.document.projects)

    def statements(self, number: int, source: Source) -> list[Telling[DepartmentStatement]]:
        """What a source tells of whole units, in printed order."""
        return self._tellings(
            "statement", number, source, statement_stems(source), source.document.statements
        )

    def is_shared(self, stem: str) -> bool:
        """Whether the series of this key may have more than one project."""
        return hash(stem) in self._shared

    def _read(self, outline: Outline, number: int) -> None:
        for kind, told in (("project", outline.projects), ("statement", outline.statements)):
            for ordinal, (stem, says) in enumerate(told):
                plain = Iris.dated_key(stem, outline.fiscal_year, outline.stage)
                self._told[kind].add(plain, says, number, ordinal)
        for stem, _ in outline.projects:
            (self._shared if hash(stem) in self._stems else self._stems).add(hash(stem))

    def _settle(self, kind: str, plain: str, letters: Letters) -> None:
        """Keys for the tellings of one thing that are several, or that had letters before."""
        told = self._told[kind]
        groups: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for packed in (told.once.pop(plain), *told.again.pop(plain, ())):
            fingerprint, number, ordinal = _unpacked(packed)
            groups[fingerprint].append((number, ordinal))
        known = [
            (says, frozenset(self._files[number].prints[3] for number, _ in members))
            for says, members in sorted(groups.items())
        ]
        keys: dict[str, set[int]] = defaultdict(set)
        for rank, (says, files) in zip(letters.assign(kind, plain, known), known, strict=True):
            key = cut(plain + letter(rank))
            letters.keep(kind, key, plain, rank, says, files)
            members = sorted(groups[says], key=lambda member: (self._files[member[0]].key, member[1]))
            for member in members:
                told.keys[member] = key, member == members[0]
            keys[key].update(number for number, _ in members)
        if kind == "project" and len(keys) > 1:
            tellers = {self._source(number) for numbers in keys.values() for number in numbers}
            self.disputes.append(Dispute(plain, tuple(sorted(keys)), tuple(sorted(tellers))))

    def _tellings(
        self, kind: str, number: int, source: Source, stems: Iterable[str], records: Iterable[T]
    ) -> list[Telling[T]]:
        told, tellings = self._told[kind], []
        for ordinal, (stem, record) in enumerate(zip(stems, records, strict=True)):
            key, first = told.keys.get((number, ordinal)) or (dated(source, stem), True)
            tellings.append(Telling(key, stem, source, record, first))
        return tellings

    def _mark(self, kind: str, key: str) -> Mark | None:
        """The mark of what is told once and never had a letter."""
        told = self._told.get(kind)
        packed = told.once.get(key) if told is not None else None
        if packed is None:
            return None
        fingerprint, number, _ = _unpacked(packed)
        return Mark(key, 0, fingerprint[:16], frozenset({self._files[number].prints[3][:16]}))

    def _source(self, number: int) -> str:
        return self._iris.iri("source", self._files[number].key)


def _changed(file: str) -> SystemFailure:
    return SystemFailure(
        "file-changed",
        "文件在构建当中变了；请等它写完再构建",
        "the file changed during the build; build again when it is complete",
        subject=file,
    )


def _unpacked(packed: int) -> tuple[str, int, int]:
    """The fingerprint in hexadecimal, the number of the file, and the ordinal in it."""
    low = (1 << _BITS) - 1
    return f"{packed >> 2 * _BITS:064x}", (packed >> _BITS) & low, packed & low
