"""Answers as tables with typed columns, and what they become in polars and pandas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from fundtrace.errors import UsageError

if TYPE_CHECKING:
    import pandas
    import polars

Value: TypeAlias = str | int | Decimal | bool | None
Kind: TypeAlias = Literal["text", "integer", "decimal", "boolean"]
"""`integer` holds years, counts and lines; `decimal` money in yuan and other numbers, exact; `text` all else."""

MONEY_DIGITS: Final = 38
"""Digits of a decimal column in polars."""
MONEY_PLACES: Final = 4
"""Decimal places of a decimal column in polars: 1/10 000 yuan, the finest that is printed (万元 to eight places)."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A table: the kind of each column by name, and the rows in the order of the columns.

    Iterating gives the rows as dictionaries; None stands where nothing is stated, which is not zero.

    >>> frame = Frame({"code": "text", "total": "decimal"}, (("001", Decimal("220000")), ("002", None)))
    >>> len(frame), next(iter(frame))
    (2, {'code': '001', 'total': Decimal('220000')})
    >>> frame["total"]
    [Decimal('220000'), None]
    """

    columns: Mapping[str, Kind]
    rows: tuple[tuple[Value, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __getitem__(self, column: str) -> list[Value]:
        """The values of a column. Raises `KeyError` for a name that is no column."""
        if column not in self.columns:
            raise KeyError(f"{column!r} is none of {', '.join(self.columns)}")
        place = list(self.columns).index(column)
        return [row[place] for row in self.rows]

    def to_polars(self) -> polars.DataFrame:
        """A polars frame: `String`, `Int64`, `Boolean`, and `Decimal(38, 4)`, in which sums of money are exact.

        Raises `UsageError` `missing-library` when polars is not installed.
        """
        pl = _library("polars")
        types = {
            "text": pl.String,
            "integer": pl.Int64,
            "decimal": pl.Decimal(MONEY_DIGITS, MONEY_PLACES),
            "boolean": pl.Boolean,
        }
        schema = {name: types[kind] for name, kind in self.columns.items()}
        frame: polars.DataFrame = pl.DataFrame(self.rows, schema=schema, orient="row")
        return frame

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas frame: `string`, `Int64`, `boolean`, and objects of `decimal.Decimal`, in which sums are exact.

        Raises `UsageError` `missing-library` when pandas is not installed.
        """
        pd = _library("pandas")
        types = {"text": "string", "integer": "Int64", "decimal": "object", "boolean": "boolean"}
        frame: pandas.DataFrame = pd.DataFrame(
            {name: pd.Series(self[name], dtype=types[kind]) for name, kind in self.columns.items()}
        )
        return frame


def _library(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise UsageError(
            "missing-library",
            f"需要先安装 {name}：pip install 'fundtrace[frames]'",
            f"{name} is not installed: pip install 'fundtrace[frames]'",
            subject=name,
        ) from error
