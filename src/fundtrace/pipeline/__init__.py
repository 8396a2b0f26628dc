"""The left end composed: folders of documents become a release."""

from fundtrace.pipeline.building import BuildReport, NothingReadable, build
from fundtrace.pipeline.documents import inspect
from fundtrace.pipeline.harvesting import Step
from fundtrace.pipeline.workplaces import Workplace, workplace

__all__ = ["BuildReport", "NothingReadable", "Step", "Workplace", "build", "inspect", "workplace"]
