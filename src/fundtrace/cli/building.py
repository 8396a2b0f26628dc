"""`build` and `inspect`: the commands that read documents."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

import click

from fundtrace import pipeline
from fundtrace.cli.options import data_option, load_settings
from fundtrace.engines import ENGINES, prepare
from fundtrace.errors import UsageError

if TYPE_CHECKING:
    from fundtrace.pipeline import BuildReport
    from fundtrace.release import Unread, When

FINDINGS = 1
"""Exit code: findings at or above `--fail-on`."""
UNREADABLE = 3
"""Exit code: some input could not be read; the release was made all the same."""

_SHOWN = 20


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--base", metavar="IRI", help="What every IRI begins with; ends in / (FUNDTRACE_BASE).")
@click.option("--jobs", type=click.IntRange(0), help="Processes that read documents; 0 for one a processor.")
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="local",
    show_default=True,
    help="Where documents are read: in processes of this machine, or on a Dask cluster.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="The Dask scheduler, as tcp://10.0.0.1:8786; without one, what Dask's configuration names, else a cluster of this machine.",
)
@click.option(
    "--shared",
    metavar="URL",
    help="Storage by which documents and records travel, as s3://bucket/folder; without one, the workers must see the documents and "
    "the data folder under the same paths.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["never", "error", "warning"]),
    default="never",
    show_default=True,
    help="End with exit code 1 when there are findings of this severity or worse.",
)
@click.option(
    "--dumps/--no-dumps", default=True, show_default=True, help="Make the compressed dumps of the release."
)
@click.option(
    "--validate",
    "validation",
    type=click.Choice(["now", "later", "never"]),
    default="now",
    show_default=True,
    help="Ask the SHACL shapes before the release becomes current, after that, or not at all.",
)
@click.option(
    "--reviewed",
    metavar="PATH",
    help="Reviewed file (YAML), or a folder of them: merges, corrections, facts (FUNDTRACE_REVIEWED).",
)
@click.option("--retry", is_flag=True, help="Read files again that an earlier build could not read.")
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    help="The time of the release, in UTC (SOURCE_DATE_EPOCH; without one no time stands in the descriptions).",
)
@click.option(
    "--log-json",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file that gets one JSON object a line: what was found, each file read, the release.",
)
@data_option
def build(
    paths: tuple[Path, ...],
    base: str | None,
    jobs: int | None,
    engine: str,
    scheduler: str | None,
    shared: str | None,
    fail_on: str,
    dumps: bool,
    validation: When,
    reviewed: str | None,
    retry: bool,
    date: datetime | None,
    log_json: Path | None,
    data: str | None,
) -> None:
    """读入文件和文件夹，生成一个版本 | Read files and folders and make a release of them.

    A folder is walked. Files of a format without a reader are skipped; a file that cannot be read is set aside with its
    reason, the release is still made, and the exit code is 3. When nothing can be read there is no release. A release that
    breaks a shape which it must keep is refused: the current one stays, and the exit code is 4.
    """
    if engine == "local":
        # It loads what reads documents while this process loads all else.
        prepare("fundtrace.pipeline.rehearsing")
    from rich.console import Console

    from fundtrace.cli.progress import BuildProgress, event_log

    settings = load_settings(base=base, jobs=jobs, reviewed=reviewed, data=data)
    if engine == "local" and (scheduler or shared):
        raise UsageError(
            "option-engine",
            "--scheduler 和 --shared 只用于 --engine dask",
            "--scheduler and --shared are for --engine dask alone",
        )
    err = Console(stderr=True, highlight=False)
    try:
        with (
            pipeline.workplace(settings, engine, scheduler or "", shared or "") as workplace,
            BuildProgress(err) as progress,
            event_log(log_json) as log,
        ):
            report = pipeline.build(
                paths,
                settings,
                progress.step,
                dumps=dumps,
                validation=validation,
                retry=retry,
                date=date.replace(tzinfo=UTC) if date else None,
                log=log,
                workplace=workplace,
            )
    except pipeline.NothingReadable as error:
        _tell_unread(error.account.skipped, error.account.quarantined)
        raise
    _tell_unread(report.skipped, report.quarantined)
    for place in report.unused:
        click.echo(f"审定文件中没有用到的一条 reviewed entry about nothing in this build: {place}", err=True)
    _tell_release(report)
    if report.violated is not None:
        raise report.violated
    if report.quarantined:
        sys.exit(UNREADABLE)
    if fail_on != "never" and report.findings_from(cast(Literal["error", "warning"], fail_on)):
        click.echo(
            f"fundtrace: 有 {fail_on} 级或更重的发现 there are findings at or above {fail_on}", err=True
        )
        sys.exit(FINDINGS)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The published JSON object instead of a summary.")
def inspect(file: Path, as_json: bool) -> None:
    """看看一个文件会读出什么，不保存 | What would be read from one file; nothing is stored."""
    from rich.console import Console

    from fundtrace.cli import inspecting

    document = pipeline.inspect(file)
    if as_json:
        click.echo(document.model_dump_json(indent=2))
    else:
        inspecting.show(document, Console(width=None if sys.stdout.isatty() else 200, highlight=False))


def _tell_unread(skipped: tuple[str, ...], quarantined: tuple[Unread, ...]) -> None:
    for path in skipped[:_SHOWN]:
        click.echo(f"跳过 skipped: {path}", err=True)
    if len(skipped) > _SHOWN:
        click.echo(f"跳过 skipped: 另有 {len(skipped) - _SHOWN} 个 more", err=True)
    for unread in quarantined:
        click.echo(f"未能读取 not read: {unread.path}: {unread.zh} | {unread.en} [{unread.code}]", err=True)


def _tell_release(report: BuildReport) -> None:
    info = report.release.info
    counts = info.counts
    state = "与已有版本相同 same as before" if report.reused else "新版本 new"
    click.echo(f"版本 release {info.version} ({state})")
    click.echo(
        f"  文件 files {report.files}（读取 read {report.files - report.unchanged}，"
        f"未变 unchanged {report.unchanged}），项目 projects {counts.get('Project', 0)}，"
        f"指标 indicators {counts.get('Indicator', 0)}，政策/资金文件 documents {counts.get('FundingDocument', 0)}，"
        f"语句 statements {info.statements}"
    )
    found = report.findings
    click.echo(
        f"  发现 findings: error {found.get('error', 0)}，warning {found.get('warning', 0)}，info {found.get('info', 0)}"
    )
    if info.left_out:
        click.echo(
            f"  索引未收 left out of the index: {sum(info.left_out.values())}（图中仍有 the graph has them："
            f"{'、'.join(list(info.left_out)[:_SHOWN])}）"
        )
