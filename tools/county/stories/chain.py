"""利益链: money that comes back to those who could decide, and six kinds of money that only looks like it."""

from datetime import timedelta

from county.forms import Month, months
from county.offices import charge, committee, kin, post, wed
from county.purchases import Bid, contract, tender
from county.stories.stage import Stage
from county.world import COUNTY, Firm, day

WATER, HOSPITAL, ROADS = "青石县水利局", "青石县人民医院", "青石县交通运输局"
HEALTH, EDUCATION, TOWN = "青石县卫生健康局", "青石县教育局", "河湾镇人民政府"
VILLAGE = "河湾镇上庄村"


def _firm(stage: Stage, short: str, founded: str, boss: str, trade: str) -> Firm:
    person = stage.people[boss]
    firm = stage.county.firm(short + "有限公司", day(founded), person, trade)
    stage.county.share(firm, person, 1.0, day(founded))
    stage.county.officer(firm, person, "执行董事兼总经理", day(founded))
    stage.account(firm, queried=True)
    return firm


def _go_between(stage: Stage) -> None:
    """Scheme: the bureau pays the firm, the firm a go-between, the go-between the bureau head's wife; three times."""
    c, p = stage.county, stage.people
    head, wife = p["高怀远"], p["金雅茹"]
    post(c, head, WATER, "局长", day("2018-01-08"), day("2023-12-20"), "正科级")
    wed(c, head, wife, day("1994-05-18"))
    kin(c, head, "妻子", wife, day("1994-05-18"), unit="退休")
    firm = _firm(stage, "禾澜水利工程", "2013-10-10", "顾长林", "水利")
    middle, home = stage.card("丁小波"), stage.card("金雅茹")
    rivals = [c.firms[f"{COUNTY}{short}有限公司"] for short in ("汀砚水利工程", "潆峪水利建设")]
    bids = [Bid(firm, 3_200_000.0, True), *(Bid(rival, 3_240_000.0 + 21_000 * n) for n, rival in enumerate(rivals))]
    project = tender(c, WATER, "青石河堤防加固工程", day("2020-04-21"), bids, "公开招标", 3_300_000.0)
    number = contract(c, WATER, firm, "青石河堤防加固工程", day("2020-05-12"), 3_200_000.0, project)
    for paid, amount, first, second in (
        ("2020-07-10", 960_000, 150_000, 140_000),
        ("2020-12-15", 1_280_000, 200_000, 188_000),
        ("2021-06-21", 800_000, 120_000, 110_000),
    ):
        when = stage.paid(number, WATER, firm, float(amount), day(paid), 0, "堤防加固工程款")
        stage.give(when + timedelta(days=4), stage.account(firm), middle, first, "劳务费")
        stage.give(when + timedelta(days=12), middle, home, second, "还款")


def _boss_pays(stage: Stage) -> None:
    """Scheme: who signs for the hospital's equipment gets money from the supplier's owner after each payment."""
    c, p = stage.county, stage.people
    handler = p["白志刚"]
    post(c, handler, HOSPITAL, "设备科科长", day("2016-03-01"), None, "九级职员")
    firm = _firm(stage, "苓术医药", "2014-02-25", "祝永康", "医疗")
    boss, own = stage.card("祝永康"), stage.card("白志刚")
    for signed, amount in (("2020-03-16", 420_000), ("2020-09-14", 450_000), ("2021-04-12", 480_000)):
        number = contract(c, HOSPITAL, firm, f"{signed[:4]}年检验试剂采购", day(signed), float(amount), None, handler)
        c.book.add(
            "职责",
            单位=HOSPITAL,
            事项="检验试剂采购",
            环节="验收签字",
            姓名=handler.name,
            身份证号=handler.id,
            日期=day(signed) + timedelta(days=25),
            关联编号=number,
        )
        when = stage.paid(number, HOSPITAL, firm, float(amount), day(signed), 40, "试剂款")
        stage.give(when + timedelta(days=3), stage.account(firm), boss, round(amount * 0.25, -3), "备用金")
        stage.give(when + timedelta(days=9), boss, own, round(amount * 0.15, -3), "往来款")


