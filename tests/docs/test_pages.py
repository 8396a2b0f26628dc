"""The documentation holds together: links lead somewhere, and whatever has a name stands in the reference."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fundtrace.cli.main import main
from fundtrace.settings import describe

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
_RAISED = re.compile(
    r"\b(?:UsageError|InputError|SystemFailure|NoMatch|QueryError|Problem|Store\w+|refusal|refused|_unavailable|_turned_away)"
    r"\(\s*(?:\d{3},\s*)?\"([\w-]+)\""
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_links_lead_to_files(page: Path) -> None:
    """Every relative link of a page leads to a file of the repository."""
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page}: {target}"


def test_every_page_can_be_reached() -> None:
    """A reader who begins at the first page finds all others by links."""
    reached, waiting = set(), [DOCS / "README.md"]
    while waiting:
        page = waiting.pop().resolve()
        if page in reached:
            continue
        reached.add(page)
        for target in re.findall(r"\]\(([^)#\s]+\.md)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                waiting.append(page.parent / target)
    assert {page.resolve() for page in PAGES} <= reached


def test_every_code_has_its_place_in_the_reference() -> None:
    """Whatever error or refusal the source names by a code, a reader of the code finds what it means."""
    pages = (DOCS / "reference" / "errors.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^## (\S+)$", pages, re.MULTILINE)) | {
        path.stem for path in (DOCS / "findings").iterdir()
    }
    named = set()
    for folder in ("src/fundtrace", "server/fundtrace_server"):
        for file in (ROOT / folder).rglob("*.py"):
            named |= set(_RAISED.findall(file.read_text(encoding="utf-8")))
    assert len(named) > 100
    assert named - told == set()
    assert {"disk-failed", "setting-date", "query-lost", "rate-limit", "too-large", "limit-depth"} <= told


def test_every_setting_and_command_is_documented() -> None:
    """No setting and no command is missing from the reference."""
    settings = (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
    commands = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    for name, *_ in describe():
        assert f"| `{name}` |" in settings
    for name in main.list_commands(None):  # type: ignore[arg-type]
        assert f"## `fundtrace {name}`" in commands
