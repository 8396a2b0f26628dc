"""Releases: finished, read-only graphs in a data folder, built in one step and opened by version."""

from fundtrace.release.building import Built, build_release
from fundtrace.release.export import FORMATS, ExportFormat, export
from fundtrace.release.info import Account, ReleaseInfo, SourceEntry, Unread
from fundtrace.release.opening import Release, current_version, list_releases, open_release

__all__ = [
    "FORMATS",
    "Account",
    "Built",
    "ExportFormat",
    "Release",
    "ReleaseInfo",
    "SourceEntry",
    "Unread",
    "build_release",
    "current_version",
    "export",
    "list_releases",
    "open_release",
]
