"""The ordinary companies: who owns and runs them, none of whom is kin of an official."""

import random
from datetime import date

from county.world import County, Firm, Person, day

# Invented two-word names; the trade decides what they bid for.
ORDINARY = {
    "建筑": ("岚衡建筑工程", "沐楷建筑安装", "磐颂建设工程", "栎阑建筑劳务", "嵘叙建筑装饰", "垣笙建设"),
    "路桥": ("骞岭路桥", "衢岑公路工程", "陌砥市政工程", "辙远交通工程"),
    "绿化": ("芃野园林", "蘅渚绿化工程", "樾声景观"),
    "水利": ("汀砚水利工程", "浣序水电安装", "潆峪水利建设"),
    "医疗": ("杏祺医疗器械", "芷嵩医药", "岐澍医疗设备", "荃衍医用耗材"),
    "餐饮": ("穗朴食品配送", "黍禾餐饮服务", "廪丰粮油", "葵藿农产品"),
    "办公": ("简砚办公用品", "墨栈信息技术", "帛书印务", "晷影电子科技", "纬枢网络科技"),
    "农资": ("垄上农资", "耜耕农机", "菽原种业", "畦润节水灌溉"),
    "物业": ("敞庭物业服务", "洁岫保洁服务", "苑屿物业管理"),
    "代理": ("衡鉴招标代理", "正筹工程咨询"),
    "建材": ("砾川砂石", "窑阜建材", "钧塬混凝土"),
}
SUFFIX = "有限公司"


def _boss(county: County, rng: random.Random) -> Person:
    sex = rng.choice(["男", "男", "女"])
    return county.somebody(rng, 1965, 1985, sex)


def ordinary_firm(county: County, rng: random.Random, short: str, trade: str) -> Firm:
    """Register a company with its owner, a partner, and a supervisor."""
    boss = _boss(county, rng)
    founded = date(rng.randrange(2008, 2018), rng.randrange(1, 13), rng.randrange(1, 29))
    firm = county.firm(short + SUFFIX, founded, boss, trade)
    partner = _boss(county, rng) if rng.random() < 0.4 else None
    county.share(firm, boss, 0.7 if partner else 1.0, founded)
    if partner:
        county.share(firm, partner, 0.3, founded)
    county.officer(firm, boss, "执行董事兼经理", founded)
    county.officer(firm, partner or _boss(county, rng), "监事", founded)
    return firm


def _changes(county: County) -> None:
    """What the register of changes holds: a move, a new name, a new representative."""
    moved, renamed = county.firms["青石县帛书印务有限公司"], county.firms["青石县洁岫保洁服务有限公司"]
    for firm, when, what, before, after in (
        (moved, "2019-04-11", "住所", "青石县北街7号", "青石县青石大道41号"),
        (renamed, "2018-09-03", "名称", "青石县洁岫家政服务有限公司", renamed.name),
        (county.firms["青石县耜耕农机有限公司"], "2020-06-22", "经营范围", "农机销售", "农机销售、维修"),
        (
            county.firms["青石县窑阜建材有限公司"],
            "2017-02-14",
            "法定代表人",
            "沙金魁",
            county.firms["青石县窑阜建材有限公司"].rep.name,
        ),
    ):
        county.book.add(
            "工商变更",
            统一社会信用代码=firm.code,
            企业名称=firm.name,
            变更日期=day(when),
            变更事项=what,
            变更前=before,
            变更后=after,
        )


def _invoices(county: County, rng: random.Random) -> None:
    firms = [firm for firm in county.firms.values() if firm.trade in ("建材", "建筑", "路桥", "农资")]
    for number in range(60):
        seller, buyer = rng.choice(firms), rng.choice(firms)
        if seller is buyer:
            continue
        county.book.add(
            "发票",
            发票号码=f"9901{20200000 + number * 17}",
            开票日期=date(2020 + number // 24, number % 12 + 1, 6 + number % 20),
            销方税号=seller.code,
            销方名称=seller.name,
            购方税号=buyer.code,
            购方名称=buyer.name,
            货物名称=rng.choice(["砂石料", "水泥", "机械租赁", "劳务费"]),
            价税合计=rng.randrange(20, 900) * 100.0,
            状态="红冲" if number % 29 == 28 else "作废" if number % 31 == 30 else "正常",
        )


def firms(county: County) -> None:
    """Register the ordinary companies."""
    rng = random.Random("firms")
    for trade, shorts in ORDINARY.items():
        for short in shorts:
            ordinary_firm(county, rng, short, trade)
    _changes(county)
    _invoices(county, rng)
