# ruff: noqa: N815
# Generated from ontology/core.ttl; do not edit: python ontology/generate/vocab.py
"""The names of the ontology's classes and properties, spelt as in `ontology/core.ttl`.

`classes.Region` is `"Region"` and `properties.region` is `"region"`: local names, to be put behind the namespace of
the installation. `TERMS` holds what people are told about each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, final

NAMESPACE: Final = "http://localhost:8000/ontology#"
"""The namespace that the files of the repository are written in."""

VERSION: Final = "0.1.0"
"""The version of the ontology."""


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property: local name, labels and comments in Chinese and English.

    `planned` terms are defined and not stated by the builder yet.
    """

    name: str
    kind: Literal["class", "object", "datatype"]
    label_zh: str
    label_en: str
    comment_zh: str
    comment_en: str
    planned: bool


@final
class _Classes:
    """Local names of classes."""

    __slots__ = ()

    Region: Final = "Region"
    Department: Final = "Department"
    BudgetUnit: Final = "BudgetUnit"
    Agency: Final = "Agency"
    Project: Final = "Project"
    ProjectSeries: Final = "ProjectSeries"
    BudgetLine: Final = "BudgetLine"
    SpendingSchedule: Final = "SpendingSchedule"
    SchedulePoint: Final = "SchedulePoint"
    Goal: Final = "Goal"
    Indicator: Final = "Indicator"
    Target: Final = "Target"
    DepartmentStatement: Final = "DepartmentStatement"
    FundingDocument: Final = "FundingDocument"
    Citation: Final = "Citation"
    Suggestion: Final = "Suggestion"
    BudgetTable: Final = "BudgetTable"
    BudgetObservation: Final = "BudgetObservation"
    SourceDocument: Final = "SourceDocument"
    SourceRow: Final = "SourceRow"
    Finding: Final = "Finding"
    Release: Final = "Release"
    Correction: Final = "Correction"
    Merge: Final = "Merge"
    DocumentFact: Final = "DocumentFact"


classes: Final = _Classes()
"""Local names of classes."""


@final
class _Properties:
    """Local names of properties."""

    __slots__ = ()

    code: Final = "code"
    name: Final = "name"
    gbCode: Final = "gbCode"
    parentRegion: Final = "parentRegion"
    inferred: Final = "inferred"
    derived: Final = "derived"
    region: Final = "region"
    department: Final = "department"
    unit: Final = "unit"
    implementingUnit: Final = "implementingUnit"
    fiscalYear: Final = "fiscalYear"
    stage: Final = "stage"
    inSeries: Final = "inSeries"
    purpose: Final = "purpose"
    budgetLine: Final = "budgetLine"
    lineKind: Final = "lineKind"
    yuan: Final = "yuan"
    printed: Final = "printed"
    printedUnit: Final = "printedUnit"
    totalBudget: Final = "totalBudget"
    fiscalBudget: Final = "fiscalBudget"
    carryoverBudget: Final = "carryoverBudget"
    otherBudget: Final = "otherBudget"
    fundLevel: Final = "fundLevel"
    fundingSource: Final = "fundingSource"
    directFunds: Final = "directFunds"
    withoutNumber: Final = "withoutNumber"
    schedule: Final = "schedule"
    scheduleKind: Final = "scheduleKind"
    schedulePoint: Final = "schedulePoint"
    month: Final = "month"
    goal: Final = "goal"
    text: Final = "text"
    section: Final = "section"
    heading: Final = "heading"
    ordinal: Final = "ordinal"
    indicator: Final = "indicator"
    indicatorOf: Final = "indicatorOf"
    level1: Final = "level1"
    level2: Final = "level2"
    category: Final = "category"
    description: Final = "description"
    target: Final = "target"
    comparator: Final = "comparator"
    value: Final = "value"
    valueUnit: Final = "valueUnit"
    normalisedValue: Final = "normalisedValue"
    normalisedUnit: Final = "normalisedUnit"
    targetKind: Final = "targetKind"
    basisText: Final = "basisText"
    basisCategory: Final = "basisCategory"
    citation: Final = "citation"
    citingProject: Final = "citingProject"
    citingIndicator: Final = "citingIndicator"
    citedDocument: Final = "citedDocument"
    place: Final = "place"
    role: Final = "role"
    reason: Final = "reason"
    article: Final = "article"
    statedAmount: Final = "statedAmount"
    cites: Final = "cites"
    fundedUnder: Final = "fundedUnder"
    basedOn: Final = "basedOn"
    mentions: Final = "mentions"
    possiblyFundedUnder: Final = "possiblyFundedUnder"
    number: Final = "number"
    documentKind: Final = "documentKind"
    issuerCode: Final = "issuerCode"
    year: Final = "year"
    serial: Final = "serial"
    title: Final = "title"
    writtenForm: Final = "writtenForm"
    leadAgency: Final = "leadAgency"
    printedIssuer: Final = "printedIssuer"
    printedIssuers: Final = "printedIssuers"
    field: Final = "field"
    agencyLevel: Final = "agencyLevel"
    scope: Final = "scope"
    address: Final = "address"
    datePublished: Final = "datePublished"
    dateRetrieved: Final = "dateRetrieved"
    documentStatus: Final = "documentStatus"
    statusAddress: Final = "statusAddress"
    statusDate: Final = "statusDate"
    suggests: Final = "suggests"
    confidence: Final = "confidence"
    suggestionKind: Final = "suggestionKind"
    decision: Final = "decision"
    observation: Final = "observation"
    tableKind: Final = "tableKind"
    note: Final = "note"
    rowLevel: Final = "rowLevel"
    classification: Final = "classification"
    side: Final = "side"
    isLeaf: Final = "isLeaf"
    column: Final = "column"
    source: Final = "source"
    sourceRow: Final = "sourceRow"
    page: Final = "page"
    table: Final = "table"
    row: Final = "row"
    line: Final = "line"
    cells: Final = "cells"
    fileName: Final = "fileName"
    sha256: Final = "sha256"
    format: Final = "format"
    publisher: Final = "publisher"
    severity: Final = "severity"
    about: Final = "about"
    message: Final = "message"
    version: Final = "version"
    softwareVersion: Final = "softwareVersion"
    sourceCount: Final = "sourceCount"
    projectCount: Final = "projectCount"
    indicatorCount: Final = "indicatorCount"
    documentCount: Final = "documentCount"
    location: Final = "location"
    asRead: Final = "asRead"
    asPrinted: Final = "asPrinted"
    mergedInto: Final = "mergedInto"
    mergedName: Final = "mergedName"
    rule: Final = "rule"
    decidedBy: Final = "decidedBy"
    decidedOn: Final = "decidedOn"


