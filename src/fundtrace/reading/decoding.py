"""Bytes to text: UTF-8, UTF-16 and GB18030, told apart by their bytes."""

from __future__ import annotations

import codecs
import re

from fundtrace.reading.refusals import refusal

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_PLAUSIBLE = re.compile(r"[\t\n\r -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def decode(data: bytes, name: str) -> str:
    """The text of `data`, with lines parted by `\\n` alone.

    A byte-order mark decides; else UTF-8, else UTF-16 where zero bytes betray it, else GB18030. UTF-8 with a few
    damaged bytes (a field that was cut inside a character) is read with U+FFFD in their place. Raises `InputError`
    empty-file, binary-file or unknown-encoding.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise refusal("empty-file", name)
    text = _decode(data, name).replace("\r\n", "\n").replace("\r", "\n")
    if len(_CONTROLS.findall(text)) * 200 > len(text):
        raise refusal("binary-file", name)
    return _CONTROLS.sub("", text)


def _decode(data: bytes, name: str) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace")
    if b"\x00" in data:
        sixteen = _utf16(data)
        if sixteen is not None:
            return sixteen
        if data.count(b"\x00") * 50 > len(data):
            raise refusal("binary-file", name)
        data = data.replace(b"\x00", b"")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    damaged = data.decode("utf-8", errors="replace")
    wide = sum(1 for character in damaged if character > "\x7f")
    lost = damaged.count("\ufffd")
    if lost * 20 <= wide:
        return damaged
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        text = data.decode("gb18030", errors="replace")
        if text.count("\ufffd") * 200 > len(text) or _share_plausible(text) < 0.8:
            raise refusal("unknown-encoding", name) from error
        return text


def _utf16(data: bytes) -> str | None:
    """The reading as UTF-16 of either order that looks like text, if one does."""
    readings = [
        data[: len(data) // 2 * 2].decode(encoding, errors="replace")
        for encoding in ("utf-16-le", "utf-16-be")
    ]
    best = max(readings, key=_share_plausible)
    return best if _share_plausible(best) >= 0.8 else None


def _share_plausible(text: str) -> float:
    sample = text[:20_000]
    return len(_PLAUSIBLE.findall(sample)) / max(1, len(sample))
