"""The settings, in one table: flag beats environment beats `fundtrace.toml` beats default."""

from fundtrace.settings.checks import (
    FREQUENCIES,
    PROXY_HEADERS,
    REQUEST_IDS,
    STORAGES,
    networks,
)
from fundtrace.settings.loading import load
from fundtrace.settings.table import ONTOLOGY_NAMESPACE, Settings, describe

__all__ = [
    "FREQUENCIES",
    "ONTOLOGY_NAMESPACE",
    "PROXY_HEADERS",
    "REQUEST_IDS",
    "STORAGES",
    "Settings",
    "describe",
    "load",
    "networks",
]
