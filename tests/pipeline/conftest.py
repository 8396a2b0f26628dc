"""A folder of small documents in words of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fundtrace.settings import Settings

_DOCUMENT = """某县人力资源和社会保障局 {year} 年部门预算绩效目标
1.{name}绩效目标表
\t323001某县人力资源和社会保障局（本级）
\t单位：元

\t项目编码
\t{code}
\t项目名称
\t{name}

\t预算规模及资金用途
\t预算数
\t{amount}
\t其中：财政资金
\t{amount}
\t其他资金
\t0

\t
\t用于开展职业技能培训

\t资金支出计划（%）
\t3月底
\t6月底
\t10月底
\t12月底

\t
\t25.00%
\t50.00%
\t75.00%
\t100.00%

\t绩效目标
\t1.办好全年的培训班


\t一级指标
\t二级指标
\t三级指标
\t绩效指标描述
\t指标值
\t指标值确定依据

\t产出指标
\t数量指标
\t培训人数
\t参加培训的人数
\t≥60人
\t冀财社[2020]186号

"""


def _document(
    code: str = "130636213IPGKMEFI2I8Y",
    name: str = "技能培训补助",
    year: int = 2021,
    amount: str = "250000.00",
) -> str:
    return _DOCUMENT.format(code=code, name=name, year=year, amount=amount)


@pytest.fixture(scope="session")
def document() -> Callable[..., str]:
    """Gives the text of a document with one project."""
    return _document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three documents, one file without a reader, and one that its reader refuses."""
    folder = tmp_path / "documents"
    (folder / "more").mkdir(parents=True)
    (folder / "a.txt").write_text(_document(), encoding="utf-8")
    (folder / "b.txt").write_text(_document(code="130636213IPGKMEFI2I8Z", name="档案管理"), encoding="utf-8")
    (folder / "more" / "c.txt").write_text(
        _document(year=2022, code="130636223IPGKMEFI2I8Y"), encoding="utf-8"
    )
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "empty.txt").write_bytes(b"")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a data folder of their own and one process."""
    return Settings(data=str(tmp_path / "data"), jobs=1)
