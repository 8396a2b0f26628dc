"""Where settings come from: flag beats environment beats `fundtrace.toml` beats default."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from fundtrace.errors import UsageError
from fundtrace.settings.table import Settings

_TRUTHS: Final = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def load(
    flags: Mapping[str, Any] | None = None,
    environ: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> Settings:
    """Settings from flags (those that are not None), `FUNDTRACE_…` variables, and `fundtrace.toml`.

    Raises `UsageError` for an unknown name in the file or a value of the wrong type.
    """
    environ = os.environ if environ is None else environ
    file = Path("fundtrace.toml") if file is None else file
    known = {f.name: type(f.default) for f in fields(Settings)}
    values: dict[str, Any] = {}
    for name, value in _read_file(file).items():
        if name not in known:
            raise UsageError(
                "setting-unknown",
                f"没有名为 {name} 的设置；fundtrace settings 列出全部设置",
                f"there is no setting {name}; see: fundtrace settings",
                subject=str(file),
            )
        values[name] = _convert(name, value, known[name], str(file))
    for name, kind in known.items():
        variable = f"FUNDTRACE_{name.upper()}"
        if environ.get(variable):
            values[name] = _convert(name, environ[variable], kind, variable)
    values.update({name: value for name, value in (flags or {}).items() if value is not None})
    return Settings(**values)


def _read_file(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UsageError(
            "setting-file",
            f"无法读取设置文件：{error}",
            f"cannot read the settings: {error}",
            subject=str(file),
        ) from error


def _convert(name: str, value: Any, kind: type, subject: str) -> Any:
    try:
        if kind is bool:
            return value if isinstance(value, bool) else _TRUTHS[str(value).lower()]
        if isinstance(value, bool) or (kind is str and not isinstance(value, str)):
            raise ValueError
        return kind(value)
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(
            "setting-type",
            f"{name} 应为 {kind.__name__}，而不是 {value!r}",
            f"{name} must be of type {kind.__name__}, not {value!r}",
            subject=subject,
        ) from error
