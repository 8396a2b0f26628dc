"""Global ids and cursors: the kind and key of an entity, so that both survive a new release and another base."""

from __future__ import annotations

import base64
import binascii

from graphql import GraphQLError


def refused(code: str, zh: str, en: str, **numbers: int) -> GraphQLError:
    """An error that says what to do, with a stable code and the Chinese text beside the English one."""
    return GraphQLError(en, extensions={"code": code, "zh": zh, **numbers})


def encode(name: str) -> str:
    """The opaque form of a kind and key."""
    return base64.urlsafe_b64encode(name.encode()).decode("ascii")


def decode(opaque: str) -> str | None:
    """The kind and key of an opaque form; None when it is none of ours."""
    try:
        name = base64.b64decode(opaque.encode("ascii"), altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError, ValueError):
        return None
    kind, _, key = name.partition("/")
    return name if kind and key else None
