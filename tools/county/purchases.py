"""Ordinary purchasing: tenders with independent bidders, contracts by their winners, payments of their sums."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from county.firms import ORDINARY
from county.world import COUNTY, County, Firm, Person

# Buyer, what it buys, from which trade, usual budget in thousands of yuan.
NEEDS = (
    ("青石县交通运输局", "农村公路维修", "路桥", 900),
    ("青石县交通运输局", "公路安全防护工程", "路桥", 700),
    ("青石县住房和城乡建设局", "老旧小区改造", "建筑", 1800),
    ("青石县住房和城乡建设局", "街边绿地养护", "绿化", 300),
    ("青石县水利局", "灌区渠道修复", "水利", 1200),
    ("青石县教育局", "校舍维修", "建筑", 1100),
    ("青石县教育局", "教学设备采购", "办公", 400),
    ("青石县卫生健康局", "乡镇卫生院设备", "医疗", 600),
    ("青石县农业农村局", "高标准农田配套", "农资", 800),
    ("青石县农业农村局", "良种采购", "农资", 260),
    ("青石县民政局", "敬老院食材配送", "餐饮", 240),
    ("青石县财政局", "办公用品定点采购", "办公", 120),
    ("青石县自然资源局", "档案数字化", "办公", 350),
    ("青石县人民医院", "保洁服务", "物业", 280),
    ("青石县第一中学", "学生宿舍维修", "建筑", 650),
    ("青石县实验小学", "食堂食材配送", "餐饮", 330),
    ("河湾镇人民政府", "村道硬化", "路桥", 480),
    ("云岫镇人民政府", "饮水管网", "水利", 520),
    ("柳荫乡人民政府", "文化广场", "建筑", 390),
)


@dataclass(frozen=True)
class Bid:
    """One bid."""

    firm: Firm
    price: float
    won: bool = False
    lot: str | None = None
    rejected: str | None = None
    phone: str | None = None
    device: str | None = None
    ip: str | None = None
    deposit: str | None = None
    contact: str | None = None


def tender(
    county: County,
    buyer: str,
    what: str,
    opened: date | None,
    bids: list[Bid],
    method: str = "公开招标",
    budget: float = 500_000.0,
    kind: str = "工程",
    lots: tuple[str | None, ...] = (None,),
) -> str:
    """Record a tender with its bids and return its number."""
    year = opened.year if opened else 2021
    number = f"QSZC-{year}-{county.next(f'tender{year}'):03d}"
    for lot in lots:
        county.book.add(
            "招标项目",
            项目编号=number,
            项目名称=what,
            采购单位=buyer,
            采购方式=method,
            品目=kind,
            预算金额=budget,
            公告日期=opened - timedelta(days=22) if opened else None,
            开标日期=opened,
            代理机构="青石县衡鉴招标代理有限公司" if method == "公开招标" else None,
            标段编号=lot,
            最高限价=round(budget * 0.98, -2),
        )
    for bid in bids:
        serial = county.next("bid")
        county.book.add(
            "投标",
            项目编号=number,
            标段编号=bid.lot,
            投标单位=bid.firm.name,
            统一社会信用代码=bid.firm.code,
            投标报价=bid.price,
            是否中标="是" if bid.won else "否",
            否决原因=bid.rejected,
            联系人=bid.contact or bid.firm.rep.name,
            联系电话=bid.phone or f"1990001{bid.firm.code[8:12]}",
            文件机器码=bid.device or f"QS-{bid.firm.code[8:14]}-{bid.firm.code[-3:]}",
            IP地址=bid.ip or f"10.{serial % 200 + 20}.{serial * 7 % 250}.{serial * 13 % 250}",
            保证金账户=bid.deposit or f"99019900000{bid.firm.code[8:16]}",
        )
    return number


def contract(
    county: County,
    buyer: str,
    firm: Firm,
    what: str,
    signed: date | None,
    amount: float,
    project: str | None = None,
    handler: Person | None = None,
    lot: str | None = None,
) -> str:
    """Record a contract and return its number."""
    year = signed.year if signed else 2021
    number = f"QSHT-{year}-{county.next(f'contract{year}'):03d}"
    county.book.add(
        "合同",
        合同编号=number,
        项目编号=project,
        标段编号=lot,
        合同名称=what,
        采购单位=buyer,
        供应商=firm.name,
        统一社会信用代码=firm.code,
        合同金额=amount,
        签订日期=signed,
        经办人=handler.name if handler else None,
        验收日期=signed + timedelta(days=150) if signed else None,
        结算金额=amount if signed and signed.year < 2022 else None,
    )
    return number


def pay(
    county: County,
    number: str | None,
    buyer: str,
    source: str,
    payee: str,
    target: str,
    amount: float,
    paid: date,
    use: str,
) -> None:
    """Record a public payment; its bank rows are made with the statements."""
    serial = county.next("payment")
    county.book.add(
        "财政支付",
        支付编号=f"QSZF{paid:%Y}{serial:04d}",
        合同编号=number,
        付款单位=buyer,
        付款账号=source,
        收款方=payee,
        收款账号=target,
        金额=amount,
        支付日期=paid,
        用途=use,
    )


def ordinary_tenders(county: County, treasuries: dict[str, str], accounts: dict[str, str], count: int = 38) -> None:
    """Record ordinary tenders; about two of three lead to a contract that is paid in one to three parts.

    Args:
        county: The county.
        treasuries: Buyer -> its account.
        accounts: Company -> its account, opened here when it has none.
        count: How many tenders.
    """
    rng = random.Random("purchases")
    experts = [county.somebody(rng, 1968, 1982, "男") for _ in range(6)]
    for turn in range(count):
        buyer, what, trade, thousands = NEEDS[turn % len(NEEDS)]
        opened = date(2019 + turn * 4 // count, turn * 5 % 12 + 1, 3 + turn * 7 % 24)
        budget = float(thousands * (90 + rng.randrange(20)) * 10)
        names = [f"{COUNTY}{short}有限公司" for short in ORDINARY[trade]]
        rng.shuffle(names)
        prices = sorted(round(budget * (0.86 + rng.random() * 0.11), -1) for _ in names[:5])
        spoiled = len(names) > 3 and rng.random() < 0.2
        bids = [
            Bid(county.firms[name], price, place == 0, rejected="未按要求签章" if spoiled and place == 2 else None)
            for place, (name, price) in enumerate(zip(names[:5], prices, strict=True))
        ]
        kind = "工程" if trade in ("路桥", "建筑", "水利", "绿化") else "服务" if trade in ("物业", "餐饮") else "货物"
        project = tender(county, buyer, f"{opened.year}年{what}", opened, bids, "公开招标", budget, kind)
        for expert in experts[turn % 3 : turn % 3 + 3]:
            county.book.add(
                "评标专家",
                项目编号=project,
                专家姓名=expert.name,
                专家身份证号=expert.id,
                单位="市评标专家库",
                被评单位=names[0],
                得分=80 + rng.randrange(16),
            )
        if turn % 3 == 2:
            continue
        winner, signed = bids[0].firm, opened + timedelta(days=18)
        number = contract(county, buyer, winner, f"{opened.year}年{what}", signed, prices[0], project)
        target = accounts.get(winner.name) or accounts.setdefault(winner.name, county.account(winner))
        parts = (1.0,) if prices[0] < 300_000 else (0.3, 0.6) if turn % 2 else (0.3, 0.4, 0.3)
        for step, part in enumerate(parts):
            amount, paid = round(prices[0] * part, 2), signed + timedelta(days=20 + step * 95)
            pay(county, number, buyer, treasuries[buyer], winner.name, target, amount, paid, f"{what}款")
        if turn % 13 == 4:
            county.book.add(
                "合同变更",
                合同编号=number,
                变更日期=signed + timedelta(days=60),
                变更金额=round(prices[0] * 0.06, 2),
                原因="工程量增加",
            )
        if turn % 17 == 5:
            labour = county.firms["青石县栎阑建筑劳务有限公司"]
            if labour is not winner:
                county.book.add(
                    "分包",
                    合同编号=number,
                    分包单位=labour.name,
                    统一社会信用代码=labour.code,
                    分包金额=round(prices[0] * 0.2, -2),
                    签订日期=signed + timedelta(days=12),
                )
