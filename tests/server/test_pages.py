"""What people see: home, documents, projects, and whatever else has a page."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote

import pytest

PROJECT = "/page/project/13063621KBZ5IOG4SDMWN-2021"
DOCUMENT = f"/page/document/{quote('冀财社-2020-186')}"


def _text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def test_home_says_what_is_in_the_release(client) -> None:
    """Counts, money by fiscal year with its base, and one search box."""
    response = client.page("/")
    text = _text(response.text)
    assert response.status_code == 200
    assert "本版收录" in text
    assert "6,980,000.00" in text
    assert "2021 年 预算 1 个部门，1 份来源文件" in text
    assert response.text.count('name="q"') == 1


def test_a_year_without_a_printed_amount_is_not_zero(client) -> None:
    """What is missing is shown as missing."""
    row = re.search(r"2025 年.*?</tr>", client.page("/").text, re.DOTALL)
    assert row is not None
    assert "0.00" not in row.group()
    assert "其中 1 个未印金额" in row.group()


def test_a_document_shows_its_three_groups_and_money_on_the_first_only(client) -> None:
    """A project counts once, in its strongest role, and the sum says what it is and is not."""
    text = _text(client.page(DOCUMENT).text)
    assert "冀财社〔2020〕186号" in text
    assert "引用项目的预算数合计（不是文件下达金额）" in text
    assert "以本版收录的项目为限" in text
    assert "220,000.00" in text
    assert re.search(
        r"资金文件 2 个项目 6,980,000\.00 元 2021 年 预算 · 本版 1 个部门、1 份来源文件 引用项目", text
    )
    assert re.search(r"仅作指标依据 0 个项目", text)
    assert "其中 1 个项目同时列在其他资金文件下" in text
    assert "河北省财政厅" in text
    assert "“" not in text or "冀财社【2020】186号" in text


def test_a_document_shows_where_each_project_cites_it(client) -> None:
    """Role, place, printed text and line of each citation, folded beyond three."""
    html = client.page(DOCUMENT).text
    text = _text(html)
    assert re.search(r"资金 项目名称 冀财社【2020】186号 原文第 720 行", text)
    assert re.search(
        r"依据 指标依据 冀财社【2020】186号 第三条 原文第 762 行 高校毕业生享受求职创业补贴比例", text
    )
    assert "另有 1 处" in text
    assert re.search(r"顺平县人社局（2021年） 正文 冀财社【2020】186号 原文第 12 行", text)


def test_a_document_has_a_picture_with_a_text_beside_it(client) -> None:
    """The flow is an image with a title and a description, and the table says the same."""
    html = client.page(DOCUMENT).text
    assert html.count('role="img"') == 2
    assert "2 个项目、1 个部门，预算数合计 6,980,000.00 元，明细见下表。" in html
    table = re.search(r'<details class="flow-table">.*?</details>', html, re.DOTALL)
    assert table is not None
    assert "220,000.00" in _text(table.group())


def test_a_document_that_is_only_a_basis_has_no_money(client) -> None:
    """Citations as a basis or a mention are counted and never summed."""
    text = _text(client.page(f"/page/document/{quote('冀价行费字-2000-40')}").text)
    assert "资金文件 0 个项目" in text
    assert "仅作指标依据 1 个项目" in text
    assert "仅提及 1 个项目" in text
    assert "合计 ·" not in text
    assert "资金流向" not in text


def test_a_project_shows_money_plan_indicators_and_findings(client) -> None:
    """Everything the source says of it stands on one page."""
    text = _text(client.page(PROJECT).text)
    for shown in (
        "13063621KBZ5IOG4SDMWN", "顺平县人力资源和社会保障局（本级）", "220,000.00", "25.00%", "累计百分比", "让更多的人找到工作。",
        "产出指标", "≥95百分比（%）", "资金支出计划的种类是推断的", "没有指标值确定依据", "第三条", "省级", "文中所述金额",
    ):  # fmt: skip
        assert shown in text, shown


def test_a_value_opens_the_printed_row_without_a_script(client) -> None:
    """Behind an amount stand file, table, row, line and the cells, with the cell itself marked."""
    html = client.page(PROJECT).text
    opened = re.search(r"<details class=\"trace\">.*?220,000\.00.*?</details>", html, re.DOTALL)
    assert opened is not None
    text = _text(opened.group())
    assert "shunping-2021.docx 第 9 张表 第 2 行（表内） 原文第 722 行" in text
    assert "预算规模及资金用途" in text
    assert 'class="this">220000.00' in opened.group()
    assert "第 4 页" in _text(html)


def test_levels_span_their_rows(client) -> None:
    """A level cell is printed once over the rows that share it; a missing level is no level."""
    html = client.page(PROJECT).text
    assert html.count('rowspan="2" class="level"') == 1
    assert html.count('class="level second"') == 3


def test_a_poor_project_says_what_is_missing(client) -> None:
    """Without plan, goals, indicators or an amount a page says so and shows no zero."""
    text = _text(client.page("/page/project/130529250000000000001-2025").text)
    assert "来源文件未印资金支出计划。" in text
    assert "来源文件未印绩效指标。" in text
    assert "项目文本中未印文件字号或文件名称。" in text
    assert "没有提示。" in text
    assert "0.00" not in text
    bare = _text(client.page("/page/project/130636210000000000001-2021").text)
    assert "来源文件未印预算数。" in bare
    assert "没有提示。" in bare


@pytest.mark.parametrize(
    "path",
    [
        "/page/project/130636210000000000001-2021",
        DOCUMENT,
        "/page/department/130636-323",
        "/search?q=130636210000000000001",
    ],
)
def test_a_name_from_a_strangers_file_stays_text(client, path: str) -> None:
    """Markup in a printed name is shown, never run."""
    html = client.page(path).text
    assert "<script>alert" not in html
    assert "alert(" in html
    assert "&lt;" in html


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/page/department/130636-323", ["顺平县", "6,980,000.00", "冀财社〔2020〕172号", "预算单位", "323"]),
        ("/page/department/130529-371", ["整体支出绩效目标", "14,339,000.00", "把人事工作办好。", "资金使用规范性", "不相加"]),
        ("/page/unit/130636-323001", ["323001", "220,000.00"]),
        ("/page/region/130636", ["顺平县人力资源和社会保障局", "顺平县人社局（2021年）", "国标代码"]),
        ("/page/source/130636-323-2021", ["SHA-256", "docx", "schedule-kind-inferred", "basis-missing"]),
        ("/page/series/13063621KBZ5IOG4SDMWN", ["220,000.00", "2021 年"]),
        ("/page/finding/130636-323-2021-1", ["schedule-kind-inferred", "冀财社【2020】186号 2021年省级就业补助资金"]),
        (f"/page/agency/{quote('河北省财政厅')}", ["河北省财政厅", "冀财社〔2020〕186号"]),
        ("/page/indicator/13063621KBZ5IOG4SDMWN-2021-1", ["高校毕业生享受求职创业补贴比例", "757"]),
        ("/page/concept/role-funds", ["资金"]),
        ("/page/release/1", ["1"]),
    ],
)  # fmt: skip
def test_everything_else_has_a_page(client, path: str, shown: list[str]) -> None:
    """Departments, units, regions, series and sources gather; the rest is described in the ontology's words."""
    response = client.page(path)
    text = _text(response.text)
    assert response.status_code == 200
    for one in shown:
        assert one in text, one


