"""JSON that the engine writes: objects and lists as text that is put together once, and never read again on the way.

SQLite's own functions forget what is JSON at every subquery, so that nested ones are parsed and written anew at each level.
Here an expression of the type `Json` is text that is JSON already; any other is a value, and is quoted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from fundtrace.index.sqlite import UNITS

_Part: TypeAlias = "str | sa.ColumnElement[Any]"
_ARGUMENTS: Final = 900
"""Arguments that a function is given; SQLite takes a thousand."""

_PAIRS: Final = _ARGUMENTS // 2


class Json(sa.Text):
    """Text that is JSON already; NULL stands for null."""


class _Joined(sa.Function[str]):
    """Parts that are put together by one function; within another such text, they are among its parts.

    So a text is copied once for each subquery that it passes through, however deep the objects lie within each other.
    """

    inherit_cache = False

    def __init__(self, parts: Sequence[_Part]) -> None:
        self.parts = parts
        super().__init__("concat", *_terms(parts), type_=Json())


class _Whole(sa.Function[str]):
    """An object of values alone, which SQLite's own function writes faster than it is put together."""

    inherit_cache = False

    def __init__(self, *pairs: sa.ColumnElement[Any]) -> None:
        super().__init__("json_object", *pairs, type_=Json())


def json_text(expression: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """An expression whose text is JSON already."""
    return sa.type_coerce(expression, Json())


def json_object(pairs: Sequence[tuple[str, sa.ColumnElement[Any]]]) -> sa.ColumnElement[str]:
    """A JSON object with these names in this order."""
    if 0 < len(pairs) <= _PAIRS and all(_is_known_whole(value) for _, value in pairs):
        return _Whole(*(one for name, value in pairs for one in (_constant(name), value)))
    parts: list[_Part] = ["{"]
    for at, (name, value) in enumerate(pairs):
        parts += ["," if at else "", f"{_dumped(name)}:", *_written(value)]
    return _joined([*parts, "}"])


def json_array(values: Iterable[sa.ColumnElement[Any]]) -> sa.ColumnElement[str]:
    """A JSON array of these values."""
    parts: list[_Part] = ["["]
    for at, value in enumerate(values):
        parts += ["," if at else "", *_written(value)]
    return _joined([*parts, "]"])


def json_list(rows: sa.Select[Any]) -> sa.ColumnElement[str]:
    """A JSON array of the first column of ordered rows, `[]` when there are none."""
    page = rows.subquery()
    first = next(iter(rows.selected_columns))
    made = first.element if isinstance(first, sa.Label) else first
    # What is put together is never NULL, which its column does not know.
    (value,) = [page.c[0]] if isinstance(made, _Joined | _Whole) else _written(page.c[0])
    listed = sa.select(sa.func.group_concat(value, _constant(","))).select_from(page).scalar_subquery()
    return _joined(["[", sa.func.coalesce(listed, _constant("")), "]"])


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


def _is_known_whole(value: sa.ColumnElement[Any]) -> bool:
    """Whether SQLite still knows what this is where it stands: a value, or an object that was not a subquery's."""
    if isinstance(value, sa.Case):
        return value.else_ is None and all(_is_known_whole(one) for _, one in value.whens)
    if isinstance(value, _Whole):
        return True
    # A constant is rather written into the statement.
    return not isinstance(value, sa.BindParameter) and not isinstance(value.type, Json)


def _written(value: sa.ColumnElement[Any]) -> Sequence[_Part]:
    """A value as JSON: text that is known now, and expressions that are never NULL."""
    is_json = isinstance(value.type, Json)
    if isinstance(value, _Joined):
        return value.parts
    if isinstance(value, sa.BindParameter) and not value.required:
        return [str(value.value) if is_json else _dumped(value.value)]
    if not is_json:
        return [sa.func.json_quote(value)]
    # What a function makes is never NULL; a subquery, a choice or a column may be.
    return [value if isinstance(value, sa.Function) else sa.func.coalesce(value, _constant("null"))]


def _joined(parts: Sequence[_Part]) -> sa.ColumnElement[str]:
    merged: list[_Part] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        else:
            merged.append(part)
    if len(merged) == 1 and isinstance(merged[0], str):
        return sa.literal(merged[0], Json())
    return _Joined(merged)


def _terms(parts: Sequence[_Part]) -> list[sa.ColumnElement[Any]]:
    """The parts as arguments of a function, which takes so many and no more."""
    if len(parts) > _ARGUMENTS:
        return [_Joined(parts[at : at + _ARGUMENTS]) for at in range(0, len(parts), _ARGUMENTS)]
    return [_constant(part) if isinstance(part, str) else part for part in parts]


def _constant(text: str) -> sa.ColumnElement[str]:
    # Written into the statement, so that it is not bound anew each time.
    quoted = text.replace("'", "''")
    return sa.literal_column(f"'{quoted}'", sa.Text())


def _number(value: int) -> sa.ColumnElement[int]:
    return sa.literal_column(str(value), sa.Integer())


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
