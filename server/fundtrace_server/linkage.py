"""`Link` headers: where else the same thing is told, and what describes it (RFC 8288)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from fundtrace.release import Release
from fundtrace_server.addresses import Address
from fundtrace_server.formats import FORMATS
from fundtrace_server.linker import Linker, encode_path

_SAFE_IN_IRI = "/:~-_.%?=&#@[]!$'()*+,;"


@dataclass(frozen=True, slots=True)
class WebLink:
    """One link: its address, relation, and media type if that is known before."""

    href: str
    rel: str
    media_type: str | None = None

    def __str__(self) -> str:
        kind = f'; type="{self.media_type}"' if self.media_type else ""
        return f'<{self.href}>; rel="{self.rel}"{kind}'


def link_header(links: Iterable[WebLink]) -> str:
    """The value of the header."""
    return ", ".join(map(str, links))


def alternates(address: Address, link: Linker, own: str | None = None) -> list[WebLink]:
    """The faces of an entity apart from `own`: `html`, or a suffix."""
    page = [WebLink(link(address.page), "alternate", "text/html")] if own != "html" else []
    data = link.neutral
    return page + [
        WebLink(data(address.data(suffix)), "alternate", one.media_type)
        for suffix, one in FORMATS.items()
        if suffix != own
    ]


def page_links(address: Address, link: Linker, release: Release) -> list[WebLink]:
    """The links of a page: other faces, its address for good, and the data that describes the same thing."""
    described = WebLink(link.neutral(address.data("ttl")), "describedby", FORMATS["ttl"].media_type)
    return [*_lasting(address.page, link, release), described, *alternates(address, link, "html")]


def data_links(address: Address, suffix: str, link: Linker, release: Release) -> list[WebLink]:
    """The links of a data document: other faces, its address for good, what it describes, and the data set."""
    thing = WebLink(quote(address.iri(release).value, safe=_SAFE_IN_IRI), "describes")
    void = WebLink(link.file("/.well-known/void"), "describedby", "text/turtle")
    return [
        *_lasting(address.data(suffix), link, release),
        thing,
        void,
        *alternates(address, link, suffix),
    ]


def _lasting(path: str, link: Linker, release: Release) -> list[WebLink]:
    """The address for good; beside it, from an older release, the same face in the current one (RFC 5829)."""
    canonical = WebLink(release.base + encode_path(path).removeprefix("/"), "canonical")
    return [canonical, WebLink(link.file(path), "latest-version")] if link.release else [canonical]
