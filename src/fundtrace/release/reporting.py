"""The difference of two releases, told: Markdown for people, JSON for programs."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator

from fundtrace.release.diffing import ACTIONS, HEADLINE, Action, Change, Summary, differences, in_order
from fundtrace.release.opening import Release
from fundtrace.vocab import TERMS

SHOWN = 20
"""Entities of one class that Markdown names for each action; JSON names all."""
_VALUE_LENGTH = 60
_ZH: dict[Action, str] = {"added": "新增", "removed": "移除", "changed": "改动"}
_MARKS = re.compile(r"[\\`*_<\[\]]")
_PARTS = frozenset({"SourceRow", "BudgetLine", "SchedulePoint", "SpendingSchedule", "Concept"})


def summary_text(summary: Summary) -> tuple[str, str]:
    """One sentence in Chinese and one in English: `3 projects added, 2 targets changed, and 7 others`."""
    zh, en, others = [], [], 0
    for action in ACTIONS:
        counts = summary.counts[action]
        for name in in_order(counts):
            if name not in HEADLINE:
                others += counts[name]
                continue
            label_zh, label_en = _names(name)
            zh.append(f"{_ZH[action]}{label_zh} {counts[name]} 个")
            en.append(f"{counts[name]} {label_en if counts[name] == 1 else plural(label_en)} {action}")
    if others:
        zh.append(f"另有 {others} 个其他实体不同")
        en.append(f"{others} other {'entity' if others == 1 else 'entities'} differing")
    return ("，".join(zh) or "没有不同", ", ".join(en) or "no difference")


def markdown(older: Release, newer: Release) -> str:
    """The difference for people: a sentence, and below it the entities by class and action, at most 20 of each.

    Parts that have no page of their own (rows, lines of a budget, points of a plan) are counted and not named.
    """
    summary = Summary()
    named: dict[tuple[str, Action], list[Change]] = {}
    for change in summary.count(differences(older, newer)):
        shown = named.setdefault((change.class_name, change.action), [])
        if change.class_name not in _PARTS and len(shown) < SHOWN:
            shown.append(change)
    zh, en = summary_text(summary)
    lines = [f"# {older.version} → {newer.version}", "", f"{zh}。", "", f"{en[0].upper()}{en[1:]}."]
    for name in in_order({name for name, _ in named}):
        for action in ACTIONS:
            shown = named.get((name, action), [])
            if shown:
                label_zh, label_en = _names(name)
                lines += ["", f"## {_ZH[action]}：{label_zh} | {plural(label_en)} {action}", ""]
                lines += [line for change in shown for line in _entry(change, newer.base)]
                more = summary.counts[action][name] - len(shown)
                lines += [f"- 另有 {more} 个 | {more} more"] if more else []
    return "\n".join(lines) + "\n"


def json_text(older: Release, newer: Release) -> Iterator[str]:
    """The difference as one JSON object, in pieces: `from`, `to`, all `changes`, and last the `summary`."""
    summary = Summary()
    yield f'{{"from": {json.dumps(older.version)}, "to": {json.dumps(newer.version)}, "changes": ['
    comma = ""
    for change in summary.count(differences(older, newer)):
        entry = {
            "action": change.action,
            "class": change.class_name,
            "iri": change.iri,
            "label": change.label,
            "values": [dataclasses.asdict(value) for value in change.values],
        }
        yield f"{comma}\n  {json.dumps(entry, ensure_ascii=False)}"
        comma = ","
    zh, en = summary_text(summary)
    counts = {
        action: {name: summary.counts[action][name] for name in in_order(summary.counts[action])}
        for action in ACTIONS
    }
    yield f'],\n"summary": {json.dumps({**counts, "zh": zh, "en": en}, ensure_ascii=False)}}}\n'


def plural(label: str) -> str:
    """The plural of an English label: `agencies`, `projects`; `project series` is its own."""
    head, _, rest = label.partition(" of ")
    if rest:
        return f"{plural(head)} of {rest}"
    if label.endswith("series"):
        return label
    if label.endswith("y"):
        return f"{label[:-1]}ies"
    return f"{label}s"


def _names(name: str) -> tuple[str, str]:
    term = TERMS.get(name)
    return (term.label_zh, term.label_en.lower()) if term else ("代码表概念", "concept")


def _entry(change: Change, base: str) -> Iterator[str]:
    yield f"- {_short(change.label)} (`{change.iri.removeprefix(f'{base}id/')}`)"
    for value in change.values:
        # A label is made of the values beside it: it is told only where nothing else changed.
        if value.property != "label" or len(change.values) == 1:
            term = TERMS.get(value.property)
            name = f"{term.label_zh} {value.property}" if term else value.property
            before, after = _list(value.removed, base), _list(value.added, base)
            yield f"  - {name}: {before} → {after}"


def _list(values: tuple[str, ...], base: str) -> str:
    return "、".join(_short(text.removeprefix(f"{base}id/")) for text in values[:3]) or "—"


def _short(text: str) -> str:
    line = " ".join(text.split())
    line = line if len(line) <= _VALUE_LENGTH else f"{line[: _VALUE_LENGTH - 1]}…"
    return _MARKS.sub(r"\\\g<0>", line)
