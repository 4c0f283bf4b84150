"""冒领与重复领取: money for the dead, the imprisoned and the doubled, and rows that only look like it."""

from datetime import timedelta

from county.benefits import ADVANCED, DESTITUTE, DISABLED, FUNERAL, LAND, PENSION, POOR, SURVIVOR, Rolls
from county.forms import Month, months
from county.offices import committee, kin, post
from county.stories.stage import Stage
from county.world import Person, day

UPPER, FERRY, ROCK, TEA = "河湾镇上庄村", "河湾镇渡口村", "云岫镇白岩村", "云岫镇茶坪村"


def _died(stage: Stage, person: Person, died: str, registered: str, cremated: str | None = None) -> None:
    c = stage.county
    c.book.add("死亡登记", 姓名=person.name, 身份证号=person.id, 死亡日期=day(died), 登记日期=day(registered))
    if cremated:
        c.book.add("火化", 姓名=person.name, 身份证号=person.id, 火化日期=day(cremated))


def _sentence(stage: Stage, person: Person, start: str, end: str | None, kind: str | None) -> None:
    cells = {"姓名": person.name, "身份证号": person.id, "起始日期": day(start), "释放日期": day(end) if end else None}
    stage.county.book.add("服刑", **cells, 刑种=kind)


def _dead_nine_months(stage: Stage, rolls: Rolls) -> None:
    """Scheme: dead since November, reported ten months later; the card was emptied at the machine every month."""
    man, card = stage.people["沈阿根"], stage.card("沈阿根")
    kin(stage.county, stage.people["左全福"], "岳父", man, basis="知情人说明")
    _died(stage, man, "2020-11-03", "2021-09-20", "2020-11-05")
    for programme in (PENSION, ADVANCED):
        rolls.monthly(man, programme, Month(2020, 1), Month(2021, 8), village=UPPER, card=card)
    office = stage.county.account("青石县财政局惠农补贴专户", bank=0)
    for month in months(Month(2020, 1), Month(2021, 8)):
        paid = day(f"{month.year}-{month.month:02d}-15")
        stage.give(paid, office, card, 208, "一卡通 养老金、高龄津贴")
        stage.give(paid + timedelta(days=3), card, "", 200, "ATM取款", "cash")


def _in_prison(stage: Stage, rolls: Rolls) -> None:
    """Scheme: in prison for three years, on the roll of the poor for eighteen months of them."""
    man, sister = stage.people["毕长生"], stage.people["毕秀云"]
    kin(stage.county, man, "妹妹", sister, basis="户籍")
    _sentence(stage, man, "2020-06-15", "2023-06-14", "实刑")
    rolls.monthly(man, POOR, Month(2020, 1), Month(2021, 12), village=FERRY, card=stage.card("毕秀云", False))


def _two_programmes(stage: Stage, rolls: Rolls) -> None:
    """Scheme: on the roll of the poor and on that of the destitute, which exclude each other, in the same months."""
    woman = stage.people["祁大娘"]
    rolls.monthly(woman, POOR, Month(2021, 1), Month(2021, 12), village=FERRY)
    rolls.monthly(woman, DESTITUTE, Month(2021, 1), Month(2022, 3), village=FERRY)


def _two_villages(stage: Stage, rolls: Rolls) -> None:
    """Scheme: one pension paid twice a month, once in the old village and once in the new one."""
    woman = stage.people["单秀珍"]
    rolls.monthly(woman, PENSION, Month(2021, 3), Month(2022, 2), village=FERRY)
    second = stage.county.account(woman, bank=2)
    rolls.monthly(woman, PENSION, Month(2021, 3), Month(2021, 12), village=ROCK, card=second)


def _arrears(stage: Stage, rolls: Rolls) -> None:
    """Look-alike: what he was owed for his last months was paid out three months after his death."""
    man = stage.people["耿有田"]
    _died(stage, man, "2021-03-18", "2021-03-29")
    rolls.monthly(man, ADVANCED, Month(2020, 1), Month(2020, 12), village=ROCK)
    rolls.give(man, ADVANCED, Month(2021, 7), 180.0, village=ROCK, batch="补发2021年1-3月")


