"""Operations over the index of a release, from text to response."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from graphql import GraphQLError

from fundtrace.graphql.cursors import FOREIGN
from fundtrace.graphql.faults import formatted
from fundtrace.graphql.limits import SECONDS
from fundtrace.graphql.planning import Plans
from fundtrace.graphql.preparing import Refused, is_known, prepare
from fundtrace.graphql.running import OpenRelease, Run, dumped
from fundtrace.graphql.summing import MIXED

QUICK: Final = 0.005
"""Seconds of processor time that a quick operation took when it was last run."""
QUICK_SECONDS: Final = 0.05
"""Seconds after which it is no quick one, whatever it took the last time."""

_PLANS: Final = Plans()
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
) -> Response:
    """The response to an operation: `data` and `errors` as the GraphQL specification has them, and `extensions`.

    `extensions.release` names the release; `extensions.notes` says why a figure is null, or that a cursor is of another
    release. With `explain`, `extensions.explain` has the SQL of each root field, its parameters, how SQLite goes about it,
    and seconds. A response without the key `data` was refused before it was run. Whatever the document and the variables
    hold, the answer is a response, never an exception.
    """
    extensions: dict[str, Any] = {"release": release.version}
    begun = time.perf_counter()
    try:
        prepared = prepare(document, dict(variables or {}), operation_name)
        ready = time.perf_counter()
        plan, kept = _PLANS.get(release, release.version, document, prepared)
    except Refused as refusal:
        return _refused(refusal.errors, extensions)
    except GraphQLError as error:
        return _refused([error], extensions)
    planned = time.perf_counter()
    run = Run(release, prepared, SECONDS, explains=explain)
    data = run.data(plan)
    if explain:
        seconds = {"prepare": ready - begun, "plan": planned - ready, "run": time.perf_counter() - planned}
        rounded = {name: round(value, 6) for name, value in seconds.items()}
        extensions["explain"] = {"planKept": kept, "seconds": rounded, "statements": run.explained}
    return _answered(run, data, extensions)


def respond_quickly(
    release: OpenRelease, document: str, variables: Mapping[str, Any], operation_name: str | None
) -> Response | None:
    """The response to an operation whose plan is kept and was quick when it was last run; None for any other.

    For event loops: what takes more than `QUICK_SECONDS` this time is given up, and None as well.
    """
    given = dict(variables)
    if not is_known(document, given, operation_name):
        return None
    try:
        prepared = prepare(document, given, operation_name)
    except Refused:
        return None
    plan = _PLANS.find(release, release.version, document, prepared)
    if plan is None or plan.pace.seconds > QUICK:
        return None
    run = Run(release, prepared, QUICK_SECONDS)
    data = run.data(plan)
    return None if run.ran_out else _answered(run, data, {"release": release.version})


def _answered(run: Run, data: bytes, extensions: dict[str, Any]) -> Response:
    notes = [_NOTES[one] for one in sorted(run.notes)]
    if notes:
        extensions["notes"] = notes
    errors = b',"errors":%s' % dumped([formatted(one) for one in run.errors]) if run.errors else b""
    body = b'{"data":%s%s,"extensions":%s}' % (data, errors, dumped(extensions))
    return Response(body, has_data=True, has_errors=bool(run.errors))


def _refused(errors: Iterable[GraphQLError], extensions: Mapping[str, Any]) -> Response:
    told = dumped({"errors": [formatted(one) for one in errors], "extensions": extensions})
    return Response(told, has_data=False, has_errors=True)
