"""No name and no telephone number of a contact is in any output, whatever the format of the document it stood in."""

from __future__ import annotations

import gzip
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from fundtrace.cli.main import main
from fundtrace.index import INDEX
from fundtrace.reading import read
from fundtrace.release import Release, open_release
from fundtrace.settings import Settings
from fundtrace_server.app import create_app

NAMES = ("欧阳翡翠", "司徒琉璃", "诸葛玛瑙", "慕容琥珀", "上官珊瑚")
NUMBERS = ("13712345678", "0312-7654321", "0930-6543217", "7654329", "sheren@example.org")
ROW = ("填报人", NAMES[1], "联系电话", NUMBERS[0])
TEXT = f"联系人：{NAMES[0]} 联系电话：{NUMBERS[1]}，经办人：{NAMES[2]} 电话：{NUMBERS[3]}，邮箱 {NUMBERS[4]}"

DOCUMENTS = os.environ.get("FUNDTRACE_DOCUMENTS", "")
_NAMED = re.compile(
    r"(?:联系人|经办人|填报人|项目负责人及联系电话|项目负责人)[:：\s]+([\u4e00-\u9fff]{2,4})(?=[\s\d]|$)"
)
_CALLED = re.compile(r"(?:联系电话|电话|手机)\D{0,12}?(1[3-9]\d{9}|0\d{2,3}[-—]\d{7,8}|\d{7,8})(?!\d)")


def _text(samples: Path) -> str:
    text = (samples / "hezheng-2024.txt").read_text(encoding="utf-8")
    assert "张某 0930-0000000" in text
    return text.replace("张某 0930-0000000", f"{NAMES[3]} {NUMBERS[2]}") + f"\n{TEXT}\n"


def _markdown(samples: Path) -> str:
    text = (samples / "funing-2020.md").read_text(encoding="utf-8")
    row = f"| {' | '.join(ROW)} |  |  |  |\n"
    return f"{text.rstrip()}\n{row}\n{TEXT}\n"


def _page(samples: Path) -> str:
    text = (samples / "baigou-2022.html").read_text(encoding="utf-8")
    cells = "".join(f"<td>{cell}</td>" for cell in (*ROW, "", "", ""))
    assert "</table>" in text
    assert "</main>" in text
    return text.replace("</table>", f"<tr>{cells}</tr></table>").replace("</main>", f"<p>{TEXT}</p></main>")


