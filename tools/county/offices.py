"""Agencies, villages, those who serve in them and their families: the county's public side."""

import random
from datetime import date

from county.world import COUNTY, County, Person, day

AGENCIES = {
    "青石县人民政府": ("", "县级政府"),
    "青石县财政局": ("青石县人民政府", "政府部门"),
    "青石县交通运输局": ("青石县人民政府", "政府部门"),
    "青石县住房和城乡建设局": ("青石县人民政府", "政府部门"),
    "青石县水利局": ("青石县人民政府", "政府部门"),
    "青石县教育局": ("青石县人民政府", "政府部门"),
    "青石县卫生健康局": ("青石县人民政府", "政府部门"),
    "青石县农业农村局": ("青石县人民政府", "政府部门"),
    "青石县民政局": ("青石县人民政府", "政府部门"),
    "青石县人力资源和社会保障局": ("青石县人民政府", "政府部门"),
    "青石县自然资源局": ("青石县人民政府", "政府部门"),
    "青石县市场监督管理局": ("青石县人民政府", "政府部门"),
    "青石县税务局": ("", "垂直管理"),
    "青石县人民医院": ("青石县卫生健康局", "事业单位"),
    "青石县第一中学": ("青石县教育局", "事业单位"),
    "青石县实验小学": ("青石县教育局", "事业单位"),
    "河湾镇人民政府": ("青石县人民政府", "乡镇政府"),
    "云岫镇人民政府": ("青石县人民政府", "乡镇政府"),
    "柳荫乡人民政府": ("青石县人民政府", "乡镇政府"),
}
TOWNS = {
    "河湾镇": ("上庄村", "下庄村", "渡口村", "石坝村"),
    "云岫镇": ("白岩村", "枫树坪村", "茶坪村"),
    "柳荫乡": ("柳荫村", "杨树沟村"),
}
VILLAGES = tuple(town + village for town, villages in TOWNS.items() for village in villages)
# Departments with a head (局长, 院长, 校长, 镇长), a deputy and two clerks each, unless the story names them.
HEADS = {"局": "局长", "院": "院长", "学": "校长"}
# Units whose head is a person of the stories: until when an ordinary one led them, None for never.
STORY_HEADS: dict[str, date | None] = {
    "青石县水利局": None,
    "青石县第一中学": None,
    "河湾镇人民政府": None,
    "柳荫乡人民政府": None,
    "青石县交通运输局": date(2021, 1, 3),
    "河湾镇上庄村村民委员会": None,
}


def committee(village: str) -> str:
    """Return the name of a village's committee."""
    return f"{village}村民委员会"


def post(
    county: County, person: Person, unit: str, title: str, start: date | None, end: date | None = None, rank: str = ""
) -> None:
    """Record a post held."""
    leads = any(word in title for word in ("局长", "院长", "校长", "镇长", "乡长", "主任", "书记"))
    staff = "村干部" if unit.endswith("村民委员会") else "公务员" if "局" in unit or "政府" in unit else "事业人员"
    serial = county.next("appointment")
    county.book.add(
        "任职",
        姓名=person.name,
        身份证号=person.id,
        单位=unit,
        职务=title,
        任职日期=start,
        免职日期=end,
        职级=rank or None,
        人员类别=staff,
        是否班子成员="是" if leads else "否",
        任免文号=f"青组干〔{start.year}〕{serial}号" if start else None,
    )


def charge(county: County, person: Person, unit: str, matter: str, start: date, end: date | None = None) -> None:
    """Record what a leader is in charge of (分管)."""
    serial = county.next("charge")
    county.book.add(
        "分管",
        单位=unit,
        姓名=person.name,
        身份证号=person.id,
        分管事项=matter,
        起始日期=start,
        终止日期=end,
        文号=f"青办发〔{start.year}〕{serial}号",
    )


def kin(
    county: County,
    person: Person,
    word: str,
    relative: Person | str,
    start: date | None = None,
    end: date | None = None,
    unit: str | None = None,
    basis: str = "领导干部个人有关事项报告",
) -> None:
    """Record a relative as the cadre's file names them; a relative given by name only has no ID number there."""
    named = relative if isinstance(relative, str) else relative.name
    number = None if isinstance(relative, str) else relative.id
    county.book.add(
        "亲属关系",
        姓名=person.name,
        身份证号=person.id,
        称谓=word,
        亲属姓名=named,
        亲属身份证号=number,
        亲属工作单位=unit,
        起始日期=start,
        终止日期=end,
        依据=basis,
    )


