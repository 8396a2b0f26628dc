"""A Virtuoso of its own in a folder (Debian: virtuoso-opensource): how it is configured, started and filled."""

from __future__ import annotations

import subprocess
from pathlib import Path

PROGRAM = "virtuoso-t"

_INI = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}, {texts}
ServerThreads = {threads}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = {threads}
MaxKeepAlives = {threads}
KeepAliveTimeout = 30
[SPARQL]
ResultSetMaxRows = 100000
MaxQueryExecutionTime = 60
"""


def configured(
    folder: Path, sql: int, port: int, *, texts: Path | None = None, threads: int = 10, buffers: int = 10_000
) -> list[str]:
    """The command that starts one on free ports, for isql and for HTTP. It may load files of the folder `texts`."""
    ini = folder / "virtuoso.ini"
    text = _INI.format(
        folder=folder,
        texts=texts or folder,
        sql=sql,
        port=port,
        threads=threads,
        buffers=buffers,
        dirty=buffers * 3 // 4,
    )
    ini.write_text(text, encoding="utf-8")
    return [PROGRAM, "+foreground", "+wait", "+configfile", str(ini)]


def execute(sql: int, statements: str) -> None:
    """Run statements of its SQL."""
    command = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"EXEC={statements}"]
    subprocess.run(command, check=True, capture_output=True, timeout=3_600)


def load(sql: int, text: Path) -> None:
    """Load N-Triples into a graph."""
    execute(sql, f"DB.DBA.TTLP_MT(file_to_string_output('{text}'), '', 'http://g/', 255);checkpoint;")
