"""The page of a budget table and of its cells: rows as printed, in bounded pages, and nothing added up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from fundtrace.settings import Settings
from fundtrace_server.views.table import ROWS

TABLE = "table/130529-371-2025-1"
CELL = "observation/130529-371-2025-1"
EMPTY = "table/130529-371-2025-2"
LONG = "table/130529-371-2025-3"


def _table(key: str, title: str, line: int) -> str:
    return (
        f'<{key}> a ft:BudgetTable ; rdfs:label "{title}"@zh ; ft:title "{title}" ; ft:line {line} ; '
        "ft:source <source/130529-371-2025> ; ft:department <department/130529-371> ; ft:region <region/130529> ; "
        'ft:fiscalYear "2025"^^xsd:gYear ; ft:stage <concept/stage-budget> .\n'
    )


def _cell(table: str, row: int, column: int, ordinal: int, told: str) -> str:
    iri = f"observation/{table.partition('/')[2]}-{row}-{column}"
    return (
        f'<{table}> ft:observation <{iri}> . <{iri}> a ft:BudgetObservation ; rdfs:label "格 {row}.{column}"@zh ; '
        f"ft:ordinal {ordinal} ; ft:source <source/130529-371-2025> ; {told} .\n"
    )


SHORT_TABLE = "".join(
    (
        _table(TABLE, "部门预算收支总表", 20),
        f"<{TABLE}> ft:tableKind <concept/table-income-expenditure> ; ft:note \"表下的话。\" .\n",
        '<concept/table-income-expenditure> a skos:Concept ; rdfs:label "收支总表"@zh, "overview"@en .\n',
        '<concept/functional-2019-2080101> a skos:Concept ; rdfs:label "行政运行"@zh .\n',
        '<row/130529-371-2025-1-2> a ft:SourceRow ; rdfs:label "行"@zh ; ft:table 1 ; ft:row 2 ; ft:line 22 ; '
        'ft:cells "2080101\\t行政运行\\t1433.9" ; ft:source <source/130529-371-2025> .\n',
        _cell(TABLE, 1, 1, 1, 'ft:side "收入" ; ft:name "财政拨款" ; ft:column "合计" ; ft:printed "0.50" ; ft:yuan 5000 ; ft:printedUnit "万元"'),
        _cell(
            TABLE, 2, 1, 2,
            'ft:side "支出" ; ft:code "2080101" ; ft:name "行政运行" ; ft:rowLevel "项" ; ft:isLeaf true ; ft:column "合计" ; '
            'ft:printed "1433.9" ; ft:yuan 14339000.0 ; ft:printedUnit "万元" ; ft:sourceRow <row/130529-371-2025-1-2> ; '
            "ft:classification <concept/functional-2019-2080101>",
        ),
        _cell(TABLE, 2, 2, 3, 'ft:side "支出" ; ft:code "2080101" ; ft:name "行政运行" ; ft:column "说明" ; ft:printed "<b>见附注</b>"'),
        '<observation/alone-1-1-1> a ft:BudgetObservation ; rdfs:label "无表的格"@zh ; ft:printed "1" .',
        _table(EMPTY, "没有数字的表", 40),
    )
)  # fmt: skip
LONG_TABLE = _table(LONG, "长表", 60) + "".join(
    _cell(LONG, row, column, 2 * row + column - 2, f'ft:column "栏{column}" ; ft:name "第{row}项" ; ft:printed "{row}" ; ft:yuan {row}')
    for row in range(1, 2 * ROWS + 6)
    for column in (1, 2)
)  # fmt: skip


@pytest.fixture(scope="module")
def tables(connect: Callable[[Settings], Any], publish, tmp_path_factory) -> Iterator[Any]:
    """A client of a release with a small table, an empty one and a long one."""
    folder = tmp_path_factory.mktemp("tables")
    publish(folder, SHORT_TABLE + LONG_TABLE)
    with connect(Settings(data=str(folder), sparql_processes=1)) as client:
        yield client


def test_a_table_shows_its_rows_as_printed(tables) -> None:
    """Columns in their order, amounts in yuan, other texts as they are, and a dash where nothing is printed."""
    text = tables.page(f"/page/{TABLE}").text
    assert "<h1>部门预算收支总表</h1>" in text
    assert "收支总表" in text
    assert "（原文以万元印出）" in text
    heads = re.findall(r"<th scope=\"col\"[^>]*>([^<]*)</th>", text)
    assert heads == ["收支", "代码", "项目或科目", "级次", "合计", "说明"]
    rows = re.findall(r"<tr>(.*?)</tr>", text.partition("<tbody>")[2], re.DOTALL)
    assert [re.findall(r"<th scope=\"row\">([^<]*)</th>", row)[0] for row in rows] == ["财政拨款", "行政运行"]
    assert '<data class="money" value="5000">5,000.00</data>' in rows[0]
    assert "—" in rows[0]
    assert "14,339,000.00" in rows[1]
    assert "&lt;b&gt;见附注&lt;/b&gt;" in rows[1]
    assert f'href="/page/{CELL}-2-1"' in rows[1]
    assert "表下的话。" in text
    assert "overview" in tables.page(f"/page/{TABLE}?lang=en").text


def test_a_table_without_figures_says_so(tables) -> None:
    """And has no other page."""
    assert "表中没有印数字" in tables.page(f"/page/{EMPTY}").text
    assert tables.page(f"/page/{EMPTY}?page=2").status_code == 404


def test_a_long_table_is_cut_between_rows(tables) -> None:
    """A hundred rows a page, each row whole, and links to the neighbours."""
    shown = []
    for number, count in ((1, ROWS), (2, ROWS), (3, 5)):
        text = tables.page(f"/page/{LONG}?page={number}").text
        found = re.findall(r"<th scope=\"row\">([^<]*)</th>", text)
        assert len(found) == count
        assert text.count('<data class="money"') == 2 * count
        assert ('rel="next"' in text, 'rel="prev"' in text) == (number < 3, number > 1)
        shown += found
    assert shown == [f"第{row}项" for row in range(1, 2 * ROWS + 6)]
    assert tables.page(f"/page/{LONG}?page=4").status_code == 404
    assert '<th scope="col">代码</th>' not in text


def test_the_data_of_a_table_is_bounded_too(tables) -> None:
    """It names its cells; what they say is the data of each."""
    text = tables.get(f"/data/{LONG}.nt").text
    assert text.count("#observation>") == 2 * (2 * ROWS + 5)


def test_a_cell_shows_the_printed_row(tables) -> None:
    """With its table, classification, amount and unit."""
    text = tables.page(f"/page/{CELL}-2-1").text
    assert f'href="/page/{TABLE}"' in text
    assert 'href="/page/concept/functional-2019-2080101"' in text
    assert "14,339,000.00" in text
    assert "<q>1433.9</q>" in text
    assert '<td class="this">1433.9</td>' in text
    assert "julu-2025.txt" in text


def test_a_cell_that_is_no_amount_shows_its_text(tables) -> None:
    """Nothing is made of it."""
    text = tables.page(f"/page/{CELL}-2-2").text
    assert "<q>&lt;b&gt;见附注&lt;/b&gt;</q>" in text
    assert 'class="money"' not in text
    assert 'class="unit-switch"' not in text


@pytest.mark.parametrize("path", ["/page/source/130529-371-2025", "/page/department/130529-371"])
def test_a_source_and_its_department_lead_to_their_tables(tables, path: str) -> None:
    """In printed order."""
    text = tables.page(path).text
    found = re.findall(r'href="/page/(table/[\w-]+)"', text)
    assert found == [TABLE, EMPTY, LONG]


def test_a_cell_without_a_table_has_a_page(tables) -> None:
    """What the release does not say is left out."""
    response = tables.page("/page/observation/alone-1-1-1")
    assert response.status_code == 200
    assert "/page/table/" not in response.text
