"""`trace` for people: the tree below a funding document."""

from __future__ import annotations

from decimal import Decimal

from rich.markup import escape
from rich.tree import Tree

from fundtrace.query.tracing import ROLES, Trace, TracedIndicator, TracedProject

ROLE_NAMES = {"funds": "资金文件 funds", "basis": "仅作指标依据 basis only", "mention": "仅提及 mention only"}
PLACE_NAMES = {
    "name": "项目名称",
    "purpose": "资金用途",
    "goal": "绩效目标",
    "basis": "指标值确定依据",
    "narrative": "正文",
}
STAGE_NAMES = {
    "draft": "草案",
    "budget": "预算",
    "adjusted": "调整预算",
    "final": "决算",
    "evaluation": "自评",
}


def tree(trace: Trace) -> Tree:
    """The document, its totals, and its projects by role, each with department, amount and indicators."""
    root = Tree(f"[bold]{escape(trace.label)}[/bold]", guide_style="dim")
    for total in trace.totals:
        root.add(
            f"引用项目的预算数合计（不是文件下达金额） budget of the projects funded under it: "
            f"[bold]{Decimal(total.total):,}[/bold] 元 yuan · "
            f"{total.fiscal_year or '年度不明'} {STAGE_NAMES[total.stage]} · {total.projects} 个项目 projects"
        )
    for role in ROLES:
        projects = [project for project in trace.projects if project.role == role]
        if projects:
            branch = root.add(f"[bold]{ROLE_NAMES[role]}[/bold]: {len(projects)}")
            for project in projects:
                _add_project(branch, project)
    return root


def _add_project(branch: Tree, project: TracedProject) -> None:
    amount = f"{Decimal(project.total):,} 元" if project.total is not None else "金额未印明"
    head = " ".join(filter(None, (project.code, project.name)))
    where = " · ".join(filter(None, (project.region, project.department)))
    node = branch.add(f"{escape(head)}  [bold]{amount}[/bold]")
    places = "、".join(PLACE_NAMES[place] for place in project.places)
    year = f"{project.fiscal_year or '年度不明'} {STAGE_NAMES[project.stage]}"
    node.add(escape(f"{where} · {year} · 见于 {places}（{project.citations} 处）"))
    for indicator in project.indicators:
        node.add(escape(_indicator(indicator)))


def _indicator(indicator: TracedIndicator) -> str:
    levels = " / ".join(filter(None, (indicator.level1, indicator.level2)))
    mark = "  ← 以此为依据" if indicator.based else ""
    return f"{levels}: {indicator.name or '—'}  {indicator.target or '—'}{mark}"
