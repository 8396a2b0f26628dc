"""Releases: finished, read-only graphs in a data folder, built in one step and opened by version."""

from fundtrace.release.building import Built, build_release
from fundtrace.release.describing import Publication
from fundtrace.release.diffing import Change, Summary, ValueChange, differences
from fundtrace.release.dumping import Dump, dumps
from fundtrace.release.export import FORMATS, ExportFormat, export
from fundtrace.release.info import Account, Coverage, ReleaseInfo, SourceEntry, Unread
from fundtrace.release.ledger import Standing, lookup
from fundtrace.release.opening import Release, current_version, list_releases, open_release
from fundtrace.release.switching import previous_version, prune, rollback
from fundtrace.release.tabular import TABLE_FORMATS, export_table
from fundtrace.release.validating import Breach, Validation, When, breaches, read_validation

__all__ = [
    "FORMATS",
    "TABLE_FORMATS",
    "Account",
    "Breach",
    "Built",
    "Change",
    "Coverage",
    "Dump",
    "ExportFormat",
    "Publication",
    "Release",
    "ReleaseInfo",
    "SourceEntry",
    "Standing",
    "Summary",
    "Unread",
    "Validation",
    "ValueChange",
    "When",
    "breaches",
    "build_release",
    "current_version",
    "differences",
    "dumps",
    "export",
    "export_table",
    "list_releases",
    "lookup",
    "open_release",
    "previous_version",
    "prune",
    "read_validation",
    "rollback",
]
