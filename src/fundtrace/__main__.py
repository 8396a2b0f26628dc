"""`python -m fundtrace`."""

from fundtrace.cli import main

main()
