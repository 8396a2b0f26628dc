"""Damaged files of every format: an error that names the file, or a reading, and nothing else."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fundtrace.errors import InputError
from fundtrace.reading import Limits, Sheets, read_bytes
from fundtrace.reading.refusals import CODES

_CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["set", "cut", "copy", "insert"]),
        st.floats(0, 1),
        st.integers(0, 255),
        st.integers(1, 40),
    ),
    min_size=1,
    max_size=8,
)
_LIMITS = Limits(expanded_bytes=4_000_000, cells=20_000, paragraphs=20_000, elements=200_000)
_ANY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)


def _changed(data: bytes, changes: list[tuple[str, float, int, int]]) -> bytes:
    changed = bytearray(data)
    for how, where, value, length in changes:
        place = int(where * len(changed))
        if how == "set":
            changed[place : place + 1] = bytes([value])
        elif how == "cut":
            del changed[place : place + length]
        elif how == "copy":
            changed[place:place] = changed[place : place + length]
        else:
            changed[place:place] = bytes([value]) * length
    return bytes(changed)


def _attempt(data: bytes, kind: str) -> None:
    refused: InputError | None = None
    read: tuple[Sheets, ...] = ()
    try:
        read = read_bytes(data, "file", kind, _LIMITS)
    except InputError as error:
        refused = error
    assert bool(read) != bool(refused)
    assert refused is None or (refused.code in CODES and str(refused.subject).startswith("file"))
    assert all(sheets.blocks for sheets in read)


class _Originals(dict[str, bytes]):
    """Good files by format; hypothesis prints its arguments, so the repr is short."""

    def __repr__(self) -> str:
        return "originals"


@pytest.fixture(scope="module")
def originals(write, pack, data_folder):
    """A good file of every format."""
    content = [
        (1, "水务局目标"),
        [["项目", "金额", "比例"], ["水井", "12.5", "25%"], ["", "≥3", ""]],
        (0, "依据冀水发〔2021〕7号。"),
    ]
    made = _Originals(
        {form: write(form, content) for form in ("text", "markdown", "html", "docx", "xlsx", "csv")}
    )
    made["tsv"] = made["text"]
    made["xls"] = (data_folder / "plan.xls").read_bytes()
    made["zip"] = pack({"a.docx": made["docx"], "b.csv": made["csv"]})
    return made


@pytest.mark.parametrize("kind", ["text", "markdown", "html", "docx", "xlsx", "csv", "tsv", "xls", "zip"])
@given(changes=_CHANGES)
@_ANY
def test_damaged_files_are_refused_or_read(kind, changes, originals):
    """No change of bytes ends in anything but an `InputError`."""
    _attempt(_changed(originals[kind], changes), kind)


@given(changes=_CHANGES)
@_ANY
def test_damaged_pdfs_are_refused_or_read(changes, pdf):
    """The same for PDFs, whose library is not Python."""
    pdf.pages, pdf.signs = [[]], {}
    pdf.grid([50, 150, 250], [600, 630, 660])
    pdf.text(55, 640, "水井")
    pdf.text(155, 640, "12.50")
    pdf.text(60, 700, "水务局目标")
    _attempt(_changed(pdf.save(), changes), "pdf")


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
@given(changes=_CHANGES)
@_ANY
def test_damaged_parts_of_a_docx_are_refused_or_read(part, changes, word, pack):
    """Damage inside the package reaches the XML."""
    body = (
        "<w:p><w:pPr><w:pStyle w:val='a'/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr>"
        "<w:gridSpan w:val='2'/><w:vMerge w:val='restart'/></w:tcPr><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    good = word(body, "<w:style w:styleId='a'><w:name w:val='heading 1'/></w:style>")
    with zipfile.ZipFile(io.BytesIO(good)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    members[part] = _changed(members[part], changes)
    _attempt(pack(members), "docx")


@given(
    st.binary(max_size=400),
    st.sampled_from(["text", "markdown", "html", "csv", "tsv", "docx", "xlsx", "xls", "pdf", "zip"]),
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_refused_or_read(data, kind):
    """Noise under any name."""
    _attempt(data, kind)


@given(
    st.text("\t\n |-#<>/abtdrlep*甲乙\\[]()\"',=0123456789", max_size=300),
    st.sampled_from(["text", "markdown", "html", "csv", "tsv"]),
)
@settings(max_examples=200, deadline=None)
def test_any_markup_is_refused_or_read(text, kind):
    """Text that is nearly a table, a tag or a field code."""
    _attempt(text.encode(), kind)
