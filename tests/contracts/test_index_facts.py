"""Graph and index hold the same facts, and what the index stores ready-made is what the facts give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from fundtrace.index import INDEX, Index, build_index, declarations, metadata, open_index, projection, sqlite
from fundtrace.index.projection import Column
from fundtrace.release import Release
from fundtrace.vocab import NAMESPACE

TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
Fact = tuple[object, object, object]
Row = dict[str, object]


@pytest.fixture(scope="module")
def left_out() -> dict[tuple[str, str], int]:
    """What the index of the samples reports as left out."""
    return {}


@pytest.fixture(scope="module")
def index(
    sample_release: Release, left_out: dict[tuple[str, str], int], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Index]:
    """An index of the sample release."""
    folder = tmp_path_factory.mktemp("facts")
    info = build_index(
        sample_release.statements(), folder / INDEX, sample_release.base, sample_release.namespace
    )
    left_out.update(info.left_out)
    opened = open_index(folder)
    yield opened
    opened.close()


def rows(index: Index, table: str) -> list[Row]:
    """All rows of a table, by column."""
    made = metadata().tables[table]
    return [
        dict(zip(made.c.keys(), row, strict=True))
        for row in index.run(sqlite.compile(made.select())[0], {}).rows
    ]


def facts(index: Index) -> Iterator[Fact]:
    """Every statement that the index holds, told from its tables."""
    iris = {row["n"]: ox.NamedNode(f"{index.base}id/{row['key']}") for row in rows(index, "Entity")}

    def term(column: Column, value: object) -> object:
        if column.kind == "reference":
            return iris[value]
        text = {
            "boolean": ("false", "true")[value == 1],
            "money": sqlite.canonical(value if isinstance(value, int) else 0),
        }
        return ox.Literal(str(text.get(column.kind, value)), datatype=ox.NamedNode(column.datatype))

    def predicate(column: Column) -> ox.NamedNode:
        return ox.NamedNode(column.term.replace(NAMESPACE, index.namespace))

    for table in projection().tables.values():
        for row in rows(index, table.name):
            subject = iris[row["n"]]
            yield subject, TYPE, ox.NamedNode(table.term.replace(NAMESPACE, index.namespace))
            for language in ("zh", "en"):
                if row[f"label_{language}"] is not None:
                    yield subject, LABEL, ox.Literal(str(row[f"label_{language}"]), language=language)
            for column in table.columns.values():
                if row[column.name] is not None:
                    yield subject, predicate(column), term(column, row[column.name])
        for link in table.links.values():
            for row in rows(index, f"{table.name}_{link.name}"):
                value = (
                    ox.Literal(str(row["object"]), language=str(row["lang"]))
                    if link.kind == "lang"
                    else term(link, row["object"])
                )
                yield iris[row["subject"]], predicate(link), value


def test_graph_and_index_hold_the_same_facts(
    index: Index, sample_release: Release, left_out: dict[tuple[str, str], int]
) -> None:
    """Every fact of the index is in the graph, and every fact of the graph in the index or in its report."""
    graph: set[Fact] = {(quad.subject, quad.predicate, quad.object) for quad in sample_release.store}
    held = set(facts(index))
    assert not held - graph
    assert len(graph - held) == sum(left_out.values())
    assert {str(fact[1])[1:-1] for fact in graph - held} == {term for _, term in left_out}


def test_stored_totals_are_those_of_the_facts(index: Index) -> None:
    """Each total is what distinct projects add up to, by stage and fiscal year, and says of how many."""
    told = declarations().totals
    projects = {row["n"]: row for row in rows(index, told.table)}
    sources, funded = defaultdict[object, set[object]](set), defaultdict[object, set[object]](set)
    for row in rows(index, "Project_source"):
        sources[row["subject"]].add(row["object"])
    for row in rows(index, "Project_fundedUnder"):
        funded[row["subject"]].add(row["object"])
    issuers = {row["n"]: row["issuerCode"] for row in rows(index, "FundingDocument")}
    groups = {
        "document": lambda n: funded[n] or {None},
        "issuer": lambda n: {issuers[document] for document in funded[n]} or {None},
        "department": lambda n: {projects[n]["department"]},
        "region": lambda n: {projects[n]["region"]},
        "year": lambda _: {None},
    }
    assert set(groups) == set(told.groups)
    for name, group in groups.items():
        members = defaultdict[tuple[object, ...], list[object]](list)
        for n, project in projects.items():
            for one in group(n):
                key = (one, project["stage"], project["fiscalYear"])
                members[key].append(n)
        stored = rows(index, f"Total_{name}")
        assert len(stored) == len(members) > 0
        for row in stored:
            counted = members[row.get(name), row["stage"], row["fiscalYear"]]
            assert row["projects"] == len(counted)
            assert row["shared"] == sum(len(funded[n]) > 1 for n in counted)
            assert row["sources"] == len(set().union(*(sources[n] for n in counted)))
            assert row["departments"] == len({projects[n]["department"] for n in counted} - {None})
            for measure in told.measures:
                values = [value for n in counted if isinstance(value := projects[n][measure], int)]
                figures = (
                    len(values),
                    sum(values) if values else None,
                    min(values, default=None),
                    max(values, default=None),
                )
                assert (
                    tuple(row[f"{measure}_{figure}"] for figure in ("count", "sum", "min", "max")) == figures
                )


def test_money_under_a_document_is_that_of_its_projects(index: Index) -> None:
    """A document that one project cites eight times has that project's budget, once."""
    answer = index.run(
        'SELECT t.projects, t."totalBudget_sum" FROM "Total_document" t JOIN "Entity" e ON e.n = t.document '
        "WHERE e.key = 'document/冀财社-2020-172'",
        {},
    )
    assert answer.rows == [(1, 6_760_000 * 10_000)]


def test_stored_orders_are_the_sorted_links(index: Index) -> None:
    """Each stored order has the rows of its link table, with the value of the project and missing ones last."""
    told = declarations().orders
    projects = {row["n"]: row for row in rows(index, told.table)}
    for relation in told.relations:
        links = {
            (row["object"], row["subject"]): row.get("role") for row in rows(index, f"Project_{relation}")
        }
        for by, direction in told.by.items():
            stored = rows(index, f"Project_{relation}_by_{by}")
            assert {(row["object"], row["subject"]): row.get("role") for row in stored} == links
            for row in stored:
                value = projects[row["subject"]][by]
                assert row["missing"] == (value is None)
                assert value is None or row["value"] == value
            sql = f"""SELECT object, missing, value, subject FROM "Project_{relation}_by_{by}"
                ORDER BY object, missing, value {"DESC" if direction == "descending" else ""}, subject"""
            plan = index.run(f"EXPLAIN QUERY PLAN {sql}", {}).rows
            assert not any("TEMP B-TREE" in str(row) for row in plan)


def test_the_index_is_of_the_same_release(index: Index, sample_release: Release) -> None:
    """The index says which release it is of."""
    assert index.version == sample_release.version
    assert index.path.parent != Path(sample_release.path)
