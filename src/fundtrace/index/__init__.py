"""The entity index: shapes to tables, rows from statements, stored orders and totals, full text, in one SQLite file."""

from fundtrace.index.building import INDEX, IndexInfo, build_index
from fundtrace.index.declarations import declarations
from fundtrace.index.metadata import metadata
from fundtrace.index.opening import Answer, Index, open_index
from fundtrace.index.projection import Column, Link, Projection, Table, projection
from fundtrace.index.searching import Match, match_place, match_snippet, search_rows

__all__ = [
    "INDEX",
    "Answer",
    "Column",
    "Index",
    "IndexInfo",
    "Link",
    "Match",
    "Projection",
    "Table",
    "build_index",
    "declarations",
    "match_place",
    "match_snippet",
    "metadata",
    "open_index",
    "projection",
    "search_rows",
]
