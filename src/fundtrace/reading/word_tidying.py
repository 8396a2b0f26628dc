"""Makes a parsed Word document plain: what is not printed goes, signs become text, text boxes become paragraphs."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from fundtrace.reading.word_names import Names

_SYMBOLS = {
    "F0A8": "□",
    "F06F": "□",
    "F071": "□",
    "F0A3": "□",
    "F052": "☑",
    "F0FE": "☑",
    "F0FC": "√",
    "F050": "√",
    "F0D6": "√",
    "F0B3": "≥",
    "F0A3/Symbol": "≤",
    "F0B4": "×",
}
"""What private-use characters of the Wingdings and Symbol fonts look like."""

_OFF = {"0", "false", "off"}


@dataclass(slots=True)
class Layout:
    """Which cells cover several columns, which are covered from above, and how many columns a row leaves free."""

    across: dict[etree._Element, int] = field(default_factory=dict)
    covered: set[etree._Element] = field(default_factory=set)
    before: dict[etree._Element, int] = field(default_factory=dict)

    odd: set[etree._Element] = field(default_factory=set)
    """The cells that are more than one column wide, or covered."""
    wrapped: set[etree._Element] = field(default_factory=set)
    """The cells whose paragraphs stand in another element, such as a content control."""


def tidy(root: etree._Element, names: Names) -> Layout:
    """Change the tree of a document so that the text of `names.texts` is what is printed; gather its layout."""
    layout = Layout()
    boxes = []
    for mark in list(root.iter(*names.marks)):
        tag = mark.tag
        parent = mark.getparent()
        owner = None if parent is None else parent.getparent()
        if parent is None or owner is None:
            continue
        if tag in names.signs:
            if parent.tag == names.r:
                mark.text = _sign(mark, names)
        elif tag == names.grid_span:
            layout.across[owner] = _number(mark, names)
        elif tag == names.v_merge or tag == names.h_merge:
            if mark.get(names.val) != "restart":
                layout.covered.add(owner)
        elif tag == names.grid_before:
            layout.before[owner] = _number(mark, names)
        elif tag in names.wrappers:
            if parent.tag == names.tc:
                layout.wrapped.add(parent)
        elif tag == names.text_box:
            boxes.append(mark)
        else:
            _drop_unprinted(mark, parent, owner, names)
    for box in boxes:
        _move_out(box, names)
    layout.odd = layout.covered | layout.across.keys()
    return layout


def _number(mark: etree._Element, names: Names) -> int:
    value = str(mark.get(names.val, ""))
    return int(value[:6]) if value.isdecimal() else 1


def _drop_unprinted(
    mark: etree._Element, parent: etree._Element, owner: etree._Element, names: Names
) -> None:
    if mark.tag == names.vanish:
        if parent.tag == names.r_pr and owner.tag == names.r and mark.get(names.val) not in _OFF:
            _remove(owner)
    elif mark.tag == names.deleted:
        if parent.tag == names.tr_pr:
            _remove(owner)
    elif mark.tag != names.fallback or parent.find(names.choice) is not None:
        _remove(mark)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _sign(sign: etree._Element, names: Names) -> str:
    if sign.tag == names.tab:
        return "\t"
    if sign.tag == names.no_break_hyphen:
        return "-"
    if sign.tag == names.sym:
        code = str(sign.get(names.char, "")).upper()
        return _SYMBOLS.get(f"{code}/{sign.get(names.font)}") or _SYMBOLS.get(code, "")
    return "" if sign.get(names.type) in {"page", "column"} else "\n"


def _move_out(box: etree._Element, names: Names) -> None:
    """Put what a text box holds behind the outermost paragraph of its cell or of the body."""
    anchor = next(box.iterancestors(names.p), None)
    if anchor is None:
        return
    for content in reversed(list(box)):
        anchor.addnext(content)
    _remove(box)
