"""Every kind of row that an import refuses, doubts or notes, each at a place that the story and the tests name."""

from county.stories.stage import Stage
from county.world import Person


def _cells(header: tuple[str, ...], **cells: object) -> list[object]:
    unknown = set(cells) - set(header)
    if unknown:
        raise KeyError(str(unknown))
    return [cells.get(column, "") for column in header]


def faults(stage: Stage, headers: dict[str, tuple[str, ...]]) -> None:
    """Put the bad rows in their places; rising row numbers within a table."""
    c, p = stage.county, stage.people

    def put(table: str, number: int, **cells: object) -> None:
        c.book.insert(table, number, *_cells(headers[table], **cells))

    def cut(table: str, number: int, *cells: object) -> None:
        c.book.insert(table, number, *cells)

    firm = c.firms["青石县砾川砂石有限公司"]
    deputy: Person = p["秦牧川"]
    # refused: too few columns, too many, a quotation mark that never closes, what is required and empty
    cut("分管", 4, "青石县住房和城乡建设局", deputy.name, deputy.id)
    cut(
        "股东",
        9,
        firm.code,
        firm.name,
        firm.rep.name,
        firm.rep.id,
        "100%",
        "200万元",
        "",
        "2012-01-01",
        "",
        "多出的一列",
    )
    cut("发票", 6, f'990120200999,2020-03-03,{firm.code},"青石县砾川砂石有限公司,,,砂石料,1200.00,正常'.encode())
    put("亲属关系", 11, 姓名=deputy.name, 身份证号=deputy.id, 称谓="配偶", 亲属姓名="")
    put("招标项目", 15, 项目编号="", 项目名称="(编号漏填)乡道标线", 采购单位="青石县交通运输局", 采购方式="公开招标")
    # refused: dates that do not exist, amounts that cannot be read, an unknown word
    put("死亡登记", 3, 姓名="沙金魁", 死亡日期="2021-02-30", 登记日期="2021-03-02")
    put(
        "合同",
        8,
        合同编号="QSHT-2018-901",
        合同名称="沟渠清淤",
        采购单位="河湾镇人民政府",
        供应商=firm.name,
        合同金额="约三万余",
        签订日期="2018-06-05",
    )
    put(
        "财政支付",
        5,
        支付编号="QSZF201899",
        付款单位="河湾镇人民政府",
        收款方=firm.name,
        金额="详见附件",
        支付日期="20180701",
    )
    put(
        "财政支付",
        21,
        支付编号="QSZF201999",
        付款单位="河湾镇人民政府",
        收款方=firm.name,
        金额="12000.00",
        支付日期="2019年13月5日",
    )
    put("惠农", 12, 交易账号=c.queried[0], 交易时间="2020-02-31 10:00:00", 交易金额="100.00", 收付标志="出")
    put("惠农", 25, 交易账号=c.queried[0], 交易时间="2020-03-01 10:00:00", 交易金额="100.00", 收付标志="待查")
    # doubted: ID numbers and credit codes that cannot be keys
    put("户籍", 5, 户号="QS09901", 姓名="沙金魁", 身份证号="99012119650101", 与户主关系="户主", 行政村="河湾镇石坝村")
    put(
        "户籍",
        17,
        户号="QS09902",
        姓名="沙金玉",
        身份证号="990121196701010010",
        与户主关系="户主",
        行政村="河湾镇石坝村",
    )
    put(
        "户籍",
        23,
        户号="QS09903",
        姓名="沙金梁",
        身份证号="99012119721301001X",
        与户主关系="户主",
        行政村="河湾镇石坝村",
    )
    put(
        "户籍",
        31,
        户号="QS09904",
        姓名="沙金栋",
        身份证号="99012119720101O01X",
        与户主关系="户主",
        行政村="河湾镇石坝村",
    )
    put(
        "补贴2022",
        30,
        发放编号="BT202299901",
        补贴项目="农村低保",
        发放月份="202203",
        姓名="沙小满",
        身份证号码="990121********0017",
        所在村="河湾镇石坝村",
        发放金额="420",
        状态="成功",
    )
    put("死亡登记", 7, 姓名="靳守田", 身份证号=_mistyped(p["靳守田"].id), 死亡日期="2020-05-06", 登记日期="2020-05-12")
    put(
        "投标",
        10,
        项目编号="QSZC-2019-001",
        投标单位="青石县砾川砂石有限公司",
        统一社会信用代码=_mistyped(firm.code),
        投标报价="880000",
        是否中标="否",
        否决原因="资质不符",
    )
    put(
        "参保",
        6,
        姓名=firm.rep.name,
        身份证号=firm.rep.id,
        参保单位=firm.name,
        统一社会信用代码=firm.code[:15],
        起始月份="2016-01",
    )
    # doubted: one number, two names; a price that cannot be read where a row can do without
    put("车辆", 4, 所有人="鲍国墙", 身份证号=p["鲍国强"].id, 车辆类型="小型轿车", 登记日期="2016-05-04")
    put(
        "投标",
        22,
        项目编号="QSZC-2019-002",
        投标单位="青石县窑阜建材有限公司",
        统一社会信用代码=c.firms["青石县窑阜建材有限公司"].code,
        投标报价="见投标函",
        是否中标="否",
    )
    # noted: a row given twice, a number that the sheet damaged
    row = c.book.rows["补贴2020"][40]
    put("补贴2020", 42, **{**row, "月份": f"{row['月份'].year}-{row['月份'].month:02d}", "金额": f"{row['金额']:g}"})
    put(
        "云岫",
        18,
        交易时间="2020/1/9 09:12:44",
        交易账号=next(a for a in c.queried if a[4] == "3"),
        收付="付",
        交易金额=360.0,
        对手账户=9901310000123456789,
        交易对手户名="云庭小区物业服务部",
        交易摘要="物业费",
        交易序号="YX00000001",
    )


def _mistyped(number: str) -> str:
    """Change the last character of a number so that its check fails."""
    return number[:-1] + ("2" if number[-1] != "2" else "3")
