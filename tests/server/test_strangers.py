"""What strangers put into addresses, headers and documents: nothing leads out, nothing is believed, nothing is run."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote, unquote

import pyoxigraph as ox
import pytest

from fundtrace.release import Account, build_release
from fundtrace.settings import Settings

BASE = "http://localhost:8000/"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202e\u2066{{7*7}}"
_TEXTS = re.compile(r"(label|#(name|title|purpose|cells|text|description|printed\w*|writtenForm|fileName))>$")


@pytest.mark.parametrize(
    "asked",
    [
        "//evil.example",
        "https://evil.example/",
        "\\\\evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "x\r\nLocation: //evil.example",
        "@evil.example/冀财社[2020]186",
    ],
)
def test_resolving_leads_to_pages_of_ours_only(client, asked: str) -> None:
    """Whatever is typed, a redirect stays on the site, and no header is split."""
    answer = client.get("/resolve", params={"q": asked})
    assert answer.status_code in {300, 303, 404}
    assert unquote(answer.headers.get("location", "/page/")).startswith("/page/")
    assert "evil.example" not in answer.headers.get("location", "")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/page/region/130636",
        "/dumps/",
        "/questions",
        "/catalog?format=ttl",
        "/sitemap.xml",
        "/id/region/130636",
        "/readyz",
    ],
)
def test_the_host_header_is_not_believed(client, path: str) -> None:
    """No answer and no header repeats the name that a client gives the server."""
    answer = client.get(
        path,
        headers={
            "Host": "evil.example",
            "X-Forwarded-Host": "evil.example",
            "Forwarded": "host=evil.example",
        },
    )
    assert answer.status_code < 400
    assert b"evil.example" not in answer.content
    assert "evil.example" not in str(answer.headers)


@pytest.mark.parametrize(
    "name",
    [
        "..%2Fapp.py",
        "%2e%2e%2fapp.py",
        "..%5capp.py",
        "%2Fetc%2Fpasswd",
        "manifest.json",
        "style.css%00",
        ".",
    ],
)
def test_only_built_files_are_static(client, name: str) -> None:
    """A name that Vite did not write is not found, wherever it points."""
    assert client.get(f"/static/{name}").status_code in {404, 307}


@pytest.mark.parametrize(
    "path",
    [
        "/page/project/..%2F..%2Fcurrent",
        "/data/project/..%2F..%2Fcurrent.ttl",
        "/questions/..%2Fexport%2Fprojects.csv",
        "/findings/..%2F..",
        "/sitemaps/..%2F1.xml",
        "/?release=..%2F..",
        "/page/region/130636?release=../..",
    ],
)
def test_no_other_route_leads_out(client, path: str) -> None:
    """Dots and slashes in keys, names and versions are names that nothing has."""
    assert client.get(path).status_code in {200, 400, 404}
    assert "releases/" not in client.get(path).headers.get("location", "")
    assert client.get(path).status_code != 200 or path.startswith("/?")


@pytest.mark.parametrize(
    ("path", "led"), [("/dumps?lang=en", "/dumps/?lang=en"), ("/releases/", "/releases")]
)
def test_a_slash_too_few_or_too_many_leads_to_a_path(client, path: str, led: str) -> None:
    """The redirect has no host in it, so that nobody can be led elsewhere by an answer that was kept."""
    answer = client.get(path, headers={"Host": "evil.example"})
    assert answer.status_code == 307
    assert answer.headers["location"] == led


def _hostile(lines: list[str]) -> list[str]:
    """The statements with hostile words in every text that people read."""
    literal = str(ox.Literal(HOSTILE))[1:-1]
    made = []
    for line in lines:
        subject, predicate, rest = line.split(" ", 2)
        if rest.startswith('"') and _TEXTS.search(predicate):
            rest = f'"{literal}{rest[1:]}'
        made.append(f"{subject} {predicate} {rest}")
    return made


def test_no_page_of_any_kind_runs_what_a_document_says(connect, tmp_path: Path) -> None:
    """With tags, quotes and signs that turn the direction in every text, pages, hints and files hold it as text."""
    from_fixture = Path(__file__).parent / "release.ttl"
    lines = [
        f"{one.subject} {one.predicate} {one.object} ."
        for one in ox.parse(from_fixture.read_text(encoding="utf-8"), format=ox.RdfFormat.TURTLE)
    ]
    built = build_release(tmp_path, _hostile(lines), BASE, f"{BASE}ontology#", Account())
    addresses = sorted(
        {
            line[1 : line.index(">")].removeprefix(f"{BASE}id/")
            for line in built.release.statements()
            if line.startswith(f"<{BASE}id/")
        }
    )
    kinds = {}
    for address in addresses:
        kinds.setdefault(address.split("/")[0], []).append(address)
    seen = 0
    with connect(Settings(data=str(tmp_path), sparql_processes=1)) as client:
        pages = [f"/page/{quote(one)}" for some in kinds.values() for one in some[:4]]
        for page in [
            *pages,
            "/",
            f"/search?q={quote('<script>')}",
            f"/resolve?q={quote(HOSTILE)}",
            "/questions",
        ]:
            for language in ("zh", "en"):
                answer = client.page(f"{page}{'&' if '?' in page else '?'}lang={language}")
                assert answer.status_code in {200, 300, 303, 404}, page
                seen += "&lt;script&gt;alert(1)" in answer.text
                assert "<script>alert" not in answer.text, page
                assert "<img src=x" not in answer.text, page
                assert "script-src 'self'" in answer.headers["content-security-policy"], page
    assert seen > len(kinds)
