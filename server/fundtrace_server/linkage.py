"""`Link` headers: where else the same thing is told, and what describes it (RFC 8288)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from fundtrace.release import Release
from fundtrace_server.addresses import Address
from fundtrace_server.formats import FORMATS
from fundtrace_server.rendering import encode_path

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


def alternates(address: Address, own: str | None = None) -> list[WebLink]:
    """The faces of an entity apart from `own`: `html`, or a suffix."""
    page = [WebLink(encode_path(address.page), "alternate", "text/html")] if own != "html" else []
    return page + [
        WebLink(encode_path(address.data(suffix)), "alternate", one.media_type)
        for suffix, one in FORMATS.items()
        if suffix != own
    ]


def page_links(address: Address, release: Release) -> list[WebLink]:
    """The links of a page: other faces, its address for good, and the data that describes the same thing."""
    described = WebLink(encode_path(address.data("ttl")), "describedby", FORMATS["ttl"].media_type)
    return [_canonical(address.page, release), described, *alternates(address, "html")]


def data_links(address: Address, suffix: str, release: Release) -> list[WebLink]:
    """The links of a data document: other faces, its address for good, what it describes, and the data set."""
    thing = WebLink(quote(address.iri(release).value, safe=_SAFE_IN_IRI), "describes")
    void = WebLink("/.well-known/void", "describedby", "text/turtle")
    return [_canonical(address.data(suffix), release), thing, void, *alternates(address, suffix)]


def _canonical(path: str, release: Release) -> WebLink:
    return WebLink(release.base + encode_path(path).removeprefix("/"), "canonical")
