"""The command line: `fundtrace`."""

from fundtrace.cli.main import main

__all__ = ["main"]
