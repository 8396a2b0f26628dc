"""`release.json`: what a release is, beside its statements. Times stand here alone, so that equal input gives equal dumps."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SourceEntry(_Entry):
    """A file that the release was read from: the IRI of its source document, file name, and SHA-256 in hexadecimal."""

    iri: str
    file: str
    sha256: str


class Unread(_Entry):
    """A file that was not read: its path as the build saw it, a stable code, and the reason in one line each."""

    path: str
    code: str
    zh: str
    en: str


class Coverage(_Entry):
    """Cells with text in the recognised tables of all sources: all of them, used, ignored by a named rule, unclaimed."""

    cells: int
    used: int
    ignored: int
    unclaimed: int


class Account(_Entry):
    """What a build tells of its input beside the records: files without a reader, files that could not be read, cells."""

    skipped: tuple[str, ...] = ()
    quarantined: tuple[Unread, ...] = ()
    coverage: Coverage | None = None


class ReleaseInfo(_Entry):
    """The whole of `release.json`.

    `version` is the first twelve hex digits of `content_sha256`: the SHA-256 of the sorted statements, one a line,
    without those about the release itself. `statements_sha256` is that of all of them, as `statements.nt.gz` holds
    them. `created` is ISO 8601 in UTC. `counts` has the number of entities of each class, `findings` those of each
    severity; `open_suggestions` are those that nobody has decided. `left_out` counts the statements that the entity index has
    no place for, by reason and term (`other-class http://…`); the graph has them all.
    """

    version: str
    created: str
    software_version: str
    base: str
    namespace: str
    content_sha256: str
    statements_sha256: str
    statements: int
    counts: dict[str, int]
    findings: dict[str, int]
    sources: tuple[SourceEntry, ...]
    skipped: tuple[str, ...] = ()
    quarantined: tuple[Unread, ...] = ()
    coverage: Coverage | None = None
    open_suggestions: int = 0
    left_out: dict[str, int] = {}

    def to_json(self) -> str:
        """The text of the file."""
        return self.model_dump_json(indent=2) + "\n"
