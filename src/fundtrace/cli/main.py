"""The group of commands, and how an error becomes one line and an exit code."""

from __future__ import annotations

import errno
import os
import sys
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import click

from fundtrace import __version__
from fundtrace.errors import FundtraceError, SystemFailure

PLUGINS = "fundtrace.commands"
"""The entry-point group of all commands, those of higher floors too."""

_DISK = frozenset(
    {errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
)
"""What a disk answers that is full, read-only, forbidden or broken."""


class Commands(click.Group):
    """The commands of the entry-point group, each of which is imported only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names of all commands, sorted."""
        return sorted(_plugins())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of that name, or None."""
        plugin = _plugins().get(cmd_name)
        if plugin is None:
            return None
        command = plugin.load()
        if not isinstance(command, click.Command):
            raise TypeError(f"{plugin.value} is not a click command")
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an error of ours is one line on stderr and its exit code."""
        try:
            return super().invoke(ctx)
        except FundtraceError as error:
            click.echo(f"fundtrace: {error}", err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            # The reader of our output went away (`| head`); the interpreter must not complain at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except OSError as error:
            if error.errno not in _DISK:
                raise
            failure = _disk_failed(error)
            click.echo(f"fundtrace: {failure}", err=True)
            ctx.exit(failure.exit_code)


def _disk_failed(error: OSError) -> SystemFailure:
    return SystemFailure(
        "disk-failed",
        f"无法写入或读取：{error.strerror}；检查磁盘空间和权限后再运行",
        f"cannot write or read: {error.strerror}; check space and permissions and run again",
        subject=None if error.filename is None else os.fsdecode(error.filename),
    )


def _plugins() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=PLUGINS)}


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="fundtrace")
def main() -> None:
    """从资金追到政策文件 | Trace public money to the policy documents it is justified by.

    Reads the budget performance documents that Chinese local governments publish, links departments,
    projects, funding documents and indicators, and answers questions about them.
    """
