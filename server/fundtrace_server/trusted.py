"""Trusted documents: operations that were deployed with a client, known here by a hash or a name.

A file or a folder, in the forms that clients' tools write: `*.graphql` files, and JSON that maps an id to a document
(relay-compiler, graphql-codegen) or is Apollo's manifest of persisted queries.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from graphql import GraphQLError, OperationDefinitionNode, parse, validate
from prometheus_client import Histogram

from fundtrace.errors import UsageError
from fundtrace.graphql.schema import served_schema

_log = logging.getLogger(__name__)
_LARGEST = 32 << 20
_MOST = 20_000
_MOST_NAMES = 500
"""Names of operations that have figures of their own: each is a dozen lines for the monitor to read."""

_SECONDS = Histogram(
    "fundtrace_graphql_seconds",
    "Seconds that answers to trusted operations took, by their names.",
    ["operation"],
)


@dataclass(frozen=True, slots=True)
class TrustedDocuments:
    """Documents by the ids that clients give for them: the SHA-256 of the text in hexadecimal, and the manifest's own id."""

    texts: Mapping[str, str]
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The names of the operations that are measured, by document."""

    def find(self, name: str) -> str | None:
        """The document of an id; `sha256:` may stand before a hash."""
        found = self.texts.get(name)
        return found if found is not None else self.texts.get(name.removeprefix("sha256:").lower())

    def trusts(self, text: str) -> bool:
        """Whether a document that is sent whole is one of them."""
        return digest(text) in self.texts

    def measured(self, text: str, name: str | None) -> str:
        """The name of an operation that is measured; empty for any other, since strangers give names too."""
        names = self.names.get(text, frozenset())
        if name:
            return name if name in names else ""
        return next(iter(names)) if len(names) == 1 else ""


def time_operation(name: str, seconds: float) -> None:
    """Count an answer to a trusted operation and its time."""
    _seconds_of(name).observe(seconds)


@lru_cache(maxsize=_MOST_NAMES)
def _seconds_of(name: str) -> Histogram:
    return _SECONDS.labels(name)


def digest(text: str) -> str:
    """The SHA-256 of a document, in hexadecimal; lone surrogates count as what they are."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(maxsize=2)
def read_trusted(place: str) -> TrustedDocuments:
    """The documents of a file or folder; none for an empty place.

    A document that the schema does not fit any more is logged, since clients in the field may still ask for it. Raises
    `UsageError` `trusted-documents` for what is not there, cannot be read, or is in no known form.
    """
    texts: dict[str, str] = {}
    for name, text, source in _documents(Path(place)) if place else ():
        if texts.setdefault(name, text) != text:
            raise _refused(
                source, f"编号 {name} 指两个不同的查询", f"the id {name} stands for two different documents"
            )
        texts[digest(text)] = text
        if len(texts) > 2 * _MOST:
            raise _refused(source, f"查询多于 {_MOST} 个", f"there are more than {_MOST} documents")
    return TrustedDocuments(texts, _names(texts))


def _documents(place: Path) -> Iterator[tuple[str, str, Path]]:
    if not place.exists():
        raise _refused(place, "文件或文件夹不存在", "there is no such file or folder")
    files = (
        sorted(one for one in place.rglob("*") if one.suffix in {".graphql", ".gql", ".json"})
        if place.is_dir()
        else [place]
    )
    for file in files:
        try:
            if file.stat().st_size > _LARGEST:
                raise _refused(file, "文件超过 32 MiB", "the file is larger than 32 MiB")
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise _refused(file, f"无法读取：{error}", f"cannot be read: {error}") from error
        if file.suffix == ".json":
            yield from ((name, document, file) for name, document in _manifest(text, file).items())
        else:
            yield digest(text), text, file


def _manifest(text: str, file: Path) -> dict[str, str]:
    try:
        told: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _refused(file, f"不是 JSON：{error}", f"is no JSON: {error}") from error
    if isinstance(told, dict) and isinstance(told.get("operations"), list):
        told = {
            one.get("id"): one.get("body")
            for one in told["operations"]
            if isinstance(one, dict) and isinstance(one.get("id"), str)
        }
    if not isinstance(told, dict) or not all(isinstance(one, str) for one in told.values()):
        raise _refused(
            file,
            "应为 {编号: 查询} 或 Apollo 的 persisted-query-manifest",
            "must map ids to documents, or be Apollo's persisted query manifest",
        )
    return told


def _names(texts: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The names of operations by document, the first of the alphabet where they are many."""
    named: dict[str, set[str]] = {}
    for text in set(texts.values()):
        try:
            document = parse(text)
            wrong = validate(served_schema(), document)
        except GraphQLError as error:
            wrong = [error]
        else:
            operations = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
            named[text] = {one.name.value for one in operations if one.name}
        for one in wrong[:1]:
            _log.warning(
                "a trusted document (%s…) does not fit the schema: %s", digest(text)[:12], one.message
            )
    measured = {*sorted({one for names in named.values() for one in names})[:_MOST_NAMES]}
    return {text: frozenset(names & measured) for text, names in named.items()}


def _refused(place: Path, zh: str, en: str) -> UsageError:
    return UsageError(
        "trusted-documents",
        f"{zh}；见设置 graphql_documents",
        f"{en}; see the setting graphql_documents",
        subject=str(place),
    )
