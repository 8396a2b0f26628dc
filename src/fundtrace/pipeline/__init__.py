"""The left end composed: folders of documents become a release."""

from fundtrace.pipeline.building import BuildReport, NothingReadable, build
from fundtrace.pipeline.documents import inspect
from fundtrace.pipeline.harvesting import Step

__all__ = ["BuildReport", "NothingReadable", "Step", "build", "inspect"]
