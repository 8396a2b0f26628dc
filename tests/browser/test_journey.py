"""The analyst's first five minutes, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

pytestmark = pytest.mark.browser

WIDTHS = (390, 1600)


def _open(
    chromium: Browser, address: str, width: int, language: str = "zh-CN", *, script: bool = True
) -> Page:
    context = chromium.new_context(
        base_url=address,
        viewport={"width": width, "height": 900},
        locale=language,
        java_script_enabled=script,
        permissions=["clipboard-read", "clipboard-write"],
    )
    return context.new_page()


def _watch(page: Page, address: str) -> list[str]:
    """What goes wrong on a page: messages of the console, and requests to anybody else."""
    troubles: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            troubles.append(message.text)

    def on_request(request: Request) -> None:
        if not request.url.startswith((address, "data:")):
            troubles.append(request.url)

    page.on("console", on_console)
    page.on("request", on_request)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    return troubles


def _fits(page: Page) -> bool:
    """Whether nothing makes the page wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("width", WIDTHS)
def test_from_a_number_to_the_printed_row(
    chromium: Browser, address: str, width: int, script: bool, tmp_path: Path
) -> None:
    """Paste a number, land on the document, see the money, open the project, open the source row."""
    page = _open(chromium, address, width, script=script)
    troubles = _watch(page, address)
    page.goto("/")
    assert _fits(page)
    page.get_by_label("文号、项目编码、名称或任意文字").fill("冀财社[2020]186")
    page.keyboard.press("Enter")
    page.wait_for_url("**/page/document/**")
    assert unquote(page.url).endswith("/page/document/冀财社-2020-186")
    expect(page.get_by_role("heading", level=1)).to_have_text("冀财社〔2020〕186号")
    expect(page.locator(".groups .funds .total")).to_contain_text("220,000.00")
    expect(page.get_by_role("img").filter(visible=True)).to_have_count(1)
    assert _fits(page)
    page.screenshot(path=tmp_path / f"document-{width}.png", full_page=True)

    page.locator(".citing").get_by_role("link", name=re.compile("2021年省级就业补助资金")).click()
    page.wait_for_url("**/page/project/**")
    expect(page.locator("#code")).to_have_text("13063621KBZ5IOG4SDMWN")
    amount = page.locator(".budget .figure").first
    expect(amount.locator(".printed-row")).to_be_hidden()
    amount.locator("summary").click()
    row = amount.locator(".printed-row")
    expect(row).to_be_visible()
    expect(row.locator(".where")).to_contain_text("原文第")
    expect(row.locator("td.this").first).to_have_text("220000.00")
    assert _fits(page)
    page.screenshot(path=tmp_path / f"project-{width}.png", full_page=True)
    assert troubles == []


def test_hints_help_while_typing_and_by_keyboard(chromium: Browser, address: str) -> None:
    """Words bring suggestions; the arrow keys choose one and Enter opens it; Escape closes them."""
    page = _open(chromium, address, 1600)
    troubles = _watch(page, address)
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("冀财社[2020]186")
    option = page.get_by_role("option", name=re.compile("冀财社〔2020〕186号"))
    expect(option).to_be_visible()
    box.press("Escape")
    expect(option).to_be_hidden()
    box.press_sequentially("号")
    expect(option).to_be_visible()
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    page.wait_for_url("**/page/document/**")
    assert troubles == []


def test_money_is_shown_in_either_unit_and_remembered(chromium: Browser, address: str) -> None:
    """The switch moves the point, exactly, and the next page keeps the choice."""
    page = _open(chromium, address, 1600)
    page.goto("/page/project/13063621KBZ5IOG4SDMWN-2021")
    page.get_by_role("button", name="万元").click()
    figure = page.locator(".budget .money").first
    expect(figure).to_have_text("22.00")
    expect(page.locator(".budget .unit").first).to_have_text("万元")
    page.reload()
    expect(figure).to_have_text("22.00")
    page.get_by_role("button", name="元", exact=True).click()
    expect(figure).to_have_text("220,000.00")


def test_a_copy_button_copies(chromium: Browser, address: str) -> None:
    """The project's code goes to the clipboard, and the button says so."""
    page = _open(chromium, address, 1600)
    page.goto("/page/project/13063621KBZ5IOG4SDMWN-2021")
    button = page.locator("button[data-copy=code]")
    button.click()
    expect(button).to_have_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == "13063621KBZ5IOG4SDMWN"


def test_graphql_answers_on_its_page(chromium: Browser, address: str) -> None:
    """An example is chosen, run, and its answer shown without leaving."""
    page = _open(chromium, address, 1600)
    troubles = _watch(page, address)
    page.goto("/graphql")
    page.get_by_role("button", name="某项目的指标").click()
    page.get_by_role("button", name="运行").click()
    expect(page.locator("#graphql-result")).to_contain_text("就业见习补贴发放准确率")
    page.locator("textarea[name=variables]").fill("{")
    page.get_by_role("button", name="运行").click()
    expect(page.locator("#graphql-result")).to_contain_text("SyntaxError")
    assert troubles == []


def test_the_pages_speak_english_by_a_switch(chromium: Browser, address: str) -> None:
    """One click, and links keep it."""
    page = _open(chromium, address, 1600)
    page.goto("/")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which document is this money for?")
    page.get_by_role("link", name="冀财社〔2020〕186号").click()
    expect(page.get_by_role("heading", name="Who cites it")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_every_kind_of_page_fits_its_window(chromium: Browser, address: str, width: int) -> None:
    """No page scrolls sideways, loads anything from elsewhere, or complains."""
    page = _open(chromium, address, width)
    troubles = _watch(page, address)
    for path in (
        "/",
        "/page/department/130636-323",
        "/page/region/130636",
        "/page/source/130636-323-2021",
        "/page/document/冀财社-2020-172",
        "/search?q=就业",
        "/questions",
        "/questions/documents/projects-citing?number=冀财社[2020]172",
        "/sparql",
        "/graphql",
        "/ontology",
    ):
        response = page.goto(path)
        assert response is not None
        assert response.ok, path
        assert _fits(page), path
    assert troubles == []
