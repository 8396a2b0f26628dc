"""The first five minutes of the three people who use it, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from tests.serving import until

pytestmark = pytest.mark.browser

WORDS = {
    "zh": {"box": "文号、项目编码、名称或任意文字", "line": "原文第", "sheet": "数据"},
    "en": {"box": "Document number, project code, name or any words", "line": "line ", "sheet": "data"},
}


def fits(page: Page) -> bool:
    """Whether nothing makes the page wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize(
    ("width", "language", "script"),
    [(390, "zh", True), (1600, "en", True), (1600, "zh", False)],
    ids=["narrow", "english", "no-script"],
)
def test_from_a_number_to_the_excel_file_and_the_printed_row(
    opened: Callable[..., Page], width: int, language: str, script: bool, tmp_path: Path
) -> None:
    """Paste a number, see the money under the document, take the table as Excel, open the project, open the printed row."""
    words = WORDS[language]
    page = opened(width, script=script)
    page.goto("/" if language == "zh" else "/?lang=en")
    page.get_by_label(words["box"]).fill("冀财社[2020]186")
    page.keyboard.press("Enter")
    page.wait_for_url("**/page/document/**")
    assert unquote(page.url).partition("?")[0].endswith("/page/document/冀财社-2020-186")
    expect(page.get_by_role("heading", level=1)).to_have_text("冀财社〔2020〕186号")
    expect(page.locator(".groups .funds .total")).to_contain_text("220,000.00")
    assert fits(page)

    with page.expect_download() as download:
        page.locator('a[href*="projects.xlsx"]').first.click()
    file = tmp_path / "projects.xlsx"
    download.value.save_as(file)
    rows = list(openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True))
    amounts = [cell for row in rows for cell in row if isinstance(cell, int | float)]
    assert 220000 in amounts

    page.locator("main").get_by_role("link", name=re.compile("2021年省级就业补助资金")).first.click()
    page.wait_for_url("**/page/project/**")
    expect(page.locator("#code")).to_have_text("13063621KBZ5IOG4SDMWN")
    amount = page.locator(".budget .figure").first
    expect(amount.locator(".printed-row")).to_be_hidden()
    amount.locator("summary").click()
    row = amount.locator(".printed-row")
    expect(row).to_be_visible()
    expect(row.locator(".where")).to_contain_text(words["line"])
    expect(row.locator("td.this").first).to_have_text("220000.00")
    assert fits(page)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_list_of_numbers_becomes_a_table_and_an_excel_file(
    opened: Callable[..., Page], language: str, tmp_path: Path
) -> None:
    """Paste a column, see each line's document, money and near numbers, and take the same as Excel."""
    page = opened(390 if language == "en" else 1600)
    page.goto("/" if language == "zh" else "/?lang=en")
    page.locator("details.more > summary").click()
    page.locator("#list-text").fill("冀财社[2020]186\n冀财社〔2020〕999号\n13063621KBZ5IOG4SDMWN\n")
    page.locator(".bulk button[type=submit]:not(.second)").click()
    rows = page.locator(".listed tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("220,000.00")
    expect(rows.nth(1)).to_contain_text("冀财社〔2020〕190号")
    assert fits(page)
    with page.expect_download() as download:
        page.locator(".tools button[value=xlsx]").click()
    file = tmp_path / "list.xlsx"
    download.value.save_as(file)
    sheet = openpyxl.load_workbook(file)[WORDS[language]["sheet"]]
    told = {row[1]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert told["冀财社[2020]186"][2] == "冀财社〔2020〕186号"
    assert told["冀财社[2020]186"][10] == 220000
    assert told["冀财社〔2020〕999号"][10] is None


def test_suggestions_help_while_typing_and_by_keyboard(opened: Callable[..., Page]) -> None:
    """Words bring suggestions by kind; arrow keys choose one and Enter opens it; Escape closes them; the last searches all text."""
    page = opened()
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("冀财社[2020]18")
    option = page.get_by_role("option", name=re.compile("冀财社〔2020〕186号")).first
    expect(option).to_be_visible()
    expect(page.get_by_role("group", name="政策与资金文件")).to_be_visible()
    box.press("Escape")
    expect(option).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("6")
    expect(option).to_be_visible()
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    page.wait_for_url("**/page/document/**")
    page.goto("/")
    box.press_sequentially("就业补助")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("ArrowUp")
    box.press("Enter")
    page.wait_for_url("**/search?q=**")
    expect(page.locator("mark").first).to_have_text("就业补助")


def test_money_is_shown_in_either_unit_and_remembered(opened: Callable[..., Page]) -> None:
    """The switch moves the point, exactly, and the next page keeps the choice; a code goes to the clipboard."""
    page = opened()
    page.goto("/page/project/13063621KBZ5IOG4SDMWN-2021")
    page.get_by_role("link", name="万元").click()
    figure = page.locator(".budget .money").first
    expect(figure).to_have_text("22.00")
    expect(page.locator(".budget .unit").first).to_have_text("万元")
    page.reload()
    expect(figure).to_have_text("22.00")
    page.get_by_role("link", name="元", exact=True).click()
    expect(figure).to_have_text("220,000.00")
    button = page.locator("button[data-copy=code]")
    button.click()
    expect(button).to_have_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == "13063621KBZ5IOG4SDMWN"


def test_every_page_leads_everywhere_by_keyboard_and_without_a_script(opened: Callable[..., Page]) -> None:
    """In a narrow window a button opens the links, Escape closes them, and the unit of money is a link that stays."""
    page = opened(390, script=False)
    page.goto("/page/document/冀财社-2020-186")
    menu = page.get_by_role("navigation", name="主导航")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="菜单").press("Enter")
    for name in ("常用问题", "比较", "来源文件", "核对提示", "检视文件", "关于", "数据下载"):
        expect(menu.get_by_role("link", name=name)).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    page.get_by_role("link", name="万元").click()
    expect(page.locator(".groups .funds .total")).to_contain_text("22.00 万元")
    page.locator("main").get_by_role("link", name=re.compile("2021年省级就业补助资金")).first.click()
    expect(page.locator(".budget .money").first).to_have_text("22.00")


def test_a_dropped_document_is_read_and_shown(opened: Callable[..., Page], samples: Path) -> None:
    """Drop a file: what would be read from it, with findings, and nothing is kept."""
    page = opened(390)
    page.goto("/inspect")
    page.locator("#file").set_input_files(samples / "julu-2025.txt")
    page.get_by_role("button", name="检视").click()
    expect(page.locator("#read")).to_be_visible()
    expect(page.locator(".inspected")).to_have_count(6)
    page.locator(".inspected summary").first.click()
    expect(page.locator(".inspected").first).to_contain_text("原文所印")
    assert fits(page)


def test_a_developer_writes_graphql(opened: Callable[..., Page]) -> None:
    """GraphiQL stands there with our examples in tabs; one of them is run and answered; the SDL is a link away."""
    page = opened()
    page.goto("/graphql?lang=en")
    play = page.get_by_role("button", name=re.compile("Execute query"))
    editor = page.locator(".graphiql-query-editor")
    expect(editor).to_contain_text("query Document")
    page.get_by_role("tab", name="Departments").click()
    expect(editor).to_contain_text("query Departments")
    answer = page.locator(".graphiql-response")
    # GraphiQL notes a while after the text which operations it holds, and asks for the one before until then.

    def is_answered() -> bool:
        play.click()
        expect(answer).to_contain_text(re.compile('"(data|errors)"'))
        return "operation-unknown" not in answer.inner_text()

    until(is_answered)
    expect(answer).to_contain_text('"departments"')
    sdl = page.request.get(page.locator('a[href*="schema.graphql"]').get_attribute("href") or "")
    assert "type FundingDocument" in sdl.text()


def test_a_publisher_asks_the_graph(opened: Callable[..., Page]) -> None:
    """Words of the ontology complete in the editor; a saved question is run, shown as table, chart and raw; a mistake is told."""
    page = opened()
    page.goto("/sparql")
    editor = page.get_by_role("textbox", name="查询", exact=True)
    expect(editor).to_be_visible()
    page.get_by_role("combobox", name="从常用问题开始").select_option("documents/by-budget")
    page.get_by_role("button", name="运行").click()
    answer = page.locator("#sparql-answer")
    expect(answer.get_by_role("link", name="document/冀财社-2020-172")).to_be_visible()
    answer.get_by_role("button", name="图", exact=True).click()
    expect(answer.get_by_role("img")).to_be_visible()
    answer.get_by_role("button", name="原文", exact=True).click()
    expect(answer.locator("pre")).to_contain_text('"bindings"')
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT * { ?s 资金依据")
    option = page.get_by_role("listbox").get_by_role("option").first
    expect(option).to_contain_text("ft:fundedUnder")
    page.keyboard.press("Control+Enter")
    expect(answer.get_by_role("alert")).to_be_visible()


def test_the_language_is_switched_and_kept(opened: Callable[..., Page]) -> None:
    """One click, and links keep it."""
    page = opened()
    page.goto("/")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which document is behind this money?")
    page.get_by_role("link", name="冀财社〔2020〕186号").first.click()
    page.wait_for_url("**/page/document/**lang=en")
    page.get_by_role("link", name="About", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("About this data")


def test_a_hostile_name_is_shown_as_it_is_printed(opened: Callable[..., Page]) -> None:
    """Markup, quotes and marks of direction in a name stay text, in suggestions, search, lists, pages and SPARQL answers."""
    page = opened(390)
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto("/")
    page.get_by_role("combobox").press_sequentially("alert")
    option = page.get_by_role("option").first
    expect(option).to_contain_text('<script>alert("就业")</script>')
    option.click()
    page.wait_for_url("**/page/**")
    expect(page.locator("main")).to_contain_text('<script>alert("就业")</script>')
    assert fits(page)
    for path in (
        "/search?q=alert",
        "/resolve?q=alert",
        "/sparql#query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20FILTER(CONTAINS(STR(%3Fo)%2C%22alert%22))%7D",
    ):
        page.goto(path)
        if path.startswith("/sparql"):
            page.get_by_role("button", name="运行").click()
        expect(page.locator("main")).to_contain_text('<script>alert("就业")</script>')
    assert dialogs == []