def _funeral(stage: Stage, rolls: Rolls) -> None:
    """Look-alike: the month after her death is the usual lag of reports, and the funeral grant is lawful."""
    woman = stage.people["聂玉莲"]
    _died(stage, woman, "2021-05-09", "2021-06-28", "2021-05-11")
    rolls.monthly(woman, PENSION, Month(2020, 7), Month(2021, 6), village=TEA)
    rolls.give(woman, FUNERAL, Month(2021, 9), 1_200.0, village=TEA)


def _suspended(stage: Stage, rolls: Rolls) -> None:
    """Look-alike: a suspended sentence (缓刑), served at home; and community correction."""
    man, other = stage.people["詹小虎"], stage.people["柏树青"]
    _sentence(stage, man, "2020-04-01", "2022-03-31", "缓刑")
    rolls.monthly(man, POOR, Month(2020, 1), Month(2021, 12), village=TEA)
    _sentence(stage, other, "2021-02-01", "2022-01-31", "社区矫正")
    rolls.monthly(other, DISABLED, Month(2021, 1), Month(2021, 12), village=TEA)


def _namesake(stage: Stage, rolls: Rolls) -> None:
    """Look-alike: a woman of the same name died; and a death entry whose number is mistyped fits nobody."""
    living = stage.people["王桂英"]
    dead = stage.county.person("王桂英", "19350811", "女", known=False)
    _died(stage, dead, "2020-08-14", "2020-08-20")
    rolls.monthly(living, PENSION, Month(2020, 1), Month(2022, 12), village=ROCK)
    alive = stage.people["靳守田"]
    rolls.monthly(alive, PENSION, Month(2020, 1), Month(2021, 12), village=UPPER)


def _returned(stage: Stage, rolls: Rolls) -> None:
    """Look-alike: what was paid after his death came back from the bank."""
    man = stage.people["闵长福"]
    _died(stage, man, "2021-02-07", "2021-07-12")
    rolls.monthly(man, ADVANCED, Month(2021, 1), Month(2021, 3), village=UPPER)
    for month in months(Month(2021, 5), Month(2021, 7)):
        rolls.give(man, ADVANCED, month, 60.0, village=UPPER, status="退回")


def _survivor(stage: Stage, rolls: Rolls) -> None:
    """Look-alike: a widow's allowance follows a death. The entry of the death says only the year: cannot be told."""
    widow, man = stage.people["娄桂枝"], stage.people["詹老四"]
    kin(stage.county, widow, "丈夫", man, basis="户籍")
    stage.county.book.add("死亡登记", 姓名=man.name, 身份证号=man.id, 死亡日期="2021年", 登记日期=day("2022-01-19"))
    rolls.monthly(man, ADVANCED, Month(2021, 1), Month(2021, 10), village=TEA)
    rolls.monthly(widow, SURVIVOR, Month(2022, 1), Month(2022, 12), village=TEA)


def _leased_land(stage: Stage, rolls: Rolls) -> None:
    """Ordinary: who tills leased land draws its subsidy; the village keeps the lease."""
    man = stage.people["沈春茂"]
    rolls.give(man, LAND, Month(2021, 5), 2_240.0, village=UPPER)
    stage.county.book.add(
        "土地租赁",
        合同编号="SZ-2019-004",
        行政村=UPPER,
        承租方=man.name,
        承租方证件号=man.id,
        面积=20.0,
        年租金=9_000.0,
        起始日期=day("2019-01-01"),
        终止日期=day("2028-12-31"),
        会议记录编号="上庄村〔2018〕31号",
        应收=36_000.0,
        已收=36_000.0,
        公开交易="是",
    )


def rolls_stories(stage: Stage, rolls: Rolls) -> None:
    """Tell all stories of this query."""
    for place, name in ((UPPER, "左全福"), (FERRY, "路长顺"), (ROCK, "柏树青"), (TEA, "穆成林")):
        if place in (UPPER, FERRY):
            post(stage.county, stage.people[name], committee(place), "文书", day("2016-05-01"))
            rolls.certifiers[place] = stage.people[name]
    for story in (
        _dead_nine_months, _in_prison, _two_programmes, _two_villages, _arrears, _funeral, _suspended, _namesake,
        _returned, _survivor, _leased_land,
    ):  # fmt: skip
        story(stage, rolls)
