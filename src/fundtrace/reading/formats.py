"""Which formats can be read, and by which module; a module is loaded when its first file is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath

from fundtrace.reading.sheets import Sheets
from fundtrace.reading.source import Source

Reader = Callable[[Source], tuple[Sheets, ...]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the suffixes of its files and the module of this package whose `read` reads them."""

    name: str
    suffixes: tuple[str, ...]
    module: str

    @property
    def reader(self) -> Reader:
        """The function that reads a `Source` of this format."""
        reader: Reader = import_module(f"fundtrace.reading.{self.module}").read
        return reader


FORMATS = {
    kind.name: kind
    for kind in (
        Format("text", (".txt", ".text"), "text"),
        Format("markdown", (".md", ".markdown"), "text"),
        Format("tsv", (".tsv", ".tab"), "delimited"),
        Format("csv", (".csv",), "delimited"),
        Format("html", (".html", ".htm", ".xhtml"), "web"),
        Format("docx", (".docx", ".docm"), "docx"),
        Format("xlsx", (".xlsx", ".xlsm"), "xlsx"),
        Format("xls", (".xls",), "xls"),
        Format("pdf", (".pdf",), "pdf"),
        Format("zip", (".zip",), "archive"),
        Format("doc", (".doc",), "doc"),
    )
}
"""The formats by name."""

_BY_SUFFIX = {suffix: kind for kind in FORMATS.values() for suffix in kind.suffixes}


def format_of(path: PurePath) -> str | None:
    """The name of the format that the file's suffix stands for, or None when there is no reader for it.

    Lock files and resource forks that programs leave beside a document (`~$a.docx`, `._a.docx`) have none.
    """
    if path.name.startswith(("~$", "._")):
        return None
    kind = _BY_SUFFIX.get(path.suffix.lower())
    return kind.name if kind else None
