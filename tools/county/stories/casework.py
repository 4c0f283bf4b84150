"""What the registers hold of the case files' stories: two people, money that stayed with a driver, leads and cases."""

from datetime import timedelta

from county.offices import post
from county.stories.stage import Stage
from county.world import Person, at, day

ROADS, HOUSING, FARMS = "青石县交通运输局", "青石县住房和城乡建设局", "青石县农业农村局"
# Number, received, channel, of whom, unit, what, state.
LEADS = (
    ("XS-2023-004", "2023-02-20", "巡察移交", "金春根", HOUSING, "反映局机关装修工程多由同一公司承揽", "初核中"),
    ("XS-2023-006", "2023-03-02", "群众来信", "金桂芳", ROADS, "反映其亲属承揽农村公路维修", "了结"),
    ("XS-2023-008", "2023-04-10", "审计移送", "袁海根", FARMS, "反映与供应商往来密切", "初核中"),
    ("XS-2023-011", "2023-05-29", "群众来信", "冯永福", "云岫镇人民政府", "反映镇里工程由亲属承揽", "办理中"),
    ("XS-2023-015", "2023-08-02", "群众来信", "罗敬堂", "青石县民政局", "反映养老服务供应商与其女婿同名", "了结"),
)  # fmt: skip
# Number, cause, filed, whom, amount.
CASES = (
    ("青纪立〔2023〕4号", "涉嫌受贿", "2023-03-06", "高怀远", 438_000.0),
    ("青监立〔2023〕2号", "涉嫌行贿", "2023-08-14", "苏平德", 170_000.0),
    ("青纪立〔2023〕9号", "涉嫌违反廉洁纪律", "2023-09-25", "厉怀松", 140_000.0),
)


def _numbers(stage: Stage) -> None:
    """Enter the leads and cases in their registers."""
    c = stage.county
    for number, when, channel, name, unit, what, state in LEADS:
        received, closed = day(when), state == "了结"
        c.book.add(
            "线索",
            线索编号=number,
            受理日期=received,
            来源渠道=channel,
            被反映人=name,
            被反映人单位=unit,
            反映内容=what,
            承办部门="第二监督检查室",
            办理期限=received + timedelta(days=90),
            办理状态=state,
            办结日期=received + timedelta(days=69) if closed else None,
            问题类别="廉洁纪律",
            领域="基层治理",
            处置方式="予以了结" if closed else "初步核实",
        )
    for number, cause, filed, name, amount in CASES:
        person = c.people[name]
        c.book.add(
            "案件",
            案件编号=number,
            案由=cause,
            立案日期=day(filed),
            涉案人=person.name,
            涉案人证件号=person.id,
            状态="审查调查",
            立案类型="主动立案",
            涉案金额=amount,
        )


def _driver(stage: Stage) -> None:
    """Scheme of `white_glove`: two contractors pay somebody who, as only his own words say, drives their supervisor.

    The registers know a researcher of the bureau without any charge, and a man with a lorry.
    """
    c = stage.county
    official, driver = c.person("厉怀松", "19650722"), c.person("乐进财", "19781102")
    post(c, official, ROADS, "四级调研员", day("2019-02-20"), None, "四级调研员")
    own = c.account(driver, bank=1)
    barrier, repair = c.firms["青石县骞岭路桥有限公司"].rep, c.firms["青石县陌砥市政工程有限公司"].rep
    payroll, shop = c.account("青石县众诚劳务派遣服务部", bank=0), c.account("青石县城关加油站", bank=2)
    market = c.account("青石县城关物流园", bank=0)
    rows: list[tuple[str, str, Person | str, str, float, str]] = [
        ("2019-12-18", "in", barrier, c.account(barrier, bank=0), 60_000.0, "往来款"),
        ("2022-03-09", "in", repair, c.account(repair, bank=2), 80_000.0, "借款"),
        ("2022-04-11", "out", "青石县城关物流园", market, 20_000.0, "门面订金"),
        ("2022-05-20", "in", "青石县城关物流园", market, 20_000.0, "退订金"),
    ]
    for month in range(30):
        paid = f"{2019 + (month + 3) // 12}-{(month + 3) % 12 + 1:02d}"
        rows.append((f"{paid}-10", "in", "青石县众诚劳务派遣服务部", payroll, 3_200.0, "代发工资"))
        rows.append((f"{paid}-{12 + month % 9}", "out", "青石县城关加油站", shop, 200.0 + month % 5 * 40, "加油"))
    for number, (when, way, other, account, amount, what) in enumerate(sorted(rows, key=lambda row: row[0]), start=1):
        name = other if isinstance(other, str) else other.name
        mine, theirs = (own, driver.name), (account, name)
        payer, payee = (theirs, mine) if way == "in" else (mine, theirs)
        c.book.add(
            "协查",
            流水号=f"XC2023{number:05d}",
            交易时间=at(day(when), 10 + number % 7, number * 7 % 60),
            付款账号=payer[0],
            付款户名=payer[1],
            收款账号=payee[0],
            收款户名=payee[1],
            金额=amount,
            摘要=what,
        )


def casework(stage: Stage) -> None:
    """Tell what the registers know of these stories."""
    _driver(stage)
    _numbers(stage)
