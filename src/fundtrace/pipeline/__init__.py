"""The left end composed: folders of documents become a release."""

import gc
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fundtrace.pipeline.building import BuildReport, NothingReadable, build
    from fundtrace.pipeline.documents import inspect
    from fundtrace.pipeline.harvesting import Step
    from fundtrace.pipeline.workplaces import Workplace, workplace

__all__ = ["BuildReport", "NothingReadable", "Step", "Workplace", "build", "inspect", "workplace"]

_FACE = {
    "BuildReport": "building",
    "NothingReadable": "building",
    "Step": "harvesting",
    "Workplace": "workplaces",
    "build": "building",
    "inspect": "documents",
    "workplace": "workplaces",
}


def __getattr__(name: str) -> Any:
    # A process that reads documents makes no release, and does not load what makes one.
    if name not in _FACE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    collecting = gc.isenabled()
    # Modules leave no garbage, and what they make would be gone through again and again, a twelfth of the time.
    gc.disable()
    try:
        return getattr(import_module(f"{__name__}.{_FACE[name]}"), name)
    finally:
        if collecting:
            gc.enable()
