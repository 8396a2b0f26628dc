"""The GraphQL API: its schema, its limits, and the execution of operations over a release."""

from fundtrace.graphql.execution import Response, execute, respond, respond_quickly
from fundtrace.graphql.limits import Limit, published
from fundtrace.graphql.running import OpenRelease
from fundtrace.graphql.schema import make_schema, possible_types, sdl

__all__ = [
    "Limit",
    "OpenRelease",
    "Response",
    "execute",
    "make_schema",
    "possible_types",
    "published",
    "respond",
    "respond_quickly",
    "sdl",
]
