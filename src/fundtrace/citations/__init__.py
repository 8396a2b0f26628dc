"""The grammar of document numbers: pure functions from text to the documents that it names."""

from fundtrace.citations.codelists import ListedTitle
from fundtrace.citations.decoding import IssuerDecoding, decode_issuer, is_scoped, possible_agencies
from fundtrace.citations.documentnumbers import DocumentNumber, NumberKind
from fundtrace.citations.folding import fold
from fundtrace.citations.mentions import Mention, find_mentions
from fundtrace.citations.parsing import breaks_off, parse_number, parse_numbers
from fundtrace.citations.suggestions import NumberPair, SuggestionReason, suggest
from fundtrace.citations.titlekinds import resolve_title, title_kind

__all__ = [
    "DocumentNumber",
    "IssuerDecoding",
    "ListedTitle",
    "Mention",
    "NumberKind",
    "NumberPair",
    "SuggestionReason",
    "breaks_off",
    "decode_issuer",
    "find_mentions",
    "fold",
    "is_scoped",
    "parse_number",
    "parse_numbers",
    "possible_agencies",
    "resolve_title",
    "suggest",
    "title_kind",
]
