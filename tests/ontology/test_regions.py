"""The administrative divisions."""

from __future__ import annotations

import csv
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

CODES = Path(__file__).parents[2] / "ontology" / "codes"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of codes."""
    with (CODES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    """The script that writes regions.tsv, loaded from its file."""
    path = CODES.parent / "generate" / "regions.py"
    spec = importlib.util.spec_from_file_location("generate_regions", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["regions.tsv", "regions-local.tsv"])
def test_rows_are_sorted_unique_and_whole(name: str) -> None:
    """Codes are six digits, sorted and unique; every row has a name and a full name that ends in it."""
    found = rows(name)
    codes = [row["code"] for row in found]
    assert codes == sorted(set(codes))
    assert all(len(code) == 6 and code.isascii() and code.isdigit() for code in codes)
    assert all(row["name"] and row["full_name"].endswith(row["name"]) for row in found)


def test_parents_exist() -> None:
    """Every division but a province has a parent in the standard, and its full name begins with the parent's."""
    standard = {row["code"]: row for row in rows("regions.tsv")}
    for row in [*standard.values(), *rows("regions-local.tsv")]:
        if row["code"].endswith("0000"):
            assert row["parent"] == ""
        else:
            assert row["full_name"] == standard[row["parent"]]["full_name"] + row["name"]


def test_provinces_and_counts() -> None:
    """There are 34 provinces and more than 3 000 divisions."""
    standard = rows("regions.tsv")
    assert sum(row["code"].endswith("0000") for row in standard) == 34
    assert len(standard) > 3000


@pytest.mark.parametrize(
    ("code", "full_name"),
    [
        ("130636", "河北省保定市顺平县"),
        ("130529", "河北省邢台市巨鹿县"),
        ("130306", "河北省秦皇岛市抚宁区"),
        ("622925", "甘肃省临夏回族自治州和政县"),
        ("310107", "上海市普陀区"),
        ("330903", "浙江省舟山市普陀区"),
    ],
)
def test_known_divisions(code: str, full_name: str) -> None:
    """Divisions of published documents are there, and 普陀区 is there twice."""
    assert {row["code"]: row["full_name"] for row in rows("regions.tsv")}[code] == full_name


def test_local_exceptions_are_outside_the_standard() -> None:
    """A local or retired code is none of the standard's, and a retired one names its successor there."""
    standard = {row["code"] for row in rows("regions.tsv")}
    local = rows("regions-local.tsv")
    assert not standard & {row["code"] for row in local}
    assert {row["kind"] for row in local} == {"local", "retired"}
    for row in local:
        assert row["note"]
        assert (row["successor"] in standard) is (row["kind"] == "retired")
    assert next(row for row in local if row["code"] == "130605")["full_name"] == "河北省保定市白沟新城"


def test_generator_leaves_out_what_the_standard_has_not(generator: ModuleType, tmp_path: Path) -> None:
    """Second levels of municipalities, districts of Taiwan and marks of the package itself are left out."""
    outside = ["310100", "710101", "810101", "820001", "999900", "133100"]
    assert [code for code in [*outside, "310107", "710000"] if generator.is_standard(code)] == [
        "310107",
        "710000",
    ]
    names = {
        "310000": "上海市",
        "310107": "普陀区",
        "130000": "河北省",
        "130600": "保定市",
        "130636": "顺平县",
    }
    assert generator.render(names).splitlines()[1:] == [
        "130000\t河北省\t\t河北省",
        "130600\t保定市\t130000\t河北省保定市",
        "130636\t顺平县\t130600\t河北省保定市顺平县",
        "310000\t上海市\t\t上海市",
        "310107\t普陀区\t310000\t上海市普陀区",
    ]


def test_generator_refuses_another_table(
    generator: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package whose table is not the expected one is refused before anything is written."""
    table = tmp_path / generator.TABLE
    table.parent.mkdir(parents=True)
    table.write_text("adcode,name\n", encoding="utf-8")
    before = (CODES / "regions.tsv").read_bytes()
    monkeypatch.setattr(sys, "argv", ["regions.py", "--package", str(tmp_path)])
    with pytest.raises(SystemExit, match="SHA-256"):
        generator.main()
    assert (CODES / "regions.tsv").read_bytes() == before


def test_generator_checks_and_writes(
    generator: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Checking a stale file ends with 1 and says what to run; writing makes it fresh."""
    table = tmp_path / generator.TABLE
    table.parent.mkdir(parents=True)
    table.write_text("adcode,name\n310107000000,普陀区\n310000000000,上海市\n", encoding="utf-8")
    output = tmp_path / "regions.tsv"
    output.write_text("", encoding="utf-8")
    monkeypatch.setattr(generator, "SHA256", generator.hashlib.sha256(table.read_bytes()).hexdigest())
    monkeypatch.setattr(generator, "OUTPUT", output)
    results = []
    for flags in (["--check"], [], ["--check"]):
        monkeypatch.setattr(sys, "argv", ["regions.py", "--package", str(tmp_path), *flags])
        results.append(generator.main())
    assert results == [1, 0, 0]
    assert "is stale" in capsys.readouterr().err
    assert output.read_text(encoding="utf-8").splitlines()[2] == "310107\t普陀区\t310000\t上海市普陀区"