def _word(samples: Path) -> bytes:
    def paragraph(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    row = "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in (*ROW[:2], "经办人", NAMES[4], *ROW[2:]))
    made = BytesIO()
    with zipfile.ZipFile(samples / "shunping-2021.docx") as given, zipfile.ZipFile(made, "w") as written:
        for part in given.namelist():
            content = given.read(part)
            if part == "word/document.xml":
                text = content.decode().replace("</w:tbl>", f"<w:tr>{row}</w:tr></w:tbl>")
                content = text.replace("<w:body>", f"<w:body>{paragraph(TEXT)}", 1).encode()
            written.writestr(part, content)
    return made.getvalue()


@pytest.fixture(scope="module")
def folder(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples with contacts written into them, in text, Markdown, a web page and Word."""
    made = tmp_path_factory.mktemp("contacts")
    (made / "a.txt").write_text(_text(samples), encoding="utf-8")
    (made / "b.md").write_text(_markdown(samples), encoding="utf-8")
    (made / "c.html").write_text(_page(samples), encoding="utf-8")
    (made / "d.docx").write_bytes(_word(samples))
    return made


def _run(*arguments: str) -> bytes:
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    return done.stdout_bytes + done.stderr_bytes


@pytest.fixture(scope="module")
def built(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """The data folder of a build with dumps, and what the build said: on the terminal and in its log."""
    top = tmp_path_factory.mktemp("built")
    told = _run(
        "build", "--jobs", "1", "--log-json", str(top / "log"), "--data", str(top / "data"), str(folder)
    )
    return top / "data", told + (top / "log").read_bytes()


def _files(data: Path) -> Iterator[tuple[str, bytes]]:
    """What every file of a data folder says: packed ones unpacked, the index and the store as text."""
    for path in sorted(data.rglob("*")):
        if not path.is_file() or "store" in path.parts:
            continue
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
        elif "records" in path.parts:
            content = zlib.decompress(content.partition(b"\n")[2])
        yield path.relative_to(data).as_posix(), content


def _found(content: bytes, secrets: tuple[str, ...]) -> list[str]:
    """Which of the names and numbers are in bytes, written plainly, escaped, or parted as the full text keeps them."""
    return [
        secret
        for secret in secrets
        if any(
            form.encode() in content
            for form in (
                secret,
                json.dumps(secret)[1:-1],
                secret.encode("ascii", "xmlcharrefreplace").decode(),
                " ".join(secret),
            )
        )
    ]


SECRETS = (*NAMES, *NUMBERS)


def test_the_contacts_are_in_what_was_read(folder: Path) -> None:
    """Every variant prints contacts, and the readers see them: what follows would find them if nothing withheld them."""
    for path in sorted(folder.iterdir()):
        seen = repr(read(path)).encode()
        assert len(_found(seen, SECRETS)) >= 5, path.name


def test_no_record_holds_a_contact(folder: Path) -> None:
    """`inspect`, for people and as JSON, says that contacts were withheld and never whose."""
    for path in sorted(folder.iterdir()):
        printed = _run("inspect", str(path), "--json")
        assert _found(printed + _run("inspect", str(path)), SECRETS) == []
        assert "contact-withheld" in {finding["code"] for finding in json.loads(printed)["findings"]}


def test_no_file_of_a_release_holds_a_contact(built: tuple[Path, bytes]) -> None:
    """Statements, dumps in every format, descriptions, index, kept records, ledger, log and terminal."""
    data, told = built
    assert _found(told, SECRETS) == []
    kinds = set()
    for name, content in _files(data):
        kinds.add(name.partition("/")[0] if "/dumps/" not in name else name.partition(".")[2])
        assert _found(content, SECRETS) == [], name
    assert kinds >= {"records", "releases", "ledger", "ttl.gz", "nt.gz", "nq.gz", "jsonld.gz", "rdf.gz"}
    release = open_release(data)
    assert len(release.store) == release.info.statements
    assert (
        _found(
            release.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()) or b"", SECRETS
        )
        == []
    )
    assert _found((release.path / INDEX).read_bytes(), ("联系电话",)) == ["联系电话"], (
        "the index must be legible to this test"
    )


def test_no_export_holds_a_contact(built: tuple[Path, bytes], tmp_path: Path) -> None:
    """Formats and tables of `export`, workbooks looked into."""
    data, _ = built
    for form in ("turtle", "jsonld", "rdfxml"):
        assert _found(_run("export", "--format", form, "--data", str(data)), SECRETS) == [], form
    for table in ("projects", "documents", "projects-and-documents"):
        assert _found(_run("export", "--format", "csv", "--table", table, "--data", str(data)), SECRETS) == []
        file = tmp_path / f"{table}.xlsx"
        _run("export", "--format", "xlsx", "--table", table, "--output", str(file), "--data", str(data))
        with zipfile.ZipFile(file) as book:
            assert _found(b"".join(book.read(part) for part in book.namelist()), SECRETS) == []


def _addresses(release: Release) -> list[str]:
    """The pages of all rows and findings that were withheld from, and some of every other kind."""
    found: dict[str, list[str]] = {}
    for line in release.statements():
        path = line[1 : line.index(">")].removeprefix(release.base)
        if path.startswith("id/") and path not in found.setdefault(path.split("/")[1], [])[-1:]:
            found[path.split("/")[1]].append(path)
    withheld = {
        line[1 : line.index(">")].removeprefix(release.base)
        for line in release.statements()
        if '"contact-withheld"' in line or "［已略］" in line
    }
    some = {path for paths in found.values() for path in (*paths[:2], *paths[-1:])}
    return sorted(withheld | some)


def test_no_answer_of_the_server_holds_a_contact(built: tuple[Path, bytes], folder: Path) -> None:
    """Pages, data, search, resolving, GraphQL, SPARQL, questions and /inspect; whoever asks for a name finds nothing."""
    data, _ = built
    with TestClient(
        create_app(Settings(data=str(data), sparql_processes=1)), base_url="http://server.test"
    ) as client:
        for path in _addresses(open_release(data)):
            for face in ("page", "data"):
                address = "/" + path.replace("id/", f"{face}/", 1) + (".ttl" if face == "data" else "")
                answer = client.get(address)
                assert answer.status_code == 200, address
                assert _found(answer.content, SECRETS) == [], address
        for path in (
            "/",
            "/questions",
            "/releases",
            "/catalog",
            "/.well-known/void",
            "/graphql/schema.graphql",
        ):
            assert _found(client.get(path).content, SECRETS) == [], path
        for secret in SECRETS:
            told = client.get("/search", params={"q": secret, "format": "json"}).json()
            assert '"label"' not in json.dumps(told), secret
            assert client.get("/resolve", params={"q": secret}).status_code == 404
            asked = {
                "query": "query($t: String!) { search(text: $t) { totalCount } }",
                "variables": {"t": secret},
            }
            assert client.post("/graphql", json=asked).json()["data"]["search"]["totalCount"] == 0
            query = f'ASK {{ ?s ?p ?o FILTER(CONTAINS(STR(?o), "{secret}")) }}'
            assert client.get("/sparql", params={"query": query}).json()["boolean"] is False
        for path in sorted(folder.iterdir()):
            answer = client.post("/inspect", files={"file": (path.name, path.read_bytes())})
            assert answer.status_code == 200
            assert _found(answer.content, SECRETS) == []


@pytest.mark.documents
@pytest.mark.skipif(not DOCUMENTS, reason="FUNDTRACE_DOCUMENTS names no folder")
def test_the_published_documents_lose_their_contacts(tmp_path: Path) -> None:
    """What stands behind the labels of contacts in their text is in no file of their release."""
    secrets: set[str] = set()
    named: list[str] = []
    for path in sorted(Path(DOCUMENTS).glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        if found := {*_NAMED.findall(text), *_CALLED.findall(text)}:
            secrets |= found
            named.append(str(path))
    if not named:
        pytest.skip("the documents print no contact")
    data, log = tmp_path / "data", tmp_path / "log"
    _run("build", "--jobs", "1", "--data", str(data), "--log-json", str(log), *named)
    for name, content in [("log", log.read_bytes()), *_files(data)]:
        # Only their number is told: a message of this test must not name anybody either.
        assert len(_found(content, tuple(sorted(secrets)))) == 0, name