def wed(county: County, husband: Person, wife: Person, when: date, kind: str = "结婚") -> None:
    """Record a marriage or a divorce."""
    county.book.add(
        "婚姻登记",
        男方姓名=husband.name,
        男方身份证号=husband.id,
        女方姓名=wife.name,
        女方身份证号=wife.id,
        登记日期=when,
        类型=kind,
        登记机关="青石县民政局婚姻登记处",
    )


def household(county: County, place: str, head: Person, *others: tuple[str, Person]) -> None:
    """Record a household: the head, then (word, person)."""
    number = f"QS{county.next('household'):05d}"
    for word, person in (("户主", head), *others):
        county.book.add("户籍", 户号=number, 姓名=person.name, 身份证号=person.id, 与户主关系=word, 行政村=place)


def _family(county: County, rng: random.Random, official: Person, sex: str, place: str) -> None:
    """Give an official an ordinary family: spouse, a child, sometimes a parent who lives elsewhere."""
    other = "女" if sex == "男" else "男"
    spouse = county.somebody(rng, official.born - 3, official.born + 4, other)
    married = date(official.born + 26, rng.randrange(1, 13), rng.randrange(1, 29))
    wed(county, *((official, spouse) if sex == "男" else (spouse, official)), married)
    word = "妻子" if sex == "男" else "丈夫"
    kin(
        county,
        official,
        word,
        spouse,
        married,
        unit=rng.choice(["青石县实验小学", "青石县人民医院", "个体", "退休", None]),
    )
    child_sex = rng.choice(["男", "女"])
    child = county.somebody(rng, official.born + 27, official.born + 30, child_sex)
    kin(county, official, "儿子" if child_sex == "男" else "女儿", child, unit=rng.choice(["在外地就业", "在读", None]))
    household(
        county, place, official, ("妻" if sex == "男" else "夫", spouse), ("子" if child_sex == "男" else "女", child)
    )
    if rng.random() < 0.3:  # whom the file names only by name
        kin(county, official, "母亲", rng.choice("李王赵") + rng.choice(["桂英", "秀英", "玉兰"]), unit="务农")


def _staff(county: County, rng: random.Random, unit: str) -> None:
    """Fill a unit: a head, a deputy in charge of its business, two clerks; earlier heads left in 2017."""
    title = next((name for end, name in HEADS.items() if unit.endswith(end)), "镇长" if "镇" in unit else "乡长")
    title = "县长" if unit == "青石县人民政府" else title
    for role, first, last in ((title, 1965, 1972), ("副" + title, 1970, 1978), ("科员", 1985, 1994)):
        if role == title and STORY_HEADS.get(unit, date.max) is None:
            continue
        sex = rng.choice(["男", "男", "女"])
        person = county.somebody(rng, first, last, sex)
        start = date(rng.randrange(2016, 2020), rng.randrange(1, 13), rng.randrange(1, 29))
        rank = "" if role == "科员" else "正科级" if role == title else "副科级"
        post(county, person, unit, role, start, STORY_HEADS.get(unit) if role == title else None, rank)
        if role.startswith("副"):
            charge(county, person, unit, rng.choice(["办公室、财务", "机关党建、工会", "法制、信访"]), start)
        _family(county, rng, person, sex, f"{COUNTY}城关社区")


def _cadres(county: County, rng: random.Random) -> None:
    for village in VILLAGES:
        unit = committee(village)
        leads = (("党支部书记", 1962, 1972), ("村委会主任", 1966, 1976))
        for role, first, last in (*(() if unit in STORY_HEADS else leads), ("会计", 1975, 1988)):
            person = county.somebody(rng, first, last, "男", village)
            post(county, person, unit, role, date(2018, 3, 10) if role != "会计" else day("2016-01-01"))
            wife = county.somebody(rng, first, last, "女", village)
            household(county, village, person, ("妻", wife))


def offices(county: County) -> None:
    """Record agencies, villages and the ordinary officials of both."""
    rng = random.Random("offices")
    for unit, (above, kind) in AGENCIES.items():
        county.book.add("机构", 单位=unit, 上级单位=above or None, 类型=kind, 行政区划=COUNTY)
    for town, villages in TOWNS.items():
        for village in villages:
            unit, above = committee(town + village), town + "人民政府"
            county.book.add("机构", 单位=unit, 上级单位=above, 类型="村民委员会", 行政区划=town)
    for unit in AGENCIES:
        if unit not in ("青石县税务局", "青石县市场监督管理局"):
            _staff(county, rng, unit)
    _cadres(county, rng)
