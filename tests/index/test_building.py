"""Building: what goes where, what is left out and told, and what a failure leaves behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from fundtrace.errors import SystemFailure
from fundtrace.index import INDEX, build_index

from .conftest import BASE, FT, LABEL, TYPE, XSD, Build, entity, line

SKOS = "http://www.w3.org/2004/02/skos/core#"


def test_entities_are_numbered_in_the_order_of_their_keys(build: Build) -> None:
    """Numbers follow keys, not lines: `a` comes before `a-1`, though its line comes behind."""
    info, index = build(
        [*entity("region/1-1", "Region"), *entity("region/1", "Region"), *entity("goal/2", "Goal")]
    )
    rows = index.run('SELECT n, key, class, label_zh FROM "Entity" ORDER BY n', {}).rows
    assert rows == [
        (1, "goal/2", "Goal", "goal/2"),
        (2, "region/1", "Region", "region/1"),
        (3, "region/1-1", "Region", "region/1-1"),
    ]
    assert info.entities == {"Goal": 1, "Region": 2}
    assert info.statements == 6
    assert not info.left_out


def test_every_statement_without_a_place_is_told(build: Build) -> None:
    """Each reason to leave a statement out is counted with its term, and the rest is kept."""
    lines = [
        *entity(
            "project/1",
            "Project",
            ("totalBudget", f'"12.5"^^<{XSD}decimal>'),
            ("totalBudget", f'"13"^^<{XSD}decimal>'),
            ("fiscalBudget", f'"0.00001"^^<{XSD}decimal>'),
            ("name", '"a"@zh'),
            ("region", "@region/none"),
            ("cites", "@document/none"),
            ("cites", "<http://elsewhere.org/id/document/1>"),
            ("gbCode", '"1"'),
            (LABEL, '"other"@zh'),
            (LABEL, '"autre"@fr'),
            (TYPE, "<http://example.org/Other>"),
        ),
        line("thing/1", TYPE, "<http://example.org/Other>"),
        line("thing/1", "name", '"b"'),
        f'<http://elsewhere.org/id/project/1> <{FT}name> "b" .',
    ]
    info, index = build(lines)
    assert info.left_out == {
        ("second-value", f"{FT}totalBudget"): 1,
        ("other-kind", f"{FT}fiscalBudget"): 1,
        ("other-kind", f"{FT}name"): 1,
        ("other-kind", f"{FT}cites"): 1,
        ("dangling", f"{FT}region"): 1,
        ("dangling", f"{FT}cites"): 1,
        ("no-property", f"{FT}gbCode"): 1,
        ("second-value", LABEL): 1,
        ("other-kind", LABEL): 1,
        ("other-class", f"{BASE}Other"): 2,
        ("no-class", f"{FT}name"): 1,
        ("other-base", f"{FT}name"): 1,
    }
    assert index.run('SELECT "totalBudget", region FROM "Project"', {}).rows == [(125_000, None)]
    assert info.statements == len(lines)


def test_a_blank_too_many_changes_nothing(build: Build) -> None:
    """A line is read whatever stands between its last term and the full stop."""
    lines = [*entity("project/1", "Project"), line("project/1", "name", '"b"').removesuffix(" .") + "  ."]
    info, index = build(lines)
    assert index.run('SELECT "name" FROM "Project"', {}).rows == [("b",)]
    assert (info.statements, info.left_out) == (len(lines), {})


def test_many_terms_of_a_stranger_are_counted_together(build: Build) -> None:
    """The report has an end, whatever the statements name."""
    info, _ = build(line("thing/1", f"http://example.org/{number}", '"a"') for number in range(1_100))
    assert len(info.left_out) == 1_001
    assert info.left_out["no-class", "…"] == 100


def test_a_role_is_the_strongest_and_its_concept_is_there(build: Build) -> None:
    """A project that is funded and mentioned counts as funded; a named concept is described by the code lists."""
    _, index = build(
        [
            *entity("document/1", "FundingDocument"),
            *entity("document/2", "FundingDocument"),
            *entity(
                "project/1",
                "Project",
                *((relation, "@document/1") for relation in ("cites", "mentions", "fundedUnder")),
                *((relation, "@document/2") for relation in ("cites", "mentions")),
                ("stage", "@concept/stage-budget"),
            ),
        ]
    )
    rows = index.run(
        'SELECT d.key, r.key, c.notation, c.label_zh FROM "Project_cites" p JOIN "Entity" d ON d.n = p.object '
        'JOIN "Entity" r ON r.n = p.role JOIN "Concept" c ON c.n = p.role ORDER BY 1',
        {},
    ).rows
    assert [row[:3] for row in rows] == [
        ("document/1", "concept/role-funds", "funds"),
        ("document/2", "concept/role-mention", "mention"),
    ]
    stage = index.run(
        'SELECT c.notation, s.key FROM "Project" p JOIN "Concept" c ON c.n = p.stage JOIN "Entity" s ON s.n = c.scheme',
        {},
    )
    assert stage.rows == [("budget", "concept/stage")]


def test_what_the_statements_say_of_a_concept_counts(build: Build) -> None:
    """A publisher's own words about a concept are not mixed with those of the code lists."""
    _, index = build(
        [
            line("concept/stage-budget", TYPE, f"<{SKOS}Concept>"),
            line("concept/stage-budget", LABEL, '"our budget"@en'),
            *entity("project/1", "Project", ("stage", "@concept/stage-budget")),
        ]
    )
    assert index.run('SELECT label_zh, label_en, notation FROM "Concept"', {}).rows == [
        (None, "our budget", None)
    ]


