"""The entity that a request names, and what to say when the release has it no more or never had."""

from __future__ import annotations

from starlette.requests import Request

from fundtrace.release import lookup
from fundtrace.settings import Settings
from fundtrace_server.addresses import Address, address_of, read_address
from fundtrace_server.description import Description, describe
from fundtrace_server.holding import CURRENT_KEY, serving_of
from fundtrace_server.linker import linker_of, route_path
from fundtrace_server.problems import Problem, not_found


def requested_address(request: Request) -> Address:
    """The entity that a path names. Raises `Problem` 404 for what no entity can be named."""
    kind, key = request.path_params["kind"], request.path_params["key"]
    address = read_address(kind, key)
    if address is None:
        raise not_found(f"{kind}/{key}")
    return address


def described(request: Request, address: Address) -> Description:
    """What the release says of an entity.

    Raises `Problem` when it says nothing: 410 for what an earlier release told and none tells now, 301 to the same face of
    what took its place, 404 for what never was.
    """
    release = serving_of(request).release
    description = describe(release, address.iri(release).value)
    if not description.exists:
        raise _absent(request, address)
    return description


def check_told(request: Request, address: Address) -> None:
    """Raises what `described` raises, without reading what the release says."""
    release = serving_of(request).release
    if next(iter(release.store.quads_for_pattern(address.iri(release), None, None)), None) is None:
        raise _absent(request, address)


def _absent(request: Request, address: Address) -> Problem:
    release = serving_of(request).release
    path = f"{address.kind}/{address.key}"
    if request.scope.get(CURRENT_KEY, release.version) != release.version:
        return not_found(path)  # what became of an IRI is told of the current release alone
    settings: Settings = request.app.state.settings
    standing = lookup(settings.data_path, address.iri(release).value)
    if standing.state == "gone":
        return Problem(
            410,
            "gone",
            f"“{standing.label}”（{path}）已不在数据中，最后见于版本 {standing.release}",
            f"{standing.label} ({path}) is no longer in the data; the last release that told of it was {standing.release}",
            details={"iri": address.iri(release).value, "label": standing.label, "release": standing.release},
        )
    successor = address_of(standing.to, release.base) if standing.state == "moved" and standing.to else None
    if successor is None:
        return not_found(path)
    face = route_path(request).split("/", 2)[1]
    suffix = f".{request.path_params['suffix']}" if "suffix" in request.path_params else ""
    location = linker_of(request).file(f"/{face}/{successor.kind}/{successor.key}{suffix}")
    query = f"?{request.url.query}" if request.url.query else ""
    return Problem(
        301,
        "moved",
        f"{path} 现为 {successor.kind}/{successor.key}",
        f"{path} is now {successor.kind}/{successor.key}",
        headers={"Location": location + query},
        details={"iri": successor.iri(release).value},
    )
