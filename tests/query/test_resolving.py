"""A text that a person typed leads to the entities that it names."""

from __future__ import annotations

import pytest

from fundtrace.query.resolving import LONGEST, near, resolve
from fundtrace.release import Release

FORMS = (
    "冀财社【2020】186号",
    "冀财社[2020]186",
    "冀财社（2020）186号文",
    "冀财社2020186号",
    "冀财社 2020 年 186 号",
    "根据冀财社﹝2020﹞第186号文件精神",
)


@pytest.mark.parametrize("text", FORMS)
def test_every_written_form_of_a_number_names_one_document(sample_release: Release, text: str) -> None:
    """The spelling of a number does not matter."""
    found = resolve(sample_release, text)
    assert found.way == "number"
    assert [match.iri for match in found.matches] == ["http://localhost:8000/id/document/冀财社-2020-186"]
    assert found.number is not None
    assert found.number.canonical == "冀财社〔2020〕186号"


def test_several_numbers_in_one_text_name_several_documents(sample_release: Release) -> None:
    """A cell that lists numbers is resolved to all of them, once each."""
    found = resolve(sample_release, "冀人社字【2019】124号文件、冀人社字【2019】202号、冀人社字【2019】124号")
    assert (found.way, len(found.matches)) == ("numbers", 2)


def test_a_project_code_names_its_project(sample_release: Release) -> None:
    """Codes are found in either case."""
    found = resolve(sample_release, "13063621kbz5iog4sdmwn")
    assert (found.way, [match.class_name for match in found.matches]) == ("code", ["Project"])


def test_a_title_names_its_document(sample_release: Release) -> None:
    """A title is found with or without its marks."""
    found = resolve(sample_release, "《关于提前下达2021年省级就业补助资金预算指标的通知》")
    assert (found.way, [match.class_name for match in found.matches]) == ("title", ["FundingDocument"])


def test_words_find_what_has_them_in_its_name(sample_release: Release) -> None:
    """What is no number, code or title is looked for in names."""
    found = resolve(sample_release, "顺平县")
    assert found.way == "words"
    assert {"Department", "Region", "BudgetUnit"} <= {match.class_name for match in found.matches}


@pytest.mark.parametrize(
    "text", ["", "   ", "没有这样的东西", '"} UNION { ?s ?p ?o', "\\", "x" * (LONGEST + 50)]
)
def test_a_text_that_names_nothing_gives_nothing(sample_release: Release, text: str) -> None:
    """Empty, unknown, hostile and overlong texts have no match and no error."""
    found = resolve(sample_release, text)
    assert (found.way, found.matches) == ("none", ())
    assert len(found.asked) <= LONGEST


def test_a_number_that_nobody_cites_has_near_numbers(sample_release: Release) -> None:
    """Beside an unknown number stand those of the same issuer and year."""
    found = resolve(sample_release, "冀财社〔2020〕187号")
    assert found.matches == ()
    assert found.number is not None
    assert {"冀财社-2020-172", "冀财社-2020-186", "冀财社-2020-190"} == {
        match.iri.rpartition("/")[2] for match in near(sample_release, found.number)
    }


def test_a_decree_has_no_year_and_so_no_near_numbers(sample_release: Release) -> None:
    """A decree's number stands alone."""
    found = resolve(sample_release, "国务院令第711号")
    assert found.number is not None
    assert near(sample_release, found.number) == ()
