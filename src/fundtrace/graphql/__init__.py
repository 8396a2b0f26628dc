"""The GraphQL API: its schema, its limits, and the execution of operations over a release."""

from fundtrace.graphql.execution import OpenRelease, execute
from fundtrace.graphql.limits import Limit, published
from fundtrace.graphql.schema import make_schema, possible_types, sdl

__all__ = ["Limit", "OpenRelease", "execute", "make_schema", "possible_types", "published", "sdl"]
