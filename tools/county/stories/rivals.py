"""围标: rivals in one hand, and firms that only seem to be."""

from county.offices import wed
from county.purchases import Bid, contract, tender
from county.stories.stage import Stage
from county.world import Firm, Person, day

ROADS, HOUSING, TOWN = "青石县交通运输局", "青石县住房和城乡建设局", "云岫镇人民政府"


def _pair(stage: Stage, one: tuple[str, str, str], other: tuple[str, str, str], trade: str) -> tuple[Firm, Firm]:
    """Register two companies: short name, day of founding, representative."""
    made = []
    for short, founded, rep in (one, other):
        firm = stage.county.firm(short + "有限公司", day(founded), stage.people[rep], trade)
        made.append(firm)
    return made[0], made[1]


def _compete(
    stage: Stage, buyer: str, what: str, opened: str | None, first: Bid, second: Bid, outsider: str = "沐楷建筑安装"
) -> str:
    """Let two firms bid against each other and one outsider; the first one's bid says who won."""
    c = stage.county
    other = c.firms[f"青石县{outsider}有限公司"]
    price = max(first.price, second.price) * 1.031
    bids = [first, second, Bid(other, round(price, -2))]
    project = tender(c, buyer, what, day(opened) if opened else None, bids, "公开招标", round(price * 1.04, -3))
    winner = first if first.won else second
    contract(c, buyer, winner.firm, what, day(opened) if opened else None, winner.price, project)
    return project


def _two_hats(stage: Stage) -> None:
    """Scheme: he represents one firm and holds 65 percent of the other; one computer, one account for both bids."""
    c, owner = stage.county, stage.people["柯鸿飞"]
    one, other = _pair(stage, ("蓼汀建筑", "2014-04-08", "柯鸿飞"), ("檀溪园建筑", "2017-02-20", "牟春桃"), "建筑")
    c.share(one, owner, 1.0, one.founded)
    c.share(other, owner, 0.65, other.founded)
    c.share(other, stage.people["牟春桃"], 0.35, other.founded)
    device, deposit = "QS-7C41F0-2E9", "990199000077410263"
    for what, opened, price, gap in (
        ("村级卫生室改造", "2019-09-17", 612_000.0, 9_000),
        ("老旧管网改造", "2020-08-11", 884_000.0, 12_000),
        ("公租房外墙维修", "2021-09-07", 735_000.0, 10_000),
    ):
        first = Bid(one, price, True, device=device, deposit=deposit)
        _compete(stage, HOUSING, what, opened, first, Bid(other, price + gap, device=device, deposit=deposit))


def _director_and_owner(stage: Stage) -> None:
    """Scheme: she directs one firm and owns half of the other; the same telephone answers for both."""
    c, woman = stage.county, stage.people["万丽娟"]
    one, other = _pair(stage, ("楸梓园艺", "2015-07-01", "简文博"), ("荻浦园艺工程", "2016-01-12", "鞠大勇"), "绿化")
    c.share(one, stage.people["简文博"], 1.0, one.founded)
    c.officer(one, woman, "执行董事", day("2016-03-01"))
    c.share(other, woman, 0.51, other.founded)
    c.share(other, stage.people["鞠大勇"], 0.49, other.founded)
    for what, opened, price in (("镇区绿化提升", "2020-03-24", 318_000.0), ("河岸绿化带", "2021-03-30", 342_000.0)):
        first = Bid(one, price + 6_000, phone="19900019918", contact="简文博")
        _compete(
            stage,
            TOWN,
            what,
            opened,
            first,
            Bid(other, price, True, phone="19900019918", contact="鞠大勇"),
            "岚衡建筑工程",
        )


