"""The tree of regions."""

from __future__ import annotations

from pathlib import Path

from fundtrace.graph.regions import region_tree


def test_ancestors() -> None:
    """From a county up to its province, nearest first."""
    tree = region_tree()
    assert [region.code for region in tree.ancestors("130636")] == ["130600", "130000"]
    assert list(tree.ancestors("110000")) == []
    assert list(tree.ancestors("999999")) == []


def test_names_that_one_region_has() -> None:
    """A full name or a single one finds its region; a name that several bear finds none."""
    tree = region_tree()
    assert tree.by_name["河北省保定市"] == "130600"
    assert tree.by_name["保定市"] == "130600"
    assert tree.by_name["河北省"] == "130000"
    assert "普陀区" not in tree.by_name


def test_a_parent_that_no_list_has(tmp_path: Path) -> None:
    """A broken tree ends where its list ends."""
    (tmp_path / "regions.tsv").write_text("code\tname\tparent\tfull_name\n2\t乙\t1\t甲乙\n", encoding="utf-8")
    (tmp_path / "regions-local.tsv").write_text("code\tname\tparent\tfull_name\tkind\n", encoding="utf-8")
    assert list(region_tree(tmp_path).ancestors("2")) == []
