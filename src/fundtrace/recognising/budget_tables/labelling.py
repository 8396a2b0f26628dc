"""What the printed label of a column says that it holds."""

from __future__ import annotations

import re
from typing import Literal

Side = Literal["收入", "支出"]
Role = Literal["number", "code", "name", "value", "text", "unnamed"]

PARTS = {"类", "款", "项"}
"""Labels of columns that each hold a part of one code."""

_SIDES: tuple[Side, Side] = ("收入", "支出")
_NUMBER_LABELS = {"序号", "行次", "栏次", "编号", "行号", "顺序号"}
_CODES = re.compile(r".*(?:编码|代码)|类|款|项")
_CLASSIFYING = re.compile(r".*(?:科目|分类|功能|经济)")
_NAMES = re.compile(
    r"(?:收入|支出|预算|采购)?(?:项目|科目|品目)(?:类别)?(?:\(.*\))?|项目按.*"
    r"|.*名称(?:\(.*\))?|.*(?:功能|经济)(?:分类)?(?:科目)?(?:\(.*\))?|(?:预算|填报|编制|所属)?(?:单位|部门)"
)
_TEXTS = re.compile(
    r".*(?:目录|计量单位|资金性质|备注|说明|规格|型号|依据|级次|方式|文号|日期|时间|年度|年份"
    r"|单位|部门|类型|类别|性质|内容|用途)"
    r"|(?:资金|经费)来源|预算资金|.*是否.*"
)
_COUNTS = re.compile(
    r".*(?:数量|面积|个数|台数|车辆数|人数|人次|批次|户数|编制数)(?:\(.*\))?|.*(?:比例|比重|占比|比率|增长率|幅度|[%‰]).*"
)
_COUNTED = re.compile(
    r"\((?:平方米|平方公里|公里|亩|[㎡台套辆个人次批户家座艘件项%]|人次|批次|台套|团组|m2)[^)]*\)$"
)
_COUNTED_ROW = re.compile(r".*(?:人次|批次|团组数|保有量|购置数|人次数|批次数|辆数|台数)(?:\(.*\))?")
_MEASURE = re.compile(r"平方米|平方公里|公里|亩|[㎡台套辆个人次批户家座艘件项年月]|人次|批次|台套|m2|%")
_LEVEL = re.compile(r"(?:收入|支出)|\(.*\)")


def role_of(label: str) -> Role:
    """The role of a column by its narrowed label without spaces; 收入 and 支出 alone are amounts."""
    if not label:
        return "unnamed"
    if label in _NUMBER_LABELS:
        return "number"
    if _CODES.fullmatch(label):
        return "code"
    if _NAMES.fullmatch(label):
        return "name"
    return "text" if _TEXTS.fullmatch(label) else "value"


def is_classifying(label: str) -> bool:
    """Whether a column of codes or names is one of a classification, not of units or projects."""
    return label in PARTS or _CLASSIFYING.match(label) is not None


def is_counted(label: str) -> bool:
    """Whether the label of a column says that its figures are no money."""
    return _COUNTS.fullmatch(label) is not None or _COUNTED.search(label) is not None


def counts(name: str) -> bool:
    """Whether the name of a row (narrowed, without spaces) says that its figures are no money: 用车保有量（辆）."""
    return _COUNTED.search(name) is not None or _COUNTED_ROW.fullmatch(name) is not None


def is_measure(text: str) -> bool:
    """Whether a cell prints a unit of something else than money."""
    return _MEASURE.fullmatch(text) is not None


def side_of(path: list[str]) -> Side | None:
    """The side that the labels over a column of names speak of: the first that names one of them alone."""
    for label in path:
        named = [side for side in _SIDES if side in label]
        if len(named) == 1:
            return named[0]
    return None


def kind_of_name(label: str) -> str:
    """What two columns of names have in common when one table repeats the other beside it."""
    return _LEVEL.sub("", label)