def _one_computer(stage: Stage) -> None:
    """Scheme without a common owner on paper: the same computer wrote both bids and one account paid both deposits."""
    c = stage.county
    one, other = _pair(
        stage, ("桉禾消防设施", "2013-03-03", "阮新年"), ("谷旸消防工程", "2016-10-19", "车向东"), "消防"
    )
    for firm in (one, other):
        c.share(firm, firm.rep, 1.0, firm.founded)
    shared = {"device": "QS-19B7D3-0A4", "deposit": "990199000031175904"}
    for what, opened, price in (
        ("办公楼消防改造", "2020-06-16", 266_000.0),
        ("学校消防设施维保", "2021-06-22", 287_000.0),
    ):
        _compete(
            stage,
            HOUSING,
            what,
            opened,
            Bid(one, price, True, **shared),
            Bid(other, price + 5_000, **shared),
            "磐颂建设工程",
        )


def _declared_group(stage: Stage) -> None:
    """Look-alike: two members of a declared group, each bidding for its own lot."""
    c, head = stage.county, stage.people["樊景明"]
    parent = c.firm("铎钧集团有限公司", day("2005-05-16"), head, "集团", 登记状态="存续(集团母公司)")
    c.share(parent, head, 0.7, parent.founded)
    members = [
        c.firm(f"{short}有限公司", day(founded), head, "路桥")
        for short, founded in (("铎钧路桥工程", "2008-08-18"), ("铎钧交通设施", "2010-10-10"))
    ]
    for member in members:
        c.share(member, parent, 1.0, member.founded)
    rivals = [c.firms[f"青石县{short}有限公司"] for short in ("骞岭路桥", "衢岑公路工程")]
    for what, opened, base in (("县道改扩建", "2020-05-19", 2_100_000.0), ("乡道联网工程", "2021-05-25", 1_800_000.0)):
        lots = ("1标段", "2标段")
        bids = [
            Bid(member, base + 30_000 * n, True, lot) for n, (member, lot) in enumerate(zip(members, lots, strict=True))
        ]
        bids += [Bid(rival, base + 90_000, False, lot) for rival, lot in zip(rivals, lots, strict=True)]
        project = tender(c, ROADS, what, day(opened), bids, "公开招标", base * 1.08, lots=lots)
        for bid in bids[:2]:
            contract(c, ROADS, bid.firm, f"{what}{bid.lot}", day(opened), bid.price, project, lot=bid.lot)


def _supervisor(stage: Stage) -> None:
    """Look-alike: he owns one firm and is supervisor (监事) of the other."""
    c, man = stage.county, stage.people["瞿志新"]
    one, other = _pair(stage, ("槲寄装饰", "2013-12-12", "瞿志新"), ("枳实装饰工程", "2012-06-06", "费玉林"), "建筑")
    c.share(one, man, 1.0, one.founded)
    c.share(other, stage.people["费玉林"], 1.0, other.founded)
    c.officer(other, man, "监事", other.founded)
    for what, opened, price in (("会议室装修", "2019-12-03", 188_000.0), ("便民大厅装修", "2020-12-08", 205_000.0)):
        _compete(stage, HOUSING, what, opened, Bid(one, price, True), Bid(other, price + 7_400))


def _sold_before(stage: Stage) -> None:
    """Look-alike: he sold his share a year before the two firms met in a tender."""
    c, man = stage.county, stage.people["柴春来"]
    one, other = _pair(stage, ("莨菪岭建筑", "2012-02-02", "柴春来"), ("菖蒲湾建筑", "2013-03-13", "冉小松"), "建筑")
    c.share(one, man, 1.0, one.founded)
    c.share(other, man, 0.6, other.founded, day("2019-06-30"))
    c.share(other, stage.people["冉小松"], 0.4, other.founded, day("2019-06-30"))
    c.share(other, stage.people["冉小松"], 1.0, day("2019-06-30"))
    for what, opened, price in (("乡村大舞台", "2020-07-14", 226_000.0), ("文化站修缮", "2021-07-20", 241_000.0)):
        _compete(stage, TOWN, what, opened, Bid(one, price + 5_300), Bid(other, price, True))