def test_pages_speak_english_when_asked(client) -> None:
    """By `?lang=en`, whatever the browser prefers; links keep what was chosen, and the switch leads back."""
    chosen = client.page(f"{PROJECT}?lang=en")
    assert '<html lang="en">' in chosen.text
    assert "Spending plan" in chosen.text
    assert "the kind of the plan is inferred" in chosen.text
    assert f'href="{DOCUMENT}?lang=en"' in chosen.text
    assert f'href="{PROJECT}?lang=zh"' in chosen.text
    preferred = client.page("/", **{"Accept-Language": "en-GB,en;q=0.8"})
    assert "本版收录" in preferred.text
    assert preferred.headers["content-language"] == "zh"
    assert 'href="/questions"' in preferred.text
    assert '<html lang="zh-CN">' in client.page("/?lang=xx").text


def test_pages_are_bounded_in_what_they_may_load(client) -> None:
    """Nothing inline, nothing from elsewhere, no cookie; the built files may be kept for long."""
    for path in ("/", PROJECT, DOCUMENT, "/graphql", "/sparql", "/nothing"):
        response = client.page(path)
        policy = response.headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy or path in {"/graphql", "/sparql"}
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "referrer-policy" in response.headers
        assert "set-cookie" not in response.headers
        assert not re.search(
            r"<script(?! type=.application/ld\+json.>)(?![^>]*\bsrc=)|\sstyle=|\son\w+=|https?://(?!localhost|server)[^\"]*\.(?:js|css)",
            response.text,
        )
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', client.page("/").text):
        built = client.get(address)
        assert built.status_code == 200
        assert "immutable" in built.headers["cache-control"]


