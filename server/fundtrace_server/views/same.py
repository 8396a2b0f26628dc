"""The same thing in other forms: linked data, GraphQL, SPARQL, a saved question, and words to cite it by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from fundtrace.query import load_questions
from fundtrace.query.binding import bind
from fundtrace.release import Release
from fundtrace.resources import parse_yaml
from fundtrace_server.linker import encode_path
from fundtrace_server.messages import Messages

_FOLDER: Final = Path(__file__).parent.parent / "same"
_ANY: Final = "any"


@dataclass(frozen=True, slots=True)
class SameView:
    """An entity in other forms.

    `lasting` is the address of its page in this release; `question` the id of the saved question with its `values`, None
    where people have none; `cited` are the words to cite the page by.
    """

    iri: str
    lasting: str
    graphql: str
    variables: str
    sparql: str
    question: str | None
    values: Mapping[str, str]
    cited: str


def same_as(release: Release, iri: str, class_name: str, label: str, messages: Messages) -> SameView:
    """The forms in which a release tells of an entity."""
    told = _questions().get(class_name) or _questions()[_ANY]
    question = load_questions()[told["question"]]
    bound = bind(question, {told["parameter"]: NamedNode(iri)}, release.namespace, release.base)
    page = encode_path(iri.removeprefix(f"{release.base}id/"))
    return SameView(
        iri=iri,
        lasting=f"{release.base}page/{page}?release={release.version}",
        graphql=_graphql(class_name),
        variables=json.dumps({"iri": iri}, ensure_ascii=False),
        sparql="\n".join(line for line in bound.splitlines() if not line.startswith("#+")).strip(),
        question=None if question.internal else question.id,
        values={} if question.internal else {told["parameter"]: iri},
        cited=messages(
            "same.cited", title=label, version=release.version, date=release.info.created[:10], iri=iri
        ),
    )


@cache
def _questions() -> Mapping[str, Mapping[str, str]]:
    told: dict[str, dict[str, str]] = parse_yaml((_FOLDER / "same.yml").read_text(encoding="utf-8"))
    return told


@cache
def _graphql(class_name: str) -> str:
    own = _FOLDER / f"{class_name}.graphql"
    return (own if own.is_file() else _FOLDER / f"{_ANY}.graphql").read_text(encoding="utf-8").strip()
