"""Web pages: the table with its spans, and what stands around it on a county's site."""

from __future__ import annotations

import html
from random import Random

from tests.benchmarks.documents.layout import Block, Cell, Grid, Paragraph

_STYLE = "table{border-collapse:collapse;width:100%}td{border:1px solid #000;font-size:10px}"


def page(rng: Random, blocks: list[Block], *, plain: bool = False) -> str:
    """A whole page; `plain` leaves out what a site has around its text."""
    body = "\n".join(_block(block) for block in blocks)
    if plain:
        return f"<!DOCTYPE html><meta charset='utf-8'><style>{_STYLE}</style><body>{body}</body>"
    around = (
        "<nav><ul><li><a href='/'>首页</a></li><li><a href='/zwgk'>政务公开</a></li></ul></nav>",
        "<footer><p>主办：县人民政府办公室</p><p>网站标识码</p></footer><script>var a = '项目名称';</script>",
    )
    front, back = around if rng.random() < 0.7 else ("", "")
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{html.escape(_title(blocks))}</title><style>{_STYLE}</style></head>"
        f"<body>{front}<div class='article'>{body}</div>{back}</body></html>"
    )


def table(grid: Grid, *, bold: bool = False) -> str:
    """One table, a row a line."""
    rows = "\n".join("<tr>" + "".join(_cell(cell, bold=bold) for cell in row) + "</tr>" for row in grid.rows)
    return f"<table>\n{rows}\n</table>"


def _title(blocks: list[Block]) -> str:
    return next((block.text for block in blocks if isinstance(block, Paragraph)), "")


def _block(block: Block) -> str:
    if isinstance(block, Grid):
        return table(block)
    tag = f"h{block.heading}" if block.heading else "p"
    return f"<{tag}>{html.escape(block.text)}</{tag}>"


def _cell(cell: Cell, *, bold: bool = False) -> str:
    spans = f" rowspan='{cell.rows}'" * (cell.rows > 1) + f" colspan='{cell.columns}'" * (cell.columns > 1)
    text = html.escape(cell.text).replace("\n", "<br>")
    return f"<td{spans}><b>{text}</b></td>" if bold and cell.label else f"<td{spans}>{text}</td>"
