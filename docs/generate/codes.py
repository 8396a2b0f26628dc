"""Finds the codes of all errors in the source, with what each says: no code can be forgotten in the reference."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from fundtrace.graphql.limits import published

ROOT: Final = Path(__file__).parents[2]
SOURCES: Final = (ROOT / "src" / "fundtrace", ROOT / "server" / "fundtrace_server")
REFUSALS: Final = "refusals.py"
"""The file whose table has the codes and messages of refused documents."""

EXIT_CODES: Final = {"UsageError": 2, "InputError": 3, "SystemFailure": 4, "NoMatch": 5, "QueryError": 2}
STATUSES: Final = {
    "malformed": 400,
    "refused": 400,
    "unavailable": 503,
    "too-large": 413,
    "not-acceptable": 406,
    "too-many": 429,
}
"""The statuses of the kinds of `QueryError`, as the server answers them."""

_CLASSES: Final = {name: name for name in ("FundtraceError", "Problem", "GraphQLError", *EXIT_CODES)}
_CODE: Final = re.compile(r"[a-z]+(?:-[a-z0-9]+)*|[A-Z]+(?:_[A-Z]+)+")
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_HOLE: Final = re.compile(r"\{\w+\}")
_OPEN: Final = "…"

Message = tuple[str, str]
"""What is said in Chinese and in English, with `…` for what is filled in."""


@dataclass
class Code:
    """One code: what it says, and what the command line and the server end with."""

    name: str
    messages: list[Message] = field(default_factory=list)
    exit_codes: set[int] = field(default_factory=set)
    statuses: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Maker:
    """A class of errors, or a function that makes one: its class, parameters, and the message that it fills in."""

    cls: str
    parameters: tuple[str, ...] = ()
    template: tuple[ast.expr, ast.expr] | None = None
    status: ast.expr | None = None


def error_codes() -> list[Code]:
    """All codes, by name."""
    files = [file for folder in SOURCES for file in sorted(folder.rglob("*.py"))]
    trees = {file: ast.parse(file.read_text(encoding="utf-8")) for file in files}
    nodes = [node for tree in trees.values() for node in ast.walk(tree)]
    makers = _makers(nodes)
    found: dict[str, Code] = {}
    for file, tree in trees.items():
        local = makers | _functions(list(ast.walk(tree)), makers)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                _read_call(node, local, found)
            elif isinstance(node, ast.Dict):
                _read_table(node, found, refusals=file.name == REFUSALS)
    for limit in published():
        code = found.setdefault(f"limit-{limit.name}", Code(f"limit-{limit.name}"))
        code.messages = [(f"{limit.zh}：上限为 {limit.maximum}", f"{limit.en}: at most {limit.maximum}")]
    return [found[name] for name in sorted(found, key=str.lower)]


def _makers(nodes: list[ast.AST]) -> dict[str, Maker]:
    classes = dict(_CLASSES)
    for _ in range(3):  # classes of classes of classes
        for node in nodes:
            for base in node.bases if isinstance(node, ast.ClassDef) else ():
                if isinstance(node, ast.ClassDef) and isinstance(base, ast.Name) and base.id in classes:
                    classes.setdefault(node.name, classes[base.id])
    known = {name: Maker(cls) for name, cls in classes.items()}
    public = {name: one for name, one in _functions(nodes, known).items() if not name.startswith("_")}
    return known | public


def _functions(nodes: list[ast.AST], known: Mapping[str, Maker]) -> dict[str, Maker]:
    """Functions that give or raise an error whose code they are told."""
    found: dict[str, Maker] = {}
    for _ in range(2):  # functions that call functions
        for node in nodes:
            if not isinstance(node, ast.FunctionDef):
                continue
            parameters = tuple(one.arg for one in node.args.args)
            if "code" not in parameters:
                continue
            for call in ast.walk(node):
                maker = {**known, **found}.get(_called(call)) if isinstance(call, ast.Call) else None
                if maker and isinstance(call, ast.Call) and not _builds_a_code(call):
                    found[node.name] = _made_by(call, maker.cls, parameters)
    return found


def _builds_a_code(call: ast.Call) -> bool:
    """Whether the code is a part of another one: those of limits, which are published by themselves."""
    return any(isinstance(one, ast.JoinedStr) and "code" in _names(one) for one in call.args)


def _made_by(call: ast.Call, cls: str, parameters: tuple[str, ...]) -> Maker:
    place = next(
        (n for n, one in enumerate(call.args) if isinstance(one, ast.Name) and one.id == "code"), None
    )
    if place is None or len(call.args) < place + 3:
        return Maker(cls, parameters)
    template = call.args[place + 1], call.args[place + 2]
    return Maker(cls, parameters, template, call.args[0] if place else None)


def _read_call(call: ast.Call, makers: Mapping[str, Maker], found: dict[str, Code]) -> None:
    words = {one.arg: one.value for one in call.keywords}
    if {"code", "zh", "en"} <= words.keys():
        # What sets a file aside: it is told at the end of a build.
        name, zh, en = (_text(words[one], {}) for one in ("code", "zh", "en"))
        _add(found, name, (zh, en), exit_code=3)
        return
    maker = makers.get(_called(call))
    texts = [_text(one, {}) for one in call.args]
    place = next((n for n, one in enumerate(call.args[:2]) if _is_code(one)), None)
    if place is None:
        return
    kind = texts[place + 1] if len(texts) > place + 1 and texts[place + 1] in STATUSES else None
    if maker is None and kind is None:
        return
    behind = texts[place + 1 :] if kind is None else texts[place + 2 :]
    message: tuple[str | None, str | None] = (behind[0], behind[1]) if len(behind) > 1 else (None, None)
    if maker and maker.template:
        given = {name: text for name, text in zip(maker.parameters, texts, strict=False) if text}
        message = (_text(maker.template[0], given), _text(maker.template[1], given))
    if "kind" in words:
        kind = _text(words["kind"], {})
    status = call.args[place - 1] if place else maker.status if maker else None
    _add(
        found,
        texts[place],
        message,
        exit_code=EXIT_CODES.get(maker.cls) if maker else None,
        status=STATUSES[kind] if kind else _number(status),
    )


def _read_table(table: ast.Dict, found: dict[str, Code], *, refusals: bool) -> None:
    told = {_text(key, {}): value for key, value in zip(table.keys, table.values, strict=True) if key}
    if refusals:
        for name, value in told.items():
            if isinstance(value, ast.Tuple) and len(value.elts) == 2:
                zh, en = (_HOLE.sub(_OPEN, _text(one, {}) or "") for one in value.elts)
                _add(found, name, (zh, en), exit_code=3)
    elif {"code", "zh"} <= told.keys() and _is_code(told["code"]):
        _add(found, _text(told["code"], {}), (_text(told["zh"], {}), None))


def _add(
    found: dict[str, Code],
    name: str | None,
    message: tuple[str | None, str | None],
    *,
    exit_code: int | None = None,
    status: int | None = None,
) -> None:
    if not name or not _CODE.fullmatch(name):
        return
    code = found.setdefault(name, Code(name))
    zh, en = message
    if zh and _CHINESE.search(zh) and (zh, en or "") not in code.messages:
        code.messages.append((zh, en or ""))
    code.exit_codes.update({exit_code} if exit_code else ())
    code.statuses.update({status} if status else ())


def _called(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        above = isinstance(function.value, ast.Call) and function.attr == "__init__"
        return "FundtraceError" if above else function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _is_code(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(_CODE.fullmatch(node.value))
    )


def _names(node: ast.expr) -> Iterator[str]:
    return (one.id for one in ast.walk(node) if isinstance(one, ast.Name))


def _number(node: ast.expr | None) -> int | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, int) else None


def _text(node: ast.expr, given: Mapping[str, str]) -> str | None:
    """A text as it stands; of what is filled in what is `given` by name, else `…`."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else _OPEN
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(one, given) or _OPEN for one in node.values)
    if isinstance(node, ast.FormattedValue):
        return _text(node.value, given)
    if isinstance(node, ast.Name):
        return given.get(node.id, _OPEN)
    return _OPEN
