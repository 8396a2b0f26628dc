"""What a setting may be. A wrong one is told with its name, what it is and what it may be."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from fundtrace.errors import UsageError

if TYPE_CHECKING:
    from fundtrace.settings.table import Settings

FREQUENCIES = (
    "triennial",
    "biennial",
    "annual",
    "semiannual",
    "threeTimesAYear",
    "quarterly",
    "bimonthly",
    "monthly",
    "semimonthly",
    "biweekly",
    "threeTimesAMonth",
    "weekly",
    "semiweekly",
    "threeTimesAWeek",
    "daily",
    "continuous",
    "irregular",
)
"""The Dublin Core frequencies of collections (`http://purl.org/cld/freq/`)."""

STORAGES = ("auto", "memory", "disk")
"""What SPARQL workers may answer from."""

PROXY_HEADERS = ("x-forwarded-for", "forwarded")
"""Headers in which a trusted proxy may name the client."""

REQUEST_IDS = ("own", "x-request-id", "traceparent")
"""Where the id of a request may come from."""

LOG_FORMATS = ("human", "json")
"""How log lines may be written."""

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_CHOICES: Final = {
    "proxy_header": PROXY_HEADERS,
    "request_ids": REQUEST_IDS,
    "log_format": LOG_FORMATS,
}
_AT_LEAST_ONE: Final = (
    "port",
    "workers",
    "sparql_processes",
    "sparql_memory_mib",
    "sparql_output_mib",
    "graphql_operations",
    "request_kib",
    "rate_burst",
)
_NO_IRI: Final = frozenset(' <>"{}|\\^`')
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


def check(settings: Settings) -> None:
    """Raises `UsageError` for the first setting that cannot be."""
    _check_base(settings.base)
    _check_publication(settings)
    networks(settings.trusted_proxies)
    if settings.sparql_storage not in STORAGES:
        raise _wrong(
            "setting-storage",
            f"sparql_storage 应为 {'、'.join(STORAGES)} 之一",
            f"sparql_storage must be one of {', '.join(STORAGES)}",
            settings.sparql_storage,
        )
    for name, choices in _CHOICES.items():
        value = getattr(settings, name)
        if value not in choices:
            raise _wrong(
                "setting-choice",
                f"{name} 应为 {'、'.join(choices)} 之一",
                f"{name} must be one of {', '.join(choices)}",
                value,
            )
    for name in _AT_LEAST_ONE:
        if getattr(settings, name) < 1:
            raise UsageError(
                "setting-range", f"{name} 应大于 0", f"{name} must be greater than 0", subject=name
            )
    if not 0 < settings.head_seconds <= 3_600:
        raise UsageError(
            "setting-range",
            "head_seconds 应大于 0，至多 3600",
            "head_seconds must be greater than 0 and at most 3600",
            subject="head_seconds",
        )
    if not 0 <= settings.rate_limit < float("inf"):
        raise UsageError(
            "setting-range",
            "rate_limit 应为 0（不限）或正数",
            "rate_limit must be 0 (no limit) or a positive number",
            subject="rate_limit",
        )


def networks(listed: str) -> tuple[Network, ...]:
    """The networks of a list with commas. Raises `UsageError` `setting-proxies` for what is no address and no network."""
    try:
        return tuple(ipaddress.ip_network(one.strip()) for one in listed.split(",") if one.strip())
    except ValueError as error:
        raise UsageError(
            "setting-proxies",
            f"trusted_proxies 应为以逗号分隔的地址或网段（如 127.0.0.1,10.0.0.0/8），而不是 {listed!r}",
            "trusted_proxies must be addresses or networks with commas between them "
            f"(127.0.0.1,10.0.0.0/8), not {listed!r}: {error}",
            subject="trusted_proxies",
        ) from error


def _check_base(base: str) -> None:
    parts = urlsplit(base)
    if parts.scheme not in {"http", "https"} or not parts.netloc or not base.endswith("/"):
        raise _wrong(
            "setting-base",
            "base 应为以 / 结尾的 http(s) 地址",
            "base must be an http(s) address that ends in /",
            base,
        )
    if set(base) & (_NO_IRI | set("?#")):
        raise _wrong(
            "setting-base",
            "base 应为没有查询、片段和 IRI 不允许的字符的地址",
            "base must be an address without query, fragment or a character that no IRI may have",
            base,
        )


def _check_publication(settings: Settings) -> None:
    licence, contact, periodicity = settings.licence, settings.contact, settings.periodicity
    if licence and not _is_address(licence):
        raise _wrong(
            "setting-licence", "licence 应为 http(s) 网址", "licence must be an http(s) address", licence
        )
    if contact and not _MAIL.fullmatch(contact) and not _is_address(contact):
        raise _wrong(
            "setting-contact",
            "contact 应为邮箱或 http(s) 网址",
            "contact must be a mail address or an http(s) address",
            contact,
        )
    if periodicity and periodicity not in FREQUENCIES:
        raise _wrong(
            "setting-periodicity",
            f"periodicity 应为 {'、'.join(FREQUENCIES)} 之一",
            f"periodicity must be one of {', '.join(FREQUENCIES)}",
            periodicity,
        )


def _wrong(code: str, zh: str, en: str, value: str) -> UsageError:
    """A message begins with the name of the setting."""
    return UsageError(code, f"{zh}，而不是 {value!r}", f"{en}, not {value!r}", subject=en.partition(" ")[0])


def _is_address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not _NO_IRI & set(text)
