"""Why a query has no answer, in words: the errors of a pool."""

from __future__ import annotations

from fundtrace.errors import QueryError


def encoded(query: str) -> bytes:
    """A query in UTF-8. Raises `QueryError` for what is no Unicode text."""
    try:
        return query.encode()
    except UnicodeEncodeError as error:
        raise QueryError(
            "query-encoding",
            f"查询在第 {error.start + 1} 个字符处不是合法的 Unicode 文本",
            f"the query is no valid Unicode text at character {error.start + 1}",
        ) from error


def busy() -> QueryError:
    """For a query that finds no place, or no worker in time."""
    return _unavailable(
        "query-queue",
        "正在进行的查询太多；请稍后重试",
        "too many queries are being answered; try again in a moment",
    )


def closed() -> QueryError:
    """For what is asked of a pool that has been closed."""
    return _unavailable("query-closed", "服务正在停止", "the server is stopping")


def too_slow(seconds: float) -> QueryError:
    """For a query that has had its time."""
    return _unavailable(
        "query-time",
        f"查询超过 {seconds:g} 秒，已停止；请缩小范围或用 LIMIT",
        f"the query took more than {seconds:g} seconds and was stopped; narrow it, or use LIMIT",
    )


def cannot_start(reason: str) -> QueryError:
    """For a worker that cannot open the graph."""
    return _unavailable(
        "query-start", f"查询进程无法打开数据：{reason}", f"the worker cannot open the data: {reason}"
    )


def out_of_memory() -> QueryError:
    """For a query that ended its worker."""
    return _unavailable(
        "query-stopped",
        "查询需要的内存超过上限，已停止；请缩小范围或用 LIMIT",
        "the query needed more memory than it may have and was stopped; narrow it, or use LIMIT",
    )


def lost() -> QueryError:
    """For a query whose worker went with the process it was forked from, again and again."""
    return _unavailable(
        "query-lost",
        "查询进程意外结束；请稍后重试",
        "the process that answered the query ended unexpectedly; try again in a moment",
    )


def _unavailable(code: str, zh: str, en: str) -> QueryError:
    return QueryError(code, zh, en, kind="unavailable")
