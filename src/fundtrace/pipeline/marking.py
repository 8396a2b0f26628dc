"""YAML read strictly, with the line of everything in it: text stays text, and nothing is said twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias

import yaml

from fundtrace.errors import UsageError

MOST_BYTES = 4 * 1024 * 1024
"""The size of one file."""
MOST_DEPTH = 12

Place: TypeAlias = tuple[str | int, ...]
"""The keys and 0-based numbers that lead to a value."""


class Marked:
    """The value of a YAML file, made of dicts, lists, strings and None, and where each part of it stands."""

    def __init__(self, path: Path) -> None:
        """Reads a file. Raises `UsageError` `reviewed-file` that names the line and what was expected."""
        self.path = path
        self._lines: dict[Place, int] = {}
        self.value: Any = None
        try:
            if path.stat().st_size > MOST_BYTES:
                raise self.wrong(
                    1, f"文件超过 {MOST_BYTES} 字节", f"the file has more than {MOST_BYTES} bytes"
                )
            text = path.read_text(encoding="utf-8")
            # An alias can make a few lines into gigabytes.
            for event in yaml.parse(text, yaml.SafeLoader):
                if isinstance(event, yaml.AliasEvent):
                    mark = event.start_mark
                    line = mark.line + 1 if mark else 1
                    raise self.wrong(line, "不能用别名（*）", "an alias (*) is not allowed")
            node = yaml.compose(text, yaml.SafeLoader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or str(error).splitlines()[0]
            raise self.wrong(
                mark.line + 1 if mark else 1, f"不是 YAML：{problem}", f"no YAML: {problem}"
            ) from error
        except (OSError, UnicodeDecodeError) as error:
            raise self.wrong(1, f"无法读取：{error}", f"cannot be read: {error}") from error
        if node is not None:
            self.value = self._plain(node, ())

    def line(self, place: Place) -> int:
        """The 1-based line of a value, or of the nearest thing around it that is there."""
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place, 1)

    def wrong(self, line: int, zh: str, en: str) -> UsageError:
        """The error that says what is wrong in a line of this file."""
        return UsageError(
            "reviewed-file", f"第 {line} 行：{zh}", f"line {line}: {en}", subject=f"{self.path}:{line}"
        )

    def _plain(self, node: yaml.Node, place: Place) -> Any:
        line = node.start_mark.line + 1
        self._lines[place] = line
        if len(place) > MOST_DEPTH:
            raise self.wrong(line, "嵌套太深", "this is nested too deeply")
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(one, (*place, number)) for number, one in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            found: dict[str, Any] = {}
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode) or key.value in found:
                    raise self.wrong(
                        key.start_mark.line + 1,
                        "键应为文字，并且只写一次",
                        "a key is a text, and stands once",
                    )
                found[key.value] = self._plain(value, (*place, key.value))
                self._lines[*place, key.value] = key.start_mark.line + 1
            return found
        return None if node.tag == "tag:yaml.org,2002:null" else node.value
