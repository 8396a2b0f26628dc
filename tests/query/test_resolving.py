"""A text that a person typed leads to the entities that it names."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from fundtrace.citations import parse_number, parse_numbers
from fundtrace.index import INDEX, Index, build_index, open_index
from fundtrace.query.resolving import LONGEST, near, resolve
from fundtrace.release import Release

from .conftest import Facts

BASE = "http://localhost:8000/"
LABELLED = ("Agency", "BudgetUnit", "Department", "FundingDocument", "Project", "Region", "SourceDocument")
"""What words find, in its order."""
FORMS = (
    "冀财社【2020】186号",
    "冀财社[2020]186",
    "冀财社（2020）186号文",
    "冀财社2020186号",
    "冀财社 2020 年 186 号",
    "根据冀财社﹝2020﹞第186号文件精神",
)
ODD = """
@prefix ft: <http://localhost:8000/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<http://localhost:8000/id/merge/1> a ft:Merge ; rdfs:label "合并"@zh ; ft:mergedName "冀社财〔2022〕5号" ;
    ft:mergedInto <http://localhost:8000/id/document/冀教财-2022-5> .
<http://localhost:8000/id/document/en> a ft:FundingDocument ; rdfs:label "In English only"@en ; ft:title "外文文件" .
<http://localhost:8000/id/document/iii> a ft:FundingDocument ; rdfs:label "Ⅲ级响应 É"@zh .
<http://localhost:8000/id/document/odd> a ft:FundingDocument ; rdfs:label "100%_[a]*?"@zh .
<http://localhost:8000/id/document/none> a ft:FundingDocument ; rdfs:label "无号"@zh ;
    ft:issuerCode "冀教财" ; ft:year "2022"^^xsd:gYear .
"""


@pytest.fixture(scope="module")
def index(sample_release: Release) -> Index:
    """The index of the samples."""
    return sample_release.index


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index with 120 documents of one issuer and year, 130 units, a merged number, and labels that are odd."""
    turtle = [ODD]
    for serial in range(1, 121):
        turtle.append(
            f'<{BASE}id/document/冀教财-2022-{serial}> a ft:FundingDocument ; rdfs:label "冀教财〔2022〕{serial}号 教育"@zh ; '
            f'ft:number "冀教财〔2022〕{serial}号" ; ft:issuerCode "冀教财" ; ft:year "2022"^^xsd:gYear ; ft:serial "{serial}" .'
        )
    turtle += [
        f'<{BASE}id/unit/130529-{n}> a ft:BudgetUnit ; rdfs:label "教育站"@zh .' for n in range(1_000, 1_130)
    ]
    lines = sorted(
        f"{triple.subject} {triple.predicate} {triple.object} ."
        for triple in ox.parse("\n".join(turtle), format=ox.RdfFormat.TURTLE)
    )
    folder = tmp_path_factory.mktemp("crowd")
    build_index(lines, folder / INDEX, BASE, f"{BASE}ontology#")
    opened = open_index(folder)
    yield opened
    opened.close()


@pytest.mark.parametrize("text", FORMS)
def test_every_written_form_of_a_number_names_one_document(index: Index, text: str) -> None:
    """The spelling of a number does not matter."""
    found = resolve(index, text)
    assert found.way == "number"
    assert [match.iri for match in found.matches] == [f"{BASE}id/document/冀财社-2020-186"]
    assert found.number is not None
    assert found.number.canonical == "冀财社〔2020〕186号"


def test_several_numbers_in_one_text_name_several_documents(index: Index) -> None:
    """A cell that lists numbers is resolved to all of them, once each, in their order."""
    found = resolve(index, "冀人社字【2019】202号文件、冀人社字【2019】124号、冀人社字【2019】202号")
    assert found.way == "numbers"
    assert [_key(match.iri) for match in found.matches] == ["冀人社字-2019-202", "冀人社字-2019-124"]


def test_a_project_code_names_its_project(index: Index) -> None:
    """Codes are found in either case, with the year that tells projects of one code apart."""
    found = resolve(index, "13063621kbz5iog4sdmwn")
    assert (found.way, [(match.class_name, match.note) for match in found.matches]) == (
        "code",
        [("Project", "2021")],
    )


