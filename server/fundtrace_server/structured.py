"""What search engines understand of a page: schema.org in JSON-LD, as a data block, which is never executed."""

from __future__ import annotations

import json

from markupsafe import Markup

from fundtrace.release import Release, dumps
from fundtrace.settings import Settings
from fundtrace_server.addresses import page_path
from fundtrace_server.description import Description
from fundtrace_server.linker import encode_path

_TYPES = {
    "FundingDocument": "CreativeWork",
    "SourceDocument": "DigitalDocument",
    "BudgetTable": "Dataset",
    "Project": "Project",
    "Region": "AdministrativeArea",
    "Department": "GovernmentOrganization",
    "BudgetUnit": "GovernmentOrganization",
    "Agency": "GovernmentOrganization",
}
"""Classes of ours that schema.org has a type for."""

_CONTEXT = "https://schema.org"


def dataset(release: Release, name: str, description: str, settings: Settings) -> Markup:
    """The release as a data set, with its files, and with publisher and licence where they are set."""
    told: dict[str, object] = {
        "@type": "Dataset",
        "@id": _dataset(release),
        "name": name,
        "description": description,
        "url": release.base,
        "version": release.version,
        "dateModified": release.info.created,
        "inLanguage": "zh",
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": f"{release.base}dumps/{one.file}",
                "encodingFormat": one.form.media_type,
                "contentSize": f"{one.size} B",
            }
            for one in dumps(release)
        ],
    }
    if settings.publisher:
        told["creator"] = {"@type": "Organization", "name": settings.publisher}
    if "://" in settings.licence:
        told["license"] = settings.licence
    return _block(told)


def _dataset(release: Release) -> str:
    return f"{release.base}catalog#dataset"


def thing(release: Release, description: Description, language: str) -> Markup | None:
    """An entity, where schema.org has a type for its class."""
    kind = _TYPES.get(description.class_of() or "")
    path = page_path(description.iri, release.base)
    if kind is None or path is None:
        return None
    told: dict[str, object] = {
        "@type": kind,
        "@id": description.iri,
        "name": description.label(language=language),
        "url": release.base + encode_path(path).removeprefix("/"),
    }
    identifier = description.text("number") or description.text("code")
    titles = description.texts("title")
    if kind == "Dataset":
        told["description"] = "、".join([*titles, *description.texts("note")]) or description.label()
    if kind in {"Dataset", "DigitalDocument"}:
        told["isPartOf"] = {"@id": _dataset(release)}
    if identifier:
        told["identifier"] = identifier
    if titles:
        told["alternateName"] = titles if len(titles) > 1 else titles[0]
    return _block(told)


def _block(told: dict[str, object]) -> Markup:
    """JSON that cannot end the element it stands in, whatever names it holds."""
    text = json.dumps({"@context": _CONTEXT, **told}, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - the signs that HTML looks at are escaped
