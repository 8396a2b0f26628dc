"""The grammar against real published documents, when their folder is named by FUNDTRACE_DOCUMENTS."""

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from fundtrace.citations import Mention, find_mentions

_FOLDER = os.environ.get("FUNDTRACE_DOCUMENTS")
pytestmark = [
    pytest.mark.documents,
    pytest.mark.skipif(_FOLDER is None, reason="FUNDTRACE_DOCUMENTS is not set"),
]

_COUNTS = {
    "baigou-2022.txt": {"冀价行费字〔2000〕40号": 9, "保财社〔2021〕107号": 1},
    "funing-2020.txt": {},
    "hezheng-2024.txt": {},
    "julu-2025.txt": {
        "冀财社〔2024〕136号": 6, "冀财社〔2024〕159号": 4, "冀财规〔2018〕21号": 17, "冀办发〔2014〕16号": 6, "冀财社〔2018〕21号": 12,
        "冀政〔2008〕53号": 5, "冀人社字〔2013〕1号": 1, "人社部〔2014〕90号": 1, "冀人社字〔2019〕124号": 5, "冀人社字〔2019〕202号": 7,
    },
    "shunping-2021.txt": {
        "冀人社发〔2018〕3号": 3, "冀政字〔2020〕10号": 6, "冀政字〔2020〕155号": 6, "冀财社〔2020〕190号": 8, "冀价行费字〔2000〕40号": 5,
        "冀政〔2014〕69号": 6, "冀财金〔2020〕46号": 8, "冀财金〔2020〕54号": 8, "冀人社字〔2019〕267号": 6, "冀财社〔2020〕186号": 9,
        "人社部发〔2014〕90号": 6, "保人社字〔2019〕32号": 6, "冀财社〔2020〕172号": 9, "保人函〔2015〕25号": 3, "冀劳社〔2008〕28号": 6,
        "冀价行费函〔2006〕10号": 5, "冀政人社字〔2017〕251号": 2, "冀人社发〔2018〕34号": 2, "冀人社规〔2019〕1号": 5,
    },
}  # fmt: skip
_UNREAD = re.compile(r"\d\s*号(?!之前)|《")


def _cells(name: str) -> list[str]:
    text = (Path(_FOLDER or "") / name).read_text(encoding="utf-8")
    lines = [line.split("TC ")[0] for line in text.splitlines()]
    return [cell for line in lines for cell in re.split(r"[\t|]", line)]


def _mentions(name: str) -> list[tuple[str, Mention]]:
    return [(cell, mention) for cell in _cells(name) for mention in find_mentions(cell)]


@pytest.mark.parametrize("name", _COUNTS)
def test_every_number_is_found_as_often_as_it_is_printed(name: str) -> None:
    """Counts by hand and by the grammar agree (a heading and its copy in a field code count once)."""
    found = Counter(m.number.canonical for _, m in _mentions(name) if m.number)
    assert found == _COUNTS[name]


@pytest.mark.parametrize("name", _COUNTS)
def test_nothing_that_looks_like_a_document_is_left(name: str) -> None:
    """Outside the mentions there is no title and no 号 behind a digit, but for numbers broken over two rows."""
    left = [
        cell
        for cell in _cells(name)
        for match in _UNREAD.finditer(cell)
        if not any(m.start <= match.start() < m.end for m in find_mentions(cell))
    ]
    assert len(left) == (3 if name == "julu-2025.txt" else 0)
    assert all(re.match(r"\s*\d+\s*号", cell) for cell in left)


def test_titles_and_issuers_of_one_document() -> None:
    """Wherever a title is printed with a number, it is whole, and its issuers are in printed order."""
    titled = [m for _, m in _mentions("shunping-2021.txt") if m.number and m.title]
    assert len(titled) == 74
    assert not any(m.title_truncated for m in titled)
    issuers = {m.issuers for m in titled if m.number and m.number.canonical == "冀财社〔2020〕172号"}
    assert issuers == {("河北省财政厅", "河北省人力资源和社会保障厅")}
