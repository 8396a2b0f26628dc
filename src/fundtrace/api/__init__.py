"""The Python face: open a release, and ask it what the command line, the pages and the APIs answer.

>>> import fundtrace
>>> release = fundtrace.open("data")                                   # doctest: +SKIP
>>> release.projects(document="冀财社[2020]186").to_pandas()             # doctest: +SKIP
"""

from fundtrace.api.frames import Frame
from fundtrace.api.releases import Release, inspect, open_release

__all__ = ["Frame", "Release", "inspect", "open_release"]
