"""Which files the offices of the county keep, in which encoding and with which headers."""

from county.book import Sheet


def _columns(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GB, BOM = "gb18030", "utf-8-sig"
CODE = "统一社会信用代码"

SHEETS = {
    # 登记: what the registers of persons, posts, companies and property say
    "机构": Sheet("登记/机构/机构.csv", _columns("单位 上级单位 类型 行政区划"), encoding=BOM),
    "任职": Sheet(
        "登记/干部/任职.xlsx",
        _columns("姓名 身份证号 单位 职务 任职日期 免职日期 职级 人员类别 是否班子成员 任免文号"),
        order=("单位", "任职日期"),
        title=("青石县干部任职情况登记表", "填报单位:县委组织部    统计截止:2023年12月"),
        dates=("native",),
        ids=("身份证号",),
    ),
    "分管": Sheet(
        "登记/干部/分管.csv",
        _columns("单位 姓名 身份证号 分管事项 起始日期 终止日期 文号"),
        order=("单位", "起始日期"),
        encoding=GB,
        dates=("han", "iso"),
        ids=("身份证号",),
    ),
    "职责": Sheet(
        "登记/干部/职责.csv",
        _columns("单位 事项 环节 姓名 身份证号 日期 关联编号"),
        order=("日期",),
        dates=("slash", "iso"),
    ),
    "亲属关系": Sheet(
        "登记/干部/亲属关系.csv",
        _columns("姓名 身份证号 称谓 亲属姓名 亲属身份证号 亲属工作单位 起始日期 终止日期 依据"),
        encoding=BOM,
        dates=("iso", "han"),
        ids=("身份证号", "亲属身份证号"),
    ),
    "社会关系": Sheet(
        "登记/干部/社会关系.csv", _columns("姓名 身份证号 关系 对方姓名 对方身份证号 起始日期 终止日期 依据")
    ),
    "回避": Sheet("登记/干部/回避.csv", _columns("姓名 身份证号 事项编号 日期 说明"), dates=("han",)),
    "户籍": Sheet(
        "登记/户政/户籍.csv", _columns("户号 姓名 身份证号 与户主关系 行政村"), encoding=GB, ids=("身份证号",)
    ),
    "婚姻登记": Sheet(
        "登记/户政/婚姻登记.csv",
        _columns("男方姓名 男方身份证号 女方姓名 女方身份证号 登记日期 类型 登记机关 备注"),
        order=("登记日期",),
        dates=("compact", "iso"),
    ),
    "死亡登记": Sheet(
        "登记/户政/死亡登记.csv",
        _columns("姓名 身份证号 死亡日期 登记日期"),
        order=("登记日期",),
        encoding=GB,
        dates=("iso", "han", "slash"),
        ids=("身份证号",),
    ),
    "火化": Sheet(
        "登记/户政/火化.xlsx",
        _columns("姓名 身份证号 火化日期"),
        order=("火化日期",),
        title=("青石县殡仪馆火化登记",),
        dates=("native",),
    ),
    "服刑": Sheet("登记/户政/服刑.csv", _columns("姓名 身份证号 起始日期 释放日期 刑种"), order=("起始日期",)),
    "企业登记": Sheet(
        "登记/企业/企业登记.csv",
        _columns(
            "统一社会信用代码 企业名称 曾用名 成立日期 注销日期 注册资本 "
            "法定代表人 法定代表人身份证号 注册地址 联系电话 经营范围 参保人数 "
            "企业类型 登记状态"
        ),
        order=("成立日期",),
        encoding=GB,
        dates=("iso", "han"),
        amounts=("wan", "plain", "han"),
        ids=("法定代表人身份证号",),
    ),
    "股东": Sheet(
        "登记/企业/股东.csv",
        _columns("统一社会信用代码 企业名称 股东名称 股东证件号 持股比例 认缴出资额 实缴出资额 入股日期 退出日期"),
        order=(CODE, "入股日期"),
        dates=("iso", "slash"),
        amounts=("wan", "comma"),
        ids=("股东证件号",),
    ),
    "主要人员": Sheet(
        "登记/企业/主要人员.xlsx",
        _columns("统一社会信用代码 企业名称 姓名 身份证号 职务 任职日期 离任日期"),
        order=(CODE,),
        title=("企业主要人员备案信息",),
        dates=("native",),
    ),
    "工商变更": Sheet(
        "登记/企业/工商变更.csv",
        _columns("统一社会信用代码 企业名称 变更日期 变更事项 变更前 变更后"),
        order=("变更日期",),
        dates=("iso", "compact"),
    ),
    "参保": Sheet(
        "登记/社保/参保.csv",
        _columns("姓名 身份证号 参保单位 统一社会信用代码 起始月份 终止月份 用工单位"),
        order=("参保单位", "起始月份"),
        dates=("iso", "compact"),
    ),
    "工资": Sheet(
        "登记/社保/工资.csv",
        _columns("发放单位 统一社会信用代码 姓名 身份证号 月份 金额"),
        order=("发放单位", "月份"),
        dates=("compact",),
        amounts=("cents",),
    ),
    "发票": Sheet(
        "登记/税务/发票.csv",
        _columns("发票号码 开票日期 销方税号 销方名称 购方税号 购方名称 货物名称 价税合计 状态"),
        order=("发票号码",),
        amounts=("comma",),
    ),
    "车辆": Sheet("登记/财产/车辆.csv", _columns("所有人 身份证号 车辆类型 登记日期 注销日期"), order=("登记日期",)),
    "不动产": Sheet(
        "登记/财产/不动产.xlsx",
        _columns("权利人 身份证号 坐落 登记日期 注销日期 成交价"),
        order=("登记日期",),
        title=("不动产登记簿摘录",),
        dates=("native",),
    ),
    "资产": Sheet(
        "登记/财产/资产.csv", _columns("姓名 身份证号 类型 描述 登记日期 金额 注销日期"), amounts=("wan", "plain")
    ),
    "审批": Sheet(
        "审批/审批.csv",
        _columns(
            "申请编号 事项 申请人 申请人证件号 受理单位 经办人 受理日期 办结日期 结果 法定时限 承诺时限 补正起 补正止"
        ),
        order=("申请编号",),
    ),
    # 采购: tenders, contracts, payments
    "招标项目": Sheet(
        "采购/招标项目.xlsx",
        _columns("项目编号 项目名称 采购单位 采购方式 品目 预算金额 公告日期 开标日期 代理机构 标段编号 最高限价"),
        order=("项目编号", "标段编号"),
        title=("青石县公共资源交易项目台账", "单位:元"),
        dates=("native",),
    ),
    "投标": Sheet(
        "采购/投标.csv",
        _columns(
            "项目编号 标段编号 投标单位 统一社会信用代码 投标报价 是否中标 "
            "否决原因 联系人 联系电话 文件机器码 IP地址 保证金账户"
        ),
        order=("项目编号", "标段编号"),
        encoding=GB,
        amounts=("plain", "comma", "wan"),
    ),
    "评标专家": Sheet(
        "采购/评标专家.csv", _columns("项目编号 专家姓名 专家身份证号 单位 被评单位 得分"), order=("项目编号",)
    ),
    "合同": Sheet(
        "采购/合同.csv",
        _columns(
            "合同编号 项目编号 标段编号 合同名称 采购单位 供应商 "
            "统一社会信用代码 合同金额 签订日期 经办人 验收日期 结算金额"
        ),
        order=("合同编号",),
        encoding=BOM,
        dates=("iso", "han", "slash"),
        amounts=("plain", "wan", "han", "comma"),
    ),
    "合同变更": Sheet("采购/合同变更.csv", _columns("合同编号 变更日期 变更金额 原因"), amounts=("comma",)),
    "分包": Sheet("采购/分包.csv", _columns("合同编号 分包单位 统一社会信用代码 分包金额 签订日期"), amounts=("wan",)),
    "采购限额": Sheet(
        "采购/采购限额.csv", _columns("地区 类别 标准类型 金额 起始日期 终止日期 文号"), amounts=("wan",)
    ),
    "财政支付": Sheet(
        "采购/财政支付.csv",
        _columns("支付编号 合同编号 付款单位 付款账号 收款方 收款账号 金额 支付日期 用途"),
        order=("支付编号",),
        encoding=GB,
        dates=("compact", "iso"),
        amounts=("cents", "comma"),
    ),
    # 银行
    "账户": Sheet("银行/账户.csv", _columns("账号 开户行 户名 证件号 开户日期"), order=("开户行", "账号")),
    "惠农": Sheet(
        "银行/惠农银行流水.csv",
        _columns(
            "交易账号 交易户名 证件号 交易时间 交易金额 交易余额 收付标志 "
            "对手账号 对手户名 摘要说明 交易流水号 交易是否成功 现金标志"
        ),
        encoding=GB,
        amounts=("cents",),
    ),
    "惠农补充": Sheet(
        "银行/补充调取/惠农银行流水(补充).csv",
        _columns(
            "交易账号 交易户名 证件号 交易时间 交易金额 交易余额 收付标志 "
            "对手账号 对手户名 摘要说明 交易流水号 交易是否成功 现金标志"
        ),
        encoding=GB,
        amounts=("cents",),
    ),
    "禾川": Sheet(
        "银行/禾川银行流水.csv",
        _columns("账号 户名 证件号码 交易日期 借贷标志 发生额 余额 对方账号 对方户名 对方开户行 摘要 流水号"),
        encoding=BOM,
        dates=("compact",),
        amounts=("comma",),
    ),
    "云岫": Sheet(
        "银行/云岫村镇银行流水.xlsx",
        _columns(
            "交易时间 交易账号 交易户名 开户人证件号码 收付 交易金额 账户余额 对手账户 交易对手户名 交易摘要 交易序号"
        ),
        title=("云岫村镇银行 协助查询财产结果", "查询期间:2020-01-01 至 2022-12-31"),
        dates=("slash",),
    ),
    "往来": Sheet(
        "银行/对公往来.csv",
        _columns("流水号 交易时间 付款账号 付款户名 收款账号 收款户名 金额 摘要"),
        amounts=("cents",),
    ),
    "协查": Sheet(
        "银行/补充调取/协查反馈(乐进财).csv",
        _columns("流水号 交易时间 付款账号 付款户名 收款账号 收款户名 金额 摘要"),
        amounts=("cents",),
    ),
    "第三方支付": Sheet(
        "银行/第三方支付.csv",
        _columns("用户ID 实名 证件号 交易单号 借贷类型 交易时间 金额 单位 对方ID 对方实名 备注"),
    ),
    # 补贴
    "补贴2020": Sheet(
        "补贴/2020年补贴发放.csv",
        _columns("发放编号 项目 月份 受益人 身份证号 行政村 金额 收款账号 经办人 经办人身份证号"),
        encoding=GB,
        dates=("iso", "compact"),
        ids=("身份证号",),
    ),
    "补贴2021": Sheet(
        "补贴/2021年补贴发放.xlsx",
        _columns(
            "发放编号 项目 月份 受益人 身份证号 行政村 户主 数量 "
            "单位 标准 金额 收款账号 批次 发放状态 经办人 经办人身份证号"
        ),
        title=("青石县惠民惠农财政补贴“一卡通”发放明细表(2021年度)", "填报:县财政局  单位:元"),
        dates=("iso", "han"),
        ids=("身份证号",),
    ),
    "补贴2022": Sheet(
        "补贴/2022年补贴发放.csv",
        _columns(
            "发放编号 补贴项目 发放月份 姓名 身份证号码 所在村 发放金额 一卡通账号 批次 状态 审核人 经办人身份证号码"
        ),
        dates=("compact", "han", "iso"),
        amounts=("plain", "cents"),
        ids=("身份证号码",),
    ),
    "土地确权": Sheet("补贴/土地确权.csv", _columns("承包方代表 身份证号 行政村 合同面积 实测面积"), order=("行政村",)),
    # 民生
    "土地租赁": Sheet(
        "村务/土地租赁.csv",
        _columns("合同编号 行政村 承租方 承租方证件号 面积 年租金 起始日期 终止日期 会议记录编号 应收 已收 公开交易"),
    ),
    "食材采购": Sheet(
        "校园餐/食材采购.csv", _columns("学校 月份 供应商 统一社会信用代码 品名 数量 单价"), order=("学校", "月份")
    ),
    "就餐人数": Sheet("校园餐/就餐人数.csv", _columns("学校 月份 人数"), order=("学校", "月份")),
    "耗材使用": Sheet(
        "医药/耗材使用.csv", _columns("医院 科室 医生 身份证号 品名 月份 数量 单价 供应商"), order=("科室", "月份")
    ),
    # 案件
    "线索": Sheet(
        "案件/线索.csv",
        _columns(
            "线索编号 受理日期 来源渠道 被反映人 被反映人单位 反映内容 承办部门 "
            "办理期限 办理状态 办结日期 问题类别 领域 处置方式"
        ),
    ),
    "案件": Sheet(
        "案件/案件.csv",
        _columns(
            "案件编号 案由 立案日期 涉案人 涉案人证件号 状态 立案类型 党纪处分 政务处分 判决生效日期 涉案金额 追缴金额"
        ),
        amounts=("wan",),
    ),
    # What every office also hands in: a table nobody asked for, and one that must not be read
    "值班": Sheet("案件/值班表.csv", _columns("日期 带班领导 值班员 备注")),
    "信访": Sheet("案件/信访登记簿.csv", _columns("线索编号 受理日期 举报人 联系方式 被反映人 反映内容")),
}
