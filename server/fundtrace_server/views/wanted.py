"""Which projects a list is asked for: filters, order and page, all from the address, so that it can be kept and sent on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

from fundtrace_server.problems import Problem

ROLES: Final = ("funds", "basis", "mention")
"""The roles of a citation, strongest first: a project counts once, in its strongest."""

ORDERS: Final = ("-amount", "amount", "name", "-name", "code", "-code")
"""What a list can be sorted by; a minus turns it round. The first is the default."""

ABSENT: Final = "none"
"""The value of a filter that asks for what is not stated."""

PER_PAGE: Final = 50
"""Projects on a page."""

_LONGEST: Final = 100
_MOST_PAGES: Final = 100_000
_KEY: Final = re.compile(r"[\w~-]{1,150}")
_STAGES: Final = ("draft", "budget", "adjusted", "final", "evaluation")
_FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    "role": re.compile("|".join((*ROLES, "all"))),
    "department": _KEY,
    "region": _KEY,
    "year": re.compile(f"[0-9]{{4}}|{ABSENT}"),
    "stage": re.compile("|".join((*_STAGES, ABSENT))),
    "sort": re.compile("|".join(ORDERS)),
}
_EXPECTED: Final = {
    "role": "funds, basis, mention, all",
    "department": "130636-323",
    "region": "130636",
    "year": "2021",
    "stage": ", ".join(_STAGES),
    "sort": ", ".join(ORDERS),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a list is shown. `department` and `region` are keys (`130636-323`), `stage` a code (`budget`)."""

    role: str | None = None
    department: str | None = None
    region: str | None = None
    year: str | None = None
    stage: str | None = None
    text: str | None = None
    sort: str = ORDERS[0]
    page: int = 1

    @property
    def by(self) -> str:
        """What it is sorted by: `amount`, `name` or `code`."""
        return self.sort.lstrip("-")

    @property
    def descending(self) -> bool:
        """Whether the largest come first."""
        return self.sort.startswith("-")

    @property
    def narrowed(self) -> bool:
        """Whether it leaves anything out, apart from the choice of a role."""
        return bool(self.filters())

    def filters(self) -> dict[str, str]:
        """The filters that are set, apart from the role."""
        names = ("department", "region", "year", "stage", "text")
        return {name: found for name in names if (found := getattr(self, name))}

    def query(self, **changed: str | int | None) -> dict[str, str | int]:
        """The query of its address, with some of it changed; a change other than of the page leads to the first page."""
        other = replace(self, **{"page": 1, **changed})  # type: ignore[arg-type]  # the names are those of the fields
        return {
            one.name: found
            for one in fields(Wanted)
            if (found := getattr(other, one.name)) is not None and found != one.default
        }


def read_wanted(query: Mapping[str, str]) -> Wanted:
    """What the query of an address asks for; names that it does not know are left alone.

    Raises `Problem`: 400 `bad-filter` for a value of another form, 404 for a page that cannot be.
    """
    found: dict[str, str] = {}
    for name, form in _FORMS.items():
        text = query.get(name, "").strip()
        if not text:
            continue
        if not form.fullmatch(text):
            raise Problem(
                400,
                "bad-filter",
                f"筛选条件 {name} 不能是“{text[:40]}”；应形如：{_EXPECTED[name]}",
                f"{name} cannot be {text[:40]!r}; expected something like: {_EXPECTED[name]}",
            )
        found[name] = text
    if text := " ".join(query.get("text", "").split())[:_LONGEST]:
        found["text"] = text
    return Wanted(page=page_number(query), **found)


def page_number(query: Mapping[str, str]) -> int:
    """The number in `?page=`, 1 without it. Raises `Problem` 404 for what is no page."""
    text = query.get("page", "1")
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= _MOST_PAGES):
        raise Problem(404, "not-found", f"没有第 {text[:20]} 页", f"there is no page {text[:20]}")
    return int(text[:9])
