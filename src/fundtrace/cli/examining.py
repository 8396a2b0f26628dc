"""`doctor`: whether this installation and its data folder are sound, and what to do about what is not."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import apsw
import click

from fundtrace import pipeline, resources
from fundtrace.cli.options import data_option, load_settings
from fundtrace.errors import FundtraceError, SystemFailure, UsageError
from fundtrace.graph.exchange import Patience
from fundtrace.graph.remote import RemoteStore
from fundtrace.pipeline.reviewed import load_reviewed
from fundtrace.query.questions import load_questions
from fundtrace.release import current_version, list_releases, lookup, open_release
from fundtrace.release.registered import read_register
from fundtrace.settings import Settings

Check = Callable[[Settings], str]

_RELEASES_OF_SPACE: Final = 3
"""A build needs room for the new release, its sorted text and what is on its way between the two."""
_LEAST_BYTES: Final = 256 << 20
_SECONDS: Final = 5.0


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


def _engine(_: Settings) -> str:
    connection = apsw.Connection(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE text USING fts5(words)")
    except apsw.Error as error:
        raise SystemFailure(
            "installation",
            f"SQLite 不能做全文查找（{error}）；请重新安装",
            f"SQLite cannot search text ({error}); install fundtrace again",
        ) from error
    finally:
        connection.close()
    return f"SQLite {apsw.sqlite_lib_version()}"


def _pages(_: Settings) -> str:
    server = importlib.util.find_spec("fundtrace_server")
    folders = [Path(one) for one in (server.submodule_search_locations or ())] if server else []
    if not any((folder / "static" / "manifest.json").is_file() for folder in folders):
        raise SystemFailure(
            "no-web-bundle",
            "页面的样式和脚本尚未构建，请运行 make install",
            "the pages' stylesheet and script are not built; run: make install",
        )
    return str(folders[0])


def _old_formats(_: Settings) -> str:
    found = shutil.which("soffice")
    return found or "没有 LibreOffice，读不了 .doc without LibreOffice no .doc is read"


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


def _space(settings: Settings) -> str:
    folder = settings.data_path
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free, wanted = shutil.disk_usage(there).free, _LEAST_BYTES
    if version := current_version(folder):
        release = folder / "releases" / version
        sizes = (path.stat().st_size for path in release.rglob("*") if path.is_file())
        wanted = max(wanted, _RELEASES_OF_SPACE * sum(sizes))
    if free < wanted:
        raise SystemFailure(
            "data-folder",
            f"只剩 {free >> 20} MiB，再构建一次约需 {wanted >> 20} MiB；腾出空间，或运行 fundtrace release prune",
            f"{free >> 20} MiB are free and another build takes some {wanted >> 20}; make room, or run: fundtrace release prune",
            subject=str(folder),
        )
    return f"{free >> 20} MiB 可用 free"


def _trusted(settings: Settings) -> str:
    if not settings.graphql_documents:
        return "没有设置 none is set"
    if not Path(settings.graphql_documents).exists():
        raise UsageError(
            "trusted-documents",
            "没有这个文件或文件夹；见设置 graphql_documents",
            "there is no such file or folder; see the setting graphql_documents",
            subject=settings.graphql_documents,
        )
    return settings.graphql_documents


def _store(settings: Settings) -> str:
    if not settings.store:
        return "没有设置 none is set"
    store = RemoteStore(
        settings.store,
        query=settings.store_query,
        graphs=settings.store_graphs,
        seconds=_SECONDS,
        patience=Patience(attempts=1, first=0.0, longest=0.0),
    )
    kept = current_version(settings.data_path) is not None
    register = read_register(store, open_release(settings.data_path).base if kept else settings.base)
    return f"{settings.store}: {register.current or '还没有版本 no release yet'}"


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
    "索引 index": _engine,
    "网页 pages": _pages,
    "读取示例 reading a sample": _reader,
    "旧格式 old formats": _old_formats,
    "审定文件 reviewed files": _reviewed,
    "受信任的查询 trusted documents": _trusted,
    "远程存储 remote store": _store,
    "数据文件夹 data folder": _folder,
    "空间 space": _space,
    "当前版本 current release": _release,
}
