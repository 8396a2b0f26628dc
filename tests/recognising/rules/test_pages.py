"""Every code has a page that says what it means and what to do."""

from __future__ import annotations

import ast
from pathlib import Path

from fundtrace.recognising.rules import CODES, RULES

ROOT = Path(__file__).parents[3]
PAGES = ROOT / "docs" / "findings"


def _remarks() -> set[str]:
    """The codes of findings across documents, as the source text of the graph's room prints them."""
    codes = set()
    for path in (ROOT / "src" / "fundtrace" / "graph").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Remark":
                given = node.args[1] if len(node.args) > 1 else None
                named = next((word.value for word in node.keywords if word.arg == "code"), given)
                assert isinstance(named, ast.Constant)
                codes.add(str(named.value))
    return codes


def test_each_code_has_a_page_and_each_page_a_code() -> None:
    """No code without its page, no page without its code."""
    assert {path.stem for path in PAGES.glob("*.md")} - {"README"} == {*CODES, *_remarks()}


def test_pages_are_whole() -> None:
    """A page is headed by its code and has severity, meaning, example and what to do, in Chinese and English."""
    for path in PAGES.glob("*-*.md"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {path.stem}：")
        for part in ("严重程度：", "**含义**", "**例**", "**怎么办**", "Severity: ", "**What it means.**",
                     "**Example.**", "**What to do.**"):  # fmt: skip
            assert part in text, (path.name, part)


def test_the_index_has_every_page() -> None:
    """The index links to each page once."""
    index = (PAGES / "README.md").read_text(encoding="utf-8")
    for path in PAGES.glob("*-*.md"):
        assert index.count(f"]({path.name})") == 1, path.name


def test_every_rule_says_its_codes() -> None:
    """The docstring of a rule begins with the codes that it gives."""
    for rule in RULES:
        said = (rule.find.__doc__ or "").partition(":")[0]
        assert tuple(said.split(", ")) == rule.codes