def test_a_title_names_its_document(index: Index) -> None:
    """A title is found with or without its marks."""
    found = resolve(index, "《关于提前下达2021年省级就业补助资金预算指标的通知》")
    assert (found.way, [match.class_name for match in found.matches]) == ("title", ["FundingDocument"])


def test_words_find_what_has_them_in_its_name(index: Index) -> None:
    """What is no number, code or title is looked for in names."""
    found = resolve(index, "顺平县")
    assert found.way == "words"
    assert {"Department", "Region", "BudgetUnit"} <= {match.class_name for match in found.matches}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "没有这样的东西",
        '"} UNION { ?s ?p ?o',
        "\\",
        "x" * (LONGEST + 50),
        "\0",
        "县\0",
        "*",
        "\udcff县",
    ],
)
def test_a_text_that_names_nothing_gives_nothing(index: Index, text: str) -> None:
    """Empty, unknown, hostile and overlong texts have no match and no error, nor have bytes that are no text."""
    found = resolve(index, text)
    assert (found.way, found.matches) == ("none", ())
    assert len(found.asked) <= LONGEST
    found.asked.encode()


def test_a_text_is_looked_at_without_its_white_space(index: Index) -> None:
    """However many blanks stand before and between the words, and whatever follows behind what is looked at."""
    assert resolve(index, " " * 5_000 + "顺平县" + "\n" * 5_000).matches == resolve(index, "顺平县").matches
    assert resolve(index, "a  " * 2_000).asked == "a " * (LONGEST // 2)


def test_what_a_text_names_is_what_the_statements_say(index: Index, facts: Facts) -> None:
    """Numbers in all spellings, codes, titles, parts of names and misspelt ones find what a walk through the statements finds."""
    walk = Walk(facts)
    ways = set()
    for text in _texts(facts):
        found = resolve(index, text)
        assert (found.way, [match.iri for match in found.matches]) == walk.named(text), text
        assert all(match.label == facts.label(match.iri) for match in found.matches)
        ways.add(found.way)
    assert ways == {"number", "numbers", "code", "title", "words", "none"}


def test_a_number_that_nobody_cites_has_near_numbers(index: Index) -> None:
    """Beside an unknown number stand those of the same issuer and year, the nearest first."""
    found = resolve(index, "冀财社〔2020〕187号")
    assert found.matches == ()
    assert found.number is not None
    assert [_key(match.iri) for match in near(index, found.number)] == [
        "冀财社-2020-186",
        "冀财社-2020-190",
        "冀财社-2020-172",
    ]


def test_the_nearest_numbers_are_named_where_there_are_many(crowd: Index) -> None:
    """Of 120 the fifty nearest by serial, not the first in the order of their labels; what has no serial comes last."""
    number = parse_number("冀教财〔2022〕500号")
    assert number is not None
    assert [_key(match.iri) for match in near(crowd, number)] == [
        f"冀教财-2022-{serial}" for serial in range(120, 70, -1)
    ]


def test_a_decree_has_no_year_and_so_no_near_numbers(index: Index) -> None:
    """A decree's number stands alone."""
    found = resolve(index, "国务院令第711号")
    assert found.number is not None
    assert near(index, found.number) == ()


def test_a_merged_number_leads_to_the_document_it_was_merged_into(crowd: Index) -> None:
    """Alone, and in a list beside the document's own number, which then is named once."""
    alone, both = resolve(crowd, "冀社财[2022]5号"), resolve(crowd, "冀社财〔2022〕5号、冀教财〔2022〕5号")
    assert (alone.way, both.way) == ("number", "numbers")
    assert [_key(match.iri) for match in alone.matches] == ["冀教财-2022-5"]
    assert both.matches == alone.matches


def test_common_words_find_a_hundred_of_each_class(crowd: Index) -> None:
    """Units, which come first, do not keep documents from being found; in a class the order is that of labels, then of IRIs."""
    found = resolve(crowd, "教育")
    units, documents = found.matches[:100], found.matches[100:]
    assert [_key(match.iri) for match in units] == [f"130529-{n}" for n in range(1_000, 1_100)]
    assert len(documents) == 100
    assert {match.class_name for match in documents} == {"FundingDocument"}
    assert [match.label for match in documents] == sorted(match.label for match in documents)


@pytest.mark.parametrize(
    ("text", "key"), [("ⅲ级", "iii"), ("Ⅲ级", "iii"), ("é", "iii"), ("[A]*?", "odd"), ("%_", "odd")]
)
def test_letters_of_any_script_are_found_in_either_case(crowd: Index, text: str, key: str) -> None:
    """Roman numerals and accents too; signs stand for themselves."""
    assert [_key(match.iri) for match in resolve(crowd, text).matches] == [key]


def test_a_document_without_a_chinese_label_is_found_by_its_title(crowd: Index) -> None:
    """It is told by the label that it has."""
    (match,) = resolve(crowd, "外文文件").matches
    assert match.label == "In English only"


class Walk:
    """What a text names, from the statements and without SQL."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._of = {name: sorted(facts.of_class(name)) for name in ("Merge", *LABELLED)}

    def named(self, text: str) -> tuple[str, list[str]]:
        """The way and the IRIs, in their order."""
        asked = " ".join(text.split())[:LONGEST]
        number = parse_number(asked)
        numbers = parse_numbers(asked) if number is None else [number]
        ways = {
            "numbers" if number is None else "number": [
                iri for one in numbers for iri in self._having(("FundingDocument",), "number", one.canonical)
            ]
        }
        if number is None:
            ways["code"] = self._having(
                ("Project", "Department", "BudgetUnit", "Region"), "code", asked.upper()
            )
            ways["title"] = self._having(("FundingDocument",), "title", asked.strip("《》〈〉 "))
            ways["words"] = [iri for name in LABELLED for iri in self._labelled(name, asked)]
        return next(((way, list(dict.fromkeys(found))) for way, found in ways.items() if found), ("none", []))

    def _having(self, classes: tuple[str, ...], name: str, value: str) -> list[str]:
        return sorted(
            iri for kind in classes for iri in self._of[kind] if value in self._facts.all(iri, name)
        )

    def _labelled(self, name: str, words: str) -> list[str]:
        labels = [(self._facts.label(iri) or "", iri) for iri in self._of[name]]
        return [iri for label, iri in sorted(labels) if words.lower() in label.lower()][:100]


def _texts(facts: Facts) -> list[str]:
    """Several hundred texts made of what the samples state."""
    chance = random.Random(3)
    numbers = [one for iri in facts.of_class("FundingDocument") for one in facts.all(iri, "number")]
    texts = [*numbers, *(form.replace("冀财社", "冀人社字") for form in FORMS), "、".join(numbers[:6])]
    for number in map(parse_number, numbers):
        if number is not None and number.year is not None:
            issuer, year, serial = number.issuer, number.year, number.serial
            texts += [
                f"{issuer}[{year}]{serial}",
                f"{issuer}﹝{year}﹞第 {serial} 号文件",
                f"{issuer}{year}{serial}号",
                f"{issuer}〔{year}〕{serial}、{int(serial) + 1}号",
                f"{issuer}〔{year}〕{int(serial) + 1}号",
                f"{issuer[:-1]}〔{year}〕{serial}号",
                f"〔{year}〕{serial}号",
            ]
    for name in ("Project", "Department", "BudgetUnit", "Region"):
        texts += [
            form
            for iri in facts.of_class(name)
            for code in facts.all(iri, "code")
            for form in (code.lower(), code[:-1])
        ]
    for iri in facts.of_class("FundingDocument"):
        texts += [
            form
            for title in facts.all(iri, "title")
            for form in (title, f"《{title}》", title[:-1], title + "。")
        ]
    for name in LABELLED:
        for label in filter(None, map(facts.label, facts.of_class(name))):
            begin = chance.randrange(len(label))
            texts += [label, label[begin : begin + 3], label[::-1], label.swapcase()]
    return texts


def _key(iri: str) -> str:
    return iri.rpartition("/")[2]
