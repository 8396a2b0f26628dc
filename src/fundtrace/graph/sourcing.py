"""Which source says what under which key: the letters of sources that disagree, and the ordinals of twins.

Everything here depends on what the documents say and on nothing else: not on their order, their names or their folder.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from fundtrace.graph import fingerprints
from fundtrace.graph.iris import Iris
from fundtrace.graph.keys import cut, hash8, letter, squeeze
from fundtrace.graph.letters import Letters
from fundtrace.records import DepartmentStatement, Document, Project, Unit

T = TypeVar("T", bound=Project | DepartmentStatement)


@dataclass(frozen=True, slots=True)
class Source:
    """One source document and the keys of what it is about. `scope` stands for the region where that has no code."""

    document: Document
    key: str
    region: str | None
    department: str | None
    _codes: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_codes", _unit_codes(self.document))

    @property
    def scope(self) -> str:
        """What a document number or title is keyed by when its issuer does not make it unique."""
        return self.region or self.department or self.key

    def unit_key(self, unit: Unit) -> str:
        """The key of a budget unit that this source names."""
        return Iris.unit_key(self.region, self.department, self.unit_code(unit), unit.name)

    def unit_code(self, unit: Unit) -> str | None:
        """The code of a unit; where none is printed, the one code that the same source prints beside the same name."""
        return unit.code or self._codes.get(squeeze(unit.name))


@dataclass(frozen=True, slots=True)
class Telling(Generic[T]):
    """What one or more sources say, in equal words, of one project or statement.

    `tellers` holds each of them with its own record (positions differ), in the order of the sources' keys.
    """

    key: str
    stem: str
    tellers: tuple[tuple[Source, T], ...]

    @property
    def source(self) -> Source:
        """The source that the record is told by: the first."""
        return self.tellers[0][0]

    @property
    def record(self) -> T:
        """The record as the first source has it."""
        return self.tellers[0][1]


@dataclass(slots=True)
class Gathered:
    """All sources of a release in the order of their keys, and what they tell."""

    sources: tuple[Source, ...]
    projects: tuple[Telling[Project], ...] = ()
    statements: tuple[Telling[DepartmentStatement], ...] = ()
    project_keys: dict[tuple[str, int], str] = field(default_factory=dict)
    """(source key, 0-based number of the project in it) to the project's key."""
    disputed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """A project's key without letter to the keys of the sources' unlike tellings of it."""


def gather(documents: Iterable[Document], letters: Letters) -> Gathered:
    """Gives every document, project and statement its key, and notes in `letters` which has which."""
    gathered = Gathered(_sources(documents, letters))
    entries: list[tuple[str, str, Source, Project]] = []
    places: list[tuple[str, int]] = []
    for source in gathered.sources:
        twins: Counter[tuple[str | None, str]] = Counter()
        for number, project in enumerate(source.document.projects):
            stem = _series_key(source, project, twins)
            key = Iris.dated_key(stem, source.document.fiscal_year, source.document.stage)
            entries.append((key, stem, source, project))
            places.append((source.key, number))
    gathered.projects, keys = _tellings("project", entries, fingerprints.of_project, letters)
    gathered.project_keys = dict(zip(places, keys, strict=True))
    gathered.disputed = _disputed(entries, keys)
    gathered.statements, _ = _tellings(
        "statement",
        [
            (
                Iris.dated_key(stem, source.document.fiscal_year, source.document.stage),
                stem,
                source,
                statement,
            )
            for source in gathered.sources
            for statement in source.document.statements
            for stem in (source.unit_key(statement.unit),)
        ],
        fingerprints.of_statement,
        letters,
    )
    return gathered


def _sources(documents: Iterable[Document], letters: Letters) -> tuple[Source, ...]:
    files: dict[tuple[str, str, str, str], Document] = {}
    for document in documents:
        print_ = fingerprints.of_document(document)
        known = files.get(print_)
        if known is None or document.source.file < known.source.file:
            files[print_] = document
    groups: defaultdict[str, list[tuple[str, Document]]] = defaultdict(list)
    for (says, *_), document in sorted(files.items(), key=lambda item: item[0]):
        groups[_source_key(document)].append((says, document))
    sources = []
    for plain, members in groups.items():
        told = [(says, frozenset({document.source.sha256})) for says, document in members]
        ranks = letters.assign("source", plain, told)
        for rank, (says, hashes), (_, document) in zip(ranks, told, members, strict=True):
            region, department = _places(document)
            key = cut(plain + letter(rank))
            letters.keep("source", key, plain, rank, says, hashes)
            sources.append(Source(document, key, region, department))
    return tuple(sorted(sources, key=lambda source: source.key))


def _unit_codes(document: Document) -> dict[str, str]:
    """Names of units, squeezed, that the document prints with one code and no other."""
    units = [record.unit for record in document.projects + document.statements if record.unit is not None]
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for unit in units:
        if unit.code:
            codes[squeeze(unit.name)].add(unit.code)
    return {name: min(found) for name, found in codes.items() if len(found) == 1}


def _places(document: Document) -> tuple[str | None, str | None]:
    department = document.department
    if department is None:
        return None, None
    place = department.region
    region = place.code if place else None
    return region, Iris.department_key(
        region, department.code, department.name, place.name if place else None
    )


def _source_key(document: Document) -> str:
    _, department = _places(document)
    if department is not None and document.fiscal_year is not None:
        return Iris.dated_key(department, document.fiscal_year, document.stage)
    return f"doc-{hash8(document.title or '', *(project.name for project in document.projects))}"


def _series_key(source: Source, project: Project, twins: Counter[tuple[str | None, str]]) -> str:
    if project.code:
        return Iris.series_key(source.region or source.department, project.code, project.name)
    parent = source.unit_key(project.unit) if project.unit else source.department
    twins[parent, squeeze(project.name)] += 1
    return Iris.series_key(parent, None, project.name, twins[parent, squeeze(project.name)])


def _tellings(
    kind: str,
    entries: Sequence[tuple[str, str, Source, T]],
    fingerprint: Callable[[T], str],
    letters: Letters,
) -> tuple[tuple[Telling[T], ...], list[str]]:
    """The tellings in the order of their keys, and the key of each entry."""
    groups: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, (key, _, _, record) in enumerate(entries):
        groups[key][fingerprint(record)].append(number)
    keys = [""] * len(entries)
    tellings = []
    for plain, members in groups.items():
        known = [
            (says, frozenset(entries[number][2].document.source.sha256 for number in numbers))
            for says, numbers in sorted(members.items())
        ]
        for rank, (says, files) in zip(letters.assign(kind, plain, known), known, strict=True):
            key, numbers = cut(plain + letter(rank)), members[says]
            letters.keep(kind, key, plain, rank, says, files)
            for number in numbers:
                keys[number] = key
            tellers = tuple((entries[number][2], entries[number][3]) for number in numbers)
            tellings.append(Telling(key, entries[numbers[0]][1], tellers))
    return tuple(sorted(tellings, key=lambda telling: telling.key)), keys


def _disputed(
    entries: Sequence[tuple[str, str, Source, Project]], keys: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for (plain, *_), key in zip(entries, keys, strict=True):
        groups[plain].add(key)
    return {plain: tuple(sorted(group)) for plain, group in sorted(groups.items()) if len(group) > 1}
