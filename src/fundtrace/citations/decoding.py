"""What an issuer code says of its agency, as far as the published lists go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from fundtrace.citations.codelists import Area, Ground, Level, ListedCode, Organ, agencies, scoped_issuers
from fundtrace.citations.folding import squeeze

_Lettered = TypeVar("_Lettered", Area, Organ)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerDecoding:
    """An issuer code, decoded.

    `field` is the business that the letters name, no proof of a division of that name. `unknown` holds letters that
    no list explains. `ground`: said (a text named the agency beside the number), rule (by composition), table (a
    published table of codes). `joint`: issued with other agencies, of which `agency` is the first.
    """

    code: str
    agency: str
    level: Level
    region: str | None
    field: str | None
    kind: str | None
    joint: bool
    ground: Ground
    unknown: str


def decode_issuer(code: str) -> IssuerDecoding | None:
    """The agency behind an issuer code; None when the lists do not know it or several agencies use it.

    >>> decode_issuer("冀财社").agency, decode_issuer("冀财社").field
    ('河北省财政厅', '社会保障')
    >>> decode_issuer("宁政发") is None
    True
    """
    return _decode(squeeze(code).text)


def possible_agencies(code: str) -> tuple[str, ...]:
    """The agencies that a code may belong to when it is known to be ambiguous; empty otherwise.

    >>> possible_agencies("宁政发")
    ('南京市人民政府', '宁夏回族自治区人民政府')
    """
    code = squeeze(code).text
    if _listed(code) is not None:
        return ()
    for entry in agencies().ambiguous:
        if code == entry.code or (entry.prefix and code.startswith(entry.code)):
            return entry.may_be
    return ()


def is_scoped(code: str) -> bool:
    """Whether many places use this code without an area, so that its numbers are told apart by region.

    >>> is_scoped("政办"), is_scoped("冀政办"), is_scoped("省政府令")
    (True, False, True)
    """
    code = squeeze(code).text
    scoped = scoped_issuers()
    return code in scoped.codes or code.startswith(scoped.relative)


@lru_cache(maxsize=4096)
def _decode(code: str) -> IssuerDecoding | None:
    listed = _listed(code)
    if listed is not None:
        rest = code[len(listed.code) :] if listed.prefix else ""
        kind, rest = (rest, "") if rest in agencies().kinds else (listed.kind, rest)
        return IssuerDecoding(
            code=code, agency=listed.agency, level=listed.level, region=listed.region, field=listed.field,
            kind=kind, joint=listed.joint, ground=listed.ground, unknown=rest,
        )  # fmt: skip
    if possible_agencies(code):
        return None
    return _composed(code)


def _listed(code: str) -> ListedCode | None:
    prefixed = None
    for entry in agencies().codes:
        if code == entry.code:
            return entry
        if entry.prefix and code.startswith(entry.code):
            prefixed = entry
    return prefixed


def _composed(code: str) -> IssuerDecoding | None:
    lists = agencies()
    area = _longest(code, lists.areas)
    if area is None or area.shared:
        return None
    organ = _longest(code[len(area.letters) :], lists.organs)
    if organ is None or not (agency := organ.name(area)):
        return None
    rest = code[len(area.letters) + len(organ.letters) :]
    government = organ.letters in ("政", "府", "政办", "府办", "府厅")
    if government and area.government != organ.letters[0]:
        return None
    field, kind, unknown = _rest(organ, rest)
    if unknown and (not organ.open or _longest(unknown, lists.organs) is not None):
        return None
    return IssuerDecoding(
        code=code, agency=agency, level=area.level, region=area.region, field=field, kind=kind,
        joint=kind in ("联", "联发"), ground="table" if government and area.level == "provincial" else "rule",
        unknown=unknown,
    )  # fmt: skip


def _rest(organ: Organ, rest: str) -> tuple[str | None, str | None, str]:
    """(field, kind, letters that neither explains) of what stands behind the organ's letters."""
    kinds = agencies().kinds
    if rest.startswith("办") and rest[1:] in organ.fields:
        rest = rest[1:]
    for end in range(len(rest), -1, -1):
        letters, kind = rest[:end], rest[end:]
        if (not letters or letters in organ.fields) and (not kind or kind in kinds):
            return organ.fields.get(letters), kind or None, ""
    letters = max((f for f in organ.fields if rest.startswith(f)), key=len, default="")
    return organ.fields.get(letters), None, rest[len(letters) :]


def _longest(text: str, entries: tuple[_Lettered, ...]) -> _Lettered | None:
    fitting = [entry for entry in entries if text.startswith(entry.letters)]
    return max(fitting, key=lambda entry: len(entry.letters), default=None)
