"""The reference page of the errors."""

from __future__ import annotations

from codes import Code, error_codes

_INTRODUCTION = """# 错误代码 · Error codes

每个错误有固定的代码和中英文消息；消息里说明怎么办，`…` 处是具体的文件、位置或数值。
命令行把它写成一行，以代码结尾，并以退出码结束：2 用法或设置有误，3 文件不能读取，4 磁盘、进程或版本有误，5 没有结果。
服务以 JSON（`{"error": {"code", "message": {"zh", "en"}, "request", "help"}}`）、网页，或 GraphQL 的 `errors`（`extensions.code`）回答；
`request` 是请求编号，也在 `X-Request-Id` 和日志里。来自下层的错误在服务上是：用法或输入有误 400，没有结果 404，系统故障 503。

Each error has a stable code and messages in Chinese and English, which say what to do; `…` stands for the file, place or number at hand.
On the command line it is one line that ends in the code, and an exit code: 2 for usage and settings, 3 for a file that cannot be read, 4 for a
disk, process or release that failed, 5 for no answer. The server answers with JSON, a page, or the `errors` of GraphQL (`extensions.code`);
`request` is the id of the request, as in `X-Request-Id` and the log. Errors that come from below are 400 (usage, input), 404 (no answer) and
503 (failures) there. [Findings](../findings/README.md) are no errors: they speak of what a document prints.
"""
_NO_MESSAGE = ("消息说明是哪里、什么。", "The message says what and where.")


def errors_page() -> str:
    """Every code with its messages, exit code and status."""
    lines = [_INTRODUCTION]
    for code in error_codes():
        lines += [f"## {code.name}", ""]
        ends = _ends(code)
        lines += [ends, ""] if ends else []
        for zh, en in code.messages or [_NO_MESSAGE]:
            lines.append(f"- {zh}" + (f"\n  {en}" if en and en != "…" else ""))
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _ends(code: Code) -> str:
    exits = ", ".join(map(str, sorted(code.exit_codes)))
    statuses = ", ".join(map(str, sorted(code.statuses)))
    return " · ".join(
        part
        for part in (f"退出码 exit code {exits}" if exits else "", f"HTTP {statuses}" if statuses else "")
        if part
    )