def _gifts(stage: Stage) -> None:
    """Look-alike, 人情往来: a wedding and a funeral, small sums, and returned at the other's occasion."""
    c, p = stage.county, stage.people
    head, daughter = p["卢正平"], p["卢晓彤"]
    post(c, head, TOWN, "镇长", day("2018-02-01"), None, "正科级")
    kin(c, head, "女儿", daughter)
    firm = _firm(stage, "桓榆建设", "2012-12-03", "鲍国强", "建筑")
    own, other = stage.card("卢正平"), stage.card("鲍国强")
    number = contract(c, TOWN, firm, "镇政府院墙维修", day("2021-08-10"), 48_000.0)
    when = stage.paid(number, TOWN, firm, 48_000.0, day("2021-08-10"), 36, "院墙维修款")
    stage.give(when + timedelta(days=5), stage.account(firm), other, 10_000, "备用金")
    stage.give(day("2021-10-04"), other, own, 1_200, "贺卢晓彤新婚")
    stage.give(day("2022-01-15"), own, other, 1_000, "鲍家老人丧礼慰问")
    for turn, name in enumerate(("岳铁山", "纪东来", "章立早", "霍思远", "佟立本", "燕长青")):
        stage.give(
            day("2021-10-03") + timedelta(days=turn % 3),
            stage.card(name, False),
            own,
            600 + turn % 3 * 200,
            "贺卢晓彤新婚",
        )


def _collects_for_others(stage: Stage) -> None:
    """Look-alike, 代收代缴: a village secretary collects health insurance and pays it to the tax office."""
    c, p = stage.county, stage.people
    cadre = p["贾福来"]
    post(c, cadre, committee(VILLAGE), "党支部书记、村委会主任", day("2018-03-10"))
    firm = _firm(stage, "岩松建材", "2011-05-30", "岳铁山", "建材")
    own, office = stage.card("贾福来"), c.account("青石县税务局", bank=0)
    payer = committee(VILLAGE)
    stage.treasuries[payer] = c.account(payer)
    number = contract(c, payer, firm, "村内道路砂石料", day("2021-08-02"), 120_000.0)
    when = stage.paid(number, payer, firm, 120_000.0, day("2021-08-02"), 40, "砂石料款")
    stage.give(when + timedelta(days=20), stage.account(firm), own, 28_800, "代收2022年城乡居民医保(工人90人)")
    for turn in range(24):
        neighbour = c.somebody(stage.rng, 1950, 1990, "男" if turn % 2 else "女", VILLAGE)
        card = c.account(neighbour, bank=0)
        stage.give(
            day("2021-10-08") + timedelta(days=turn % 14), card, own, 320 * (1 + turn % 3), "代收2022年城乡居民医保"
        )
    total = 28_800 + sum(320 * (1 + turn % 3) for turn in range(24))
    stage.give(day("2021-10-29"), own, office, total, "代缴上庄村2022年城乡居民医保")


def _wages(stage: Stage) -> None:
    """Look-alike: the deputy's son works for the supplier, insured and paid like his colleagues."""
    c, p = stage.county, stage.people
    firm = stage.firms["蕙畹"]
    source, own = stage.account(firm, queried=True), stage.card("尹浩")
    number = contract(c, HEALTH, firm, "2021年防护用品按月配送", day("2021-01-11"), 684_000.0)
    for month in months(Month(2021, 1), Month(2021, 12)):
        paid = day(f"{month.year}-{month.month:02d}-20")
        stage.paid(number, HEALTH, firm, 57_000.0, paid, 0, "防护用品款")
        stage.give(paid + timedelta(days=5), source, own, 6_200, "代发工资")
        for name, wage in (("尹浩", 6_200.0), ("裴少康", 8_000.0)):
            person = p[name]
            c.book.add(
                "工资",
                发放单位=firm.name,
                统一社会信用代码=firm.code,
                姓名=person.name,
                身份证号=person.id,
                月份=month,
                金额=wage,
            )


