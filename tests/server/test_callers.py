"""Who asks, behind proxies that are trusted and others."""

from __future__ import annotations

import pytest

from fundtrace.errors import UsageError
from fundtrace.settings import Settings
from fundtrace_server.callers import Callers, is_of_this_machine, network_of


def _asked(settings: Settings, peer: str | None, *said: str, header: str = "x-forwarded-for") -> str:
    headers = [(b"host", b"x"), *((header.encode(), one.encode("latin-1")) for one in said)]
    scope = {"type": "http", "headers": headers, "client": (peer, 1) if peer is not None else None}
    found = Callers(settings).address(scope)
    assert found == (scope["client"][0].removeprefix("::ffff:") if peer is not None else "")
    return found


PROXIED = Settings(trusted_proxies="127.0.0.1, 10.0.0.0/8,::1")


@pytest.mark.parametrize(
    ("peer", "said", "client"),
    [
        ("127.0.0.1", ["192.0.2.7"], "192.0.2.7"),
        # Whoever wrote the first of them, the last is what our proxy saw.
        ("127.0.0.1", ["198.51.100.1, 192.0.2.7"], "192.0.2.7"),
        ("127.0.0.1", ["198.51.100.1", "192.0.2.7"], "192.0.2.7"),
        # A chain of ours, and then the first that is not.
        ("127.0.0.1", ["198.51.100.1, 192.0.2.7, 10.1.2.3,10.0.0.1"], "192.0.2.7"),
        ("::1", ["10.0.0.9"], "10.0.0.9"),
        ("127.0.0.1", ["[2001:DB8::1]:4711"], "2001:db8::1"),
        ("::ffff:127.0.0.1", ["::ffff:192.0.2.7"], "192.0.2.7"),
        ("127.0.0.1", ["192.0.2.7:4711"], "192.0.2.7"),
        # What is no address is not believed, nor what stands before it.
        ("127.0.0.1", ["192.0.2.7, unknown, 10.0.0.1"], "10.0.0.1"),
        ("127.0.0.1", ["192.0.2.7, 999.1.1.1"], "127.0.0.1"),
        ("127.0.0.1", ["192.0.2.7, \xff\x00"], "127.0.0.1"),
        ("127.0.0.1", [""], "127.0.0.1"),
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", ["1.1.1.1," * 10_000 + "192.0.2.7"], "192.0.2.7"),
        ("192.0.2.9", ["192.0.2.7"], "192.0.2.9"),
        ("name", ["192.0.2.7"], "name"),
        (None, ["192.0.2.7"], ""),
    ],
)
def test_the_last_address_that_no_trusted_proxy_has_is_the_client(
    peer: str | None, said: list[str], client: str
) -> None:
    """From the end, as far as each who tells is trusted; nobody else is believed."""
    assert _asked(PROXIED, peer, *said) == client


def test_nobody_is_believed_unless_a_setting_says_so() -> None:
    """Not even a proxy on this machine, since it may pass on what a client has written."""
    assert _asked(Settings(), "127.0.0.1", "192.0.2.7") == "127.0.0.1"


@pytest.mark.parametrize(
    ("said", "client"),
    [
        ("for=192.0.2.7;proto=https;by=10.0.0.1", "192.0.2.7"),
        ('For="[2001:db8:cafe::17]:4711"', "2001:db8:cafe::17"),
        ('for=192.0.2.1, for="192.0.2.7:80"; host="a, b", proto=http;for=10.0.0.1', "192.0.2.7"),
        ("for=_hidden", "127.0.0.1"),
        ("proto=https", "127.0.0.1"),
    ],
)
def test_one_header_is_read_and_the_other_is_not(said: str, client: str) -> None:
    """RFC 7239 where the setting says that the proxy writes it; the other header may come from anybody."""
    settings = Settings(trusted_proxies="127.0.0.1,10.0.0.0/8", proxy_header="forwarded")
    assert _asked(settings, "127.0.0.1", said, header="forwarded") == client
    assert _asked(settings, "127.0.0.1", "192.0.2.1") == "127.0.0.1"
    assert _asked(PROXIED, "127.0.0.1", "for=192.0.2.1", header="forwarded") == "127.0.0.1"


@pytest.mark.parametrize("listed", ["10.0.0.0/33", "proxy.example", "10.0.0.1/8", "127.0.0.1;::1"])
def test_what_is_no_network_is_refused_at_start(listed: str) -> None:
    """A proxy that was meant and misspelt must not go unnoticed."""
    with pytest.raises(UsageError, match="setting-proxies"):
        Settings(trusted_proxies=listed)


def test_an_ipv6_client_is_its_network() -> None:
    """One household has 2⁶⁴ addresses; an IPv4 address stands for itself."""
    assert network_of("2001:db8:1:2:3::4") == network_of("2001:db8:1:2:ffff::9") == "2001:db8:1:2::/64"
    assert network_of("192.0.2.7") == "192.0.2.7"
    assert network_of("no:address") == "no:address"
    assert [is_of_this_machine(one) for one in ("127.8.0.1", "::1", "192.0.2.7", "")] == [
        True,
        True,
        False,
        False,
    ]
