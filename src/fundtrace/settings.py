"""The settings, in one table: flag beats environment beats `fundtrace.toml` beats default."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fundtrace.errors import UsageError

ONTOLOGY_NAMESPACE = "http://localhost:8000/ontology#"
"""The namespace that the files of the repository are written in; it is replaced when they are loaded."""


FREQUENCIES = (
    "triennial",
    "biennial",
    "annual",
    "semiannual",
    "threeTimesAYear",
    "quarterly",
    "bimonthly",
    "monthly",
    "semimonthly",
    "biweekly",
    "threeTimesAMonth",
    "weekly",
    "semiweekly",
    "threeTimesAWeek",
    "daily",
    "continuous",
    "irregular",
)
"""The Dublin Core frequencies of collections (`http://purl.org/cld/freq/`)."""

STORAGES = ("auto", "memory", "disk")
"""What SPARQL workers may answer from."""

_NO_IRI = frozenset(' <>"{}|\\^`')
_TRUTHS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


def _setting(default: Any, zh: str, en: str) -> Any:
    return field(default=default, metadata={"zh": zh, "en": en})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting of fundtrace, with its default; `describe` gives the table for people."""

    data: str = _setting("./data", "存放各版本的数据文件夹", "the folder that holds the releases")
    base: str = _setting(
        "http://localhost:8000/", "所有 IRI 的前缀，以 / 结尾", "what every IRI begins with; ends in /"
    )
    namespace: str = _setting(
        "", "本体的命名空间；空则为 {base}ontology#", "the ontology's namespace; empty for {base}ontology#"
    )
    publisher: str = _setting("", "发布者的名称", "who publishes the data, by name")
    licence: str = _setting("", "数据许可的网址", "the address of the licence of the data")
    contact: str = _setting("", "联系方式：邮箱或网址", "whom to ask: a mail address or a page")
    periodicity: str = _setting(
        "",
        "更新频率：annual、quarterly、monthly、irregular 等",
        "how often the data are renewed: annual, quarterly, monthly, irregular …",
    )
    reviewed: str = _setting(
        "",
        "审定文件（YAML）或存放它们的文件夹",
        "the reviewed file (YAML), or the folder that holds such files",
    )
    jobs: int = _setting(
        0, "同时读取文件的进程数；0 为处理器数", "processes that read documents; 0 for one a processor"
    )
    host: str = _setting("127.0.0.1", "服务监听的地址", "the address that serve listens on")
    port: int = _setting(8000, "服务监听的端口", "the port that serve listens on")
    workers: int = _setting(2, "服务进程数", "server processes")
    sparql_processes: int = _setting(
        2, "每个服务进程的 SPARQL 查询进程数", "SPARQL worker processes of each server process"
    )
    sparql_seconds: float = _setting(
        10.0, "一次 SPARQL 查询的时限（秒）", "seconds that one SPARQL query may take"
    )
    sparql_queue: int = _setting(
        64,
        "等待空闲查询进程的请求上限（全部服务进程合计）",
        "requests that may wait for a SPARQL worker, over all server processes",
    )
    sparql_cache_mib: int = _setting(
        64,
        "保留的 SPARQL 查询结果的上限（MiB，全部服务进程合计；0 为不保留）",
        "MiB of SPARQL answers that are kept, over all server processes; 0 keeps none",
    )
    sparql_memory_mib: int = _setting(
        1024, "一个查询进程可多用的内存（MiB）", "MiB that a SPARQL worker may use beyond its size at start"
    )
    sparql_storage: str = _setting(
        "auto",
        "查询进程读取数据的方式：memory（载入内存）、disk，或按大小选择的 auto",
        "what SPARQL workers answer from: memory, disk, or auto, which chooses by size",
    )
    sparql_store_mib: int = _setting(
        512,
        "auto 时，一份载入内存的数据的上限（MiB）；每个查询进程最多另占同样多",
        "MiB up to which auto holds the graph in memory; each worker may come to use as much again",
    )
    sparql_output_mib: int = _setting(16, "一次查询结果的上限（MiB）", "MiB that one SPARQL answer may have")
    graphql_documents: str = _setting(
        "",
        "受信任的 GraphQL 查询：清单文件（JSON）、.graphql 文件或存放它们的文件夹",
        "trusted GraphQL documents: a manifest (JSON), a .graphql file, or the folder that holds such files",
    )
    graphql_trusted_only: bool = _setting(
        False, "只回答受信任的 GraphQL 查询", "whether only trusted GraphQL documents are answered"
    )
    graphql_explain: bool = _setting(
        False,
        "请求带 X-Explain: 1 时，是否在 extensions.explain 中说明 SQL 与用时",
        "whether extensions.explain tells SQL and timings to a request with X-Explain: 1",
    )
    graphql_operations: int = _setting(
        4, "每个服务进程同时执行的 GraphQL 操作数", "GraphQL operations that each server process runs at once"
    )
    graphql_queue: int = _setting(
        256,
        "每个服务进程中等待执行的 GraphQL 操作的上限；一个客户端最多占全部名额的一半",
        "GraphQL operations that may wait in each server process; one client has half of all places at most",
    )
    store: str = _setting(
        "",
        "远程 SPARQL 存储的地址；空则用数据文件夹里的图",
        "the address of a remote SPARQL store; empty for the graph in the data folder",
    )
    store_query: str = _setting(
        "query", "查询地址，相对于 store", "where it answers queries, relative to store"
    )
    store_graphs: str = _setting(
        "store",
        "图存取（Graph Store Protocol）的地址，相对于 store",
        "where it takes graphs by the Graph Store Protocol, relative to store",
    )
    store_seconds: float = _setting(60.0, "推送时一次请求的时限（秒）", "seconds of one request of a push")
    request_kib: int = _setting(256, "一次请求正文的上限（KiB）", "KiB that a request body may have")
    inspect_mib: int = _setting(
        16,
        "检视页所收文件的上限（MiB）；0 为关闭检视页",
        "MiB that a file to inspect may have; 0 switches /inspect off",
    )
    inspect_seconds: float = _setting(
        60.0, "检视一份文件的时限（秒）", "seconds that reading one file to inspect may take"
    )

    def __post_init__(self) -> None:
        parts = urlsplit(self.base)
        if parts.scheme not in {"http", "https"} or not parts.netloc or not self.base.endswith("/"):
            raise UsageError(
                "setting-base",
                f"base 应为以 / 结尾的 http(s) 地址，而不是 {self.base!r}",
                f"base must be an http(s) address that ends in /, not {self.base!r}",
            )
        if set(self.base) & (_NO_IRI | set("?#")):
            raise UsageError(
                "setting-base",
                f"base 含有 IRI 不允许的字符：{self.base!r}",
                f"base holds a character that no IRI may have, or a query or fragment: {self.base!r}",
            )
        self._check_publication()
        if self.sparql_storage not in STORAGES:
            raise UsageError(
                "setting-storage",
                f"sparql_storage 应为 {'、'.join(STORAGES)} 之一，而不是 {self.sparql_storage!r}",
                f"sparql_storage must be one of {', '.join(STORAGES)}, not {self.sparql_storage!r}",
                subject="sparql_storage",
            )
        for name in (
            "port",
            "workers",
            "sparql_processes",
            "sparql_memory_mib",
            "sparql_output_mib",
            "graphql_operations",
            "request_kib",
        ):
            if getattr(self, name) < 1:
                raise UsageError(
                    "setting-range", f"{name} 应大于 0", f"{name} must be greater than 0", subject=name
                )

    def _check_publication(self) -> None:
        contact = self.contact
        mail = _MAIL.fullmatch(contact) is not None
        for name, right, zh, en in (
            ("licence", _is_address(self.licence), "http(s) 网址", "an http(s) address"),
            (
                "contact",
                mail or _is_address(contact),
                "邮箱或 http(s) 网址",
                "a mail address or an http(s) address",
            ),
            (
                "periodicity",
                self.periodicity in FREQUENCIES,
                f"下列之一：{'、'.join(FREQUENCIES)}",
                f"one of: {', '.join(FREQUENCIES)}",
            ),
        ):
            value = getattr(self, name)
            if value and not right:
                raise UsageError(
                    f"setting-{name}",
                    f"{name} 应为{zh}，而不是 {value!r}",
                    f"{name} must be {en}, not {value!r}",
                    subject=name,
                )

    @property
    def ontology_namespace(self) -> str:
        """The namespace of the ontology's terms in this installation."""
        return self.namespace or f"{self.base}ontology#"

    @property
    def data_path(self) -> Path:
        """The data folder."""
        return Path(self.data)


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


def describe() -> list[tuple[str, str, str, str]]:
    """Rows of (name, default, meaning in Chinese, meaning in English), in the order of the table."""
    return [(f.name, str(f.default), f.metadata["zh"], f.metadata["en"]) for f in fields(Settings)]


def _is_address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not _NO_IRI & set(text)


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
