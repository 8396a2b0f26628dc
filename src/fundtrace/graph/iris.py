"""The one place that mints IRIs of data: `{base}id/{kind}/{key}`.

Keys come from what is printed (codes, numbers, names), never from a file's name, its hash or a line, so that the same
fact has the same IRI in every release. `keys` says what a key may hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from fundtrace.citations import DocumentNumber, is_scoped
from fundtrace.graph.keys import MAX_BYTES, cut, hash8, join, squeeze
from fundtrace.records.document import Stage

_SUFFIX = 40
"""More characters than the numbers in a suffix have, with `-`: a stem so much shorter than a key needs no cutting."""

_LASTING = re.compile(r"[0-9A-Z]{21}\Z")


class Iris:
    """Mints the IRIs under one base, which ends in `/`.

    Methods named after a kind give an IRI; methods that end in `_key` give the key that its parts are named after.
    """

    def __init__(self, base: str) -> None:
        self.base = base
        self.prefix = f"{base}id/"

    def iri(self, kind: str, key: str) -> str:
        """The IRI of a key that one of the `_key` methods made."""
        return f"{self.prefix}{kind}/{key}"

    def part(self, kind: str, stem: str, suffix: str | int) -> str:
        """The IRI of a part: its parent's key, `-`, and its ordinal or name."""
        return f"{self.prefix}{kind}/{cut(f'{stem}-{suffix}')}"

    def parts(self, kind: str, stem: str, suffixes: Iterable[str | int]) -> list[str]:
        """The IRIs of many parts of one parent; suffixes are numbers, or several with `-` between them."""
        if not stem.isascii() or len(stem) > MAX_BYTES - _SUFFIX:
            return [self.part(kind, stem, suffix) for suffix in suffixes]
        start = f"{self.prefix}{kind}/{stem}-"
        return [f"{start}{suffix}" for suffix in suffixes]

    def pair(self, kind: str, first: str, second: str) -> str:
        """The IRI of what is said of two things: their keys with `_` between them."""
        return f"{self.prefix}{kind}/{cut(f'{first}_{second}')}"

    def concept(self, scheme: str, code: str) -> str:
        """A concept of a code list: `concept("role", "funds")`; underscores become hyphens."""
        return f"{self.prefix}concept/{scheme}-{code.replace('_', '-')}"

    def region(self, code: str) -> str:
        """The region with this code, as printed."""
        return self.iri("region", join(code))

    def agency(self, name: str) -> str:
        """The organ with this name."""
        return self.iri("agency", join(squeeze(name)))

    def row(self, source_key: str, table: int, row: int) -> str:
        """A printed table row: 1-based numbers of the table in its source and of the row in its table."""
        return self.part("row", source_key, f"{table}-{row}")

    def rows(self, source_key: str, places: Iterable[tuple[int, int]]) -> list[str]:
        """Printed table rows of one source, given by 1-based numbers of table and row."""
        if not source_key.isascii() or len(source_key) > MAX_BYTES - _SUFFIX:
            return [self.row(source_key, table, row) for table, row in places]
        start = f"{self.prefix}row/{source_key}-"
        return [f"{start}{table}-{row}" for table, row in places]

    def release(self, version: str) -> str:
        """A release."""
        return self.iri("release", version)

    @staticmethod
    def department_key(
        region: str | None, code: str | None, name: str | None, region_name: str | None = None
    ) -> str | None:
        """Region and code; without a code, region and a hash of the name; None if neither code nor name helps.

        Codes are local to a region: where the region has no code, its name and the department's are the key.
        """
        if region and code:
            return join(region, code)
        if not name:
            return None
        return join(region, hash8(name)) if region else f"name-{hash8(region_name or '', name)}"

    @staticmethod
    def unit_key(region: str | None, department_key: str | None, code: str | None, name: str) -> str:
        """Region and code; else the department's key with the code, or with a hash of the name."""
        if code and region:
            return join(region, code)
        parent = department_key or region
        if code and parent:
            return join(parent, code)
        return join(parent, hash8(name)) if parent else f"name-{hash8(name)}"

    @staticmethod
    def series_key(parent: str | None, code: str | None, name: str, twin: int = 1) -> str:
        """A code of 21 characters as it is; any other behind its region; else the parent's key and a hash of the name.

        `parent` is the region's code for a printed code, else the key of the unit or department. `twin` is the 1-based
        number among equal names of one source.
        """
        if code:
            squeezed = squeeze(code)
            if _LASTING.match(squeezed):
                return squeezed
            return join(parent or f"name-{hash8(name)}", squeezed)
        stem = f"{parent or 'name'}-{hash8(name)}"
        return cut(stem if twin == 1 else f"{stem}-{twin}")

    @staticmethod
    def dated_key(stem: str, year: int | None, stage: Stage) -> str:
        """What one year and stage says: the stem, the year where known, and the stage unless it is the budget."""
        key = f"{stem}-{year}" if year else stem
        return cut(key if stage == "budget" else f"{key}-{stage}")

    @staticmethod
    def number_key(number: DocumentNumber, scope: str | None = None) -> str:
        """The key of a numbered document, a decree or an announcement.

        `scope` (the citing region's code) counts only for issuer codes that many places use without a prefix.
        """
        scoped = (scope,) if scope and is_scoped(number.issuer) else ()
        year = () if number.year is None else (str(number.year),)
        return join(*scoped, number.issuer, *year, number.serial)

    @staticmethod
    def title_key(title: str, *, law: bool = False, scope: str | None = None, year: int | None = None) -> str:
        """The key of a document that is known by title alone.

        A law by its title; what every level issues under the same title by the citing region, year and a hash of the
        title (give `scope`); any other by the hash.
        """
        if law:
            return join(squeeze(title))
        if scope is not None:
            return join(scope, str(year or "undated"), hash8(title))
        return f"title-{hash8(title)}"
