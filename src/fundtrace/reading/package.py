"""Packed files (docx, xlsx, zip) and the XML in them, opened within bounds."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from fundtrace.errors import InputError
from fundtrace.reading.refusals import refusal
from fundtrace.reading.source import Source

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MIB = 1024 * 1024
_PROLOGUE = 4_096
"""Bytes in which a part says its document type, if it does so plainly; the parser finds the others."""
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
)
"""What Python's zip reader raises for damaged archives (RuntimeError: a wrong or missing password)."""


class Package:
    """A zip archive whose members are read within the limits of its source.

    `damaged` is the code of the refusal that a broken archive gets.
    """

    def __init__(self, source: Source, damaged: str) -> None:
        self._source = source
        self._damaged = damaged
        if source.data.startswith(_OLE):
            # A password turns a package into a compound file.
            raise refusal("encrypted-file", source.name)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source.data))
            self.members = self._zip.infolist()
        except BROKEN as error:
            raise self.broken(error) from error
        if len(self.members) > source.limits.members:
            raise refusal(
                "too-large",
                source.name,
                what="压缩包内的文件",
                what_en="files in the archive",
                limit=source.limits.members,
            )
        self._names = {member.filename: member for member in self.members}

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def broken(self, error: object) -> InputError:
        """The refusal of this archive as damaged."""
        reason = str(error).strip().splitlines()[0][:120] if str(error).strip() else type(error).__name__
        return refusal(self._damaged, self._source.name, reason=reason)

    def read(self, name: str) -> bytes:
        """The bytes of a member. Raises `InputError` damaged-…, encrypted-file, too-large or unsafe-content."""
        member = self._names.get(name)
        if member is None:
            raise self.broken(f"no {name}")
        if member.flag_bits & 1:
            raise refusal("encrypted-file", self._source.name)
        allowance = self._source.allowance
        try:
            with self._zip.open(member) as file:
                data = file.read(allowance.bytes_left + 1)
        except BROKEN as error:
            raise self.broken(error) from error
        limits = self._source.limits
        if len(data) > allowance.bytes_left:
            raise refusal(
                "too-large",
                self._source.name,
                what="解压后的 MiB 数",
                what_en="MiB unpacked",
                limit=limits.expanded_bytes // _MIB,
            )
        allowance.bytes_left -= len(data)
        if len(data) > _MIB and len(data) > limits.expansion * max(1, member.compress_size):
            raise refusal(
                "unsafe-content", self._source.name, reason=f"{name}: 1 → {limits.expansion}+ (zip bomb)"
            )
        return data

    def xml(self, name: str) -> etree._Element:
        """The root of an XML member; entities stay as they are and nothing outside is loaded."""
        data = self.read(name)
        limits = self._source.limits
        if data.count(b"<") + data.count(b"=") > limits.elements:
            raise refusal(
                "too-large", self._source.name, what="XML 元素", what_en="XML elements", limit=limits.elements
            )
        if b"<!DOCTYPE" in data[:_PROLOGUE]:
            raise refusal("unsafe-content", self._source.name, reason=f"{name}: DOCTYPE")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self.broken(error) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise refusal("unsafe-content", self._source.name, reason=f"{name}: DOCTYPE")
        return root
