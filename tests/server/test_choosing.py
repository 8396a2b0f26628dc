"""`?release=`, and a base IRI with a path: which release answers, and under which prefix."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from fundtrace.release import Account, build_release
from fundtrace.settings import Settings
from fundtrace_server.formats import FORMATS
from fundtrace_server.holding import MOST_OLD, Holder

REGION = "/page/region/130000"


def _more(label: str) -> str:
    return f'<region/130000> a ft:Region ; rdfs:label "{label}"@zh ; ft:code "130000" .\n'


@pytest.fixture(scope="module")
def kept(
    tmp_path_factory: pytest.TempPathFactory, publish: Callable[[Path, str], str]
) -> tuple[Path, list[str]]:
    """A data folder of four releases, and their versions, oldest first."""
    folder = tmp_path_factory.mktemp("kept")
    return folder, [publish(folder, _more(f"第{number}版")) for number in range(4)]


@pytest.fixture(scope="module")
def client(connect: Callable[[Settings], Any], kept: tuple[Path, list[str]]) -> Iterator[Any]:
    """A client of the newest of them."""
    with connect(Settings(data=str(kept[0]), sparql_processes=1)) as client:
        yield client


def test_a_release_that_is_named_answers(client, kept: tuple[Path, list[str]]) -> None:
    """Pages, data, IRIs, questions and dumps tell what that release told, name it, and lead on to nothing but it."""
    versions = kept[1]
    for version, label in zip(versions, ("第0版", "第1版", "第2版", "第3版"), strict=True):
        old = version != versions[-1]
        page = client.page(f"{REGION}?release={version}")
        assert label in page.text
        assert page.headers["x-release"] == version
        assert ('role="note"' in page.text) == old
        data = client.get(f"/data/region/130000.ttl?release={version}")
        assert label in data.text
        links = re.findall(r'<([^>]*)>; rel="alternate"', page.headers["link"])
        assert all(f"release={version}" in link for link in links)
        assert '</page/region/130000>; rel="latest-version"' in page.headers["link"]
        sent = client.get(f"/id/region/130000?release={version}", headers={"Accept": "text/turtle"})
        assert client.get(sent.headers["location"]).text == data.text
        assert client.get(f"/questions?release={version}").headers["x-release"] == version
        assert client.get(f"/dumps/?release={version}").headers["x-release"] == version
    assert client.page(REGION).headers["x-release"] == versions[-1]


def test_links_of_an_old_page_keep_its_release(client, kept: tuple[Path, list[str]]) -> None:
    """Entities and questions stay in the release, the query page and the ontology are those of the server."""
    version = kept[1][0]
    html = client.page(f"/page/document/冀财社-2020-186?release={version}&lang=en").text
    hrefs = [unescape(one) for one in re.findall(r'href="(/[^"]*)"', html)]
    inside = [one for one in hrefs if one.startswith(("/page/", "/data/", "/questions", "/dumps/"))]
    assert len(inside) > 5
    assert all(f"release={version}" in one for one in inside)
    assert all(
        "release=" not in one for one in hrefs if one.startswith(("/sparql", "/ontology", "/releases"))
    )
    assert {client.page(one).status_code for one in set(inside) if "/dumps" not in one} == {200}
    form = client.page(f"/questions/documents/projects-citing?release={version}").text
    assert f'name="release" value="{version}"' in form


@pytest.mark.parametrize("version", ["ffffffffffff", "../../etc", "x", "%00"])
def test_a_release_that_is_not_kept_is_not_found(client, kept: tuple[Path, list[str]], version: str) -> None:
    """404 lists those that are, newest first."""
    response = client.get(f"/data/region/130000.ttl?release={version}")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "unknown-release"
    assert set(response.json()["error"]["available"]) == set(kept[1])
    assert client.get("/ontology?release=ffffffffffff").status_code == 200


def test_a_damaged_release_is_unavailable(client, kept: tuple[Path, list[str]], tmp_path: Path) -> None:
    """503, and the others go on answering."""
    broken = kept[0] / "releases" / "eeeeeeeeeeee"
    broken.mkdir()
    assert client.get("/data/region/130000.ttl?release=eeeeeeeeeeee").status_code == 503
    broken.rmdir()
    assert client.get("/data/region/130000.ttl").status_code == 200


def test_at_most_two_old_releases_are_open(kept: tuple[Path, list[str]]) -> None:
    """The one that was asked for longest ago is let go, the current one never counts."""
    folder, versions = kept
    holder = Holder(Settings(data=str(folder), sparql_processes=1), None)
    holder.open()
    assert holder.named(versions[-1]) is holder.serving
    first, second = holder.named(versions[0]), holder.named(versions[1])
    assert holder.named(versions[0]) is first
    holder.named(versions[2])
    assert holder.named(versions[0]) is first
    assert holder.named(versions[1]) is not second
    assert len(holder._old) == MOST_OLD
    with pytest.raises(Exception, match="not-serving"):
        _ = second.pool
    holder.close()


BASE = "https://example.org/budget/"
HERE = f"{BASE}id/region/130636"


@pytest.fixture(scope="module")
def budget(connect: Callable[[Settings], Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A client of a release whose base has a path, and whose terms have IRIs with a slash."""
    folder = tmp_path_factory.mktemp("budget")
    label, kind = (
        "http://www.w3.org/2000/01/rdf-schema#label",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    )
    lines = [f'<{HERE}> <{label}> "顺平县"@zh .', f"<{HERE}> <{kind}> <{BASE}ns/Region> ."]
    build_release(folder, lines, BASE, f"{BASE}ns/", Account(), dumps=True)
    with connect(Settings(data=str(folder), base=BASE, namespace=f"{BASE}ns/", sparql_processes=1)) as client:
        yield client


