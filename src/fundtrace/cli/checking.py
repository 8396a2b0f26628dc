"""`check`: whether a release is what the shapes ask for, and whether it may be published."""

from __future__ import annotations

import sys
from collections import Counter

import click

from fundtrace.cli.options import load_settings, release_option
from fundtrace.errors import UsageError
from fundtrace.release import breaches, open_release
from fundtrace.settings import Settings

VIOLATIONS = 1
"""Exit code: the release breaks a shape that it must keep."""
NEEDED = ("publisher", "licence", "contact", "periodicity")
"""Settings that a publisher has to make."""


@click.command()
@click.option(
    "--publish", is_flag=True, help="Also require the settings publisher, licence, contact and periodicity."
)
@release_option
def check(publish: bool, data: str | None, version: str | None) -> None:
    """按 SHACL 核对版本 | Check a release against the SHACL shapes.

    Prints one line for each violation: code, resource and message, parted by tabs. Warnings (what a printed form should
    contain) are counted on stderr. Exit code 1 when there are violations.
    """
    settings = load_settings(data=data)
    if publish:
        _require(settings)
    release = open_release(settings.data_path, version)
    violations, warnings = 0, Counter[str]()
    for breach in breaches(release.store, release.base, release.namespace):
        if breach.violation:
            violations += 1
            click.echo(f"{breach.code}\t{breach.resource}\t{breach.zh}\t{breach.en}")
        else:
            warnings[breach.code] += 1
    for code, number in sorted(warnings.items(), key=lambda item: (-item[1], item[0])):
        click.echo(f"警告 warning {code}: {number}", err=True)
    click.echo(
        f"版本 release {release.version}: 违反 violations {violations}，警告 warnings {warnings.total()}",
        err=True,
    )
    if violations:
        sys.exit(VIOLATIONS)


def _require(settings: Settings) -> None:
    missing = [name for name in NEEDED if not getattr(settings, name)]
    if missing:
        names = "、".join(missing)
        raise UsageError(
            "not-publishable",
            f"发布前须设置 {names}（fundtrace.toml 或 FUNDTRACE_{missing[0].upper()}）",
            f"set {', '.join(missing)} before you publish (fundtrace.toml or FUNDTRACE_{missing[0].upper()})",
        )
