"""影子公司: two schemes, eight innocent look-alikes, one that cannot be told for want of a date."""

from county.offices import charge, household, kin, post, wed
from county.purchases import Bid, contract, tender
from county.stories.stage import Stage
from county.world import COUNTY, Firm, Person, day

ROADS, HOUSING, WATER = "青石县交通运输局", "青石县住房和城乡建设局", "青石县水利局"
SCHOOL, EDUCATION, HEALTH = "青石县第一中学", "青石县教育局", "青石县卫生健康局"
FARMING, CIVIL, LAND, HOSPITAL = "青石县农业农村局", "青石县民政局", "青石县自然资源局", "青石县人民医院"


def _company(stage: Stage, short: str, founded: str, rep: Person, trade: str, share: float = 1.0) -> Firm:
    firm = stage.county.firm(short + "有限公司", day(founded), rep, trade)
    if share:
        stage.county.share(firm, rep, share, day(founded))
    return firm


def _contracts(
    stage: Stage, buyer: str, firm: Firm, what: str, *signed: tuple[str, int], method: str = "询价"
) -> list[str]:
    """Contracts by inquiry (询价) with nobody else invited, paid in one sum two months later."""
    numbers = []
    for when, amount in signed:
        project = None
        if method:
            bids = [Bid(firm, float(amount), True)]
            project = tender(stage.county, buyer, f"{when[:4]}年{what}", day(when), bids, method, amount * 1.02, "服务")
        numbers.append(contract(stage.county, buyer, firm, f"{when[:4]}年{what}", day(when), float(amount), project))
        stage.paid(numbers[-1], buyer, firm, float(amount), day(when), 62, f"{what}款")
    return numbers


def _road_care(stage: Stage) -> None:
    """Scheme: the deputy head in charge of rural roads; his wife's company is founded two months after he starts."""
    c, p = stage.county, stage.people
    official, wife = p["程树民"], p["贺兰芝"]
    post(c, official, ROADS, "副局长", day("2018-03-15"), day("2022-06-30"), "副科级")
    charge(c, official, ROADS, "农村公路建设与养护", day("2018-03-15"), day("2022-06-30"))
    wed(c, official, wife, day("1995-10-01"))
    kin(c, official, "妻子", wife, day("1995-10-01"), unit="个体")
    household(c, f"{COUNTY}城关社区", official, ("妻", wife))
    firm = _company(stage, "栩泽路桥养护", "2018-05-20", wife, "路桥", 0.9)
    c.share(firm, p["许茂才"], 0.1, day("2018-05-20"))
    c.officer(firm, wife, "执行董事兼经理", day("2018-05-20"))
    c.officer(firm, p["许茂才"], "监事", day("2018-05-20"))
    _contracts(
        stage, ROADS, firm, "农村公路日常养护",
        ("2018-09-12", 386_000), ("2019-04-16", 458_000), ("2020-05-08", 512_000), ("2021-03-22", 497_000),
        ("2022-11-08", 210_000),
    )  # fmt: skip


def _canteen(stage: Stage) -> None:
    """Scheme: a headmaster; his wife's brother owns nothing on paper but runs the canteen's supplier."""
    c, p = stage.county, stage.people
    head, wife, brother = p["陆景和"], p["乔玉茹"], p["乔志远"]
    post(c, head, SCHOOL, "校长", day("2017-08-20"), day("2023-07-31"), "正科级")
    wed(c, head, wife, day("1993-05-01"))
    kin(c, head, "妻子", wife, day("1993-05-01"), unit="青石县实验小学")
    kin(c, head, "妻弟", brother, unit="自由职业")
    firm = _company(stage, "菘蓝餐饮管理", "2017-12-11", p["汤显根"], "餐饮", 0.6)
    c.share(firm, p["骆小娥"], 0.4, day("2017-12-11"))
    c.officer(firm, brother, "经理", day("2018-01-05"))
    c.officer(firm, p["骆小娥"], "监事", day("2018-01-05"))
    _contracts(
        stage,
        SCHOOL,
        firm,
        "学生食堂食材配送",
        ("2019-08-21", 1_280_000),
        ("2020-08-19", 1_346_000),
        ("2021-08-23", 1_402_000),
    )
    school_meals(stage, firm)


def school_meals(stage: Stage, firm: Firm) -> None:
    """The canteen's own books: what was bought, how many ate."""
    for month in range(9, 13):
        for item, amount, price in (("大米", 5200, 4.6), ("猪肉", 1900, 31.5), ("蔬菜", 6400, 5.2)):
            stage.county.book.add(
                "食材采购",
                学校=SCHOOL,
                月份=f"2020-{month:02d}",
                供应商=firm.name,
                统一社会信用代码=firm.code,
                品名=item,
                数量=amount + month * 13,
                单价=price,
            )
        stage.county.book.add("就餐人数", 学校=SCHOOL, 月份=f"2020-{month:02d}", 人数=1810 + month)


