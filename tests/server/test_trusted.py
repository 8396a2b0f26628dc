"""Trusted documents: a file or a folder, in the forms that clients' tools write."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from fundtrace.errors import UsageError
from fundtrace_server.trusted import digest, read_trusted

TEXT = "{ release { version } }\n"


def test_no_place_means_no_documents() -> None:
    """The setting is empty by default."""
    assert read_trusted("").texts == {}


def test_every_form_of_a_manifest_is_read(tmp_path: Path) -> None:
    """`.graphql` files, maps of ids, and Apollo's manifest, below each other in one folder."""
    (tmp_path / "a.graphql").write_text(TEXT, encoding="utf-8")
    below = tmp_path / "below"
    below.mkdir()
    (below / "relay.json").write_text(json.dumps({"0a1b": "{ __typename }"}), encoding="utf-8")
    apollo = {
        "format": "apollo-persisted-query-manifest",
        "version": 1,
        "operations": [{"id": "x1", "name": "X", "type": "query", "body": "{ x: __typename }"}],
    }
    (below / "apollo.json").write_text(json.dumps(apollo), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("left alone", encoding="utf-8")
    found = read_trusted(str(tmp_path))
    assert found.find(f"sha256:{digest(TEXT)}") == TEXT
    assert found.find("0a1b") == found.find(digest("{ __typename }")) == "{ __typename }"
    assert found.find("x1") == "{ x: __typename }"
    assert found.find("nobody") is None
    assert found.trusts(TEXT)
    assert not found.trusts("{ __typename\ud800 }")
    assert read_trusted(str(tmp_path / "a.graphql")).trusts(TEXT)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b"{"),
        ("a.json", b"[]"),
        ("a.json", b"[" * 100_000),
        ("a.json", b'{"id": 1}'),
        ("a.json", b'{"operations": [{"id": "x"}]}'),
        ("a.graphql", b"\xff"),
        ("absent", None),
    ],
)
def test_what_is_no_manifest_is_an_error_that_names_the_file(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    """With the setting that it came from."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=name) as caught:
        read_trusted(str(tmp_path / name))
    assert "graphql_documents" in caught.value.en


def test_one_id_for_two_documents_is_an_error(tmp_path: Path) -> None:
    """Which of them a client means could not be told."""
    (tmp_path / "a.json").write_text('{"x": "{ a: __typename }"}', encoding="utf-8")
    (tmp_path / "b.json").write_text('{"x": "{ b: __typename }"}', encoding="utf-8")
    with pytest.raises(UsageError, match="two different"):
        read_trusted(str(tmp_path))


def test_bounds_of_size_and_number_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder named by mistake does not fill the memory."""
    from fundtrace_server import trusted

    file = tmp_path / "a.json"
    file.write_text(json.dumps({f"{n}": f"{{ a{n}: __typename }}" for n in range(5)}), encoding="utf-8")
    monkeypatch.setattr(trusted, "_MOST", 2)
    with pytest.raises(UsageError, match="more than 2"):
        read_trusted(str(file))
    monkeypatch.setattr(trusted, "_LARGEST", 10)
    with pytest.raises(UsageError, match="32 MiB"):
        read_trusted(str(file))


def test_a_document_that_does_not_fit_the_schema_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Clients in the field may still ask for it, so the server starts."""
    (tmp_path / "a.json").write_text('{"x": "{ noSuchField }", "y": "{"}', encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        read_trusted(str(tmp_path))
    assert "noSuchField" in caplog.text
    assert "Syntax Error" in caplog.text


def test_only_names_in_trusted_documents_are_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name that is asked for, or the only one; never one that a client makes up, and no more than are bearable."""
    from fundtrace_server import trusted

    several = "query A { __typename } query B { __typename }"
    (tmp_path / "a.graphql").write_text(several, encoding="utf-8")
    (tmp_path / "b.graphql").write_text("query C { __typename }", encoding="utf-8")
    (tmp_path / "c.graphql").write_text("{ __typename }", encoding="utf-8")
    found = read_trusted(str(tmp_path))
    assert [found.measured(several, name) for name in ("A", "B", "X", None)] == ["A", "B", "", ""]
    assert found.measured("query C { __typename }", None) == "C"
    assert found.measured("{ __typename }", None) == found.measured("query D { __typename }", "D") == ""
    monkeypatch.setattr(trusted, "_MOST_NAMES", 1)
    read_trusted.cache_clear()
    few = read_trusted(str(tmp_path))
    assert (few.measured(several, "A"), few.measured(several, "B")) == ("A", "")
