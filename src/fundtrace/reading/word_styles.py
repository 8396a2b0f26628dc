"""Which paragraph styles of a Word document are headings."""

from __future__ import annotations

import re

from lxml import etree

from fundtrace.reading.package import Package
from fundtrace.reading.word_names import Names

_HEADING = re.compile(r"heading ([1-6])", re.IGNORECASE)
_ANCESTORS = 12
"""How far a style may be from the one that makes it a heading."""


class HeadingStyles:
    """The styles of a style part, each looked at when a paragraph asks for it: a template has hundreds."""

    def __init__(self, package: Package, path: str, names: Names) -> None:
        self._names = names
        self._levels: dict[str, int | None] = {}
        self._styles = (
            {str(style.get(names.style_id)): style for style in package.xml(path).iterchildren(names.style)}
            if path in package
            else {}
        )

    def level(self, style_id: str) -> int | None:
        """The heading level (1-6) of a style that is a heading or is based on one; None of any other."""
        if style_id not in self._levels:
            self._levels[style_id] = self._found(style_id)
        return self._levels[style_id]

    def _found(self, style_id: str) -> int | None:
        style = self._styles.get(style_id)
        for _ in range(_ANCESTORS):
            if style is None:
                return None
            if level := self._own(style):
                return level
            parent = style.find(self._names.based_on)
            style = None if parent is None else self._styles.get(str(parent.get(self._names.val)))
        return None

    def _own(self, style: etree._Element) -> int | None:
        names = self._names
        name = style.find(names.name)
        called = "" if name is None else str(name.get(names.val))
        if match := _HEADING.fullmatch(called):
            return int(match[1])
        if called.lower() == "title":
            return 1
        outline = style.find(f"{names.p_pr}/{names.outline_level}")
        value = "" if outline is None else str(outline.get(names.val))
        return int(value) + 1 if value in {"0", "1", "2", "3", "4", "5"} else None