def test_every_link_stays_under_the_prefix(budget) -> None:
    """Pages, headers and redirects of requests that came by the prefix have it, and lead to answers."""
    paths = ("/budget/", "/budget/page/region/130636", "/budget/ontology", "/budget/ontology/Region.html", "/budget/shapes", "/budget/catalog", "/budget/.well-known/void", "/budget/dumps/", "/budget/releases")  # fmt: skip
    for path in paths:
        page = budget.page(path)
        assert page.status_code == 200, path
        found = {unescape(one) for one in re.findall(r'(?:href|src|action)="(/[^"#?]*)', page.text)}
        assert found
        assert all(one.startswith("/budget/") for one in found), (path, found)
        if path.count("/") < 4:
            assert {budget.page(one).status_code for one in found if "static" not in one} <= {200, 303, 404}
        assert "localhost" not in page.text.replace("http://localhost:8000/id/", "")
    sent = budget.get("/budget/id/region/130636", headers={"Accept": "text/turtle"})
    assert sent.headers["location"] == "/budget/data/region/130636.ttl"
    assert "</budget/page/region/130636>" in sent.headers["link"]
    data = budget.get(sent.headers["location"])
    assert f"<{HERE}>" in data.text
    assert f'<{BASE}data/region/130636.ttl>; rel="canonical"' in data.headers["link"]
    assert budget.get("/page/region/130636").status_code == 200
    assert budget.get("/budgets/page/region/130636").status_code == 404


def test_terms_are_found_where_the_namespace_is(budget) -> None:
    """An IRI of the namespace leads to its page or its statements, wherever the publisher put it."""
    assert budget.get("/budget/ns/").headers["location"] == "/budget/ontology"
    on = budget.get("/budget/ns/Region").headers["location"]
    assert on == "/budget/ontology/Region"
    assert (
        budget.get(on, headers={"Accept": "text/html"}).headers["location"] == "/budget/ontology/Region.html"
    )
    turtle = budget.get(budget.get(on, headers={"Accept": "text/turtle"}).headers["location"])
    assert any(
        quad.subject == ox.NamedNode(f"{BASE}ns/Region")
        for quad in ox.parse(turtle.content, format=ox.RdfFormat.TURTLE)
    )
    assert budget.get("/budget/ns/Nothing").status_code == 404


def test_every_serialisation_says_the_same_under_that_base(budget) -> None:
    """By rdflib and pyoxigraph, whatever the suffix."""
    turtle = Graph().parse(data=budget.get("/budget/data/region/130636.ttl").text, format="turtle")
    for suffix, one in FORMATS.items():
        content = budget.get(f"/budget/data/region/130636.{suffix}").content
        again = ox.serialize(
            (quad.triple for quad in ox.parse(content, format=one.rdf)), format=ox.RdfFormat.N_TRIPLES
        )
        assert isomorphic(turtle, Graph().parse(data=again, format="nt"))
