"""/resolve: from what a person typed to what it names."""

from __future__ import annotations

from urllib.parse import unquote

import pytest


@pytest.mark.parametrize(
    "written",
    [
        "冀财社[2020]186",
        "冀财社〔2020〕186号",
        "冀财社【2020】186号文",
        "冀財社(2020)186號",
        "冀财社２０２０年１８６号",
        " 冀财社 [2020] 186 号文件 ",
    ],
)
def test_every_written_form_leads_to_the_one_document(client, written: str) -> None:
    """303 to the page of the document."""
    response = client.get("/resolve", params={"q": written})
    assert response.status_code == 303
    assert unquote(response.headers["location"]) == "/page/document/冀财社-2020-186"


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("13063621kbz5iog4sdmwn", "/page/project/13063621KBZ5IOG4SDMWN-2021"),
        ("《劳动争议仲裁法》", "/page/document/劳动争议仲裁法"),
        ("公开招聘考务", "/page/project/130529250000000000001-2025"),
        ("130529", "/page/region/130529"),
    ],
)
def test_codes_titles_and_words_lead_to_their_one_match(client, asked: str, path: str) -> None:
    """A project code in any case, a law's title, words of a name, a region's code."""
    response = client.get("/resolve", params={"q": asked, "lang": "en"})
    assert response.status_code == 303
    assert unquote(response.headers["location"]) == f"{path}?lang=en"


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("政办〔2019〕3号", ["顺平县", "巨鹿县", "共 2 个结果"]),
        ("冀财社〔2020〕186号、冀财社〔2020〕172号", ["冀财社〔2020〕186号", "冀财社〔2020〕172号"]),
        ("人力资源", ["顺平县人力资源和社会保障局", "巨鹿县人力资源和社会保障局", "部门"]),
    ],
)
def test_several_matches_are_offered_by_kind(client, asked: str, shown: list[str]) -> None:
    """300 with a page of choices: a number that two places use, a list of numbers, words."""
    response = client.get("/resolve", params={"q": asked})
    assert response.status_code == 300
    for one in shown:
        assert one in response.text


def test_a_number_that_nobody_cites_is_decoded(client) -> None:
    """404 with agency, level and field, and other documents of the same code and year."""
    response = client.get("/resolve", params={"q": "冀财社[2020]999"})
    assert response.status_code == 404
    for one in (
        "冀财社〔2020〕999号",
        "河北省财政厅",
        "省级机关",
        "社会保障",
        "冀财社〔2020〕186号",
        "冀财社〔2020〕172号",
    ):
        assert one in response.text


def test_an_issuer_that_several_agencies_use_is_not_guessed(client) -> None:
    """Both agencies are named; a code that no list knows is said to be unknown; a decree has no year."""
    ambiguous = client.get("/resolve", params={"q": "宁政发〔2020〕1号"})
    assert "南京市人民政府" in ambiguous.text
    assert "宁夏回族自治区人民政府" in ambiguous.text
    assert "已公布的代字表中没有" in client.get("/resolve", params={"q": "乙丙丁〔2020〕1号"}).text
    decree = client.get("/resolve", params={"q": "国务院令第711号"})
    assert decree.status_code == 404
    assert "国务院令第711号" in decree.text


@pytest.mark.parametrize("asked", ["", "   ", "没有这样的东西", "<b>x", "x" * 5000, "\x00", "《》"])
def test_what_names_nothing_is_a_page_that_says_so(client, asked: str) -> None:
    """404, never a fault, whatever was typed."""
    response = client.get("/resolve", params={"q": asked})
    assert response.status_code == 404
    assert "<b>x" not in response.text
    assert client.get("/resolve").status_code == 404


def test_a_number_that_nobody_cites_has_its_neighbours_beside_it(client) -> None:
    """Of the same code and year by distance, with how many projects cite them; and the same serial under another code."""
    html = client.get("/resolve", params={"q": "冀财社[2020]187"}).text
    assert "本版无项目引用" in html
    assert html.index("冀财社〔2020〕186号") < html.index("冀财社〔2020〕172号")
    assert "2 个项目" in html
    near = client.get("/resolve", params={"q": "冀财教[2020]186"}).text
    assert "相近的文号" in near
    assert "冀财社〔2020〕186号" in near
    assert "冀财社〔2020〕186号" in client.get("/resolve", params={"q": "冀财社[2019]186", "lang": "en"}).text
    assert "本版也没有相近的文号" in client.get("/resolve", params={"q": "乙丙丁〔1999〕77号"}).text
