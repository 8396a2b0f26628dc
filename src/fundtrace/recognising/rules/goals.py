"""Goals that say the same for several projects."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from fundtrace.recognising.rules.contents import is_template
from fundtrace.recognising.rules.evidence import Evidence
from fundtrace.recognising.rules.telling import of_project, row_of_goal, shown
from fundtrace.recognising.widths import compact
from fundtrace.records import Finding


def goals_repeated(evidence: Evidence) -> Iterator[Finding]:
    """goals-repeated: projects of other names print the same goals, word for word.

    Template text is no goal, and a project that is printed twice does not repeat another.
    """
    projects = evidence.document.projects
    groups: dict[frozenset[str], list[int]] = defaultdict(list)
    for number, project in enumerate(projects):
        goals = frozenset(compact(goal) for goal in project.goals if not is_template(goal)) - {""}
        if goals:
            groups[goals].append(number)
    for numbers in groups.values():
        names = {number: compact(projects[number].name) for number in numbers}
        counts = Counter(names.values())
        for number in numbers if len(counts) > 1 else ():
            project = projects[number]
            first = projects[next(other for other in numbers if names[other] != names[number])]
            others = len(numbers) - counts[names[number]]
            yield of_project(
                "goals-repeated",
                "info",
                f"“{shown(project.name)}”的绩效目标与另外 {others} 个项目相同，如“{shown(first.name)}”（第 {first.line} 行）",
                f"{shown(project.name)} prints the same goals as other projects ({others}), "
                f"such as {shown(first.name)} (line {first.line})",
                number,
                row_of_goal(project, project.goals[0]),
            )
