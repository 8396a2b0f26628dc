"""Reviewed files: strict, taken whole or refused with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from fundtrace.errors import UsageError
from fundtrace.pipeline.reviewed import CellPlace, LinePlace, digest_of, load_reviewed

SHA = "0123456789abcdef" * 4
WHO = "by: 某县财政局, date: 2026-01-05"


def _file(folder: Path, text: str, name: str = "reviewed.yml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_is_read_in_order_of_name(tmp_path: Path) -> None:
    """All four parts, from several files, each entry with its file and line; other files are left alone."""
    _file(
        tmp_path,
        f"""# decisions
merges:
  - {{document: "人社部[2014]90号", same_as: 人社部发〔2014〕90号, decision: confirmed, rule: issuer-prefix, {WHO}}}
corrections:
  - {{source: {SHA}, place: {{table: 1, row: 2, cell: 3}}, as_read: "10", as_printed: "70", {WHO}}}
  - {{source: {SHA}, place: {{line: 7}}, as_read: 甲, as_printed: 乙, {WHO}}}
""",
        "b.yaml",
    )
    _file(
        tmp_path,
        f"""documents:
  - document: 130529-政办-2019-3
    address: https://example.org/3
    status: {{status: repealed, address: "https://example.org/repeal", date: 2024-05-01}}
    {WHO.replace(", ", chr(10) + "    ")}
sources:
  - {{source: {SHA}, published: 2021-02-03, {WHO}}}
""",
        "a.yml",
    )
    _file(tmp_path, "nonsense: [", "notes.txt")
    found = load_reviewed(tmp_path)
    assert found.merged() == {"人社部-2014-90": "人社部发-2014-90"}
    assert [type(one.place) for one in found.corrections] == [CellPlace, LinePlace]
    assert [str(one.place) for one in found.corrections] == ["table 1, row 2, cell 3", "line 7"]
    assert [one.at.rpartition("/")[2] for one in (*found.merges, *found.documents, *found.sources)] == [
        "b.yaml:3",
        "a.yml:2",
        "a.yml:8",
    ]
    assert found.corrections_of("f" * 64) == ()
    assert digest_of(()) == ""
    assert digest_of(found.corrections_of(SHA)) != digest_of(found.corrections[:1])


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    """It is no mistake."""
    assert load_reviewed(_file(tmp_path, "")).merges == ()


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("merges: [", 1, "no YAML"),
        ("a: 1\nb: &x 1\nc: *x", 3, "alias"),
        ("merges: []\nmerges: []", 2, "stands once"),
        ("[]", 1, "expected merges"),
        ("sources: []\nnotes: []", 2, "there is no part notes"),
        ("sources:\n  - {source: 12, by: x, date: 2026-01-05}", 2, "sources.0.source"),
        (f"sources:\n  - source: {SHA}\n    by: x\n    date: yesterday", 4, "YYYY-MM-DD"),
        (f"sources:\n  - {{source: {SHA}, at: x, {WHO}}}", 2, "no part at"),
        (
            f"documents:\n  - document: 国务院令第1号\n    status: {{status: repealed}}\n    {WHO}",
            4,
            "no YAML",
        ),
        (
            f"documents:\n  - {{document: 国务院令第1号, {WHO},\n     status: {{status: repealed}}}}",
            3,
            "address",
        ),
        ("sources: 1", 1, "sources"),
        ("a: " + "[" * 20 + "]" * 20, 1, "nested too deeply"),
        (f"documents:\n  - {{document: 政办〔2019〕3号, {WHO}}}", 2, "document number"),
        (
            f"documents:\n  - {{document: 国务院令第1号, {WHO}}}\n  - {{document: 国务院令第1号, {WHO}}}",
            3,
            "is about the same",
        ),
        (
            f"merges:\n  - {{document: a-1, same_as: b-1, decision: confirmed, rule: x, {WHO}}}\n"
            f"  - {{document: b-1, same_as: a-1, decision: confirmed, rule: x, {WHO}}}",
            2,
            "circle",
        ),
        (
            f"merges:\n  - {{document: a-1, same_as: b-1, decision: confirmed, rule: x, {WHO}}}\n"
            f"documents:\n  - {{document: a-1, {WHO}}}",
            4,
            "merged into b-1",
        ),
        (
            f"merges:\n  - {{document: a-1, same_as: b-1, decision: rejected, rule: x, {WHO}}}\n"
            f"  - {{document: b-1, same_as: a-1, decision: rejected, rule: x, {WHO}}}",
            3,
            "is about the same",
        ),
    ],
)
def test_a_bad_file_names_its_line(tmp_path: Path, text: str, line: int, reason: str) -> None:
    """And says what was expected there."""
    with pytest.raises(UsageError, match=reason) as caught:
        load_reviewed(_file(tmp_path, text))
    assert caught.value.code == "reviewed-file"
    assert (caught.value.subject or "").endswith(f"reviewed.yml:{line}")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """Absent, too large, or no UTF-8."""
    with pytest.raises(UsageError, match="cannot be read"):
        load_reviewed(tmp_path / "none.yml")
    with pytest.raises(UsageError, match="more than"):
        load_reviewed(_file(tmp_path, "#" * (4 * 1024 * 1024 + 1)))
    (tmp_path / "x.yml").write_bytes(b"\xff")
    with pytest.raises(UsageError, match="cannot be read"):
        load_reviewed(tmp_path / "x.yml")
