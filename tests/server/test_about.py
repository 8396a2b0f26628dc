"""/about: the data, its limits and its licence, in plain words."""

from __future__ import annotations

from pathlib import Path

from fundtrace.settings import Settings


def test_it_says_what_the_data_is_and_is_not(client) -> None:
    """Counts of this release, the rules of the money, how to cite; in both languages."""
    page = client.page("/about").text
    for shown in ("本版收录 2 份公开文件", "不是文件本身下达的金额", "发布者没有写明数据的许可"):
        assert shown in page
    assert "A budget is not spending" in client.page("/about?lang=en").text


def test_publisher_licence_and_contact_are_those_of_the_settings(connect, data: Path) -> None:
    """A mail address becomes a link that writes to it."""
    settings = Settings(
        data=str(data),
        publisher="县财政局",
        licence="https://example.org/licence",
        contact="data@example.org",
    )
    with connect(settings) as client:
        page = client.page("/about").text
    assert 'rel="license" href="https://example.org/licence"' in page
    assert 'href="mailto:data@example.org"' in page
    assert "县财政局" in page
