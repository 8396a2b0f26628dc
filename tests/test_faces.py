"""Faces: names of packages whose modules are loaded when they are asked for."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from fundtrace.faces import face

FACED = ("fundtrace", "fundtrace.graph", "fundtrace.pipeline", "fundtrace.query")


@pytest.mark.parametrize("package", FACED)
def test_every_published_name_is_there(package: str) -> None:
    """What `__all__` promises can be had, and is told by the module that makes it."""
    module = import_module(package)
    for name in module.__all__:
        assert getattr(module, name) is not None


def test_a_name_that_nobody_has_is_an_attribute_error() -> None:
    """As of any module, so that `hasattr` and `from … import` say what they say elsewhere."""
    with pytest.raises(AttributeError, match=r"module 'fundtrace\.graph' has no attribute 'Nothing'"):
        face("fundtrace.graph", letters="Letters")("Nothing")
    assert not hasattr(import_module("fundtrace.graph"), "Nothing")


def test_who_reads_documents_loads_no_engine() -> None:
    """Outlines are made without the store, records without the release."""
    program = "import sys; from fundtrace.pipeline import errands; from fundtrace.graph import outline; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    names = set(loaded.stdout.split())
    assert {"fundtrace.graph.outlines", "fundtrace.pipeline.remembering"} <= names
    assert names.isdisjoint({"pyoxigraph", "fundtrace.graph.stating", "fundtrace.release", "sqlalchemy"})
