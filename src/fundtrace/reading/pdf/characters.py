"""Characters that PDF writers put in place of the ones that were printed.

A font often has one glyph for 一 and for the radical ⼀, and the PDF then names either. The radicals of the supplement
have no compatibility mapping; theirs is from EquivalentUnifiedIdeograph.txt of Unicode 15.
"""

from __future__ import annotations

import unicodedata

_SUPPLEMENT = dict(
    zip(
        "⺁⺄⺆⺇⺈⺊⺌⺍⺕⺙⺜⺝⺟⺠⺢⺣⺤⺥⺧⺨⺪⺬⺭⺮⺶⺷⺸⺹⺺⺼⺾⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙冂几刀卜小小彐攵日月母民水灬爫爫牛犭疋示礻竹羊羊羊老聿肉艹艹虎衤覀西见角讠贝车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_OTHERS = {
    "\u00a0": " ",
    "\u2002": " ",
    "\u2003": " ",
    "\u2009": " ",
    "\u2010": "-",
    "\u2011": "-",
    "\u00ad": "-",
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\u200b": "",
    "\ufeff": "",
}
_RANGES = ((0x2F00, 0x2FD5), (0xF900, 0xFAFF), (0x2F800, 0x2FA1D))
_TABLE = (
    {
        code: unicodedata.normalize("NFKC", chr(code))
        for first, last in _RANGES
        for code in range(first, last + 1)
    }
    | {ord(sign): plain for sign, plain in _SUPPLEMENT.items()}
    | {ord(sign): plain for sign, plain in _OTHERS.items()}
)


def usual(text: str) -> str:
    """Text with the usual characters for look-alikes."""
    return text.translate(_TABLE)
