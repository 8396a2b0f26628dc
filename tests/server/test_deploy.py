"""The files of `server/deploy`: what they run, name and expose exists and is confined, and the arithmetic of sizing holds."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from configparser import RawConfigParser
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

import fundtrace_server
from fundtrace.cli import main
from fundtrace.settings import Settings

DEPLOY = Path(__file__).parents[2] / "server" / "deploy"
CREDENTIALS = {"STORE_USER", "STORE_PASSWORD", "STORE_TOKEN"}
SIZES = (1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 5_000_000_000)


def text_of(name: str) -> str:
    """A file of the folder."""
    return (DEPLOY / name).read_text(encoding="utf-8")


def check_command(words: list[str]) -> None:
    """Raises what the command line says of words that it does not take."""
    command: click.Command = main
    context = click.Context(main, info_name="fundtrace")
    while isinstance(command, click.Group):
        found = command.get_command(context, words[0])
        assert found is not None, words
        command, words = found, words[1:]
    command.make_context("fundtrace", list(words))


def manifests() -> list[dict[str, Any]]:
    """What Kubernetes is asked for."""
    return [one for one in yaml.safe_load_all(text_of("kubernetes.yml")) if one]


def pods() -> Iterator[dict[str, Any]]:
    """The pods of the deployment and of the job."""
    for one in manifests():
        spec = one["spec"].get("jobTemplate", one)["spec"]
        if "template" in spec:
            yield spec["template"]["spec"]


def containers() -> list[dict[str, Any]]:
    """All containers, those that begin a pod too."""
    return [one for pod in pods() for one in [*pod.get("initContainers", []), *pod["containers"]]]


def commands() -> list[list[str]]:
    """Every command of fundtrace in the folder."""
    services = yaml.safe_load(text_of("compose.yml"))["services"]
    found = [list(one["command"]) for one in services.values() if one["image"] == "fundtrace"]
    found += [list(one["args"]) for one in containers()]
    unit = re.findall(r"^ExecStart=(.*)$", text_of("fundtrace.service"), re.MULTILINE)
    found += [shlex.split(one)[1:] for one in unit]
    told = re.findall(r"^ +(?:\w+=\S+ )*fundtrace (\S.*)$", text_of("README.md"), re.MULTILINE)
    return found + [shlex.split(one) for one in told]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_is_one_that_the_command_line_takes(words: list[str]) -> None:
    """With all its flags."""
    check_command(words)


@pytest.mark.parametrize("path", sorted(DEPLOY.iterdir()), ids=lambda path: str(path.name))
def test_every_setting_that_is_named_exists(path: Path) -> None:
    """Of the environment: settings, credentials, and what compose asks for."""
    known = {one.name.upper() for one in fields(Settings)} | CREDENTIALS | {"FOLDER", "RENEW_GOLDEN"}
    assert set(re.findall(r"FUNDTRACE_([A-Z_]+)", path.read_text(encoding="utf-8"))) <= known


def test_containers_are_confined() -> None:
    """No root, no writable root file system, no capabilities; the store is not reached from outside, and only the builder writes."""
    compose = yaml.safe_load(text_of("compose.yml"))
    for service in compose["services"].values():
        if service["image"] == "fundtrace":
            assert (service["user"], service["read_only"], service["cap_drop"]) == ("10001", True, ["ALL"])
            assert service["command"][0] == "build" or all(one.endswith(":ro") for one in service["volumes"])
    assert "ports" not in compose["services"]["store"]
    assert compose["networks"]["inner"]["internal"] is True
    assert all(port.startswith("127.0.0.1:") for port in compose["services"]["server"]["ports"])
    for pod in pods():
        assert (pod["securityContext"]["runAsNonRoot"], pod["securityContext"]["runAsUser"]) == (True, 10001)
        assert pod["automountServiceAccountToken"] is False
    for one in containers():
        context = one["securityContext"]
        assert (context["readOnlyRootFilesystem"], context["allowPrivilegeEscalation"]) == (True, False)
        assert context["capabilities"] == {"drop": ["ALL"]}
        assert "memory" in one["resources"]["limits"]
    assert "USER 10001" in text_of("Containerfile")


def test_replicas_share_one_folder_that_only_the_job_writes() -> None:
    """What is mounted is claimed, and the replicas mount it read-only; probes ask routes that exist."""
    (serve,) = (one for one in containers() if one["args"][0] == "serve")
    claims = {one["metadata"]["name"] for one in manifests() if one["kind"] == "PersistentVolumeClaim"}
    for pod in pods():
        volumes = {one["name"]: one for one in pod["volumes"]}
        asked = {
            one["persistentVolumeClaim"]["claimName"]
            for one in volumes.values()
            if len(one) == 2 and "emptyDir" not in one
        }
        assert asked <= claims
        for one in [*pod.get("initContainers", []), *pod["containers"]]:
            assert {mount["name"] for mount in one["volumeMounts"]} <= set(volumes)
    mounts = {one["mountPath"]: one.get("readOnly", False) for one in serve["volumeMounts"]}
    assert mounts == {"/data": True, "/tmp": False}
    probes = {serve[f"{name}Probe"]["httpGet"]["path"] for name in ("startup", "readiness", "liveness")}
    assert probes <= routes()


def routes() -> set[str]:
    """The paths of the server, which another test compares with what it answers."""
    listed = yaml.safe_load(
        Path(fundtrace_server.__file__).with_name("openapi.yml").read_text(encoding="utf-8")
    )
    return set(listed["paths"])


def test_the_unit_is_one() -> None:
    """Its sections parse, and nothing in it may write."""
    unit = RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign] # the documented way to keep case
    unit.read_string(text_of("fundtrace.service"))
    assert set(unit.sections()) == {"Unit", "Service", "Install"}
    service = unit["Service"]
    assert (service["ProtectSystem"], service["NoNewPrivileges"]) == ("strict", "yes")
    assert (service["DynamicUser"], service["CapabilityBoundingSet"]) == ("yes", "")
    assert "ReadWritePaths" not in service


@pytest.mark.parametrize("name", ["nginx-serve.conf", "nginx.conf"])
def test_the_proxy_is_configured_in_whole_directives(name: str) -> None:
    """Every directive ends, every block closes, and what is passed on leads to routes of the server."""
    bare = re.sub(r'"[^"\n]*"', '""', re.sub(r"(?m)(^|\s)#.*$", "", text_of(name)))
    depth, begun = 0, ""
    for sign in re.findall(r"[{};]|[^{};]+", re.sub(r"\$\{\w+\}|\(\?<\w+>|\{\d+(,\d*)?\}", "", bare)):
        if sign in "{};":
            assert begun.strip() or sign == "}", begun
            assert sign != "}" or not begun.strip(), begun
            depth += {"{": 1, "}": -1, ";": 0}[sign]
            assert depth >= 0
            begun = ""
        else:
            begun += sign
    assert depth == 0
    assert not begun.strip()
    if "proxy_pass" in bare:
        (streamed,) = re.findall(r"location ~ \^/\(([\w|]+)\)\$", bare)
        assert {f"/{one}" for one in streamed.split("|")} | {"/metrics"} <= routes()
        assert "proxy_buffering off" in bare
        assert "ssl_certificate" in bare


def test_the_image_is_made_of_files_that_exist() -> None:
    """What is copied stands in the repository and is not left out."""
    kept = {line[1:] for line in text_of("Containerfile.dockerignore").splitlines() if line.startswith("!")}
    root = DEPLOY.parents[1]
    assert all((root / name).exists() for name in kept)
    for source in re.findall(r"^COPY (?!--from)(\S+)", text_of("Containerfile"), re.MULTILINE):
        assert source == "." or source.split("/")[0] in kept


def computed(figures: dict[str, float]) -> Iterator[str]:
    """The rows of the arithmetic."""
    for size in SIZES:
        documents = size / figures["document"]
        cells = [
            documents,
            documents * figures["read"] / 3600,
            size / figures["build"] / 3600,
            *(size * figures[name] / 1e9 for name in ("store", "index", "memory")),
            size / figures["push"] / 3600,
            size * figures["remote"] / 1e9,
        ]
        yield (
            "| "
            + " | ".join([_shown(size, 0), _shown(documents, 0), *(_shown(one) for one in cells[1:])])
            + " |"
        )


def _shown(number: float, digits: int | None = None) -> str:
    """Two significant digits, or whole; thousands apart."""
    places = (2 if number < 1 else 1 if number < 10 else 0) if digits is None else digits
    return f"{number:,.{places}f}".replace(",", " ")


def test_the_golden_arithmetic_of_sizing_follows_from_its_figures() -> None:
    """The table is what the named figures give."""
    text = text_of("sizing.md")
    figures = {
        name: float(figure.replace(" ", ""))
        for name, figure in re.findall(r"^\| `(\w+)` \| ([\d .]+) \|", text, re.MULTILINE)
    }
    table = re.compile(r"(\| statements \| documents \|[^\n]*\n\| --- [^\n]*\n)((?:\|[^\n]*\n)*)")
    fresh = table.sub(lambda found: found[1] + "\n".join(computed(figures)) + "\n", text)
    if os.environ.get("FUNDTRACE_RENEW_GOLDEN"):
        (DEPLOY / "sizing.md").write_text(fresh, encoding="utf-8")
    assert text_of("sizing.md") == fresh
