"""The words that stand around document numbers and titles in running text."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


LEAD_IN_WORDS = _words(
    "根据 依据 按照 参照 遵照 对照 依照 贯彻 落实 执行 印发 转发 下发 颁发 颁布 制定 发布 公布 现将 关于 通过 结合 符合 遵循 参考 "
    "参见 详见 收到 以及 及其 来自 属于 对应 引用 废止 替代 代替 修订 出台 下达 拨付 安排 批准 同意 如下 分别 其中 由于 为了 按规定 "
    "附件 学习 宣传 遵守 违反 围绕 经过 依托 上级 省厅 市局 县局 区局 省局 部里 省里 市里 已由 系由 均由 用于"
)
"""Verbs and the like that lead a citation in; what follows is a number, a title, or an agency's name."""

NOUN_ENDS = _words(
    "通知 文件 精神 要求 规定 办法 附件 文号 字号 政策 方案 意见 资金 经费 补助 补贴 奖补 项目 工程 预算 指标 计划 标准 名称 情况 "
    "工作 任务 合计 支出 收入 制度 省级 市级 县级 区级 中央 全省 全市 全县 全区 本级 万元 亿元 单位 政府性基金 贷款 利息 奖励 救助 "
    "待遇 工资 专项 年度 该项 此项 使用 发放 实施 管理 建设 支付 保障 完成 问卷 调查 查询 编号 立项 批复 备注 来源 内容 说明 部门 "
    "所需 上年 上年度 往年 指标文 批文 发文 来文 文件号 指标文号 指标号 低保金 助学金 奖学金 养老金 慰问金 抚恤金 公益金 生活费 "
    "第一批 第二批 第三批 第四批 首批"
)
"""Words of prose behind which an issuer code may begin, though no blank or mark stands there."""

PURPOSES = _words(
    "服务 金融 教育 卫生 改革 安全 发展 治理 保护 修复 改善 扶贫 振兴 养殖 种植 生产 就业 创业 医疗 养老 文化 体育 交通 水利 农业 林业 草原 "
    "津贴 岗位 教师 防治 优待 福利 供养 安置 志愿者 跨省 免费 收费 学校 学生 群众 老人 儿童 士兵 军人 干部 职工 农民 改造"
)
"""Words that the name of a fund may end in; a code may hold them too, so that they part only what is too long for one."""

PARTICLES = frozenset("与及或见据按照依即在为由是了对的等经从将给把被凭附之于以")
"""Single characters that lead in a number."""

CONNECTORS = frozenset("和与及或暨")
"""What stands between two numbers of a list, besides marks."""

ALSO_AREAS = frozenset("依即经从和")
"""Characters of the two above that begin codes of places too (依兰, 即墨, 从化, 和政)."""

PLACE_NAMES = _words(
    "和政 和平 和县 和田 和顺 和林 和龙 和静 和硕 和布 即墨 依兰 依安 从化 从江 于洪 于都 于田 将乐 凭祥 经济 经开"
)
"""Names that begin with such a character and keep it."""

NEVER_ISSUERS = _words(
    "合同 协议 编号 证书 发票 单号 工单 订单 图纸 图号 标段 地块 批次 案卷 卷宗 档号 楼 幢 栋 房 室 车 船 井 证 票 卡 型 版 期 第 年 "
    "月 日 元 人 附件 附表 表 图 项目 工程 大街 路 街 巷 学校 电话 手机 国道 省道 县道 号 案件 档案 债券 单"
)
"""A run of characters that ends like this numbers a thing, not a document, unless the code lists know it."""

BEHIND_THINGS = _words(
    "楼 院 线 台风 洪水 机 门 厅 馆 地块 标段 井 库 桥 坝 闸 路 仓 柜 棚 矿 区 房 厂 铺 公厕 泵站 塔 池 前 之前 以前 后 下午 上午 召开 "
    "晚 起 左右"
)
"""What makes `3号` a building, a line or a day of the month."""

BEHIND_AMOUNTS = frozenset(
    "年月日个人万亿千百元%‰户件次条项名份吨亩台套家所座处级类款章节点批届度.:/多余米公"
)
"""What makes the digits behind a bracketed year a figure, when 号 is missing."""

THINGS = (
    r"(?:合同|协议书?|采购|招标|投标|中标|成交|招标文件|采购文件|采购计划|项目|备案|许可证?|证书?|登记证?|档案?|案卷?|鉴定书?|检[验测](?:报告)?|"
    r"发票|票据|订单|工单|标段|专利|注册|批)(?:的)?(?:编号|代码|号码|号)[:为是]?$"
)
"""What in front of a number says that it is a thing's: 合同编号：, 采购编号："""

AGENCY_ENDINGS = _words(
    "办公厅 办公室 政府 委员会 联合会 常委会 理事会 总工会 工商联 厅 局 委 部 署 中心 支行 分行 总行 银行 党组 法院 检察院 国务院 "
    "党中央 中共中央 中央军委 总社 联社 管理处 保险处 办事处 保障处 管委会 居委会 村委会 科协 妇联 残联 协会 学会 编办 县委办 "
    "市委办 省委办 区委办 政府办 扶贫办 文明办 医改办 领导小组 指挥部"
)
"""How the printed name of an issuing body ends."""

NOT_AGENCIES = frozenset(_words("人民政府 办公室 上级部 大部 领导小组 指挥部 办公厅 委员会 管理处 本中心"))
"""Words that end like an agency and name none."""
