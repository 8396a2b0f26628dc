"""The catalogue of visible strings, and that templates take every string from it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment

import fundtrace_server
from fundtrace.query.questions import Words
from fundtrace_server import messages
from fundtrace_server.messages import Messages, catalogue
from fundtrace_server.rendering import environment

PACKAGE = Path(fundtrace_server.__file__).parent
TEMPLATES = sorted((PACKAGE / "templates").glob("*.html"))

_TAG = re.compile(r"<[^>]*>", re.DOTALL)
_SHOWN_ATTRIBUTE = re.compile(r"\b(?:alt|title|placeholder|aria-label|value|content)=\"([^\"]*)\"")
_LETTERS = re.compile(r"[A-Za-z\u3400-\u9fff]")
_PROPER = {
    "SPARQL", "GraphQL", "Turtle", "JSON-LD", "N-Triples", "RDF/XML", "TriG",
    "width=device-width, initial-scale=1", "website", "noindex", "#a61b1b", "yuan", "wan", "xlsx", "csv", "json", "JSON",
}  # fmt: skip
_ELSEWHERE = {"sparql.html": re.compile(r"<textarea.*?</textarea>", re.DOTALL)}


def _visible_literals(template: Path) -> list[str]:
    """Texts and shown attribute values that stand in a template outside every expression."""
    source = template.read_text(encoding="utf-8")
    if template.name in _ELSEWHERE:
        source = _ELSEWHERE[template.name].sub("", source)
    data = "".join(value for _, kind, value in Environment().lex(source) if kind == "data")
    attributes = _SHOWN_ATTRIBUTE.findall(data)
    texts = re.split(r"\s{2,}|\n", _TAG.sub("\n", data))
    return [found.strip() for found in [*attributes, *texts] if _LETTERS.search(found)]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_visible_string(template: Path) -> None:
    """A template shows only what the catalogue says, apart from proper names of formats."""
    assert [text for text in _visible_literals(template) if text not in _PROPER] == []


def test_a_visible_string_in_a_template_would_be_found(tmp_path: Path) -> None:
    """The test above sees texts and attributes, and not what expressions show."""
    template = tmp_path / "bad.html"
    template.write_text('<p title="提示">{{ t("a") }} Hello</p><a href="x">{{ b }}</a>', encoding="utf-8")
    assert _visible_literals(template) == ["提示", "Hello"]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_key_of_a_template_is_in_the_catalogue(template: Path) -> None:
    """Keys that are written out exist, and those that are put together have a prefix that exists."""
    source = template.read_text(encoding="utf-8")
    for key in re.findall(r"\bt\(\s*[\"']([\w.-]+)[\"']\s*[,)]", source):
        assert key in catalogue(), key
    for prefix in re.findall(r"\bt(?:\.optional)?\(\s*[\"']([\w.-]+\.)[\"']\s*~", source):
        assert any(key.startswith(prefix) for key in catalogue()), prefix


def test_every_message_is_used() -> None:
    """The catalogue holds nothing that no page shows."""
    used = "".join(path.read_text(encoding="utf-8") for path in [*TEMPLATES, *PACKAGE.rglob("*.py")])
    together = (
        "concept.",
        "count.",
        "class.",
        "group.",
        "link.",
        "fact.",
        "folder.",
        "graphql.example.",
        "month.",
        "releases.",
        "graph.",
        "bulk.column.",
        "inspect.count.",
        "flow.",
        "list.",
        "sort.",
        "rule.",
        "reason.",
        "decision.",
        "coverage.",
        "findings.",
        "compare.",
        "foreign.",
    )
    unused = [
        key
        for key in catalogue()
        if not key.startswith(together) and f'"{key}"' not in used and f"'{key}'" not in used
    ]
    assert unused == []


def test_every_rule_has_a_name() -> None:
    """What the documentation explains is called by a name on the pages."""
    explained = {path.stem for path in (PACKAGE.parents[1] / "docs" / "findings").glob("*-*.md")}
    assert explained
    assert {code for code in explained if f"rule.{code}" not in catalogue()} == set()


def test_templates_compile() -> None:
    """Every template is free of syntax errors."""
    for template in TEMPLATES:
        environment().get_template(template.name)


def test_messages_speak_two_languages() -> None:
    """A key gives the text of the language, with values filled in."""
    assert Messages("zh")("row.table", number=9) == "第 9 张表"
    assert Messages("en")("row.table", number=9) == "table 9"
    assert Messages("en").optional("concept.nothing", "nothing") == "nothing"
    assert Messages("en").said(Words(zh="甲", en="A")) == "A"
    assert Messages("zh").said(Words(zh="甲", en="A")) == "甲"


def test_english_counts_in_singular_and_plural() -> None:
    """One project, two projects, 1,234 projects; counts come as numbers or as grouped text."""
    say = Messages("en")
    told = [say("total.projects", count=count) for count in (1, "1", 0, "1,234")]
    assert told == ["1 project", "1 project", "0 projects", "1,234 projects"]
    assert say("total.rests_on", departments="1", sources="2").startswith("1 department and 2 sources")


def test_a_text_in_one_language_is_shown_in_the_other() -> None:
    """What a release says in one language only is better than nothing."""
    assert Messages("en").pick({"zh": "甲"}) == "甲"
    assert Messages("en").pick({"zh": "甲", "en": "A"}) == "A"
    assert Messages("zh").pick({"de": "Ä"}) == "Ä"
    assert Messages("zh").pick({}) == ""


def test_a_message_without_one_language_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry that nobody translated is found when the catalogue is read."""
    file = tmp_path / "messages.yml"
    file.write_text("a: {zh: 甲}\n", encoding="utf-8")
    monkeypatch.setattr(messages, "_FILE", file)
    with pytest.raises(ValueError, match="a needs exactly"):
        catalogue.__wrapped__()
