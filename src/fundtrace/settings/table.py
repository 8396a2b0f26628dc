"""The settings table: every setting with its default and its meaning."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from fundtrace.settings.checks import check

ONTOLOGY_NAMESPACE = "http://localhost:8000/ontology#"
"""The namespace that the files of the repository are written in; it is replaced when they are loaded."""


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
    sparql_quick_ms: int = _setting(
        100,
        "查询进程直接应答连续的快速查询时，一次查询可用的处理器时间（毫秒），超过的按通常方式重做；0 为不直接应答",
        "milliseconds of processor time that a query may take where a worker answers a client's quick queries by itself; what takes longer is asked again in the usual way; 0 for never",
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
    head_seconds: float = _setting(
        10.0,
        "客户端连接后发送请求头的时限（秒）；正文另有 20 秒",
        "seconds that a client who has connected may take to send the head of a request; a body has 20 s more",
    )
    trusted_proxies: str = _setting(
        "",
        "可信的代理：地址或网段（CIDR），以逗号分隔；只信它们说的客户端地址，空则谁也不信",
        "proxies that are believed about who asks: addresses or networks (CIDR) with commas; empty for none",
    )
    proxy_header: str = _setting(
        "x-forwarded-for",
        "可信的代理用哪个请求头写客户端地址：x-forwarded-for 或 forwarded（RFC 7239）",
        "the header in which a trusted proxy names the client: x-forwarded-for or forwarded (RFC 7239)",
    )
    request_ids: str = _setting(
        "own",
        "请求编号：own（总是自编），或取自请求头 x-request-id、traceparent",
        "request ids: own, made here, or taken from the header x-request-id or traceparent where a request has it",
    )
    rate_limit: float = _setting(
        50.0,
        "每个服务进程中，一个客户端每秒的请求数；0 为不限。本机发来的请求不计",
        "requests a second of one client in each server process; 0 for no limit; requests from this machine do not count",
    )
    rate_burst: int = _setting(
        500,
        "一个客户端一时可超出的请求数",
        "requests that one client may send at once before rate_limit holds",
    )
    log_format: str = _setting(
        "human", "日志的写法：human 或 json", "how log lines are written: human or json"
    )
    log_access: bool = _setting(
        True, "是否为每个请求写一行日志", "whether each request gets a line in the log"
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
        check(self)

    @property
    def ontology_namespace(self) -> str:
        """The namespace of the ontology's terms in this installation."""
        return self.namespace or f"{self.base}ontology#"

    @property
    def data_path(self) -> Path:
        """The data folder."""
        return Path(self.data)


def describe() -> list[tuple[str, str, str, str]]:
    """Rows of (name, default, meaning in Chinese, meaning in English), in the order of the table."""
    return [(f.name, str(f.default), f.metadata["zh"], f.metadata["en"]) for f in fields(Settings)]
