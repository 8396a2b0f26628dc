"""What operations are limited to, and how the limits are published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fundtrace.graphql.making import MAX_FIRST

MAX_CHARACTERS: Final = 65_536
"""Characters of a document."""
MAX_TOKENS: Final = 3_000
"""Tokens of a document."""
MAX_VARIABLES: Final = 65_536
"""Characters of the variables as JSON."""
MAX_FRAGMENTS: Final = 50
"""Fragments that a document may define."""
MAX_NESTING: Final = 100
"""Brackets of a document that may stand within each other."""
MAX_INPUT_DEPTH: Final = 24
"""Lists and objects of an argument or variable that may stand within each other."""
MAX_CONDITIONS: Final = 200
"""Fields of input objects that the arguments of an operation may have together."""
MAX_DEPTH: Final = 20
"""Fields that may lie within each other."""
MAX_ALIASES: Final = 50
"""Aliases of an operation."""
MAX_ROOTS: Final = 20
"""Fields that an operation may begin with."""
MAX_REPEATS: Final = 25
"""Times that one name may stand in a selection, its inline fragments included."""
MAX_NODES: Final = 100_000
"""Entities and values that an answer may hold."""
SECONDS: Final = 10.0
"""What the statements of an operation may take together."""
LIST_SIZE: Final = 20
"""What a list that has no pages counts for."""


MAX_OFFSET: Final = 1_000_000
"""Rows that a page may skip."""
MAX_ORDERS: Final = 5
"""Columns that a list may be ordered by."""
MAX_GROUPS: Final = 1_000
"""Groups that one answer may hold."""
MAX_PARTS: Final = 1_000
"""Fields that a plan may be made of, those of every possible type of an interface counted."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of operations, as it is published: its name (the code of its error is `limit-name`), and what it limits."""

    name: str
    maximum: int
    zh: str
    en: str


def published() -> tuple[Limit, ...]:
    """Every limit of operations."""
    return (
        Limit("document-size", MAX_CHARACTERS, "查询的字符数", "characters in the document"),
        Limit("document-tokens", MAX_TOKENS, "查询的词数", "tokens in the document"),
        Limit("variables-size", MAX_VARIABLES, "变量的字符数", "characters in the variables as JSON"),
        Limit("fragments", MAX_FRAGMENTS, "片段数", "fragments in the document"),
        Limit("nesting", MAX_NESTING, "括号嵌套层数", "brackets within each other"),
        Limit("input-depth", MAX_INPUT_DEPTH, "参数值的嵌套层数", "levels of nesting of an argument"),
        Limit("conditions", MAX_CONDITIONS, "各参数中的条件数", "conditions in the arguments"),
        Limit("depth", MAX_DEPTH, "嵌套层数", "levels of nesting"),
        Limit("aliases", MAX_ALIASES, "别名数", "aliases"),
        Limit("roots", MAX_ROOTS, "根字段数", "root fields"),
        Limit(
            "repeats", MAX_REPEATS, "一个名称在一处选取中的重复次数", "repetitions of a name in a selection"
        ),
        Limit("parts", MAX_PARTS, "接口展开后的字段数", "fields once interfaces are unfolded"),
        Limit("nodes", MAX_NODES, "执行前算得的可能节点数", "possible nodes, counted before execution"),
        Limit("page-size", MAX_FIRST, "first 与 last", "first and last of a page"),
        Limit("offset", MAX_OFFSET, "offset", "offset of a page"),
        Limit("orders", MAX_ORDERS, "排列项数", "orders of a list"),
        Limit("groups", MAX_GROUPS, "groupBy 的 first", "first of groupBy"),
        Limit("ids", MAX_FIRST, "nodes 的 id 数", "ids of nodes"),
        Limit("seconds", int(SECONDS), "各语句合计的秒数", "seconds that the statements take together"),
    )
