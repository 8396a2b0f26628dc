"""A tiny set of statements for the tests of releases."""

from __future__ import annotations

from collections.abc import Callable

import pytest

BASE = "http://localhost:8000/"
NAMESPACE = "http://localhost:8000/ontology#"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"


def _lines(name: str = "甲项目", count: int = 3) -> list[str]:
    lines = []
    for number in range(1, count + 1):
        project, source = f"<{BASE}id/project/p{number}~b>", f"<{BASE}id/source/s>"
        lines += [
            f"{project} {_TYPE} <{NAMESPACE}Project> .",
            f'{project} {_LABEL} "{name} {number}"@zh .',
            f'{project} <{NAMESPACE}purpose> "第一行\\n第二行 \\"引\\" \\\\ <&>" .',
            f"{project} <{NAMESPACE}source> {source} .",
            f"{source} {_TYPE} <{NAMESPACE}SourceDocument> .",
            f'{source} {_LABEL} "文件"@zh .',
            f'{source} <{NAMESPACE}fileName> "a.txt" .',
            f'{source} <{NAMESPACE}sha256> "00" .',
        ]
    finding, severity = f"<{BASE}id/finding/f>", f"<{BASE}id/concept/severity-info>"
    return [
        *lines,
        f"{finding} {_TYPE} <{NAMESPACE}Finding> .",
        f'{finding} {_LABEL} "说明"@zh .',
        f"{finding} <{NAMESPACE}severity> {severity} .",
        f"{severity} {_TYPE} <http://www.w3.org/2004/02/skos/core#Concept> .",
        f'{severity} {_LABEL} "提示"@zh .',
    ]


@pytest.fixture(scope="session")
def lines() -> Callable[..., list[str]]:
    """Statements about a few projects whose names begin as asked."""
    return _lines
