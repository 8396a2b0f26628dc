"""The element names of WordprocessingML, in its transitional and its strict namespace."""

from __future__ import annotations

from functools import cache

from lxml import etree

_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


class Names:
    """Names in Clark notation (`{namespace}local`) of one namespace."""

    def __init__(self, namespace: str) -> None:
        w = f"{{{namespace}}}"
        self.body = f"{w}body"
        self.p, self.p_pr, self.p_style = f"{w}p", f"{w}pPr", f"{w}pStyle"
        self.outline_level = f"{w}outlineLvl"
        self.r, self.r_pr = f"{w}r", f"{w}rPr"
        self.tbl, self.tr, self.tr_pr, self.tc = f"{w}tbl", f"{w}tr", f"{w}trPr", f"{w}tc"
        self.grid_span, self.grid_before = f"{w}gridSpan", f"{w}gridBefore"
        self.v_merge, self.h_merge = f"{w}vMerge", f"{w}hMerge"
        self.val = f"{w}val"
        self.tab, self.br, self.cr = f"{w}tab", f"{w}br", f"{w}cr"
        self.type = f"{w}type"
        self.no_break_hyphen = f"{w}noBreakHyphen"
        self.sym, self.char, self.font = f"{w}sym", f"{w}char", f"{w}font"
        self.deleted, self.moved_from = f"{w}del", f"{w}moveFrom"
        self.vanish, self.ruby_text = f"{w}vanish", f"{w}rt"
        self.text_box = f"{w}txbxContent"
        self.style, self.style_id, self.name = f"{w}style", f"{w}styleId", f"{w}name"
        self.based_on = f"{w}basedOn"
        self.alternatives = f"{_COMPATIBILITY}AlternateContent"
        self.choice = f"{_COMPATIBILITY}Choice"
        self.fallback = f"{_COMPATIBILITY}Fallback"
        self.texts = (
            f"{w}t",
            f"{{{_MATH}}}t",
            self.tab,
            self.br,
            self.cr,
            self.no_break_hyphen,
            self.sym,
        )
        """Elements whose own text is printed; `word_tidying` gives those of them that are signs a text."""
        self.signs = frozenset((self.tab, self.br, self.cr, self.no_break_hyphen, self.sym))
        """Elements that print a sign without holding it."""
        self.wrappers = frozenset((f"{w}sdt", f"{w}customXml", self.alternatives))
        """Elements that may hold the paragraphs of a cell."""
        self.marks = (
            *self.signs,
            *self.wrappers,
            self.grid_span,
            self.grid_before,
            self.v_merge,
            self.h_merge,
            self.deleted,
            self.moved_from,
            self.vanish,
            self.ruby_text,
            self.fallback,
            self.text_box,
        )
        """Elements that change how others are read."""
        self.transparent = frozenset(
            (
                f"{w}sdt",
                f"{w}sdtContent",
                f"{w}customXml",
                f"{w}smartTag",
                f"{w}ins",
                f"{w}moveTo",
                self.alternatives,
                self.choice,
            )
        )
        """Elements that may stand between a parent and its paragraphs, tables, rows or cells."""


@cache
def _names(namespace: str) -> Names:
    return Names(namespace)


def names_of(root: etree._Element) -> Names | None:
    """The names that a document or style part is written with; None when it is of another kind."""
    namespace = etree.QName(root).namespace
    return _names(namespace) if namespace in {_TRANSITIONAL, _STRICT} else None
