"""Every way in which an input can be refused: a stable code, and what to do about it in Chinese and English."""

from __future__ import annotations

from fundtrace.errors import InputError

_MESSAGES: dict[str, tuple[str, str]] = {
    "unreadable-file": (
        "无法打开文件（{reason}）；请检查路径和读取权限",
        "the file cannot be opened ({reason}); check its path and permissions",
    ),
    "empty-file": ("文件中没有任何内容；请重新下载", "the file holds nothing; download it again"),
    "unknown-format": (
        "没有读取此格式的程序；可读取的格式：{formats}",
        "there is no reader for this format; those that can be read: {formats}",
    ),
    "binary-file": (
        "内容不是文本；请确认文件格式与扩展名相符",
        "the content is not text; check that the file is what its name says",
    ),
    "unknown-encoding": (
        "文本既不是 UTF-8、UTF-16，也不是 GB18030；请另存为 UTF-8",
        "the text is neither UTF-8, UTF-16 nor GB18030; save it as UTF-8",
    ),
    "too-large": (
        "{what}超过上限 {limit}；请把文件拆分后再读取",
        "more than {limit} {what_en}; split the file and read its parts",
    ),
    "too-deep": (
        "{what}嵌套过深（上限 {limit} 层）；请另存为简单的格式",
        "{what_en} nested more than {limit} deep; save the document in a plainer form",
    ),
    "unsafe-content": (
        "含有不安全的内容（{reason}），未读取",
        "it holds something unsafe ({reason}) and was not read",
    ),
    "damaged-docx": (
        "docx 文件已损坏（{reason}）；请用 Word 打开并另存",
        "the docx is damaged ({reason}); open it in a word processor and save it again",
    ),
    "damaged-xlsx": (
        "xlsx 文件已损坏（{reason}）；请用 Excel 打开并另存",
        "the xlsx is damaged ({reason}); open it in a spreadsheet program and save it again",
    ),
    "damaged-xls": (
        "xls 文件已损坏（{reason}）；请用 Excel 打开并另存为 xlsx",
        "the xls is damaged ({reason}); open it in a spreadsheet program and save it as xlsx",
    ),
    "damaged-html": (
        "HTML 无法解析（{reason}）；请重新保存网页",
        "the HTML cannot be parsed ({reason}); save the page again",
    ),
    "damaged-pdf": (
        "PDF 文件已损坏（{reason}）；请重新下载",
        "the PDF is damaged ({reason}); download it again",
    ),
    "damaged-zip": (
        "zip 文件已损坏（{reason}）；请重新下载或重新压缩",
        "the zip is damaged ({reason}); download or pack it again",
    ),
    "damaged-doc": (
        "LibreOffice 未能转换此文件（{reason}）；请用 Word 打开并另存为 docx",
        "LibreOffice could not convert it ({reason}); open it in a word processor and save it as docx",
    ),
    "encrypted-file": (
        "文件有密码保护；请先去除密码",
        "the file is protected by a password; remove the password first",
    ),
    "scanned-pdf": (
        "PDF 是扫描图像，没有文字层（{pages} 页中 {scanned} 页无文字）；请先做文字识别（OCR），或寻找原始电子文件",
        "the PDF is a scan without a text layer ({scanned} of {pages} pages have none); run OCR on it or find the original",
    ),
    "garbled-pdf": (
        "PDF 的字体没有字符对应表，文字无法读取；请先做文字识别（OCR），或寻找原始电子文件",
        "the fonts of the PDF do not say which characters they show; run OCR on it or find the original",
    ),
    "missing-soffice": (
        "读取此格式需要 LibreOffice；请安装（如 apt install libreoffice-writer），或把文件另存为 docx",
        "this format needs LibreOffice; install it (such as apt install libreoffice-writer) or save the file as docx",
    ),
    "missing-library": (
        "读取此格式需要 Python 库 {library}；请运行 pip install {library}",
        "this format needs the Python library {library}; run pip install {library}",
    ),
    "too-slow": (
        "读取超过 {limit} 秒，已停止；请把文件拆分后再读取",
        "reading was stopped after {limit} seconds; split the file and read its parts",
    ),
}

CODES = frozenset(_MESSAGES)
"""The codes of all refusals."""


def refusal(code: str, subject: str, **values: object) -> InputError:
    """The `InputError` of a code of `CODES` about the file `subject`; `values` fill its message."""
    zh, en = _MESSAGES[code]
    return InputError(code, zh.format(**values), en.format(**values), subject=subject)
