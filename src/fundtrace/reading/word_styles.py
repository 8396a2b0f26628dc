"""Which paragraph styles of a Word document are headings."""

from __future__ import annotations

import re

from fundtrace.reading.package import Package
from fundtrace.reading.word_names import Names

_HEADING = re.compile(r"heading ([1-6])", re.IGNORECASE)


def heading_styles(package: Package, path: str, names: Names) -> dict[str, int]:
    """The heading level (1-6) of each style id of the style part that is a heading or is based on one."""
    if path not in package:
        return {}
    levels: dict[str, int] = {}
    parents: dict[str, str] = {}
    for style in package.xml(path).iter(names.style):
        style_id = str(style.get(names.style_id))
        name = style.find(names.name)
        outline = style.find(f"{names.p_pr}/{names.outline_level}")
        parent = style.find(names.based_on)
        if parent is not None:
            parents[style_id] = str(parent.get(names.val))
        match = _HEADING.fullmatch(str(name.get(names.val))) if name is not None else None
        if match:
            levels[style_id] = int(match[1])
        elif name is not None and str(name.get(names.val)).lower() == "title":
            levels[style_id] = 1
        elif outline is not None and str(outline.get(names.val)) in {"0", "1", "2", "3", "4", "5"}:
            levels[style_id] = int(str(outline.get(names.val))) + 1
    for style_id in parents:
        ancestor: str | None = style_id
        for _ in range(12):
            ancestor = parents.get(ancestor) if ancestor is not None else None
            if style_id not in levels and ancestor in levels:
                levels[style_id] = levels[ancestor]
    return levels
