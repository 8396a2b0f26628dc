"""The flags that several commands share, and the settings they lead to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from fundtrace import settings as settings_table
from fundtrace.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])


def data_option(command: Command) -> Command:
    """`--data DIR`, on every command that reads or writes a release."""
    return click.option(
        "--data",
        metavar="DIR",
        help="The folder that holds the releases (FUNDTRACE_DATA; default ./data).",
    )(command)


def release_option(command: Command) -> Command:
    """`--data DIR` and `--release VERSION`, on every command that reads a release."""
    option = click.option(
        "--release", "version", metavar="VERSION", help="An older release instead of the current one."
    )
    return data_option(option(command))


def load_settings(**flags: Any) -> Settings:
    """The settings with these flags on top; a flag that was not given is None."""
    return settings_table.load(flags)
