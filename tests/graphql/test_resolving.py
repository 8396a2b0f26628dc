"""What a text names is the same in GraphQL as on every other face."""

from __future__ import annotations

import pytest

from fundtrace.graphql import execute
from fundtrace.query.resolving import near, resolve
from fundtrace.release import Release

QUERY = "query ($text: String!) { resolveDocument(text: $text) { rank reason document { iri } } }"
TEXTS = (
    "冀财社【2020】186号",
    "根据冀财社﹝2020﹞第186号文件精神",
    "冀人社字【2019】124号文件、冀人社字【2019】202号、冀人社字【2019】124号",
    "冀财社〔2020〕999号",
    "冀财社〔1999〕1号",
    "冀人社字〔2019〕260号",
    "13063621kbz5iog4sdmwn",
    "《关于提前下达2021年省级就业补助资金预算指标的通知》",
    "办法",
    "冀财",
    "顺平县",
    "没有这样的东西",
    "  ",
    "%_'\"",
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_names_the_same_documents_as_everywhere(sample_release: Release, text: str) -> None:
    """The same documents by the same way, in the same order."""
    resolution = resolve(sample_release.index, text)
    way, found = resolution.way, resolution.matches
    if resolution.number is not None and not found:
        way, found = "near", near(sample_release.index, resolution.number)
    expected = [(way, one.iri) for one in found if one.class_name == "FundingDocument"]
    told = execute(sample_release, QUERY, {"text": text})["data"]["resolveDocument"]
    assert [(one["reason"], one["document"]["iri"]) for one in told] == expected
    assert [one["rank"] for one in told] == [*range(1, len(expected) + 1)]
