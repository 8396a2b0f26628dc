"""Operations over the index of a release, from text to response."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from graphql import GraphQLError

from fundtrace.graphql.cursors import FOREIGN
from fundtrace.graphql.faults import formatted
from fundtrace.graphql.limits import SECONDS
from fundtrace.graphql.planning import Plans
from fundtrace.graphql.preparing import Refused, prepare
from fundtrace.graphql.recalling import Recalled
from fundtrace.graphql.running import OpenRelease, Run, dumped
from fundtrace.graphql.summing import MIXED

QUICK: Final = 0.005
"""Seconds of processor time that a quick operation took when it was last run."""
QUICK_SECONDS: Final = 0.05
"""Seconds after which it is no quick one, whatever it took the last time."""

_PLANS: Final = Plans()
_RECALLED: Final = Recalled()
_NOTES: Final = {
    MIXED: "金额跨多个年度或阶段，不予合计；请用 filter 选定一个 fiscalYear 和一个 stage，或用 groupBy 按二者分组。\n"
    "The rows span several fiscal years or stages, so money is null; choose one fiscalYear and one stage with filter, or "
    "group by both with groupBy.",
    FOREIGN: "游标取自另一版本；其间增减的条目可能使前后两页不相衔接。\n"
    "A cursor was taken from another release; what came or went since may lie on neither page.",
}


@dataclass(frozen=True, slots=True)
class Response:
    """A response as it is sent: JSON in UTF-8, whether it has `data`, and whether it has `errors`."""

    body: bytes
    has_data: bool
    has_errors: bool


def execute(
    release: OpenRelease,
    document: str,
    variables: Mapping[str, Any] | None = None,
    operation_name: str | None = None,
    *,
    explain: bool = False,
) -> dict[str, Any]:
    """The response to an operation as Python values: what `respond` writes, read."""
    told = respond(release, document, variables, operation_name, explain=explain)
    response: dict[str, Any] = json.loads(told.body)
    return response


def respond(
    release: OpenRelease,
    document: str,
    variables: Mapping[str, Any] | None = None,
    operation_name: str | None = None,
    *,
    explain: bool = False,
    request: str = "",
) -> Response:
    """The response to an operation: `data` and `errors` as the GraphQL specification has them, and `extensions`.

    `extensions.release` names the release; `extensions.notes` says why a figure is null, or that a cursor is of another
    release. With `explain`, `extensions.explain` has the SQL of each root field, its parameters, how SQLite goes about it,
    and seconds. Errors name the id of the request, if one is given. A response without the key `data` was refused before it
    was run. Whatever the document and the variables hold, the answer is a response, never an exception.
    """
    extensions: dict[str, Any] = {"release": release.version}
    given = dict(variables or {})
    begun = time.perf_counter()
    try:
        prepared = prepare(document, given, operation_name)
        ready = time.perf_counter()
        plan, kept = _PLANS.get(release, release.version, document, prepared)
    except Refused as refusal:
        return _refused(refusal.errors, extensions, request)
    except GraphQLError as error:
        return _refused([error], extensions, request)
    planned = time.perf_counter()
    _RECALLED.put(release, release.version, document, given, operation_name, plan, prepared)
    run = Run(release, prepared, SECONDS, explains=explain)
    data = run.data(plan)
    if explain:
        seconds = {"prepare": ready - begun, "plan": planned - ready, "run": time.perf_counter() - planned}
        rounded = {name: round(value, 6) for name, value in seconds.items()}
        extensions["explain"] = {"planKept": kept, "seconds": rounded, "statements": run.explained}
    return _answered(run, data, extensions, request)


def respond_quickly(
    release: OpenRelease,
    document: str,
    variables: Mapping[str, Any],
    operation_name: str | None,
    *,
    request: str = "",
) -> Response | None:
    """The response to an operation that was answered before, quickly, with no other variables but texts; None for any other.

    For event loops: what takes more than `QUICK_SECONDS` this time is given up, and None as well.
    """
    found = _RECALLED.find(release, release.version, document, variables, operation_name)
    if found is None:
        return None
    plan, prepared = found
    if plan.pace.seconds > QUICK:
        return None
    run = Run(release, prepared, QUICK_SECONDS)
    data = run.data(plan, patient=False)
    return (
        None if data is None or run.ran_out else _answered(run, data, {"release": release.version}, request)
    )


def _answered(run: Run, data: list[bytes], extensions: Mapping[str, Any], request: str) -> Response:
    notes = [_NOTES[one] for one in sorted(run.notes)]
    told = dumped({**extensions, "notes": notes}) if notes or len(extensions) > 1 else _named(**extensions)
    errors = b',"errors":%s' % dumped([formatted(one, request) for one in run.errors]) if run.errors else b""
    # The data may be long, so it is copied once.
    body = b"".join([b'{"data":', *data, errors, b',"extensions":', told, b"}"])
    return Response(body, has_data=True, has_errors=bool(run.errors))


@lru_cache(maxsize=8)
def _named(release: str) -> bytes:
    """The extensions of most answers."""
    return dumped({"release": release})


def _refused(errors: Iterable[GraphQLError], extensions: Mapping[str, Any], request: str) -> Response:
    told = dumped({"errors": [formatted(one, request) for one in errors], "extensions": extensions})
    return Response(told, has_data=False, has_errors=True)