properties: Final = _Properties()
"""Local names of properties."""

# fmt: off
_TERMS: Final = (
    Term("Region", "class", "财政区划", "Region", "编制预算的行政区域。代码照原文印出（项目编码或单位编码的前六位），可能不在国家标准中。上级关系是行政隶属，不是资金下达的路径。", "An administrative area that has a budget. Its code is as printed (the first six digits of a project code), which need not be in the national standard. The tree is administrative, not the path of money.", False),
    Term("Department", "class", "部门", "Department", "编制部门预算的主管部门。代码只在一个区划之内有效，机构改革后可能另作他用。", "A department that draws up a departmental budget. Its code holds within one region only, and may be reused after a reform.", False),
    Term("BudgetUnit", "class", "预算单位", "Budget unit", "部门所属、预算编列到的单位。“（本级）”是一个单位，不是部门合计。", "A unit of a department that the budget is drawn up for. A unit marked （本级） is the department's own office, never the department's total.", False),
    Term("Agency", "class", "发文机关", "Issuing agency", "由发文机关代字解出的机关，只解到公布的代字表所能支持的程度。", "The organ that an issuer code stands for, as far as a published list of codes supports it and never guessed further.", False),
    Term("Project", "class", "项目", "Project", "一个预算年度、一个预算阶段对一个项目的说法。同一编码跨年度、跨阶段的项目由项目序列相连。", "What one fiscal year and one stage say of a project. Projects that share a code across years and stages are joined by their series.", False),
    Term("ProjectSeries", "class", "项目序列", "Project series", "跨年度、跨阶段共用一个编码的项目。", "The lasting thing behind the projects that share one code across years and stages.", False),
    Term("BudgetLine", "class", "预算数", "Budget line", "项目或整体支出的一项金额：合计或其中一种资金来源，连同原文和计量单位。", "One amount of a project or statement: the total or one source of it, beside the printed text and its unit.", False),
    Term("SpendingSchedule", "class", "资金支出计划", "Spending schedule", "项目在年内各时点的支出计划。是比例还是金额、累计还是当期，可能由数值推断。", "When in the year the money is to be spent. Whether its points are percentages or amounts, cumulative or per period, may have been inferred.", False),
    Term("SchedulePoint", "class", "支出计划时点", "Schedule point", "支出计划中印出的一格。没有印出的时点不存在，不等于零。", "One printed cell of a spending schedule. A point that is not printed is absent, which is not zero.", False),
    Term("Goal", "class", "绩效目标", "Goal", "项目、整体支出或文件正文的一条绩效目标文字。", "One passage of text that states what a project, a whole unit, or the narrative of a file is to achieve.", False),
    Term("Indicator", "class", "绩效指标", "Indicator", "绩效目标的一项指标：一级、二级指标名称、指标名称、描述、指标值和确定依据。", "One promised indicator: its first and second level, name, description, target and the ground that the target rests on.", False),
    Term("Target", "class", "指标值", "Target", "一项指标承诺达到的值。比较符只在原文印出时才有，原文总在。", "What an indicator promises to reach. A comparator is there only if it is printed, and the printed text is always beside the value.", False),
    Term("DepartmentStatement", "class", "整体支出绩效目标", "Whole-unit statement", "一个单位整体支出的金额、目标和指标。与项目之和、预算表并列，从不相加。", "A unit's own figures, goals and indicators for its whole expenditure. It stands beside the sums of projects and the budget tables and is never added to them.", False),
    Term("FundingDocument", "class", "政策或资金文件", "Funding document", "被项目引用的公文、法规或其他有名称的文件。有文号者以（机关代字、年份、序号）为键。", "A notice, law, regulation or other titled document that projects cite. A numbered one is keyed by issuer code, year and serial.", False),
    Term("Citation", "class", "引用", "Citation", "项目、指标或文件叙述对一份政策或资金文件的一次引用：出现的位置、作用及其判断理由、原文。", "One reference of a project, an indicator or a narrative to a document: where it stands, the role it plays and why, and the printed words.", False),
    Term("Suggestion", "class", "建议", "Suggestion", "两份文件可能是同一份，或一个项目可能由某文件下达资金。有理由和可信度；在人确认之前不影响任何合计。", "That two documents may be one, or that a document may be what funds a project, with a reason and a confidence. No total knows of it until a person confirms it.", False),
    Term("BudgetTable", "class", "部门预算公开表", "Budget table", "部门预算公开的一张表，自成一个数据集（qb:DataSet）。汇总只在一张表之内进行，只取末级行（ft:isLeaf 为真）的同一栏目；不与别的表、整体支出或项目之和相加。", "One printed table of a published departmental budget: a data set of its own (qb:DataSet). A total is taken within one table, over its leaf rows (ft:isLeaf is true) and one column; it is never added to another table, to a whole-unit statement or to project sums.", False),
    Term("BudgetObservation", "class", "预算表数据", "Budget observation", "部门预算公开表中有文字的一格：所在行的科目、所在列和照印的文字；是金额时另有以元计的数。空格不存在，不等于零。", "One cell of a budget table that holds text: the classification of its row, its column and the printed text, with yuan where that is an amount. An empty cell is absent, which is not zero.", False),
    Term("SourceDocument", "class", "来源文件", "Source document", "被读取的一份公开文件：文件名、散列值、格式、部门、年度和阶段。", "A published file that was read: its name, hash, format, department, year and stage.", False),
    Term("SourceRow", "class", "原表行", "Source row", "读出过内容的一行原表：位置和照印的各格，联系人已略去。预算公开表的行为代码、名称和有文字的各格。", "One printed table row that something was read from: its place and its cells as printed, contacts withheld. Of a budget table's row these are the code, the name and the cells that hold text.", False),
    Term("Finding", "class", "核查发现", "Finding", "读者应当知道的一件事，例如原文自相矛盾。只说印出的文字，不评价任何人的行为。", "Something that a reader should know, such as a contradiction in the source. It speaks of the printed text, never of conduct.", False),
    Term("Release", "class", "数据版本", "Release", "一次构建得到的不再改变的数据集：来源、软件版本和计数。", "A finished data set that no longer changes: its sources, the version of the software, and its counts.", False),
    Term("Correction", "class", "读误更正", "Correction", "经人审定的一处更正：读取时认错的文字，连同来源文件、位置、读作什么、原文印作什么、何人于何日认定。原文自己的错误从不更正。", "A reviewed repair of what was misread: the source, the place, what was read, what is printed, by whom and on which day. An error of the source itself is never corrected.", False),
    Term("Merge", "class", "文件合并", "Merge", "经人确认的合并：一个文号或标题被认定是另一份文件，连同依据的规则、何人于何日认定。", "A confirmed merge: a number or title that a person found to be another document, with the rule it rests on, by whom and on which day.", False),
    Term("DocumentFact", "class", "文件补充事实", "Document fact", "一个人为一份文件补充了原文没有的事实（网址、日期、效力状态）：说的是哪份文件，何人于何日补充。事实本身写在该文件上。", "That a person added facts about a document which no source prints (its address, dates, status): about which one, by whom and on which day. The facts themselves stand on the document.", False),
    Term("code", "datatype", "代码", "code", "照原文印出的代码；核查发现的代码是固定的英文短语。", "The code as printed; that of a finding is a stable English slug.", False),
    Term("name", "datatype", "名称", "name", "照原文印出的名称。", "The name as printed.", False),
    Term("gbCode", "datatype", "国家标准代码", "national standard code", "该区划在 GB/T 2260 中的代码；不在标准中的区划没有。", "The region's code in GB/T 2260; a region that is not in the standard has none.", False),
    Term("parentRegion", "object", "上级区划", "parent region", "行政上的上一级区划。", "The next region up, administratively.", False),
    Term("inferred", "datatype", "推断得出", "inferred", "为真时，该值不是照原文印出，而是由唯一的名称或数值推断。", "True when this is not printed but was inferred from a unique name or from the figures.", False),
    Term("derived", "datatype", "代码由单位编码得出", "derived", "为真时，部门代码取自单位编码的前三位，原文没有单独印出。", "True when the department's code is the first three digits of a unit code, because none is printed by itself.", False),
    Term("region", "object", "所属区划", "region", "所在的财政区划。", "The region it belongs to.", False),
    Term("department", "object", "所属部门", "department", "所属的主管部门。", "The department it belongs to.", False),
    Term("unit", "object", "预算单位", "unit", "编列该预算的预算单位。", "The budget unit that the budget is drawn up for.", False),
    Term("implementingUnit", "datatype", "实施单位", "implementing unit", "照原文印出的项目实施单位。", "The unit that carries the project out, as printed.", False),
    Term("fiscalYear", "datatype", "预算年度", "fiscal year", "预算所属的年度，绝不取自文号：冀财社〔2020〕186号下达的是2021年的资金。", "The year of the budget, never that of a document number: 冀财社〔2020〕186号 hands down money of 2021.", False),
    Term("stage", "object", "预算阶段", "stage", "草案、预算、调整预算、决算或自评。合计不跨阶段。", "Draft, budget, adjusted budget, final account or self-evaluation. No total mixes stages.", False),
    Term("inSeries", "object", "属于项目序列", "in series", "该项目所属的跨年度项目。", "The lasting series that this project belongs to.", False),
    Term("purpose", "datatype", "资金用途", "purpose", "照原文印出的资金用途。", "What the money is for, as printed.", False),
    Term("budgetLine", "object", "预算数", "budget line", "印出的一项金额。", "One printed amount of it.", False),
    Term("lineKind", "object", "预算数种类", "kind of budget line", "合计、财政资金、上年结转、其他资金，或整体支出的各栏。", "Total, fiscal, carry-over, other, or a column of a whole-unit statement.", False),
    Term("yuan", "datatype", "金额（元）", "yuan", "以元计的精确金额，由该格的计量单位换算。", "The exact amount in yuan, by the unit that governs the cell.", False),
    Term("printed", "datatype", "原文", "printed text", "照原文印出的文字，从不更正。", "The text as printed; nothing in it is corrected.", False),
    Term("printedUnit", "datatype", "原文计量单位", "printed unit", "该格适用的计量单位：元、万元或亿元。", "The unit that governs the cell: 元, 万元 or 亿元.", False),
    Term("totalBudget", "datatype", "预算数合计（元）", "total budget in yuan", "项目的预算数，以元计。预算不是支出。", "The project's budget in yuan. A budget is not spending.", False),
    Term("fiscalBudget", "datatype", "财政资金（元）", "fiscal funds in yuan", "预算数中的财政资金，以元计。", "The part of the budget that is fiscal money, in yuan.", False),
    Term("carryoverBudget", "datatype", "上年结转（元）", "carry-over in yuan", "预算数中的上年结转资金，以元计。", "The part of the budget that is carried over from the year before, in yuan.", False),
    Term("otherBudget", "datatype", "其他资金（元）", "other funds in yuan", "预算数中的其他资金，以元计。", "The part of the budget that is other money, in yuan.", False),
    Term("fundLevel", "object", "资金级次", "level of the money", "只取自印出的字样（中央、省级、市级、县级配套）；发文机关的级别不能代替它。", "Whose money it is, from printed words only (中央, 省级, 县级配套); the level of an issuer never stands for it.", False),
    Term("fundingSource", "object", "资金性质", "funding source", "资金属于哪一本预算或哪一类单位资金，只取自印出的字样；与资金级次无关。", "Which of the budgets, or which money of the unit's own, it is; from printed words only, and apart from the level of the money.", True),
    Term("directFunds", "datatype", "直达资金", "direct funds", "原文印有“直达资金”时为真；没有印出则缺省。", "True where the source prints 直达资金; absent where it says nothing.", False),
    Term("withoutNumber", "object", "未印文件字号的情形", "why there is no number", "项目文本中没有印出文件字号时属于哪一种：原表没有该栏、该栏为空，或写的是别的内容。不等于资金没有依据。", "Where the text of a project prints no document number, in which way: no such column, an empty one, or one that names something else. It is not money without a basis.", False),
    Term("schedule", "object", "资金支出计划", "schedule", "该项目的资金支出计划。", "The project's spending schedule.", False),
    Term("scheduleKind", "object", "支出计划种类", "kind of schedule", "累计比例、累计金额或当期金额。", "Cumulative percentages, cumulative amounts or amounts per period.", False),
    Term("schedulePoint", "object", "支出计划时点", "schedule point", "计划中印出的一个时点。", "One printed point of the schedule.", False),
    Term("month", "datatype", "月份", "month", "截至该月底，1 至 12。", "The month at whose end it holds, 1 to 12.", False),
    Term("goal", "object", "绩效目标", "goal", "该项目、单位或文件正文的一条绩效目标。", "One of its goals.", False),
    Term("text", "datatype", "目标内容", "text", "照原文印出的目标文字。", "The text of the goal as printed.", False),
    Term("section", "datatype", "章节", "section", "文件正文的目标所在的部分：总体绩效目标、分项绩效目标或工作保障措施。", "The part of the narrative that a goal stands in: 总体绩效目标 (overall), 分项绩效目标 (by field) or 工作保障措施 (safeguards).", False),
    Term("heading", "datatype", "小标题", "heading", "目标自己的小标题，照原文印出。", "The goal's own heading as printed.", False),
    Term("ordinal", "datatype", "序号", "ordinal", "在所属整体中的次序，从 1 起。", "Its place in the whole it is part of, from 1.", False),
    Term("indicator", "object", "绩效指标", "indicator", "该项目或单位承诺的一项指标。", "One indicator that it promises.", False),
    Term("indicatorOf", "object", "指标所属", "indicator of", "承诺该指标的项目或整体支出绩效目标。", "The project or whole-unit statement that promises this indicator.", False),
    Term("level1", "datatype", "一级指标", "first level", "照原文印出的一级指标名称，合并单元格向下填充。", "The name of the first level as printed, filled down over merged cells.", False),
    Term("level2", "datatype", "二级指标", "second level", "照原文印出的二级指标名称；新的一级指标不沿用上一个二级指标。", "The name of the second level as printed; a new first level does not inherit the second level before it.", False),
    Term("category", "object", "指标类别", "category", "二级（否则一级）指标名称在其所属版本代码表中的概念；不认识的名称没有。", "The concept of the second level, else of the first, in the code list of its edition; absent for an unknown name.", False),
    Term("description", "datatype", "绩效指标描述", "description", "照原文印出的指标描述。", "The description of the indicator as printed.", False),
    Term("target", "object", "指标值", "target", "该指标承诺的值。", "What the indicator promises.", False),
    Term("comparator", "datatype", "比较符", "comparator", "印出的比较关系：>=、<=、>、< 或 =。", "The printed comparison: >=, <=, >, < or =.", False),
    Term("value", "datatype", "数值", "value", "指标值中的数，照原文的单位。", "The number of the target, in the unit as printed.", False),
    Term("valueUnit", "datatype", "数值单位", "unit of the value", "指标值的单位，照原文印出。", "The unit of the value as printed.", False),
    Term("normalisedValue", "datatype", "归一数值", "normalised value", "数值换算到归一单位：万、亿、千已展开。只用于同一单位之内的排序和比较。", "The value in the normalised unit: 万, 亿 and 千 are expanded. For order and comparison within one unit only.", False),
    Term("normalisedUnit", "object", "归一单位", "normalised unit", "单位代码表中与印出的单位同义的概念；不认识的单位没有。", "The concept of the list of units that the printed unit means; absent for an unknown unit.", False),
    Term("targetKind", "object", "指标值种类", "kind of target", "数值、约数、含数文字、多值、日期、比较符加文字、只有单位、残缺、文字或空白。", "Numeric, approximate, text with a number, compound, date, comparator with text, unit only, malformed, text or empty.", False),
    Term("basisText", "datatype", "指标值确定依据", "basis", "照原文印出的指标值确定依据。", "The ground of the target as printed.", False),
    Term("basisCategory", "object", "依据类别", "kind of basis", "依据属于文件、工作计划、历史标准等哪一类；不是文件的依据不生成文件。", "Whether the ground is a document, a work plan, a historical standard and so on; no document is invented for one that names none.", False),
    Term("citation", "object", "引用", "citation", "项目，或文件叙述部分，对政策或资金文件的一次引用。", "One reference of a project, or of the narrative of a file, to a document.", False),
    Term("citingProject", "object", "引用项目", "citing project", "作出该引用的项目。", "The project that makes the reference.", False),
    Term("citingIndicator", "object", "引用指标", "citing indicator", "在其依据中作出该引用的指标。", "The indicator whose basis makes the reference.", False),
    Term("citedDocument", "object", "被引用文件", "cited document", "被引用的文件。", "The document that is referred to.", False),
    Term("place", "object", "引用位置", "place", "引用出现在名称、用途、目标、依据还是叙述中；这是读出来的。", "Whether the reference stands in the name, purpose, goal, basis or narrative; this is read.", False),
    Term("role", "object", "引用作用", "role", "下达资金、作为依据或提及；这是判断，理由见 ft:reason。", "Funds, basis or mention; this is a judgement, whose ground is ft:reason.", False),
    Term("reason", "datatype", "理由代码", "reason", "作出判断或建议的理由，固定的英文短语。", "Why the judgement or suggestion was made: a stable English slug.", False),
    Term("article", "datatype", "条款", "article", "所引条款，照原文印出，如“第五十三条”。", "The article referred to, as printed, such as 第五十三条.", False),
    Term("statedAmount", "datatype", "文中下达金额（元）", "stated amount in yuan", "同一段文字中写明下达的金额，以元计。", "The amount that the same passage says is handed down, in yuan.", False),
    Term("cites", "object", "引用文件", "cites", "项目以任何作用引用的文件；与各引用并列陈述。", "A document that the project refers to in any role; stated beside the citations.", False),
    Term("fundedUnder", "object", "资金依据文件", "funded under", "名称或用途表明由其下达资金的文件。一份文件下的金额是这些项目预算数的合计，不是文件下达的金额。", "A document that the name or purpose says hands the money down. The money under a document is the sum of these projects' budgets, which is not what the document allots.", False),
    Term("basedOn", "object", "政策依据文件", "based on", "作为依据引用的文件，例如办法、标准、批复。", "A document cited as a ground, such as a measure, a standard or an approval.", False),
    Term("mentions", "object", "提及文件", "mentions", "既非下达资金也非依据、只是提到的文件。", "A document that is named as neither funding nor ground.", False),
    Term("possiblyFundedUnder", "object", "可能的资金文件", "possibly funded under", "名称说明资金是下达的，而文件只见于指标依据，可能由该文件下达。只是建议，不计入任何合计，也不是 ft:cites 的下位属性。", "A document that stands in a basis cell only, beside a name that says the money is handed down. It is a suggestion, outside every total, and no sub-property of ft:cites.", False),
    Term("number", "datatype", "文号", "number", "按国家标准书写的发文字号，如 冀财社〔2020〕186号。", "The document number in its standard form, such as 冀财社〔2020〕186号.", False),
    Term("documentKind", "object", "文件种类", "kind of document", "有文号的公文、令、公告、法律法规、办法、通知，或只有标题。", "A numbered document, decree, announcement, law, measure, notice, or one known by title only.", False),
    Term("issuerCode", "datatype", "发文机关代字", "issuer code", "文号中的机关代字，如 冀财社；从不更正，也不合并相近者。", "The letters of the issuer in the number, such as 冀财社; never repaired, and near ones never merged.", False),
    Term("year", "datatype", "发文年份", "year", "文号中的年份，不是预算年度。", "The year in the number, which is not the fiscal year.", False),
    Term("serial", "datatype", "发文顺序号", "serial", "文号中的序号，不补零。", "The serial in the number, without padding.", False),
    Term("title", "datatype", "标题", "title", "见到的标题，不带书名号；可有多个。", "A title that was seen, without 《》; there may be several.", False),
    Term("writtenForm", "datatype", "原文写法", "written form", "见到的一种文号写法，照原文印出。", "One way in which the number was seen written, as printed.", False),
    Term("leadAgency", "object", "主办机关", "lead agency", "由机关代字解出的机关。", "The organ decoded from the issuer code.", False),
    Term("printedIssuer", "datatype", "印出的发文机关", "printed issuer", "与该文件一同印出的机关名称。", "The name of an organ that is printed with the document.", False),
    Term("printedIssuers", "datatype", "印出的发文机关（依次）", "printed issuers in order", "与该文件一同印出的各机关名称，照印出的次序，以顿号相连；印法不一时取最常见的一种。", "The names of the organs printed with the document, in printed order, joined by 、; of several printings the most frequent.", False),
    Term("field", "datatype", "业务领域", "field", "机关代字中的业务领域，如 社会保障。不表示某一内设机构。", "The field that the issuer code names, such as 社会保障; it stands for no particular division.", False),
    Term("agencyLevel", "object", "机关级别", "level of the agency", "中央、省级、市级或县级。与资金级次无关。", "Central, provincial, city or county. It says nothing of whose money it is.", False),
    Term("scope", "object", "适用区划", "scope", "许多地方共用同一代字或标题时，该文件所属的区划。", "The region a document belongs to, where many places use the same issuer code or title.", False),
    Term("address", "datatype", "网址", "web address", "该文件公布在何处。", "Where the document is published on the web.", False),
    Term("datePublished", "datatype", "公布日期", "date published", "该文件公布的日期。", "The day on which the document was published.", False),
    Term("dateRetrieved", "datatype", "取得日期", "date retrieved", "从该网址取得文件的日期。", "The day on which the document was fetched from its address.", False),
    Term("documentStatus", "object", "效力状态", "status of the document", "现行有效、已修改、已失效或被替代；只在审定文件写明出处和日期时才有。", "In force, amended, repealed or superseded; only where the reviewed file says so, with address and date.", False),
    Term("statusAddress", "datatype", "状态出处", "address of the status", "写明该效力状态的网址。", "The address that says so of the status.", False),
    Term("statusDate", "datatype", "状态日期", "date of the status", "该效力状态自何日起，或于何日核实。", "The day since which the status holds, or on which it was looked up.", False),
    Term("suggests", "object", "建议所涉", "suggests", "建议涉及的实体，例如可能是同一份的两份文件。", "An entity that the suggestion is about, such as each of two documents that may be one.", False),
    Term("confidence", "datatype", "可信度", "confidence", "0 至 1 之间。", "From 0 to 1.", False),
    Term("suggestionKind", "object", "建议种类", "kind of suggestion", "两份文件可能是同一份，或文件可能为项目下达资金。", "That two documents may be one, or that a document may fund a project.", False),
    Term("decision", "object", "审定结论", "decision", "经人审定为确认或否定；没有结论的建议是未决的。", "Whether a person confirmed or rejected it; a suggestion without a decision is open.", False),
    Term("observation", "object", "表中数据", "observation", "表中有文字的一格。", "One cell of the table that holds text.", False),
    Term("tableKind", "object", "表的种类", "kind of table", "收支总表、功能分类表、经济分类表、“三公”经费表等。", "Whether it is the overview, the table by function, by economic classification, of the three public expenses, or another.", False),
    Term("note", "datatype", "表注", "note", "表下印出的说明。", "What is printed below the table.", False),
    Term("rowLevel", "datatype", "行级次", "level of the row", "合计、类、款或项。", "合计 (total), 类, 款 or 项.", False),
    Term("classification", "object", "科目", "classification", "该行代码在所属年度的支出功能分类或经济分类中的科目；当年科目表中没有的代码只照印。", "What the code of its row means in the functional or economic classification of its year; a code that the list of that year has not is kept as printed only.", False),
    Term("side", "datatype", "收支", "side", "在收支两栏的表中属于收入或支出。", "收入 (income) or 支出 (expenditure) in a table that has both side by side.", False),
    Term("isLeaf", "datatype", "末级", "is leaf", "为真时，该行在表中没有下级行；汇总只取末级。", "True when no row of the table lies below this one; totals take these rows only.", False),
    Term("column", "datatype", "栏目", "column", "所在列的标题，照原文印出；表则为各列的标题。", "The heading of its column as printed; of a table, the headings of its columns.", False),
    Term("source", "object", "来源文件", "source", "读出该内容的来源文件；可有多份。", "A source document that this was read from; there may be several.", False),
    Term("sourceRow", "object", "原表行", "source row", "读出该内容的原表行。", "The printed row that this was read from.", False),
    Term("page", "datatype", "页", "page", "所在页，从 1 起；格式没有页时缺省。", "The page it stands on, from 1; absent where the format has no pages.", False),
    Term("table", "datatype", "表", "table", "是来源文件中的第几张表，从 1 起。", "Which table of the source it stands in, from 1.", False),
    Term("row", "datatype", "行", "row", "是原表的第几行，从 1 起。", "Which row of the printed table it is, from 1.", False),
    Term("line", "datatype", "文本行", "line", "在来源文本中的行号，从 1 起。", "The line of the source's text, from 1.", False),
    Term("cells", "datatype", "各格原文", "cells", "该行各格照印的文字，以制表符分隔，联系人已略去。", "The cells of the row as printed, parted by tabs, contacts withheld.", False),
    Term("fileName", "datatype", "文件名", "file name", "文件名，不含文件夹。", "The name of the file, without its folder.", False),
    Term("sha256", "datatype", "SHA-256", "SHA-256", "文件内容的 SHA-256，十六进制小写。", "The SHA-256 of the file's bytes, in lower-case hexadecimal.", False),
    Term("format", "datatype", "格式", "format", "读取该文件所用的格式，如 docx、html、text。", "The format it was read as, such as docx, html or text.", False),
    Term("publisher", "datatype", "公开单位", "publisher", "公开该文件的单位。", "Who published the file.", False),
    Term("severity", "object", "严重程度", "severity", "错误、警告或提示。判断性规则至多为提示。", "Error, warning or info. Rules that judge are info at most.", False),
    Term("about", "object", "所涉实体", "about", "所涉及的实体。", "An entity that it is about.", False),
    Term("message", "datatype", "说明", "message", "给人看的说明，中英文各一。", "What to tell a person, once in Chinese and once in English.", False),
    Term("version", "datatype", "版本号", "version", "数据版本的编号。", "The version of the release.", False),
    Term("softwareVersion", "datatype", "软件版本", "software version", "构建该版本所用的 fundtrace 版本。", "The version of fundtrace that built it.", False),
    Term("sourceCount", "datatype", "来源文件数", "number of sources", "本版收录的来源文件数。", "How many source documents the release covers.", False),
    Term("projectCount", "datatype", "项目数", "number of projects", "本版收录的项目数。", "How many projects the release holds.", False),
    Term("indicatorCount", "datatype", "指标数", "number of indicators", "本版收录的指标数。", "How many indicators the release holds.", False),
    Term("documentCount", "datatype", "文件数", "number of documents", "本版收录的政策或资金文件数。", "How many policy and funding documents the release holds.", False),
    Term("location", "datatype", "更正位置", "location", "更正处在来源文件中的位置，照审定文件所写。", "The place in the source that is corrected, as the reviewed file names it.", False),
    Term("asRead", "datatype", "读作", "as read", "原来读成的文字。", "The text as it was read.", False),
    Term("asPrinted", "datatype", "印作", "as printed", "原文实际印出的文字。", "The text that is really printed.", False),
    Term("mergedInto", "object", "并入文件", "merged into", "合并后保留的文件。", "The document that stays.", False),
    Term("mergedName", "datatype", "被并文号或标题", "merged name", "被认定是同一份文件的另一个文号或标题。", "The other number, or title, that was found to be the same document.", False),
    Term("rule", "datatype", "规则代码", "rule", "合并所依据的规则，固定的英文短语，与建议的理由相同。", "The rule that the merge rests on: a stable English slug, the same as the reason of a suggestion.", False),
    Term("decidedBy", "datatype", "审定人", "decided by", "作出认定的人或机构，照审定文件所写。", "Who decided, as the reviewed file names them.", False),
    Term("decidedOn", "datatype", "审定日期", "decided on", "作出认定的日期。", "The day of the decision.", False),
)
# fmt: on

TERMS: Final[Mapping[str, Term]] = MappingProxyType({term.name: term for term in _TERMS})
