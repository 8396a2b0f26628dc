"""The left end composed: folders of documents become a release."""

import gc
from typing import TYPE_CHECKING, Any

from fundtrace.faces import face

if TYPE_CHECKING:
    from fundtrace.pipeline.building import BuildReport, NothingReadable, build
    from fundtrace.pipeline.documents import inspect
    from fundtrace.pipeline.harvesting import Step
    from fundtrace.pipeline.workplaces import Workplace, workplace

__all__ = ["BuildReport", "NothingReadable", "Step", "Workplace", "build", "inspect", "workplace"]

_load = face(
    __name__,
    building="BuildReport NothingReadable build",
    documents="inspect",
    harvesting="Step",
    workplaces="Workplace workplace",
)


def __getattr__(name: str) -> Any:
    collecting = gc.isenabled()
    # Modules leave no garbage, and what they make would be gone through again and again, a twelfth of the time.
    gc.disable()
    try:
        return _load(name)
    finally:
        if collecting:
            gc.enable()
