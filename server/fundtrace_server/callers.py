"""Who asks: the address of the connection, or what a trusted proxy says that it is."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from typing import Final

from starlette.types import Scope

from fundtrace.settings import Settings, networks

_MOST_BYTES: Final = 2_000
"""Of a header that is looked at, from its end, which is what the nearest proxies wrote."""

_PARTED: Final = re.compile(r'(?:[^,"]|"[^"]*")+')
_FOR: Final = re.compile(r'(?:^|;)\s*for\s*=\s*(?:"([^"]*)"|([^\s;,"]+))', re.IGNORECASE)
_NODE: Final = re.compile(r"\[([0-9A-Fa-f:.]+)\](?::\d+)?|([0-9.]+)(?::\d+)?|([0-9A-Fa-f:.]+)")


class Callers:
    """Finds the client behind proxies. What a proxy says counts only if it is trusted, and so on along the chain."""

    def __init__(self, settings: Settings) -> None:
        self._trusted = networks(settings.trusted_proxies)
        self._header = settings.proxy_header.encode()
        # Connections are kept open, and the same few headers come again and again.
        self._is_trusted = lru_cache(1024)(self._stands_in_a_network)
        self._behind = lru_cache(1024)(self._walk)

    def address(self, scope: Scope) -> str:
        """The client's address, written in one way; empty where the connection has none.

        Where a proxy has told it, the scope's `client` is changed to it, with port 0.
        """
        client = scope.get("client")
        peer = plain(client[0]) if client else ""
        if not self._trusted or not self._is_trusted(peer):
            return peer
        said = b",".join(value for name, value in scope["headers"] if name == self._header)
        if not said:
            return peer
        found = self._behind(peer, said[-_MOST_BYTES:])
        scope["client"] = (found, 0)
        return found

    def _walk(self, peer: str, said: bytes) -> str:
        """The last address, from the end, that somebody trusted has named."""
        for hop in reversed(_PARTED.findall(said.decode("latin-1"))):
            named = _for(hop) if self._header == b"forwarded" else hop.strip()
            address = _address(named)
            if address is None:
                return peer
            peer = address
            if not self._is_trusted(peer):
                return peer
        return peer

    def _stands_in_a_network(self, text: str) -> bool:
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            return False
        return any(address in network for network in self._trusted)


def plain(address: str) -> str:
    """An address as it is compared: an IPv4 address also where it came over an IPv6 socket."""
    return _unmapped(address) if ":" in address else address


def is_of_this_machine(address: str) -> bool:
    """Whether an address is that of the loopback interface."""
    return address.startswith("127.") or address == "::1"


@lru_cache(1024)
def network_of(address: str) -> str:
    """Whom an address belongs to: itself, or for IPv6 its /64, of which one household or machine has all."""
    if ":" not in address:
        return address
    try:
        return str(ipaddress.IPv6Network(f"{address}/64", strict=False))
    except ValueError:
        return address


@lru_cache(1024)
def _unmapped(address: str) -> str:
    return _address(address) or address


def _for(element: str) -> str:
    found = _FOR.search(element)
    return (found[1] or found[2] or "") if found else ""


def _address(node: str) -> str | None:
    """The address of a node (RFC 7239, section 6) without its port; None for `unknown`, names and what is neither."""
    found = _NODE.fullmatch(node)
    if not found:
        return None
    try:
        address = ipaddress.ip_address(found[1] or found[2] or found[3])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)
