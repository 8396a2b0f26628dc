"""`doctor`: whether this installation and its data folder are sound, and what to do about what is not."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from fundtrace import pipeline, resources
from fundtrace.cli.options import data_option, load_settings
from fundtrace.errors import FundtraceError, SystemFailure
from fundtrace.pipeline.reviewed import load_reviewed
from fundtrace.query.questions import load_questions
from fundtrace.release import current_version, list_releases, lookup, open_release
from fundtrace.settings import Settings

Check = Callable[[Settings], str]


@click.command()
@data_option
def doctor(data: str | None) -> None:
    """检查安装和数据文件夹 | Check this installation and its data folder.

    One line for each check: what is in order, or what is wrong and what to do. Exit code 4 if anything is wrong, 2 for
    settings that are.
    """
    settings = load_settings(data=data)
    wrong = 0
    for name, check in _CHECKS.items():
        try:
            click.echo(f"✓ {name}: {check(settings)}")
        except FundtraceError as error:
            wrong += 1
            click.echo(f"✗ {name}: {error}")
    if wrong:
        sys.exit(SystemFailure.exit_code)


def _files(_: Settings) -> str:
    try:
        folders = [resources.folder(name) for name in ("ontology", "queries")]
    except FileNotFoundError as error:
        raise SystemFailure(
            "installation", f"安装不完整：{error}；请重新安装", f"{error}; install fundtrace again"
        ) from error
    return f"{folders[0]}, {len(load_questions())} 个问题 questions"


def _reader(_: Settings) -> str:
    sample = Path(resources.__file__).parent / "samples" / "documents"
    files = sorted(sample.glob("*.txt"))
    if not files:
        raise SystemFailure(
            "installation", "没有示例文件；请重新安装", "the samples are missing; install fundtrace again"
        )
    return f"{files[0].name}: {len(pipeline.inspect(files[0]).projects)} 个项目 projects"


def _reviewed(settings: Settings) -> str:
    if not settings.reviewed:
        return "没有设置 none is set"
    found = load_reviewed(Path(settings.reviewed))
    entries = len(found.merges) + len(found.corrections) + len(found.documents) + len(found.sources)
    return f"{entries} 条 entries"


def _folder(settings: Settings) -> str:
    folder = settings.data_path
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not os.access(there, os.W_OK):
        raise SystemFailure(
            "data-folder",
            "数据文件夹不可写；检查权限",
            "cannot write to the data folder; check its permissions",
            subject=str(folder),
        )
    return f"{folder}（{len(list_releases(folder))} 个版本 releases）"


def _release(settings: Settings) -> str:
    if current_version(settings.data_path) is None:
        return "还没有版本 none yet: fundtrace build"
    release = open_release(settings.data_path)
    if not release.is_intact():
        raise SystemFailure(
            "corrupt-release",
            "当前版本已损坏；重新运行 fundtrace build",
            "the current release is damaged; run fundtrace build again",
            subject=str(release.path),
        )
    lookup(settings.data_path, f"release/{release.version}")
    return (
        f"{release.version}, {release.info.statements} 条语句 statements, 索引 index {release.index.version}"
    )


_CHECKS: dict[str, Check] = {
    "安装的文件 installed files": _files,
    "读取示例 reading a sample": _reader,
    "审定文件 reviewed files": _reviewed,
    "数据文件夹 data folder": _folder,
    "当前版本 current release": _release,
}
