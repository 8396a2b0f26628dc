"""What a file is by its content, whatever its name says."""

from __future__ import annotations

import io
import re
import zipfile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta)\b", re.I | re.S
)
_TEXTS = {"text", "markdown", "csv", "tsv", "html"}


def true_format(data: bytes, promised: str) -> str:
    """The name of the format that `data` is in; `promised` where the content does not say otherwise.

    Word and Excel write web pages under `.doc` and `.xls`, and portals serve any of them under any name.
    """
    start = data[:4096]
    if start.startswith(b"%PDF-") or (promised not in _TEXTS and b"%PDF-" in start[:1024]):
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return _packed(data, promised)
    if start.startswith(_OLE):
        return _compound(data, promised)
    if start.startswith(b"{\\rtf"):
        return "doc"
    if promised in {"doc", "docx", "xls", "xlsx", "pdf", "zip"} and _HTML.match(
        start.removeprefix(b"\xef\xbb\xbf")
    ):
        return "html"
    return promised


def _packed(data: bytes, promised: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError, OverflowError):
        return promised if promised in {"docx", "xlsx"} else "zip"
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    return promised if promised in {"docx", "xlsx"} else "zip"


def _compound(data: bytes, promised: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return promised if promised in {"docx", "xlsx"} else "doc"
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        return "xls"
    return "xls" if promised in {"xls", "xlsx"} else "doc"
