"""Faces of packages whose modules are loaded when a name of theirs is first asked for.

So a process loads what it uses: who reads documents loads no store, who answers a query no reader.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def face(package: str, **modules: str) -> Callable[[str], Any]:
    """A `__getattr__` for a package (PEP 562): for each module the names that it brings, with blanks between them.

    >>> face("fundtrace.graph", letters="Letters Mark")("Mark")
    <class 'fundtrace.graph.letters.Mark'>
    """
    homes = {name: module for module, names in modules.items() for name in names.split()}

    def load(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{homes[name]}"), name)

    return load
