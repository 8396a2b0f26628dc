"""Where the ontology, the saved questions and the documentation lie: in the checkout, else in the installed package."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent.parent


@cache
def folder(name: str) -> Path:
    """The folder `ontology`, `queries` or `docs`.

    A checkout wins over the packed copy, which an editable install leaves stale. Raises `FileNotFoundError`
    when neither exists, which means that the installation is damaged.
    """
    for candidate in (_CHECKOUT / name, _PACKAGE / "_resources" / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"the folder {name!r} is missing from this installation of fundtrace")
