"""One number or many from a text that is nothing else: search boxes, lists, the canonical form itself."""

from __future__ import annotations

import re

from fundtrace.citations.agencynames import agencies_before
from fundtrace.citations.documentnumbers import DocumentNumber
from fundtrace.citations.folding import squeeze
from fundtrace.citations.mentions import find_mentions
from fundtrace.citations.numberspans import number_spans
from fundtrace.citations.words import CONNECTORS, LEAD_IN_WORDS, NOUN_ENDS, PARTICLES

_LONGEST = 400
_KEY = re.compile(r"\s*([\u3400-\u9fff]{2,12})-((?:19|20)\d\d)-(\d{1,6})\s*")
_WORDS = "|".join(sorted({*LEAD_IN_WORDS, *NOUN_ENDS}, key=len, reverse=True))
_SINGLE = "".join(PARTICLES | CONNECTORS)
_BEFORE = re.compile(rf"(?:{_WORDS}|[{_SINGLE}《(、,:;\"“‘])*")
_BEHIND = re.compile(r"(?:文件|精神|要求|规定|通知|文|的|[)》、,.;。\"”’])*")
_BREAKS_OFF = re.compile(
    r"[\u3400-\u9fff]{2}(?:\((?:19[4-9]|20\d)?\d{0,2}|\((?:19[4-9]\d|20\d\d)年?\)第?\d{0,6})$"
)


def parse_numbers(text: str) -> tuple[DocumentNumber, ...]:
    """All document numbers in a text, in order, repeated ones included.

    >>> [n.canonical for n in parse_numbers("冀财社2021152号+川财建〔2020〕427 号")]
    ['冀财社〔2021〕152号', '川财建〔2020〕427号']
    """
    return tuple(number for span in number_spans(squeeze(text)) for number in span.numbers)


def parse_number(text: str) -> DocumentNumber | None:
    """The number that the whole text is a written form of, as typed into a search box; None for anything else.

    Lead-in words, an agency's name in front, 文件 behind and the document's own title are tolerated; 号 and the brackets
    may be missing, and the key of the document's address (冀财社-2020-186) is a form too.

    >>> parse_number("根据冀财社[2020]186").canonical
    '冀财社〔2020〕186号'
    >>> parse_number("冀财社〔2020〕186号、187号") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    squeezed = squeeze(_KEY.sub(r"\1(\2)\3号", text))
    spans = number_spans(squeezed, lenient=True)
    if len(spans) != 1 or len(spans[0].numbers) != 1:
        return None
    start, end = spans[0].start, spans[0].end
    mentions = find_mentions(text)
    if len(mentions) == 1 and mentions[0].number == spans[0].numbers[0]:
        start, end = squeezed.index(mentions[0].start), squeezed.index(mentions[0].end)
    start, _ = agencies_before(squeezed, 0, start)
    if _BEFORE.fullmatch(squeezed.text, 0, start) and _BEHIND.fullmatch(squeezed.text, end):
        return spans[0].numbers[0]
    return None


def breaks_off(text: str) -> bool:
    """Whether a text ends in the middle of a document number, as a table cell that goes on in the next row does.

    >>> breaks_off("冀财规【2018】"), breaks_off("冀财规【2018】2"), breaks_off("冀财规【2018】21号"), breaks_off("二级")
    (True, True, False, False)
    """
    return _BREAKS_OFF.search(squeeze(text[-200:]).text) is not None
