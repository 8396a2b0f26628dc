"""A release as one file: from the sorted statement text, so that equal releases give equal bytes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import BinaryIO

import pyoxigraph as ox

from fundtrace.errors import UsageError
from fundtrace.graph import prefixes, write_turtle
from fundtrace.release.opening import Release


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A serialisation: its name on the command line, media type, and file suffix with its dot."""

    name: str
    media_type: str
    suffix: str
    write: Callable[[Release, BinaryIO], None]


def export(release: Release, name: str, output: BinaryIO) -> None:
    """Writes a release to a binary stream in the format of this name.

    Raises `UsageError` `unknown-format`, and `SystemFailure` `corrupt-release` when the statements cannot be read.
    """
    if name not in FORMATS:
        raise UsageError(
            "unknown-format",
            f"没有名为 {name} 的格式；可选：{'、'.join(FORMATS)}",
            f"there is no format {name}; choose one of: {', '.join(FORMATS)}",
        )
    FORMATS[name].write(release, output)


_TRIPLE = attrgetter("triple")


def _lines(release: Release, output: BinaryIO) -> None:
    with release.text() as text:
        shutil.copyfileobj(text, output, 1 << 20)


def _turtle(release: Release, output: BinaryIO) -> None:
    write_turtle(release.statements(), output, prefixes(release.base, release.namespace))


def _serialised(form: ox.RdfFormat) -> Callable[[Release, BinaryIO], None]:
    def write(release: Release, output: BinaryIO) -> None:
        names = prefixes(release.base, release.namespace)
        with release.text() as text:
            quads = ox.parse(text, ox.RdfFormat.N_TRIPLES, lenient=True)
            ox.serialize(map(_TRIPLE, quads), output, form, prefixes=names)

    return write


FORMATS = {
    form.name: form
    for form in (
        ExportFormat("turtle", "text/turtle", ".ttl", _turtle),
        ExportFormat("ntriples", "application/n-triples", ".nt", _lines),
        ExportFormat("nquads", "application/n-quads", ".nq", _lines),
        ExportFormat("jsonld", "application/ld+json", ".jsonld", _serialised(ox.RdfFormat.JSON_LD)),
        ExportFormat("rdfxml", "application/rdf+xml", ".rdf", _serialised(ox.RdfFormat.RDF_XML)),
    )
}
