"""IRIs that were published once: gone with their last release, or moved to what took their place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest

from fundtrace.settings import Settings

LEFT = '<region/130000> a ft:Region ; rdfs:label "离开的区划"@zh .'
MOVING = (
    '<{key}> a ft:Project ; rdfs:label "搬家的项目"@zh ; ft:line 901 ; ft:source <source/130636-323-2021> .'
)


@pytest.fixture(scope="module")
def versions() -> list[str]:
    """The releases of this module's data folder, oldest first."""
    return []


@pytest.fixture(scope="module")
def later(
    connect: Callable[[Settings], Any], publish, tmp_path_factory, versions: list[str]
) -> Iterator[Any]:
    """A client after two releases: a region has left, and a project has another key."""
    folder: Path = tmp_path_factory.mktemp("later")
    for key in ("甲-2021", "乙-2021"):
        moving = MOVING.format(key=f"project/{key}")
        versions.append(publish(folder, moving if versions else LEFT + moving))
    with connect(Settings(data=str(folder), sparql_processes=1)) as client:
        yield client


@pytest.mark.parametrize("path", ["/id/region/130000", "/page/region/130000", "/data/region/130000.ttl"])
def test_what_left_is_gone_with_its_name(later, versions: list[str], path: str) -> None:
    """410 says what it was called and which release told of it last, to people and to programs."""
    response = later.get(path)
    assert response.status_code == 410
    error = response.json()["error"]
    assert error["code"] == "gone"
    assert (error["label"], error["release"]) == ("离开的区划", versions[0])
    page = later.page(path)
    assert page.status_code == 410
    assert "离开的区划" in page.text
    assert versions[0] in page.text


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/id/project/甲-2021", "/id/project/乙-2021"),
        ("/id/project/甲-2021?format=ttl", "/id/project/乙-2021?format=ttl"),
        ("/page/project/甲-2021?lang=en", "/page/project/乙-2021?lang=en"),
        ("/data/project/甲-2021.jsonld", "/data/project/乙-2021.jsonld"),
    ],
)
def test_what_moved_leads_on(later, path: str, to: str) -> None:
    """301 to the same face of what was read at the same place, with the query kept."""
    for asked in (path, quote(path, safe="/?=.")):
        response = later.get(asked)
        assert response.status_code == 301
        assert response.headers["location"].isascii()
        assert unquote(response.headers["location"]) == to
    assert later.get(to, follow_redirects=True).status_code == 200


@pytest.mark.parametrize("path", ["/id/region/139999", "/page/region/139999", "/data/region/139999.ttl"])
def test_what_never_was_is_unknown(later, path: str) -> None:
    """404, as before."""
    assert later.get(path).status_code == 404