def _sold_flat(stage: Stage) -> None:
    """Look-alike: she sold her flat, registered and at the price of its street, to the owner of a supplier."""
    c, p = stage.county, stage.people
    official, buyer = p["盛怀玉"], p["纪东来"]
    post(c, official, EDUCATION, "副局长", day("2017-09-01"), None, "副科级")
    charge(c, official, EDUCATION, "教育装备", day("2017-09-01"))
    firm = _firm(stage, "邶淇教学仪器", "2010-01-20", "纪东来", "办公")
    boss, own = stage.card("纪东来"), stage.card("盛怀玉")
    number = contract(c, EDUCATION, firm, "实验室仪器采购", day("2020-06-08"), 900_000.0)
    when = stage.paid(number, EDUCATION, firm, 900_000.0, day("2020-06-08"), 45, "仪器款")
    stage.give(when + timedelta(days=30), stage.account(firm), boss, 460_000, "股东分红")
    stage.give(when + timedelta(days=41), boss, own, 430_000, "购房款 云庭小区3幢502")
    sold = when + timedelta(days=44)
    place = "青石县云庭小区3幢502室"
    c.book.add(
        "不动产",
        权利人=official.name,
        身份证号=official.id,
        坐落=place,
        登记日期=day("2008-05-06"),
        注销日期=sold,
        成交价=218_000.0,
    )
    c.book.add("不动产", 权利人=buyer.name, 身份证号=buyer.id, 坐落=place, 登记日期=sold, 成交价=430_000.0)
    for number_, price in ((401, 425_000.0), (601, 436_000.0)):  # what neighbours paid that year
        other = c.somebody(stage.rng, 1970, 1990, "男")
        c.book.add(
            "不动产",
            权利人=other.name,
            身份证号=other.id,
            坐落=f"青石县云庭小区3幢{number_}室",
            登记日期=day("2020-05-11"),
            成交价=price,
        )


def _wrong_account(stage: Stage) -> None:
    """Look-alike: a transfer to the wrong card, reversed the same day; and a payment from before the post."""
    c, p = stage.county, stage.people
    official, boss = p["阎守信"], p["章立早"]
    post(c, official, ROADS, "局长", day("2021-01-04"), None, "正科级")
    firm = _firm(stage, "陂塘路桥", "2009-09-09", "章立早", "路桥")
    own, source = stage.card("阎守信"), stage.account(firm)
    number = contract(c, ROADS, firm, "桥梁检测", day("2021-03-02"), 640_000.0)
    when = stage.paid(number, ROADS, firm, 640_000.0, day("2021-03-02"), 30, "桥梁检测款")
    wrong = when + timedelta(days=6)
    stage.give(wrong, source, own, 150_000, "材料款")
    stage.give(wrong + timedelta(days=1), own, source, 150_000, "冲正 账号有误退回")
    early = contract(c, ROADS, firm, "涵洞清淤", day("2020-02-18"), 260_000.0)
    then = stage.paid(early, ROADS, firm, 260_000.0, day("2020-02-18"), 30, "涵洞清淤款")
    stage.give(then + timedelta(days=8), source, stage.card(boss.name), 90_000, "备用金")
    stage.give(then + timedelta(days=15), stage.card(boss.name), own, 60_000, "归还借款")


def _undated_post(stage: Stage) -> None:
    """Cannot be told: money came back, but the register does not say since when he has been the deputy in charge."""
    c, p = stage.county, stage.people
    official = p["霍思远"]
    unit = "柳荫乡人民政府"
    post(c, official, unit, "乡长", None, None, "正科级")
    firm = _firm(stage, "樗里建筑", "2015-06-18", "穆成林", "建筑")
    own = stage.card("霍思远")
    number = contract(c, unit, firm, "乡敬老院修缮", day("2021-05-17"), 380_000.0)
    when = stage.paid(number, unit, firm, 380_000.0, day("2021-05-17"), 50, "敬老院修缮款")
    stage.give(when + timedelta(days=7), stage.account(firm), own, 60_000, "往来款")


def chain(stage: Stage) -> None:
    """Tell all stories of this query."""
    for story in (
        _go_between, _boss_pays, _gifts, _collects_for_others, _wages, _sold_flat, _wrong_account, _undated_post
    ):  # fmt: skip
        story(stage)
