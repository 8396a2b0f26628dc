"""The files that travel with the code: where they lie, in the checkout or in the installed package, and how YAML is read."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent.parent
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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


def parse_yaml(text: str) -> Any:
    """A YAML text as plain values, by the parser written in C where there is one: it is ten times as fast, and every process
    begins with some of these files. Raises `yaml.YAMLError`.
    """
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - both loaders are safe ones
