"""The tree of regions: `ontology/codes/regions.tsv` (GB/T 2260) and `regions-local.tsv` (codes that budgets use beside it)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from fundtrace import resources


@dataclass(frozen=True, slots=True)
class KnownRegion:
    """A region of the code lists. `standard` is True for a code of GB/T 2260."""

    code: str
    name: str
    parent: str | None
    full_name: str
    standard: bool


@dataclass(frozen=True, slots=True)
class RegionTree:
    """All known regions by code, and the codes of the names that only one region has.

    Both full names (河北省保定市) and single ones (保定市) are in `by_name`; a name that several regions bear is not.
    """

    regions: MappingProxyType[str, KnownRegion]
    by_name: MappingProxyType[str, str]

    def ancestors(self, code: str) -> Iterator[KnownRegion]:
        """The regions above a code, nearest first. A code that is in no list has none."""
        region = self.regions.get(code)
        while region is not None and region.parent is not None:
            region = self.regions.get(region.parent)
            if region is not None:
                yield region


@cache
def region_tree(folder: Path | None = None) -> RegionTree:
    """The tree in this folder (`ontology/codes` when none is given), read once.

    `regions-local.tsv` has a column `kind`: `retired` codes were in the standard, `local` ones never were.
    """
    folder = folder or resources.folder("ontology") / "codes"
    regions: dict[str, KnownRegion] = {}
    names: dict[str, set[str]] = {}
    for file_name in ("regions-local.tsv", "regions.tsv"):
        with (folder / file_name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                kind = row.get("kind")
                region = KnownRegion(
                    row["code"], row["name"], row["parent"] or None, row["full_name"], kind != "local"
                )
                regions[region.code] = region
                if kind != "retired":
                    for name in {region.name, region.full_name}:
                        names.setdefault(name, set()).add(region.code)
    unique = {name: min(codes) for name, codes in names.items() if len(codes) == 1}
    return RegionTree(MappingProxyType(regions), MappingProxyType(unique))
