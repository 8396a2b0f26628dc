"""Documents by number: form, damage and format are drawn from the seed, and the facts go beside the file."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from random import Random

from tests.benchmarks.documents.damage import afflicted, damage, traditional
from tests.benchmarks.documents.facts import Facts, Indicator, Text
from tests.benchmarks.documents.files import office, text, web
from tests.benchmarks.documents.forms import FORMS
from tests.benchmarks.documents.layout import Block, Grid
from tests.benchmarks.documents.projects import level_of, setting
from tests.benchmarks.documents.words import weighted

FORMATS = {
    "lines": 14,
    "tabs": 12,
    "tagged": 10,
    "md": 12,
    "html": 16,
    "docx": 18,
    "xlsx": 12,
    "csv": 4,
    "pdf": 2,
}
"""Each file format with how often it comes; `lines`, `tabs` and `tagged` are three kinds of plain text."""
_SUFFIXES = {"lines": "txt", "tabs": "txt", "tagged": "txt"}
_HEBEI = frozenset({"hebei", "prose", "surrounded"})
_IN_FOLDER = 500


@dataclass(frozen=True, slots=True)
class Order:
    """What to write: documents of a seed, to a folder; `broken` in a hundred are cut or spoilt, `pdf` allows PDF."""

    out: Path
    documents: int
    seed: int
    pdf: bool = False
    broken: int = 0


def write(order: Order, jobs: int = 1) -> list[Path]:
    """Writes all documents and their facts; the paths of the documents in order."""
    steps = [(order, first) for first in range(0, order.documents, _IN_FOLDER)]
    if jobs == 1:
        made = [_write_some(step) for step in steps]
    else:
        with get_context("spawn").Pool(jobs) as pool:
            made = pool.map(_write_some, steps)
    return [path for paths in made for path in paths]


def _write_some(step: tuple[Order, int]) -> list[Path]:
    order, first = step
    folder = order.out / f"{first // _IN_FOLDER:03}"
    folder.mkdir(parents=True, exist_ok=True)
    printing: list[tuple[Path, str]] = []
    paths = []
    for number in range(first, min(first + _IN_FOLDER, order.documents)):
        content, facts = document(order.seed, number, pdf=order.pdf)
        suffix = _SUFFIXES.get(facts.format, facts.format)
        path = folder / f"{number:06}-{facts.form}.{suffix}"
        if facts.format == "pdf":
            printing.append((path, content.decode()))
        else:
            path.write_bytes(_spoilt(Random(f"{order.seed}/{number}/broken"), content, order.broken))
        facts_path(path).write_text(json.dumps(facts.as_json(), ensure_ascii=False), encoding="utf-8")
        paths.append(path)
    if printing:
        _print(printing)
    return paths


def facts_path(path: Path) -> Path:
    """Where the facts of a document are: beside it, in a folder that no reader looks into."""
    folder = path.parent / ".facts"
    folder.mkdir(exist_ok=True)
    return folder / f"{path.name}.json"


def document(seed: int, number: int, *, pdf: bool = False) -> tuple[bytes, Facts]:
    """One document: its bytes (for a PDF those of the page to print), and its facts."""
    rng = Random(f"{seed}/{number}")
    form = weighted(rng, {name: share for name, (_, share) in FORMS.items()})
    told = setting(rng, province="冀" if form in _HEBEI else "")
    shares = {
        name: share
        for name, share in FORMATS.items()
        if (pdf or name != "pdf") and (form in _HEBEI or name != "lines")
    }
    facts = Facts(form, weighted(rng, shares), afflicted(rng), told.year, None)
    blocks = FORMS[form][0](told, facts)
    facts.region = told.region["code"] if any(len(each.code or "") == 21 for each in facts.projects) else None
    for each in facts.projects:
        each.level = level_of(each.name, each.purpose)
    blocks = damage(rng, blocks, facts.damage)
    if "traditional" in facts.damage:
        _mirror(blocks, facts)
    return _bytes(rng, facts, blocks), facts


def _bytes(rng: Random, facts: Facts, blocks: list[Block]) -> bytes:
    bold = "bold" in facts.damage
    match facts.format:
        case "docx":
            return office.word(rng, blocks)
        case "xlsx":
            return office.workbook(rng, blocks)
        case "html":
            return web.page(rng, blocks).encode(rng.choices(("utf-8", "utf-8", "utf-8"))[0])
        case "pdf":
            return web.page(rng, blocks, plain=True).encode()
        case "csv":
            return text.rows(rng, blocks, bold=bold).encode(rng.choice(("utf-8-sig", "gb18030")))
        case "md":
            return text.markdown(rng, blocks, bold=bold).encode()
        case "lines":
            made = text.lines(rng, blocks, bold=bold)
        case "tabs":
            made = text.tabs(rng, blocks, bold=bold)
        case _:
            made = text.tagged(rng, blocks, bold=bold)
    return made.encode(rng.choices(("utf-8", "gb18030", "utf-16"), (80, 14, 6))[0])


def _mirror(blocks: list[Block], facts: Facts) -> None:
    """All that is printed in traditional characters; numbers of documents stay what they are."""
    for block in blocks:
        if isinstance(block, Grid):
            for row in block.rows:
                for cell in row:
                    cell.text = traditional(cell.text)
        else:
            block.text = traditional(block.text)
    for each in facts.projects:
        for printed in (each.name, each.purpose, each.grounds, *each.goals):
            _mirror_text(printed)
        _mirror_indicators(each.indicators)
        if each.unit:
            each.unit = (each.unit[0], traditional(each.unit[1]))
    for statement in facts.statements:
        for goal in statement.goals:
            _mirror_text(goal)
        _mirror_indicators(statement.indicators)
        statement.unit = traditional(statement.unit)
    facts.contacts = [traditional(contact) for contact in facts.contacts]


def _mirror_indicators(indicators: list[Indicator]) -> None:
    for each in indicators:
        each.level1, each.level2 = (
            traditional(each.level1 or "") or None,
            traditional(each.level2 or "") or None,
        )
        each.name, each.description = traditional(each.name), traditional(each.description or "") or None
        each.target.printed = traditional(each.target.printed or "") or None
        _mirror_text(each.basis)


def _mirror_text(printed: Text | None) -> None:
    if printed:
        printed.text = traditional(printed.text)
        for cited in printed.cited:
            cited.title = traditional(cited.title) if cited.title else None
            cited.article = traditional(cited.article) if cited.article else None


def _spoilt(rng: Random, content: bytes, share: int) -> bytes:
    """The content, or for that share in a hundred what is left of it: nothing, noise, or another thing's beginning."""
    if rng.random() * 100 >= share:
        return content
    return rng.choice((b"", b"PK\x03\x04" + content[4:60], rng.randbytes(400), b"%PDF-1.7\n" + content[:80]))


def _print(pages: list[tuple[Path, str]]) -> None:
    """Pages to PDF in one browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        try:
            page = browser.new_page()
            for path, content in pages:
                page.set_content(content)
                page.pdf(
                    path=path,
                    format="A4",
                    margin={"top": "12mm", "bottom": "12mm", "left": "12mm", "right": "12mm"},
                )
        finally:
            browser.close()