def _recused(stage: Stage) -> None:
    """Look-alike: his sister's firm is older than his post, and he stood aside each time."""
    c, p = stage.county, stage.people
    official, sister = p["秦牧川"], p["秦牧云"]
    post(c, official, HOUSING, "副局长", day("2017-06-01"), None, "副科级")
    charge(c, official, HOUSING, "市政工程、照明", day("2017-06-01"))
    kin(c, official, "姐姐", sister, unit="青石县旌原照明工程有限公司")
    firm = _company(stage, "旌原照明工程", "2012-07-09", sister, "照明")
    numbers = _contracts(
        stage, HOUSING, firm, "路灯维护", ("2019-05-14", 268_000), ("2020-05-12", 274_000), ("2021-05-18", 281_000)
    )
    for number, when in zip(numbers, ("2019-05-06", "2020-05-06", "2021-05-07"), strict=True):
        c.book.add(
            "回避",
            姓名=official.name,
            身份证号=official.id,
            事项编号=number,
            日期=day(when),
            说明="供应商负责人为本人姐姐,申请回避,未参与",
        )


def _divorced(stage: Stage) -> None:
    """Look-alike: divorced seven months before the first contract."""
    c, p = stage.county, stage.people
    official, wife = p["孔维新"], p["苏映红"]
    post(c, official, WATER, "副局长", day("2016-04-01"), None, "副科级")
    charge(c, official, WATER, "水库除险加固", day("2016-04-01"))
    wed(c, official, wife, day("1997-02-08"))
    wed(c, official, wife, day("2018-11-05"), "离婚")
    kin(c, official, "前妻", wife, day("1997-02-08"), day("2018-11-05"))
    firm = _company(stage, "沅芷水工材料", "2015-03-17", wife, "水利")
    _contracts(stage, WATER, firm, "水工材料采购", ("2019-06-11", 330_000), ("2020-04-15", 298_000))


def _supervisor(stage: Stage) -> None:
    """Look-alike: the brother is only supervisor (监事), which controls nothing."""
    c, p = stage.county, stage.people
    official, brother = p["邵文彬"], p["邵文涛"]
    post(c, official, FARMING, "副局长", day("2017-01-10"), None, "副科级")
    charge(c, official, FARMING, "农机推广", day("2017-01-10"))
    kin(c, official, "弟弟", brother, unit="青石县澄枫农机有限公司")
    firm = _company(stage, "澄枫农机", "2014-09-01", p["侯占奎"], "农资")
    c.officer(firm, p["侯占奎"], "执行董事", day("2014-09-01"))
    c.officer(firm, brother, "监事", day("2016-02-01"))
    _contracts(
        stage, FARMING, firm, "农机具采购", ("2019-03-05", 186_000), ("2020-03-10", 192_000), ("2021-03-09", 199_000)
    )


def _namesake(stage: Stage) -> None:
    """Look-alike: the son-in-law and the supplier's owner share a common name, not a number."""
    c, p = stage.county, stage.people
    official, daughter = p["罗敬堂"], p["罗思雨"]
    post(c, official, CIVIL, "副局长", day("2016-09-01"), None, "副科级")
    charge(c, official, CIVIL, "养老服务", day("2016-09-01"))
    kin(c, official, "女儿", daughter, unit="在外地就业")
    kin(c, official, "女婿", "王建军", unit=None)
    son_in_law = c.person("王建军", "19880615", "男", known=False)
    owner = c.person("王建军", "19710903", "男")
    wed(c, son_in_law, daughter, day("2015-10-02"))
    firm = _company(stage, "岚杉养老服务", "2016-11-24", owner, "养老")
    _contracts(stage, CIVIL, firm, "居家养老服务", ("2019-07-02", 240_000), ("2020-07-07", 252_000))


def _clerk(stage: Stage) -> None:
    """Look-alike: the daughter is a clerk of the buyer, with no say in purchasing."""
    c, p = stage.county, stage.people
    clerk, father = p["田小满"], p["田广发"]
    post(c, clerk, HOUSING, "科员", day("2016-08-01"), None, "一级科员")
    kin(c, clerk, "父亲", father, unit="青石县砚衡绿化有限公司")
    firm = _company(stage, "砚衡绿化", "2009-03-12", father, "绿化")
    _contracts(
        stage, HOUSING, firm, "行道树修剪", ("2019-02-19", 150_000), ("2020-02-25", 162_000), ("2021-02-23", 158_000)
    )