def test_pages_have_landmarks_and_labels(client) -> None:
    """One main, one h1, a skip link, captions on tables, labels on fields."""
    for path in (
        "/",
        PROJECT,
        DOCUMENT,
        "/page/department/130529-371",
        "/questions",
        "/sparql",
        "/graphql",
        "/ontology",
    ):
        html = client.page(path).text
        assert html.count("<main") == 1
        assert html.count("<h1") == 1
        assert 'class="skip"' in html
        tables = html.count("<table") - html.count('<table class="cells"')
        assert html.count("<caption") == tables
        for field in re.findall(r'<(?:input|select|textarea) id="([^"]+)"', html):
            assert f'for="{field}"' in html, field
        identifiers = re.findall(r'\sid="([^"]+)"', html)
        assert len(identifiers) == len(set(identifiers))


def test_every_page_leads_to_every_other_kind(client) -> None:
    """The same links on all of them, of which the page's own is marked."""
    for path in ("/", DOCUMENT, "/nothing", "/findings"):
        html = client.page(path).text
        menu = html[html.index('<nav id="menu"') : html.index("</nav>")]
        for target in ("/questions", "/compare", "/sources", "/findings", "/inspect", "/about", "/sparql", "/graphql", "/ontology", "/dumps/", "/docs"):  # fmt: skip
            assert f'href="{target}"' in menu
        assert ('aria-current="page"' in menu) is (path == "/findings")


def test_money_is_shown_in_wan_without_a_script(client) -> None:
    """`?unit=wan` moves the point, names the unit, is kept by links and forms, and is no part of files."""
    html = client.page(f"{DOCUMENT}?unit=wan").text
    assert '<data class="money" value="220000">22.00</data>' in html
    assert '<span class="unit">万元</span>' in html
    assert "220,000.00" not in html
    assert f'href="{PROJECT}?unit=wan"' in html
    assert '<input type="hidden" name="unit" value="wan">' in html
    assert "projects.csv?unit" not in html
    assert "projects.csv?role=funds&amp;unit" not in html
    assert f'href="{DOCUMENT}?unit=yuan" rel="nofollow" data-unit="yuan"' in html
    assert "22.00" not in client.page(f"{DOCUMENT}?unit=pounds").text


def test_a_page_says_what_it_is_and_where_it_stays(client) -> None:
    """A title, a description, the address for good in each language, and the same for previews; filters are no page of their own."""
    html = client.page(f"{DOCUMENT}?lang=en&role=funds").text
    lasting = f"http://localhost:8000{DOCUMENT}"
    assert f'<link rel="canonical" href="{lasting}?lang=en">' in html
    assert f'hreflang="zh-CN" href="{lasting}">' in html
    assert f'hreflang="x-default" href="{lasting}">' in html
    assert 'property="og:title" content="冀财社〔2020〕186号 · fundtrace"' in html
    described = re.search('name="description" content="([^"]*)"', html)
    assert described is not None
    assert "6,980,000.00 yuan" in described[1]
    assert f'property="og:description" content="{described[1]}"' in html
    assert 'rel="icon" href="data:image/svg+xml' in html


def test_answers_of_the_moment_are_not_for_search_engines(client) -> None:
    """Searches and errors have no address for good."""
    for path in ("/search?q=就业", "/resolve?q=冀财社[2020]999", "/nothing"):
        html = client.page(path).text
        assert '<meta name="robots" content="noindex">' in html
        assert 'rel="canonical"' not in html
    assert "<title>404 · 本版中没有 /nothing · 资金溯源</title>" in client.page("/nothing").text
