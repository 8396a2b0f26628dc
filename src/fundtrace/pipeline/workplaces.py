"""Workplaces: where the files of a build are read, and how they come there."""

from __future__ import annotations

import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from fundtrace import __version__
from fundtrace.engines import Bounds, Engine, opened, processors
from fundtrace.pipeline.errands import Here, Way
from fundtrace.pipeline.remembering import stamp
from fundtrace.settings import Settings


@dataclass(frozen=True, slots=True)
class Workplace:
    """An engine, and the way to it."""

    engine: Engine
    way: Way = field(default_factory=Here)


@contextmanager
def workplace(
    settings: Settings,
    engine: str = "local",
    scheduler: str = "",
    shared: str = "",
    bounds: Bounds | None = None,
) -> Iterator[Workplace]:
    """The workplace of an engine (`local`, `dask`), open until the end.

    `shared` is the fsspec address of storage by which documents and records travel; without one, every worker must see the documents and
    the data folder under the same paths. Raises what `engines.opened` raises, and `SystemFailure` `shared-storage`.
    """
    jobs = settings.jobs or processors()
    if engine == "local":
        with opened(engine, jobs, scheduler, software, bounds) as found:
            yield Workplace(found)
    elif shared:
        with opened(engine, jobs, scheduler, software, bounds) as found:
            # Only who names a cluster needs what it stands on.
            from fundtrace.pipeline.sharing import SharedStorage, check_storage

            check_storage(shared)
            yield Workplace(found, SharedStorage(shared))
    else:
        data = settings.data_path.absolute()
        with (
            _sign(data) as sign,
            opened(engine, jobs, scheduler, partial(surroundings, sign), bounds) as found,
        ):
            from fundtrace.pipeline.sharing import SharedFolders

            yield Workplace(found, SharedFolders(data))


def software() -> str:
    """All that decides what is read from a file: version and hash of fundtrace and its libraries, Python, and whether LibreOffice is there."""
    office = "yes" if shutil.which("soffice") or shutil.which("libreoffice") else "no"
    python = ".".join(str(part) for part in sys.version_info[:2])
    return f"fundtrace {__version__} ({stamp()}), Python {python}, LibreOffice {office}"


def surroundings(sign: Path) -> str:
    """The software, and whether the data folder is seen from here."""
    return f"{software()}, data folder {'seen' if sign.is_file() else f'not seen ({sign.parent})'}"


@contextmanager
def _sign(data: Path) -> Iterator[Path]:
    """A file in the data folder, so that others can say whether they see it."""
    data.mkdir(parents=True, exist_ok=True)
    sign = data / f".workplace-{secrets.token_hex(4)}"
    sign.touch()
    try:
        yield sign
    finally:
        sign.unlink(missing_ok=True)
