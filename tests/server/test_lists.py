"""POST /resolve: a list of numbers, answered as a page, JSON, CSV and Excel."""

from __future__ import annotations

import io

import openpyxl
import pytest

GIVEN = (
    "冀财社[2020]186\n冀财社〔2020〕999号\n13063621kbz5iog4sdmwn\n《劳动争议仲裁法》\n政办〔2019〕3号\n=1+1\n"
)


def test_every_line_is_answered_in_its_order(client) -> None:
    """Found, near, or neither; a number of two places has two answers; a code is a project's."""
    rows = client.post(
        "/resolve?format=json", content=GIVEN.encode(), headers={"Content-Type": "text/plain"}
    ).json()["rows"]
    told = [
        (row["line"], row["canonical"], row["iri"] and row["iri"].rpartition("/")[2], row["budget"])
        for row in rows
    ]
    assert told == [
        (1, "冀财社〔2020〕186号", "冀财社-2020-186", "6980000"),
        (2, "冀财社〔2020〕999号", None, None),
        (3, "13063621KBZ5IOG4SDMWN", "13063621KBZ5IOG4SDMWN-2021", "220000"),
        (4, None, "劳动争议仲裁法", None),
        (5, "政办〔2019〕3号", "130529-政办-2019-3", None),
        (5, "政办〔2019〕3号", "130636-政办-2019-3", None),
        (6, None, None, None),
    ]
    assert rows[1]["near"] == "冀财社〔2020〕186号、冀财社〔2020〕172号"


@pytest.mark.parametrize(
    ("language", "sheet", "heading"), [("zh", "数据", "原样"), ("en", "data", "As given")]
)
def test_the_excel_file_has_typed_cells(client, language: str, sheet: str, heading: str) -> None:
    """Codes and formulas are text, money is a number, and a second sheet says what the sums are."""
    answer = client.post(f"/resolve?lang={language}", data={"text": GIVEN, "format": "xlsx"})
    assert answer.headers["content-disposition"] == 'attachment; filename="fundtrace-resolve.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = list(book[sheet].iter_rows(values_only=True))
    assert rows[0][1] == heading
    assert rows[1][10] == 6_980_000
    assert rows[-1][1] == "=1+1"
    assert book[sheet].cell(len(rows), 2).data_type == "s"
    assert len(book.worksheets) == 2


def test_the_page_offers_the_files_again(client) -> None:
    """The lines stand in the form, so that nothing has to be kept; names are escaped; budgets name their base."""
    page = client.post(
        "/resolve", data={"text": GIVEN + "<script>x</script>"}, headers={"Accept": "text/html"}
    ).text
    assert "共 7 行，其中 4 行在本版中找到" in page
    assert "2021 年" in page
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert "<script>x" not in page
    empty = client.post("/resolve", data={"text": " \n"}, headers={"Accept": "text/html"})
    assert "没有可查的内容" in empty.text


def test_a_file_is_taken_by_what_it_is(client) -> None:
    """A CSV in the encoding of spreadsheets, a text file, and not an Excel file."""
    csv = "序号,文号\n1,冀财社[2020]186\n".encode("gb18030")
    found = client.post("/resolve?format=csv", files={"file": ("list.csv", csv)})
    assert "冀财社〔2020〕186号" in found.content.decode("utf-8-sig")
    text = client.post("/resolve?format=json", files={"file": ("list.txt", b"13063621KBZ5IOG4SDMWN")}).json()
    assert len(text["rows"]) == 1
    refused = client.post("/resolve", files={"file": ("list.xlsx", b"PK\x03\x04")})
    assert (refused.status_code, refused.json()["error"]["code"]) == (415, "not-csv")


@pytest.mark.parametrize(
    ("kind", "body", "status", "code"),
    [
        ("application/json", b"[]", 415, "unsupported-media-type"),
        ("multipart/form-data", b"x", 400, "bad-form"),
        ("multipart/form-data; boundary=a", b"x", 400, "bad-form"),
        ("text/plain", b"x\n" * 1001, 413, "too-many-lines"),
        ("text/plain", b"x" * 100_000, 413, "body-too-large"),
        ("text/csv", b"\xff\xff\xff", 400, "not-text"),
    ],
)
def test_what_cannot_be_taken_says_why(client, kind: str, body: bytes, status: int, code: str) -> None:
    """Never a fault."""
    answer = client.post("/resolve", content=body, headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_the_format_follows_accept(client) -> None:
    """CSV and JSON by their media types."""
    for wanted in ("text/csv", "application/json"):
        answer = client.post("/resolve", content=b"x", headers={"Content-Type": "text/csv", "Accept": wanted})
        assert answer.headers["content-type"].startswith(wanted)