def test_an_entity_of_two_classes_is_in_both_tables(build: Build) -> None:
    """A property that one of its classes has is not reported as lost by the other."""
    info, index = build(
        [
            *entity("unit/1", "BudgetUnit", ("name", '"a"')),
            *entity("unit/1", "Agency", ("agencyLevel", "@concept/x")),
        ]
    )
    assert index.run('SELECT count(*) FROM "BudgetUnit" JOIN "Agency" USING (n)', {}).rows == [(1,)]
    assert {reason for reason, _ in info.left_out} == {"dangling"}


@pytest.mark.parametrize(
    "lines",
    [["no statement"], [*entity("goal/1", "Goal")[:1], line("a/1", "b", '"c"'), *entity("goal/1", "Goal")]],
)
def test_what_is_not_sorted_statements_is_refused(lines: list[str], tmp_path: Path) -> None:
    """Unsorted lines and other text end with an error, and leave nothing behind."""
    with pytest.raises(SystemFailure) as caught:
        build_index(lines, tmp_path / INDEX, BASE, FT)
    assert caught.value.code == "index-statements"
    assert not [*tmp_path.iterdir()]


def test_a_failing_disk_is_told(tmp_path: Path) -> None:
    """A folder that does not exist ends with an error that says what to do."""
    with pytest.raises(SystemFailure) as caught:
        build_index([], tmp_path / "none" / INDEX, BASE, FT)
    assert caught.value.code == "index-build"


def test_a_finished_index_is_replaced_in_one_step(build: Build, tmp_path: Path) -> None:
    """A failed build leaves the index that was there as it was."""
    build(entity("goal/1", "Goal"))
    before = (tmp_path / INDEX).read_bytes()
    with pytest.raises(SystemFailure):
        build_index(["no statement"], tmp_path / INDEX, BASE, FT)
    assert (tmp_path / INDEX).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [INDEX]


def test_parts_are_linked_in_the_order_of_their_ordinals(build: Build) -> None:
    """The order of parts is stored in their link; those without an ordinal come first."""
    parts = {"indicator/a": "2", "indicator/b": "10", "indicator/c": "1", "indicator/d": ""}
    lines = [*entity("project/1", "Project", *(("indicator", f"@{key}") for key in parts))]
    for key, ordinal in parts.items():
        told = [("ordinal", f'"{ordinal}"^^<{XSD}integer>')] if ordinal else []
        lines += entity(key, "Indicator", *told)
    _, index = build(lines)
    sql = 'SELECT i.key FROM "Project_indicator" p JOIN "Indicator" i ON i.n = p.object ORDER BY p.subject, p.ordinal, p.object'
    assert [row[0][-1] for row in index.run(sql, {}).rows] == ["d", "c", "a", "b"]
    assert not any("TEMP B-TREE" in step[-1] for step in index.run(f"EXPLAIN QUERY PLAN {sql}", {}).rows)
