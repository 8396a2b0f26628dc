"""Settings: flag beats environment beats file beats default."""

from __future__ import annotations

from pathlib import Path

import pytest

from fundtrace import settings
from fundtrace.errors import UsageError


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    """A settings file that sets the port and the base."""
    file = tmp_path / "fundtrace.toml"
    file.write_text('port = 8100\nbase = "https://data.example.org/"\n', encoding="utf-8")
    return file


def test_defaults_hold_where_nothing_is_said(tmp_path: Path) -> None:
    """Without flags, variables and file, the table's defaults hold."""
    loaded = settings.load({}, {}, tmp_path / "absent.toml")
    assert (loaded.port, loaded.base, str(loaded.data_path)) == (8000, "http://localhost:8000/", "data")


def test_a_flag_beats_the_environment_which_beats_the_file(toml: Path) -> None:
    """Each source overrides the one below it."""
    environ = {"FUNDTRACE_PORT": "8200", "FUNDTRACE_WORKERS": "3"}
    assert settings.load({}, {}, toml).port == 8100
    assert settings.load({"port": None}, environ, toml).port == 8200
    loaded = settings.load({"port": 8300}, environ, toml)
    assert (loaded.port, loaded.workers, loaded.base) == (8300, 3, "https://data.example.org/")


def test_the_namespace_follows_the_base_unless_it_is_set() -> None:
    """Publishers may share one vocabulary by setting the namespace."""
    assert settings.load({}, {}).ontology_namespace == "http://localhost:8000/ontology#"
    shared = settings.load({"namespace": "https://vocab.example.org/#"}, {})
    assert shared.ontology_namespace == "https://vocab.example.org/#"


@pytest.mark.parametrize(
    "base",
    ["ftp://a/", "https://a.example", "nonsense/", "https:///", "https://a.example/ b/", "https://a/?q=/"],
)
def test_a_base_that_cannot_begin_an_iri_is_refused(base: str) -> None:
    """The base must be an http(s) address that ends in a slash."""
    with pytest.raises(UsageError, match="setting-base"):
        settings.load({"base": base}, {})


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("licence", "https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
        ("contact", "data@example.org", "somebody"),
        ("contact", "https://example.org/contact", "mailto:data@example.org"),
        ("periodicity", "annual", "每年"),
    ],
)
def test_what_a_publisher_says_must_fit_a_catalogue(name: str, right: str, wrong: str) -> None:
    """Licence and contact have addresses, the frequency is one of a known list; empty is not set."""
    assert getattr(settings.load({name: right}, {}), name) == right
    assert getattr(settings.load({}, {}), name) == ""
    with pytest.raises(UsageError, match=f"setting-{name}"):
        settings.load({name: wrong}, {})


def test_a_count_below_one_is_refused() -> None:
    """A server without processes cannot serve."""
    with pytest.raises(UsageError, match="workers"):
        settings.load({"workers": 0}, {})


def test_workers_answer_from_memory_or_from_disk() -> None:
    """Or from what fits the size; anything else is refused with the choices."""
    assert settings.load({}, {}).sparql_storage == "auto"
    assert settings.load({}, {"FUNDTRACE_SPARQL_STORAGE": "disk"}).sparql_storage == "disk"
    with pytest.raises(UsageError, match="auto, memory, disk"):
        settings.load({"sparql_storage": "tape"}, {})


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("proxy_header", "x-real-ip", "setting-choice"),
        ("request_ids", "mine", "setting-choice"),
        ("log_format", "xml", "setting-choice"),
        ("sparql_storage", "tape", "setting-storage"),
        ("trusted_proxies", "the proxy", "setting-proxies"),
        ("rate_limit", -1.0, "setting-range"),
        ("rate_limit", float("nan"), "setting-range"),
        ("rate_burst", 0, "setting-range"),
        ("head_seconds", 0.0, "setting-range"),
    ],
)
def test_what_a_server_cannot_do_is_refused_at_start(name: str, value: object, code: str) -> None:
    """A choice that there is not, a network that is none, a number that bounds nothing."""
    with pytest.raises(UsageError, match=code) as caught:
        settings.load({name: value}, {})
    assert caught.value.subject == name


def test_an_unknown_name_in_the_file_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    """A misspelt setting must not be ignored."""
    file = tmp_path / "fundtrace.toml"
    file.write_text("prot = 1\n", encoding="utf-8")
    with pytest.raises(UsageError, match="prot"):
        settings.load({}, {}, file)


@pytest.mark.parametrize("text", ["port = ", "\udcff"])
def test_a_broken_settings_file_is_an_error(tmp_path: Path, text: str) -> None:
    """Broken TOML and broken UTF-8 are reported with the file's name."""
    file = tmp_path / "fundtrace.toml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(UsageError, match="setting-file"):
        settings.load({}, {}, file)


@pytest.mark.parametrize(("name", "value"), [("port", "eight"), ("sparql_seconds", "soon")])
def test_a_variable_of_the_wrong_type_is_an_error_that_names_it(name: str, value: str) -> None:
    """A number must be a number."""
    with pytest.raises(UsageError, match=f"FUNDTRACE_{name.upper()}"):
        settings.load({}, {f"FUNDTRACE_{name.upper()}": value})


@pytest.mark.parametrize(("told", "meant"), [("1", True), ("TRUE", True), ("no", False), ("0", False)])
def test_yes_or_no_is_read_from_words_and_from_the_file(tmp_path: Path, told: str, meant: bool) -> None:
    """A variable says it in words; TOML has a type for it."""
    assert settings.load({}, {"FUNDTRACE_GRAPHQL_EXPLAIN": told}).graphql_explain is meant
    file = tmp_path / "fundtrace.toml"
    file.write_text(f"graphql_explain = {str(meant).lower()}\n", encoding="utf-8")
    assert settings.load({}, {}, file).graphql_explain is meant


def test_what_is_neither_yes_nor_no_is_an_error() -> None:
    """It names the variable."""
    with pytest.raises(UsageError, match="FUNDTRACE_GRAPHQL_EXPLAIN"):
        settings.load({}, {"FUNDTRACE_GRAPHQL_EXPLAIN": "perhaps"})


def test_a_boolean_in_the_file_is_no_number(tmp_path: Path) -> None:
    """`port = true` is a mistake, not port 1."""
    file = tmp_path / "fundtrace.toml"
    file.write_text("port = true\n", encoding="utf-8")
    with pytest.raises(UsageError, match="setting-type"):
        settings.load({}, {}, file)


def test_every_setting_is_described_in_both_languages() -> None:
    """The table for people has a meaning in Chinese and English for each setting."""
    rows = settings.describe()
    assert {row[0] for row in rows} >= {"data", "base", "port", "workers", "jobs"}
    assert all(zh and en for _, _, zh, en in rows)
