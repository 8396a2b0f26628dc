"""/questions: the list, the form, the answer, the files."""

from __future__ import annotations

import csv
import io
import json
import re

import openpyxl
import pytest

from fundtrace.query import catalogue

CITING = "/questions/documents/projects-citing"


def test_all_questions_are_listed(client) -> None:
    """With their titles, and without those that only serve pages."""
    html = client.page("/questions").text
    for question in catalogue().values():
        assert f'href="/questions/{question.id}"' in html
        assert question.title.zh in html
    assert "questions/pages" not in html
    assert client.page("/questions/pages/home").status_code == 404


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_question_has_a_page_in_both_languages(client, name: str) -> None:
    """With its example filled in it answers, and shows the query without its front matter."""
    question = catalogue()[name]
    for language in ("zh", "en"):
        response = client.page(f"/questions/{name}?lang={language}")
        assert response.status_code == 200
        assert "#+ title" not in response.text
    answered = client.get(f"/questions/{name}", params=dict(question.example))
    assert answered.status_code == 200
    assert ("行</span>" in answered.text) or ("没有结果" in answered.text)


def test_a_question_is_answered_with_links_and_money(client) -> None:
    """A number in any written form; the table names the project and its budget."""
    html = client.get(CITING, params={"number": "冀财社[2020]186"}).text
    assert 'href="/page/project/13063621KBZ5IOG4SDMWN-2021"' in html
    assert '<data class="money" value="220000">220,000.00</data>' in html.replace("220000.0", "220000")
    assert '<option value="funds"' in html


def test_a_wrong_parameter_is_told_in_the_form(client) -> None:
    """400 with the message beside the fields for people, as JSON for files."""
    page = client.get(CITING, params={"number": "冀财社[2020]186", "year": "soon"})
    assert page.status_code == 400
    assert 'role="alert"' in page.text
    file = client.get(f"{CITING}.json", params={"nonsense": "1"})
    assert file.status_code == 400
    assert file.json()["error"]["code"] == "question-parameter"


def test_answers_are_files_too(client) -> None:
    """CSV with a byte order mark, JSON with exact decimals, Excel with typed cells; nothing else."""
    params = {"number": "冀财社[2020]186"}
    table = client.get(f"{CITING}.csv", params=params)
    assert table.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in table.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert len(rows) == 3
    assert any("220000" in row for row in rows)
    answer = json.loads(client.get(f"{CITING}.json", params=params).content)
    assert len(answer["rows"]) == 2
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{CITING}.xlsx", params=params).content))
    assert book.worksheets[0].max_row == 3
    english = client.get(f"{CITING}.csv", params={**params, "lang": "en"})
    assert english.status_code == 200
    assert client.get(f"{CITING}.pdf", params=params).status_code == 404
    assert client.get("/questions/nothing.csv").status_code == 404


def test_an_answer_is_linked_data_too(client) -> None:
    """Turtle with the statements about what the answer names."""
    response = client.get(f"{CITING}.ttl", params={"number": "冀财社[2020]186"})
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    assert "冀财社〔2020〕186号" in response.text


def test_a_chart_stands_beside_the_table(client) -> None:
    """Bars as long as the amounts, with labels and figures; none where there is only one row."""
    html = client.page("/questions/documents/by-budget").text
    assert '<rect width="100" height="4"/>' in html
    assert 'class="measure"' not in client.page("/questions/quality/near-numbers").text


FLOW = "/questions/flows/document-department-project"


def test_a_flow_is_drawn_as_a_flow(client) -> None:
    """Of one year and stage, with amounts in the unit asked for; the table below says the same."""
    html = client.page(FLOW).text
    assert '<svg class="flow flow-wide"' in html
    assert 'class="measure"' not in html
    assert "画的是金额最多的年度和阶段" in html or "2021 年" in html
    picture = html[html.index('<svg class="flow flow-wide"') : html.index("</svg>")]
    assert "6,760,000.00" in picture
    assert "676.00" in client.page(f"{FLOW}?unit=wan").text
    nothing = client.page(f"{FLOW}?department=department/130636-999")
    assert 'class="flow' not in nothing.text


def test_an_iri_is_shown_by_the_name_beside_it(client) -> None:
    """One column, a link with the name; the file has both."""
    html = client.page(FLOW).text
    table = html[html.index('<table class="figures result') :]
    assert '<th scope="col">文号或标题</th>' in table
    assert '<th scope="col">文件</th>' not in table
    assert re.search('<a href="/page/document/[^"]+">冀财社〔2020〕1', table)
    assert client.get(f"{FLOW}.csv").content.decode("utf-8-sig").startswith("文件,文号或标题,")


def test_a_form_offers_what_the_release_has(client) -> None:
    """Departments by key and name; what is not offered can be written."""
    html = client.page(FLOW).text
    assert 'list="o-department"' in html
    assert '<option value="department/130636-323">' in html
    assert 'list="o-number"' not in html
