"""The examples in docstrings are part of the specification: they run."""

import doctest
import importlib
import pkgutil

import pytest

import fundtrace.citations

_MODULES = [
    "fundtrace.citations",
    *(f"fundtrace.citations.{m.name}" for m in pkgutil.iter_modules(fundtrace.citations.__path__)),
]


@pytest.mark.parametrize("name", _MODULES)
def test_examples_hold(name: str) -> None:
    """Every example of a docstring gives what it says."""
    assert doctest.testmod(importlib.import_module(name)).failed == 0