def _later_post(stage: Stage) -> None:
    """Look-alike: he came to the bureau a year after his wife's firm sold to it for the last time."""
    c, p = stage.county, stage.people
    official, wife = p["韩立峰"], p["葛春燕"]
    post(c, official, "云岫镇人民政府", "副镇长", day("2015-05-01"), day("2022-02-28"), "副科级")
    charge(c, official, "云岫镇人民政府", "安全生产", day("2015-05-01"), day("2022-02-28"))
    post(c, official, EDUCATION, "副局长", day("2022-03-01"), None, "副科级")
    charge(c, official, EDUCATION, "学校基建与采购", day("2022-03-01"))
    wed(c, official, wife, day("2000-01-18"))
    kin(c, official, "妻子", wife, day("2000-01-18"))
    firm = _company(stage, "昭墨文教用品", "2013-05-21", wife, "办公")
    _contracts(
        stage,
        EDUCATION,
        firm,
        "教辅用具采购",
        ("2018-09-04", 132_000),
        ("2019-09-03", 141_000),
        ("2021-01-12", 138_000),
    )


def _employed(stage: Stage) -> None:
    """Look-alike: the son only works for the supplier; his wages come back in the bank's rows."""
    c, p = stage.county, stage.people
    official, son = p["尹文静"], p["尹浩"]
    post(c, official, HEALTH, "副局长", day("2016-05-10"), None, "副科级")
    charge(c, official, HEALTH, "药械与耗材采购", day("2016-05-10"))
    kin(c, official, "儿子", son, unit="青石县蕙畹医疗用品有限公司")
    firm = _company(stage, "蕙畹医疗用品", "2011-04-02", p["裴少康"], "医疗")
    stage.firms["蕙畹"] = firm
    c.book.add(
        "参保", 姓名=son.name, 身份证号=son.id, 参保单位=firm.name, 统一社会信用代码=firm.code, 起始月份="2018-07"
    )


def _undated(stage: Stage) -> None:
    """Cannot be told: the wife holds forty percent, but the register does not say since when."""
    c, p = stage.county, stage.people
    official, wife = p["魏长河"], p["严素琴"]
    post(c, official, LAND, "副局长", day("2017-02-01"), None, "副科级")
    charge(c, official, LAND, "测绘与地籍", day("2017-02-01"))
    wed(c, official, wife, day("1992-12-12"))
    kin(c, official, "妻子", wife, day("1992-12-12"))
    firm = _company(stage, "邺帆测绘", "2010-06-30", p["项启东"], "测绘", 0.6)
    c.share(firm, wife, 0.4, None)
    _contracts(stage, LAND, firm, "地籍测绘", ("2019-10-15", 310_000), ("2020-10-20", 322_000))


def _long_standing(stage: Stage) -> None:
    """Look-alike: his sister's husband's firm sold as much to the hospital before he came, and in open tenders."""
    c, p = stage.county, stage.people
    official, sister, husband = p["方启明"], p["方启慧"], p["陶大江"]
    post(c, official, HOSPITAL, "副院长", day("2016-10-01"), None, "副科级")
    charge(c, official, HOSPITAL, "设备采购", day("2016-10-01"))
    kin(c, official, "姐姐", sister)
    kin(c, official, "姐夫", husband, day("1990-03-03"), unit="青石县柏岫医疗器械有限公司")
    wed(c, husband, sister, day("1990-03-03"))
    firm = _company(stage, "柏岫医疗器械", "2006-08-08", husband, "医疗")
    for when, amount in (("2014-03-11", 402_000), ("2015-03-17", 418_000), ("2016-03-15", 431_000)):
        contract(c, HOSPITAL, firm, f"{when[:4]}年医疗设备采购", day(when), float(amount))
    rivals = [c.firms[f"{COUNTY}{short}有限公司"] for short in ("杏祺医疗器械", "岐澍医疗设备", "荃衍医用耗材")]
    for when, amount in (("2019-11-05", 486_000), ("2020-11-10", 512_000), ("2021-11-09", 498_000)):
        bids = [
            Bid(firm, float(amount), True),
            *(Bid(rival, amount * (1.015 + 0.012 * n)) for n, rival in enumerate(rivals)),
        ]
        what = f"{when[:4]}年医疗设备采购"
        project = tender(c, HOSPITAL, what, day(when), bids, "公开招标", amount * 1.06, "货物")
        number = contract(c, HOSPITAL, firm, what, day(when), float(amount), project)
        stage.paid(number, HOSPITAL, firm, float(amount), day(when), 70, "医疗设备款")


def shadow(stage: Stage) -> None:
    """Tell all stories of this query."""
    for story in (
        _road_care, _canteen, _recused, _divorced, _supervisor, _namesake, _clerk, _later_post, _employed, _undated,
        _long_standing,
    ):  # fmt: skip
        story(stage)
