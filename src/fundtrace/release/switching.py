"""Which release is current: the switch, the way back, and the removal of old ones. Each is one step or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from fundtrace.errors import SystemFailure
from fundtrace.graph import Letters
from fundtrace.release.info import ReleaseInfo
from fundtrace.release.layout import Layout
from fundtrace.release.locking import build_lock
from fundtrace.release.opening import Release, current_version, find_intact, list_releases, open_release
from fundtrace.release.registering import write_ledger


@contextmanager
def writing(layout: Layout) -> Iterator[None]:
    """Holds the build lock of a data folder, cleared of what killed builds left.

    Raises `SystemFailure` `build-running`, or `data-folder` for a disk that fails.
    """
    try:
        layout.releases.mkdir(parents=True, exist_ok=True)
        with build_lock(layout.lock):
            layout.remove_unfinished()
            yield
    except OSError as error:
        raise SystemFailure(
            "data-folder",
            f"无法写入数据文件夹：{error}；检查磁盘空间和权限后再运行，当前版本没有改变",
            f"cannot write to the data folder: {error}; check its space and permissions and run again; the current "
            "release is as it was",
            subject=str(layout.data),
        ) from error


def switch(
    layout: Layout,
    release: Release,
    letters: Letters | None = None,
    moved: Mapping[str, str] | None = None,
    told: Path | None = None,
    *,
    returning: bool = False,
) -> None:
    """Makes a finished release current, with its ledger. Call it under the lock only.

    Ledger and order of the releases are written before the switch: a ledger counts only while its release is current, and
    what stands behind the current one in the order was never current, or was left by going back. `returning` to a
    release leaves the order as it is.
    """
    version, current, known = release.version, current_version(layout.data), _known(layout)
    write_ledger(layout, release, letters, moved, told)
    if version != current and not (returning and version in known):
        before = [one for one in [*_past(known, current), *([current] if current else [])] if one != version]
        layout.replace_text(layout.history, "".join(f"{one}\n" for one in [*before, version]))
    layout.replace_text(layout.current, f"{version}\n")
    for other in layout.ledger(version).parent.iterdir():
        if other.name != version:
            other.unlink()


def rollback(data: Path, version: str | None = None) -> Release:
    """Makes the release that was current before this one current again, or the one that is named, forwards too.

    Only a release that is complete to the last byte becomes current; without a version, damaged and removed ones are passed
    over. Raises `SystemFailure`: `no-release`, `corrupt-release`, `no-earlier-release`, `build-running`, `data-folder`.
    """
    layout = Layout(data)
    if current_version(data) is None:
        open_release(data)  # says that there is none
    with writing(layout):
        if version is not None:
            release: Release | None = open_release(data, version)
            if find_intact(data, version) is None:
                raise _damaged(layout, version)
        else:
            past = _past(_known(layout), current_version(data))
            release = next((found for one in reversed(past) if (found := find_intact(data, one))), None)
        if release is None:
            raise _nothing_earlier(data)
        switch(layout, release, returning=True)
        return release


def previous_version(data: Path) -> str:
    """The version that was current before the current one. Raises `SystemFailure` `no-earlier-release`."""
    past = _past(_known(Layout(data)), current_version(data))
    if not past:
        raise _nothing_earlier(data)
    return past[-1]


def prune(data: Path, keep: int, *, dry_run: bool = False) -> tuple[ReleaseInfo, ...]:
    """Removes all releases but the newest `keep` and the current one, and gives those, oldest first.

    `dry_run` removes nothing. A release that a server has open stays readable to it until it lets go. Raises
    `SystemFailure` as `writing` does.
    """
    layout = Layout(data)
    with writing(layout):
        found, current = list_releases(data), current_version(data)
        old = tuple(info for info in found[: max(len(found) - keep, 0)] if info.version != current)
        for info in () if dry_run else old:
            # Renamed first: a release is there whole or not at all, whenever this is stopped.
            shutil.rmtree(layout.set_aside(layout.release(info.version)))
        return old


def _known(layout: Layout) -> list[str]:
    try:
        return layout.history.read_text(encoding="ascii").split()
    except (FileNotFoundError, UnicodeDecodeError):
        return [info.version for info in list_releases(layout.data)]


def _past(known: list[str], current: str | None) -> list[str]:
    """Versions that were current before this one and lead to it, oldest first."""
    return known[: known.index(current)] if current in known else []


def _nothing_earlier(data: Path) -> SystemFailure:
    return SystemFailure(
        "no-earlier-release",
        "没有更早而且完好的版本；fundtrace release list 列出已有的版本",
        "there is no earlier release that is intact; see: fundtrace release list",
        subject=str(data),
    )


def _damaged(layout: Layout, version: str) -> SystemFailure:
    return SystemFailure(
        "corrupt-release",
        f"版本 {version} 已损坏，不能成为当前版本；重新构建它的来源文件",
        f"release {version} is damaged and cannot become current; build its sources again",
        subject=str(layout.release(version)),
    )
