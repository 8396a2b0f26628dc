"""Regions, departments and budget units, as printed."""

from __future__ import annotations

from fundtrace.records.values import Record


class Region(Record):
    """财政区划: the six digits of a project code, or a name that is unique (then `inferred`)."""

    code: str | None
    name: str | None
    inferred: bool = False


class Department(Record):
    """部门: `derived` when its code is the first three digits of a unit code."""

    code: str | None
    derived: bool
    name: str | None
    region: Region | None


class Unit(Record):
    """预算单位: its code, null when none is printed, and its name."""

    code: str | None
    name: str
