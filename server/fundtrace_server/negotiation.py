"""Content negotiation: which of the offered media types or languages a request likes best (RFC 9110, section 12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Preference:
    """One element of an `Accept` header: a range such as `text/*` and its weight, 0 to 1."""

    value: str
    weight: float


def parse_preferences(header: str) -> tuple[Preference, ...]:
    """The elements of an `Accept` header, in printed order.

    An element whose weight cannot be read has the weight 0; parameters other than `q` are left out.
    """
    found = []
    for element in header.split(","):
        value, *parameters = [part.strip() for part in element.split(";")]
        if value:
            found.append(Preference(value.lower(), _weight(parameters)))
    return tuple(found)


def best_media_type(accept: str | None, offered: Sequence[str]) -> str | None:
    """The offered media type that the header likes best; ties go to the one offered first.

    The most specific range that fits a type decides its weight. No header means anything; None means that
    nothing offered is acceptable.
    """
    if accept is None or not accept.strip():
        return offered[0] if offered else None
    preferences = parse_preferences(accept)
    weights = [_media_weight(preferences, media_type) for media_type in offered]
    best = max(weights, default=0.0)
    return offered[weights.index(best)] if best > 0 else None


def prefers_html(accept: str | None) -> bool:
    """Whether a request names HTML itself, as browsers do and programs do not."""
    named = {preference.value for preference in parse_preferences(accept or "") if preference.weight > 0}
    return bool(named & {"text/html", "application/xhtml+xml"})


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                weight = float(value)
            except ValueError:
                return 0.0
            return weight if 0 <= weight <= 1 else 0.0
    return 1.0


def _media_weight(preferences: Sequence[Preference], media_type: str) -> float:
    ranges = (media_type, f"{media_type.split('/')[0]}/*", "*/*")
    for wanted in ranges:
        weights = [preference.weight for preference in preferences if preference.value == wanted]
        if weights:
            return max(weights)
    return 0.0
