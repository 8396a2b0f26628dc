"""Tests of fundtrace.citations.titles."""

import pytest

from fundtrace.citations.folding import squeeze
from fundtrace.citations.titles import plain_title, plain_title_before, title_spans


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("《甲办法》、《乙意见》", [("甲办法", False), ("乙意见", False)]),
        ("《关于印发《甲办法》的通知》", [("关于印发《甲办法》的通知", False)]),
        ("《关于印发〈甲办法〉的通知》", [("关于印发〈甲办法〉的通知", False)]),
        ("《关于印发《甲办法》的通知", [("关于印发《甲办法》的通知", False)]),
        ("《关于进", [("关于进", True)]),
        ("《关于做好工作的通知", [("关于做好工作的通知", False)]),
        ("《关于进\n第二行", [("关于进", True)]),
        ("《关于进。后文", [("关于进", True)]),
        ("《关于进 《乙意见》", [("关于进", True), ("乙意见", False)]),
        ("《关于印发《甲办法》等", [("关于印发", True), ("甲办法", False)]),
        ("《关于做好\n工作的通知》", [("关于做好工作的通知", False)]),
        ("《关于网络 (镇)改变的通知》", [("关于网络 (镇)改变的通知", False)]),
        ("《》", []),
        ("《", []),
        ("《甲", []),
        ("》", []),
    ],
)
def test_titles_in_marks(text: str, titles: list[tuple[str, bool]]) -> None:
    """Nested titles belong to the outer one; a title without its second mark ends with the line and is truncated."""
    assert [(span.title, span.truncated) for span in title_spans(squeeze(text))] == titles


@pytest.mark.parametrize(
    ("text", "title", "truncated"),
    [
        ("关于甲的通知", "关于甲的通知", False),
        ("关于甲的补充通知12.24", "关于甲的补充通知", False),
        ("关于转发甲的通知的通知", "关于转发甲的通知的通知", False),
        ("关于印发《乙的通知》的函", "关于印发《乙的通知》的函", False),
        ("关于甲（试行）的通知", "关于甲（试行）的通知", False),
        ("关于甲实施方案", "关于甲实施方案", False),
        ("关于提前下达就业", "关于提前下达就业", True),
        ("关于甲，乙的通知", None, False),
        ("关于甲。乙的通知", None, False),
        ("关于", None, False),
        ("关于甲》的通知", "关于甲》的通知", False),
    ],
)
def test_titles_without_marks(text: str, title: str | None, truncated: bool) -> None:
    """A title ends with …的通知 and the like; one that the text cuts is truncated; a sentence is none."""
    squeezed = squeeze(text)
    span = plain_title(squeezed, 0, len(squeezed.text))
    assert (span.title if span else None) == title
    assert span is None or span.truncated is truncated


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("前文。关于甲的通知", "关于甲的通知"),
        ("关于此事，关于甲的通知", "关于甲的通知"),
        ("甲的通知", None),
        ("关于甲", None),
        ("关于。甲的通知", None),
        ("关于甲，关于乙，关于丙，关于丁，关于戊的通知", None),
    ],
)
def test_titles_without_marks_in_front(text: str, title: str | None) -> None:
    """A title in front of a number begins with 关于 in the same sentence."""
    squeezed = squeeze(text)
    span = plain_title_before(squeezed, 0, len(squeezed.text))
    assert (span.title if span else None) == title
