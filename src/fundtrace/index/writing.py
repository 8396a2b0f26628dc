"""JSON that the engine writes: objects and lists as text that is put together once, and never read again on the way.

SQLite's own functions forget what is JSON at every subquery, so that nested ones are parsed and written anew at each level.
Here an expression of the type `Json` is text that is JSON already; any other is a value, and is quoted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

import sqlalchemy as sa

from fundtrace.index.sqlite import UNITS

_CHAIN: Final = 12
"""Parts that are put together by an operator; more are put together by a function, which nests less deeply."""
_ARGUMENTS: Final = 900
"""Arguments that a function is given; SQLite takes a thousand."""


class Json(sa.Text):
    """Text that is JSON already; NULL stands for null."""


def json_text(expression: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """An expression whose text is JSON already."""
    return sa.type_coerce(expression, Json())


def json_object(pairs: Sequence[tuple[str, sa.ColumnElement[Any]]]) -> sa.ColumnElement[str]:
    """A JSON object with these names in this order."""
    parts: list[str | sa.ColumnElement[Any]] = ["{"]
    for at, (name, value) in enumerate(pairs):
        parts += ["," if at else "", f"{_dumped(name)}:", _written(value)]
    return _joined([*parts, "}"])


def json_array(values: Iterable[sa.ColumnElement[Any]]) -> sa.ColumnElement[str]:
    """A JSON array of these values."""
    parts: list[str | sa.ColumnElement[Any]] = ["["]
    for at, value in enumerate(values):
        parts += ["," if at else "", _written(value)]
    return _joined([*parts, "]"])


def json_list(rows: sa.Select[Any]) -> sa.ColumnElement[str]:
    """A JSON array of the first column of ordered rows, `[]` when there are none."""
    page = rows.subquery()
    value = _written(page.c[0])
    listed = sa.func.coalesce(sa.func.group_concat(value, _constant(",")), _constant(""))
    return sa.select(_joined(["[", listed, "]"])).select_from(page).scalar_subquery()


def json_boolean(expression: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """1, 0 and NULL as JSON true, false and null."""
    chosen = sa.case(
        (expression == _number(1), _constant("true")), (expression == _number(0), _constant("false"))
    )
    return json_text(chosen)


def members(expression: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """The distinct values of a column as a sorted JSON list, NULL left out."""
    return sa.func.members(expression, type_=Json())


def yuan(expression: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """Stored money as canonical decimal text, as `sqlite.canonical` writes it; NULL stays NULL."""
    units = _number(UNITS)
    places = len(str(UNITS)) - 1
    sign = sa.case((expression < _number(0), _constant("-")), else_=_constant(""))
    size = sa.func.abs(expression)
    exact = sa.func.format(_constant(f"%s%d.%0{places}d"), sign, size.op("/")(units), size.op("%")(units))
    whole = sa.cast(expression.op("/")(units), sa.Text)
    return sa.case(
        (expression.op("%")(units) == _number(0), whole),
        (expression.is_not(None), sa.func.rtrim(exact, _constant("0"), type_=sa.Text)),
    )


def _written(value: sa.ColumnElement[Any]) -> str | sa.ColumnElement[Any]:
    """A value as JSON: text that is known now, or an expression that is never NULL."""
    is_json = isinstance(value.type, Json)
    if isinstance(value, sa.BindParameter) and not value.required:
        return str(value.value) if is_json else _dumped(value.value)
    if not is_json:
        return sa.func.json_quote(value)
    # What is put together is never NULL; a subquery, a choice or a column may be.
    whole = isinstance(value, sa.BinaryExpression | sa.Function)
    return value if whole else sa.func.coalesce(value, _constant("null"))


def _joined(parts: Sequence[str | sa.ColumnElement[Any]]) -> sa.ColumnElement[str]:
    merged: list[str | sa.ColumnElement[Any]] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        else:
            merged.append(part)
    if len(merged) == 1 and isinstance(merged[0], str):
        return sa.literal(merged[0], Json())
    return _chained([_constant(part) if isinstance(part, str) else part for part in merged])


def _chained(terms: Sequence[sa.ColumnElement[Any]]) -> sa.ColumnElement[str]:
    if len(terms) > _ARGUMENTS:
        return _chained([_chained(terms[at : at + _ARGUMENTS]) for at in range(0, len(terms), _ARGUMENTS)])
    if len(terms) > _CHAIN:
        return sa.func.concat(*terms, type_=Json())
    found = terms[0]
    for term in terms[1:]:
        found = found.op("||", return_type=Json())(term)
    return found


def _constant(text: str) -> sa.ColumnElement[str]:
    # Written into the statement, so that it is not bound anew each time.
    quoted = text.replace("'", "''")
    return sa.literal_column(f"'{quoted}'", sa.Text())


def _number(value: int) -> sa.ColumnElement[int]:
    return sa.literal_column(str(value), sa.Integer())


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
