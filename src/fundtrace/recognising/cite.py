"""Citations: one for each document mentioned in each printed place of a project, or of the narrative."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import zip_longest

from fundtrace.citations import Mention, find_mentions
from fundtrace.recognising.money import amounts_in
from fundtrace.recognising.roles import hands_down, judge
from fundtrace.recognising.widths import narrow
from fundtrace.records import Citation, Money, Place, Position


@dataclass(frozen=True, slots=True)
class Passage:
    """A printed text with the line and position of the cell or paragraph that it stands in."""

    text: str
    line: int
    position: Position


def cite_project(
    name: Passage | None,
    purpose: Passage | None = None,
    goals: Sequence[Passage] = (),
    bases: Sequence[Passage | None] = (),
    grounds: Sequence[Passage] = (),
) -> tuple[Citation, ...]:
    """The citations of a project, in order of place: name, purpose, goals, grounds of the project, basis cells.

    `bases` has one entry for each indicator of the project, in order, None for an indicator without a basis; a
    citation's `indicator` is the entry's 0-based number. `grounds` are those of the project itself (立项依据), in
    place `basis` without an indicator.
    """
    found: list[Citation] = []
    for place, passage in (("name", name), ("purpose", purpose)):
        if passage is not None:
            found += _cite(passage, "name" if place == "name" else "purpose")
    for goal in goals:
        found += _cite(goal, "goal")
    for ground in grounds:
        found += _cite(ground, "basis")
    for number, basis in enumerate(bases):
        if basis is not None:
            found += _cite(basis, "basis", indicator=number)
    return tuple(found)


def cite_narrative(passages: Iterable[Passage]) -> tuple[Citation, ...]:
    """The citations of the text outside every project."""
    return tuple(citation for passage in passages for citation in _cite(passage, "narrative"))


def stated_amount(text: str, mentions: Iterable[Mention] = ()) -> Money | None:
    """The amount that a text hands down: the last one of the clause that begins with the words that hand it down.

    Words inside a document's own title do not count. None when no such words, no amount, or unlike amounts follow:
    现提前下达我县…22万元 states 220 000 yuan.
    """
    masked = list(narrow(text))
    for mention in mentions:
        masked[mention.start : mention.end] = " " * (mention.end - mention.start)
    said = hands_down("".join(masked))
    if said is None:
        return None
    clause = "".join(masked[said.end() :])
    for stop in "。;,!?\n":
        clause = clause.partition(stop)[0]
    amounts = amounts_in(clause)
    return amounts[-1] if len({money.yuan for money in amounts}) == 1 else None


def _cite(passage: Passage, place: Place, indicator: int | None = None) -> list[Citation]:
    mentions = find_mentions(passage.text)
    judged = [judge(m, place, passage.text, n) for m, n in zip_longest(mentions, mentions[1:])]
    funds = {mention for mention, (role, _) in zip(mentions, judged, strict=True) if role == "funds"}
    amounts = _amounts(passage.text, mentions, funds)
    citations: list[Citation] = []
    for mention, (role, reason) in zip(mentions, judged, strict=True):
        citations.append(
            Citation(
                printed=mention.printed,
                number=mention.number.canonical if mention.number is not None else None,
                kind=mention.kind,
                title=mention.title,
                title_truncated=mention.title_truncated,
                article=mention.article,
                issuers=mention.issuers,
                place=place,
                role=role,
                reason=reason,
                indicator=indicator,
                stated_amount=amounts.get(mention) if role == "funds" else None,
                line=passage.line,
                position=passage.position,
            )
        )
    return citations


def _amounts(text: str, mentions: Sequence[Mention], funds: Set[Mention]) -> dict[Mention, Money]:
    """What a text hands down under each document: one amount for one document; for several only if each has its own,
    between it and the next, since one amount behind a list of documents is none of theirs alone."""
    if len({mention.number or mention.title for mention in funds}) < 2:
        amount = stated_amount(text, mentions) if funds else None
        return dict.fromkeys(funds, amount) if amount else {}
    own: dict[Mention, Money] = {}
    for mention, following in zip_longest(mentions, mentions[1:]):
        if mention in funds:
            stretch = text[mention.end : following.start if following else len(text)]
            amount = stated_amount(stretch)
            if amount is None:
                return {}
            own[mention] = amount
    return own
