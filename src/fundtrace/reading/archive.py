"""Reads zip archives: every document in them, in memory; nothing is written to disk."""

from __future__ import annotations

import stat
from pathlib import PurePosixPath
from zipfile import ZipInfo

from fundtrace.reading.formats import format_of
from fundtrace.reading.opening import read_bytes, unknown_format
from fundtrace.reading.package import Package
from fundtrace.reading.refusals import refusal
from fundtrace.reading.sheets import Sheets, Table
from fundtrace.reading.source import Source

_DEPTH = 2
"""An archive may lie in an archive, and no deeper."""
_UTF8 = 0x800
_ENCRYPTED = 1


def read(source: Source) -> tuple[Sheets, ...]:
    """The readings of the documents in an archive, by name; files without a reader are passed over.

    A document that cannot be read ends the reading of its archive: the `InputError` names it as `archive/member`.
    Links and names that lead out of the archive are refused.
    """
    if source.archives >= _DEPTH:
        raise refusal("too-deep", source.name, what="压缩包", what_en="archives are", limit=_DEPTH)
    package = Package(source, "damaged-zip")
    found: list[Sheets] = []
    left = most = source.limits.cells + source.limits.paragraphs
    for member in sorted(package.members, key=lambda each: each.filename):
        path = PurePosixPath(_name(member))
        if stat.S_ISLNK(member.external_attr >> 16) or ".." in path.parts or path.is_absolute():
            raise refusal("unsafe-content", f"{source.name}/{path}", reason="link or path")
        kind = format_of(path)
        if kind is None or member.is_dir() or "__MACOSX" in path.parts:
            continue
        if member.flag_bits & _ENCRYPTED:
            raise refusal("encrypted-file", source.name)
        read = read_bytes(
            package.read(member.filename),
            f"{source.name}/{path}",
            kind,
            source.limits,
            archives=source.archives + 1,
            allowance=source.allowance,
        )
        left -= sum(_weight(sheets) for sheets in read)
        if left < 0:
            raise refusal(
                "too-large", source.name, what="段落和单元格", what_en="paragraphs and cells", limit=most
            )
        found.extend(read)
    if not found:
        raise unknown_format(source.name)
    return tuple(found)


def _weight(sheets: Sheets) -> int:
    return sum(
        sum(len(row.cells) for row in block.rows) if isinstance(block, Table) else 1
        for block in sheets.blocks
    )


def _name(member: ZipInfo) -> str:
    """The name as it was written: Windows packs Chinese names in GB18030 and does not say so."""
    if member.flag_bits & _UTF8:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return member.filename
