"""The GraphQL API: its schema, its limits, and the execution of operations over a release."""

from fundtrace.graphql.execution import execute, make_schema, sdl
from fundtrace.graphql.session import OpenRelease

__all__ = ["OpenRelease", "execute", "make_schema", "sdl"]
