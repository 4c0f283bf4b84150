"""The smaller registers: property, permits, hospital supplies, thresholds, leads and cases, platform and giro rows."""

import random
from datetime import date, timedelta

from county.offices import VILLAGES
from county.stories.stage import Stage
from county.world import County, at, day


def property_and_permits(county: County) -> None:
    """Cars, assets and permits of ordinary people."""
    rng = random.Random("property")
    owners = [person for person in county.people.values() if 1950 < person.born < 1990]
    for turn in range(40):
        owner, when = rng.choice(owners), date(2012 + turn % 11, turn % 12 + 1, 5 + turn % 20)
        county.book.add(
            "车辆",
            所有人=owner.name,
            身份证号=owner.id,
            车辆类型=rng.choice(["小型轿车", "小型普通客车", "轻型货车", "拖拉机"]),
            登记日期=when,
            注销日期=when + timedelta(days=2600) if turn % 9 == 8 and turn % 11 < 4 else None,
        )
    for turn in range(8):
        owner = rng.choice(owners)
        what = ("理财产品", "商铺", "入股合作社")[turn % 3]
        county.book.add(
            "资产",
            姓名=owner.name,
            身份证号=owner.id,
            类型=what,
            描述=f"{what}(申报第{turn + 1}项)",
            登记日期=date(2018 + turn % 4, 3, 12),
            金额=30_000.0 + turn * 12_500,
        )
    clerk = next(row for row in county.book.rows["任职"] if row["单位"] == "青石县自然资源局" and row["职务"] == "科员")
    for turn in range(24):
        owner, when = rng.choice(owners), date(2020 + turn // 9, turn % 12 + 1, 3 + turn % 22)
        county.book.add(
            "审批",
            申请编号=f"SP{when.year}{turn + 1:04d}",
            事项=("宅基地", "农用车通行证", "个体户登记")[turn % 3],
            申请人=owner.name,
            申请人证件号=owner.id,
            受理单位="青石县自然资源局",
            经办人=clerk["姓名"],
            受理日期=when,
            办结日期=when + timedelta(days=4 + turn % 11),
            结果="准予" if turn % 8 else "补正后准予",
            法定时限=20,
            承诺时限=10,
            补正起=when + timedelta(days=2) if turn % 8 == 0 else None,
            补正止=when + timedelta(days=6) if turn % 8 == 0 else None,
        )


def associates_and_leases(stage: Stage) -> None:
    """Who drove whom, who studied with whom; and what land the villages let."""
    c, p = stage.county, stage.people
    for one, tie, other, start, end in (
        ("高怀远", "司机", "侯占奎", "2018-02-01", "2019-01-31"),
        ("卢正平", "同学", "燕长青", "1981-09-01", None),
        ("方启明", "战友", "项启东", "1989-12-01", None),
        ("程树民", "同学", "费玉林", "1984-09-01", None),
    ):
        c.book.add(
            "社会关系",
            姓名=p[one].name,
            身份证号=p[one].id,
            关系=tie,
            对方姓名=p[other].name,
            对方身份证号=p[other].id,
            起始日期=day(start),
            终止日期=day(end) if end else None,
            依据="个人档案",
        )
    rng = random.Random("leases")
    for turn, place in enumerate(VILLAGES):
        lessee = c.somebody(rng, 1960, 1980, "男", place)
        c.book.add(
            "土地租赁",
            合同编号=f"SZ-2020-{turn + 1:03d}",
            行政村=place,
            承租方=lessee.name,
            承租方证件号=lessee.id,
            面积=12.0 + turn,
            年租金=5_400.0 + turn * 450,
            起始日期=date(2020, 1, 1),
            终止日期=date(2024, 12, 31),
            会议记录编号=f"{place[3:]}〔2019〕{turn + 11}号",
            应收=16_200.0,
            已收=16_200.0,
            公开交易="是" if turn % 3 else "否",
        )


def hospital_and_limits(county: County) -> None:
    """What a ward used, and the sums from which a tender must be open."""
    rng = random.Random("hospital")
    doctors = [county.somebody(rng, 1970, 1988, "男" if n % 2 else "女") for n in range(3)]
    for turn in range(18):
        doctor = doctors[turn % 3]
        county.book.add(
            "耗材使用",
            医院="青石县人民医院",
            科室=("骨科", "心内科", "外科")[turn % 3],
            医生=doctor.name,
            身份证号=doctor.id,
            品名=("接骨板", "导管", "缝合线")[turn % 3],
            月份=f"2021-{turn // 3 + 4:02d}",
            数量=6 + turn * 5 % 9,
            单价=(1_480.0, 960.0, 42.0)[turn % 3],
            供应商="青石县荃衍医用耗材有限公司",
        )
    for kind, tender, small in (
        ("货物", 2_000_000.0, 300_000.0),
        ("服务", 2_000_000.0, 300_000.0),
        ("工程", 4_000_000.0, 600_000.0),
    ):
        for word, amount in (("公开招标" if kind != "工程" else "必须招标", tender), ("分散采购限额", small)):
            county.book.add(
                "采购限额",
                地区="青石县",
                类别=kind,
                标准类型=word,
                金额=amount,
                起始日期=day("2018-01-01"),
                文号="青财采〔2018〕2号",
            )


def leads_and_cases(stage: Stage) -> None:
    """Leads under way and two closed cases; who reported is kept elsewhere."""
    c, p = stage.county, stage.people
    for number, when, channel, name, unit, what, state in (
        ("XS-2022-011", "2022-03-04", "巡察移交", "程树民", "青石县交通运输局", "反映其亲属承揽公路养护业务", "初核中"),
        ("XS-2022-016", "2022-04-12", "审计移送", "左全福", "河湾镇上庄村村民委员会", "反映补贴发放审核不严", "办理中"),
        ("XS-2022-023", "2022-06-20", "日常监督", "秦牧川", "青石县住房和城乡建设局", "反映其姐姐承揽路灯维护", "了结"),
        (
            "XS-2022-031",
            "2022-09-08",
            "群众反映",
            "贾福来",
            "河湾镇上庄村村民委员会",
            "反映其个人账户收取村民医保款",
            "办理中",
        ),
    ):
        received = day(when)
        c.book.add(
            "线索",
            线索编号=number,
            受理日期=received,
            来源渠道=channel,
            被反映人=p[name].name,
            被反映人单位=unit,
            反映内容=what,
            承办部门="第二监督检查室",
            办理期限=received + timedelta(days=90),
            办理状态=state,
            办结日期=received + timedelta(days=71) if state == "了结" else None,
            问题类别="廉洁纪律",
            领域="基层治理",
            处置方式="予以了结" if state == "了结" else "初步核实",
        )
    for number, cause, filed, name, amount in (
        ("青纪立〔2020〕7号", "违反工作纪律", "2020-05-06", "毕长生", 86_000.0),
        ("青纪立〔2021〕3号", "违反财经纪律", "2021-03-15", "许茂才", 42_000.0),
    ):
        c.book.add(
            "案件",
            案件编号=number,
            案由=cause,
            立案日期=day(filed),
            涉案人=p[name].name,
            涉案人证件号=p[name].id,
            状态="已结",
            立案类型="主动立案",
            涉案金额=amount,
            追缴金额=amount,
            党纪处分="开除党籍" if amount > 50_000 else "警告",
        )


def platform_and_giro(stage: Stage) -> None:
    """Rows of the payment platform (in fen and in yuan), and two-sided rows between public accounts."""
    c, p = stage.county, stage.people
    rng = random.Random("platform")
    users = [("yft880101", p["汤显根"]), ("yft880102", p["骆小娥"]), ("yft880103", p["田广发"])]
    for turn in range(36):
        (user, person), (other, taker) = users[turn % 3], users[(turn + 1) % 3]
        fen = turn % 4 == 0
        c.book.add(
            "第三方支付",
            用户ID=user,
            实名=person.name,
            证件号=person.id,
            交易单号=f"YFT2021{turn:06d}",
            借贷类型="支出",
            交易时间=at(date(2021, turn % 12 + 1, 2 + turn % 25), 19, turn),
            金额=2_600.0 if fen else rng.randrange(10, 90) * 1.0,
            单位="分" if fen else "元",
            对方ID=other,
            对方实名=taker.name,
            备注=("午餐", "水果", "拼车")[turn % 3],
        )
    buyers = sorted(stage.treasuries)
    finance = stage.treasuries["青石县财政局"]
    for turn in range(30):
        buyer = buyers[turn % len(buyers)]
        if stage.treasuries[buyer] == finance:
            continue
        c.book.add(
            "往来",
            流水号=f"GW2021{turn:05d}",
            交易时间=at(date(2021, turn % 12 + 1, 4), 10, turn),
            付款账号=finance,
            付款户名="青石县财政局",
            收款账号=stage.treasuries[buyer],
            收款户名=buyer,
            金额=150_000.0 + turn * 2_000,
            摘要="用款额度下达",
        )
        if stage.treasuries[buyer] in c.queried:  # then both registers tell of it
            moment = at(date(2021, turn % 12 + 1, 4), 10, turn)
            c.move(moment, finance, stage.treasuries[buyer], 150_000.0 + turn * 2_000, "用款额度下达")


def insured(county: County) -> None:
    """Who is insured by whom: workers of firms, and some whom a labour agency lends to others."""
    rng = random.Random("insured")
    agency = county.firms["青石县栎阑建筑劳务有限公司"]
    firms = [firm for firm in county.firms.values() if firm.trade in ("建筑", "路桥", "医疗", "餐饮")]
    for turn in range(36):
        worker, firm = county.somebody(rng, 1972, 1998, "男" if turn % 2 else "女"), rng.choice(firms)
        employer = agency if turn % 6 == 5 else firm
        county.book.add(
            "参保",
            姓名=worker.name,
            身份证号=worker.id,
            参保单位=employer.name,
            统一社会信用代码=employer.code,
            起始月份=f"{2016 + turn % 5}-{turn % 12 + 1:02d}",
            终止月份="2021-12" if turn % 7 == 3 else None,
            用工单位=firm.name if employer is agency and firm is not agency else None,
        )


def unread(county: County) -> None:
    """A table that is no register, and one that names who reported and is therefore refused whole."""
    for turn in range(5):
        county.book.add(
            "值班",
            日期=date(2022, 10, 1 + turn),
            带班领导=f"带班领导{turn + 1}",
            值班员=f"值班员{turn + 1}",
            备注="国庆值班",
        )
    county.book.add(
        "信访",
        线索编号="XS-2022-031",
        受理日期=day("2022-09-08"),
        举报人="(此列不应移交)",
        被反映人="贾福来",
        反映内容="医保款",
    )


def sundries(stage: Stage) -> None:
    """Fill all of them."""
    property_and_permits(stage.county)
    associates_and_leases(stage)
    hospital_and_limits(stage.county)
    leads_and_cases(stage)
    platform_and_giro(stage)
    insured(stage.county)
    unread(stage.county)
