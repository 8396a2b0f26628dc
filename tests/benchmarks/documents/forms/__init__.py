"""The forms that documents take: each makes the blocks of a document and notes the facts that it prints."""

from __future__ import annotations

from collections.abc import Callable

from tests.benchmarks.documents.facts import Facts
from tests.benchmarks.documents.forms import hebei, lists, national, others, plain, sided, whole
from tests.benchmarks.documents.layout import Block
from tests.benchmarks.documents.projects import Setting

Form = Callable[[Setting, Facts], list[Block]]

FORMS: dict[str, tuple[Form, int]] = {
    "hebei": (hebei.hebei, 26),
    "annual": (national.annual, 20),
    "stacked": (national.stacked, 6),
    "flat": (lists.flat, 8),
    "bracketed": (plain.bracketed, 5),
    "two-terms": (sided.two_terms, 6),
    "shanghai": (sided.shanghai, 6),
    "evaluated": (sided.evaluated, 7),
    "area": (plain.area, 4),
    "chongqing": (plain.chongqing, 4),
    "one-cell": (lists.one_cell, 3),
    "statement": (whole.statement, 8),
    "prose": (whole.prose, 4),
    "shandong": (others.shandong, 4),
    "village": (others.village, 4),
    "yunnan": (others.yunnan, 5),
    "surrounded": (others.surrounded, 5),
}
"""Each form by name, with how often it comes."""