def _namesakes(stage: Stage) -> None:
    """Look-alike: two owners called 李建华, with two numbers."""
    c = stage.county
    namesakes = [c.person("李建华", "19690430", "男", known=False), c.person("李建华", "19781217", "男")]
    founded = ("2011-11-01", "2014-08-26")
    firms = [
        c.firm(f"{short}有限公司", day(start), person, "建筑")
        for short, start, person in zip(("芦荻洲建筑", "蒹葭渡建筑"), founded, namesakes, strict=True)
    ]
    for firm in firms:
        c.share(firm, firm.rep, 1.0, firm.founded)
    for what, opened, price in (("村部维修", "2020-10-13", 143_000.0), ("晒谷场硬化", "2021-10-19", 156_000.0)):
        _compete(stage, TOWN, what, opened, Bid(firms[0], price, True), Bid(firms[1], price + 4_100))


def _shared_park(stage: Stage) -> None:
    """Look-alike: many firms of one business park send from its address and give its bookkeeper's telephone."""
    c = stage.county
    names = ("简砚办公用品", "墨栈信息技术", "帛书印务", "晷影电子科技", "纬枢网络科技")
    firms = [c.firms[f"青石县{short}有限公司"] for short in names]
    park = {"ip": "10.88.0.1", "phone": "19900010077"}
    for n, opened in enumerate(("2019-04-09", "2020-04-14", "2021-04-13")):
        bids = [Bid(firm, 96_000.0 + 2_300 * ((m + n) % 5), (m + n) % 5 == 0, **park) for m, firm in enumerate(firms)]
        tender(c, "青石县财政局", f"{opened[:4]}年印刷与耗材框架", day(opened), bids, "公开招标", 110_000.0, "货物")


def _small_share(stage: Stage) -> None:
    """Look-alike: four percent of the rival, held as one of many small investors."""
    c, man = stage.county, stage.people["佟立本"]
    one, other = _pair(stage, ("皂荚坪市政", "2010-09-15", "佟立本"), ("乌桕岗市政", "2009-04-27", "燕长青"), "路桥")
    c.share(one, man, 1.0, one.founded)
    c.share(other, stage.people["燕长青"], 0.96, other.founded)
    c.share(other, man, 0.04, day("2015-05-05"))
    for what, opened, price in (("雨污分流", "2020-09-15", 920_000.0), ("人行道修复", "2021-08-31", 410_000.0)):
        _compete(stage, TOWN, what, opened, Bid(one, price, True), Bid(other, price + 16_000), "陌砥市政工程")


def _undated(stage: Stage) -> None:
    """Cannot be told: he holds most of the rival, but the register does not say since when."""
    c, man = stage.county, stage.people["巩宝山"]
    one, other = _pair(stage, ("棠棣里安装", "2013-01-21", "巩宝山"), ("桑梓原安装", "2011-10-08", "边秋生"), "建筑")
    c.share(one, man, 1.0, one.founded)
    c.share(other, man, 0.7, None)
    for what, opened, price in (("锅炉房改造", "2020-11-17", 274_000.0), ("水泵房改造", "2021-11-23", 263_000.0)):
        _compete(stage, HOUSING, what, opened, Bid(one, price, True), Bid(other, price + 8_800))


def _couple(stage: Stage) -> None:
    """Ordinary: a married couple of business people who never bid against each other."""
    c = stage.county
    wed(c, stage.people["顾长林"], _wife(stage), day("1998-08-08"))


def _wife(stage: Stage) -> Person:
    return stage.county.somebody(stage.rng, 1973, 1976, "女")


def rivals(stage: Stage) -> None:
    """Tell all stories of this query."""
    for story in (
        _two_hats, _director_and_owner, _one_computer, _declared_group, _supervisor, _sold_before, _namesakes,
        _shared_park, _small_share, _undated, _couple,
    ):  # fmt: skip
        story(stage)
