"""fundtrace: Chinese budget performance documents as linked data."""

from importlib.metadata import version

__version__ = version("fundtrace")
