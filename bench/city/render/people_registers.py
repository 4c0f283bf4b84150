"""The registers of persons: posts, charges, kin, marriages, households, deaths, sentences, holdings."""

import numpy as np

from bench.city.offices import KINDS, VILLAGE, document_number
from bench.city.render.masks import Masks
from bench.city.render.numbering import Numbering
from bench.city.render.sheet import Cells, Rows, Sheet
from bench.city.table import NEVER, NONE, Column, Table, either, texts
from bench.city.words import words
from bench.city.world import World


def rows_shown(table: Table) -> Rows:
    """Return the facts of a table that some register holds."""
    return np.flatnonzero(~table["hidden"])


def text(values: object) -> Cells:
    """Return a column of text."""
    return Cells("text", values)


def agency_sheet(world: World) -> Sheet:
    """机构: agencies with the one above them."""
    agencies, districts = world.agencies, words()["districts"]
    parent = agencies["parent"]
    above = either(parent == NONE, None, agencies["name"][parent])
    columns = {
        "单位": text(agencies["name"]),
        "上级单位": text(above),
        "类型": text(texts([KINDS[kind] for kind in agencies["kind"].tolist()])),
        "行政区划": text(texts([districts[at] for at in agencies["district"].tolist()])),
    }
    return Sheet("机构", columns, np.arange(len(agencies)), workbook="全市机构名录")


def post_sheet(world: World, masks: Masks) -> Sheet:
    """任职: who held which post."""
    posts, people = world.posts, world.people
    person, count = posts["person"], len(posts)
    category = np.where(world.agencies["kind"][posts["agency"]] == VILLAGE, "村干部", "公务员")
    numbers = world.streams("documents").integers(0, 400, count)
    columns = {
        "姓名": text(people["name"][person]),
        "身份证号": text(people["id"][person]),
        "单位": text(world.agencies["name"][posts["agency"]]),
        "职务": text(posts["post"]),
        "职级": text(posts["level"]),
        "人员类别": text(category.astype(object)),
        "是否班子成员": text(np.where(posts["role"] < 2, "是", "否").astype(object)),
        "任职日期": Cells("day", posts["start"], masks.precision("任职", "任职日期", count)),
        "免职日期": Cells("day", posts["end"], masks.precision("任职", "免职日期", count)),
        "任免文号": text(
            texts(
                [
                    document_number(start, number)
                    for start, number in zip(posts["start"].tolist(), numbers.tolist(), strict=True)
                ]
            )
        ),
    }
    spoil = {"任职日期": "2017-02-31", "姓名": ""}
    return Sheet("任职", columns, rows_shown(posts), [posts["agency"]], style=0, spoil=spoil)


def charge_sheet(world: World, masks: Masks) -> Sheet:
    """分管: what deputies are in charge of."""
    charges, people = world.charges, world.people
    person, count = charges["person"], len(charges)
    columns = {
        "单位": text(world.agencies["name"][charges["agency"]]),
        "姓名": text(people["name"][person]),
        "身份证号": text(masks.identifiers("分管", "身份证号", people["id"][person])),
        "分管事项": text(charges["matter"]),
        "起始日期": Cells("day", charges["start"], masks.precision("分管", "起始日期", count)),
        "终止日期": Cells("day", charges["end"], masks.precision("分管", "终止日期", count)),
    }
    return Sheet("分管", columns, rows_shown(charges), [charges["agency"]], style=2, workbook="班子成员分工情况表")


def workplaces(world: World, persons: Rows) -> Column:
    """Return where people work as a form says it: the company they represent or are insured by; often left empty."""
    found = np.full(len(world.people), None, dtype=object)
    found[world.staff["person"]] = world.companies["name"][world.staff["company"]]
    found[world.companies["rep"]] = world.companies["name"]
    filled = world.streams("workplaces").random(len(persons)) < 0.5
    return either(filled, found[persons], None)


def kin_sheet(world: World, masks: Masks) -> Sheet:
    """亲属关系: what officials declared."""
    records, people = world.kin_records, world.people
    person, relative = records["person"], records["relative"]
    columns = {
        "姓名": text(people["name"][person]),
        "身份证号": text(people["id"][person]),
        "称谓": text(records["word"]),
        "亲属姓名": text(people["name"][relative]),
        "亲属身份证号": text(masks.identifiers("亲属关系", "亲属身份证号", people["id"][relative])),
        "亲属工作单位": text(workplaces(world, relative)),
        "起始日期": Cells("day", np.where(records["start"] < -9000, NEVER, records["start"])),
        "终止日期": Cells("day", records["end"]),
        "依据": text(records["basis"]),
    }
    return Sheet("亲属关系", columns, rows_shown(records), [person], spoil={"亲属姓名": "", "终止日期": "2019-13-05"})


def marriage_sheet(world: World) -> Sheet:
    """婚姻登记: marriages and divorces."""
    marriages, people = world.marriages, world.people
    husband, wife = marriages["husband"], marriages["wife"]
    columns = {
        "男方姓名": text(people["name"][husband]),
        "男方身份证号": text(people["id"][husband]),
        "女方姓名": text(people["name"][wife]),
        "女方身份证号": text(people["id"][wife]),
        "登记日期": Cells("day", marriages["day"]),
        "类型": text(np.where(marriages["divorce"], "离婚", "结婚").astype(object)),
    }
    return Sheet(
        "婚姻登记", columns, rows_shown(marriages), [marriages["day"]], style=1, spoil={"登记日期": "1998/2/30"}
    )


def acquaintance_sheet(world: World, masks: Masks) -> Sheet:
    """社会关系: acquaintances named in files."""
    ties, people = world.acquaintances, world.people
    columns = {
        "姓名": text(people["name"][ties["person"]]),
        "身份证号": text(people["id"][ties["person"]]),
        "关系": text(ties["kind"]),
        "对方姓名": text(people["name"][ties["other"]]),
        "对方身份证号": text(masks.identifiers("社会关系", "对方身份证号", people["id"][ties["other"]])),
        "起始日期": Cells("day", ties["start"], masks.precision("社会关系", "起始日期", len(ties))),
        "依据": text(np.full(len(ties), "干部人事档案", dtype=object)),
    }
    return Sheet("社会关系", columns, np.arange(len(ties)), style=2)


def household_sheet(world: World, numbering: Numbering) -> Sheet:
    """户籍: households, the head first."""
    people = world.people
    names = world.agencies["name"][np.flatnonzero(world.agencies["kind"] == VILLAGE)]
    columns = {
        "户号": text(numbering.household),
        "姓名": text(people["name"]),
        "身份证号": text(people["id"]),
        "与户主关系": text(world.head_word),
        "行政村": text(names[people["village"]]),
    }
    head = world.head == np.arange(len(people))
    order = [numbering.household.astype(str), ~head]
    return Sheet("户籍", columns, rows_shown(people), order, encoding="gb18030", spoil={"姓名": ""})


def death_sheet(world: World) -> Sheet:
    """死亡登记: deaths, registered some weeks later."""
    people = world.people
    dead = np.flatnonzero((people["death"] > 0) & ~people["death_hidden"])
    columns = {
        "姓名": text(people["name"]),
        "身份证号": text(people["id"]),
        "死亡日期": Cells("day", people["death"]),
        "登记日期": Cells("day", people["death_registered"]),
    }
    return Sheet("死亡登记", columns, dead, [people["death_registered"]], style=1, spoil={"死亡日期": "2018/0/12"})


def sentence_sheet(world: World) -> Sheet:
    """服刑: sentences served."""
    people, rows = world.people, world.sentences
    columns = {
        "姓名": text(people["name"][rows["person"]]),
        "身份证号": text(people["id"][rows["person"]]),
        "起始日期": Cells("day", rows["start"]),
        "释放日期": Cells("day", rows["end"]),
        "刑种": text(rows["kind"]),
    }
    return Sheet("服刑", columns, rows_shown(rows), [rows["start"]], style=2)


def vehicle_sheet(world: World) -> Sheet:
    """车辆: vehicles, also those sold since."""
    people, rows = world.people, world.vehicles
    columns = {
        "所有人": text(people["name"][rows["person"]]),
        "身份证号": text(people["id"][rows["person"]]),
        "车辆类型": text(rows["kind"]),
        "登记日期": Cells("day", rows["start"]),
        "注销日期": Cells("day", rows["end"]),
    }
    return Sheet("车辆", columns, rows_shown(rows), encoding="gb18030", spoil={"所有人": ""})


def flat_sheet(world: World) -> Sheet:
    """不动产: flats."""
    people, rows = world.people, world.flats
    columns = {
        "权利人": text(people["name"][rows["person"]]),
        "身份证号": text(people["id"][rows["person"]]),
        "坐落": text(rows["place"]),
        "登记日期": Cells("day", rows["start"]),
        "成交价": Cells("yuan", rows["price"]),
    }
    return Sheet("不动产", columns, rows_shown(rows), style=1, money="grouped")


def land_sheet(world: World) -> Sheet:
    """土地确权: land rights; some ID numbers still have fifteen digits."""
    people, rows = world.people, world.land
    ids = people["id"][rows["person"]].tolist()
    old = [one[:6] + one[8:17] if at % 61 == 5 and one[6:8] == "19" else one for at, one in enumerate(ids)]
    names = world.agencies["name"][np.flatnonzero(world.agencies["kind"] == VILLAGE)]
    columns = {
        "承包方代表": text(people["name"][rows["person"]]),
        "身份证号": text(texts(old)),
        "行政村": text(names[people["village"][rows["person"]]]),
        "合同面积": Cells("number", rows["area"]),
        "实测面积": Cells("number", rows["measured"]),
    }
    return Sheet("土地确权", columns, np.arange(len(rows)), encoding="utf-8-sig")


def lease_sheet(world: World, numbering: Numbering) -> Sheet:
    """土地租赁: leases of village land."""
    people, rows = world.people, world.leases
    minutes = [
        f"会纪{number[2:]}" if kept else None
        for number, kept in zip(numbering.lease.tolist(), rows["minutes"].tolist(), strict=True)
    ]
    columns = {
        "合同编号": text(numbering.lease),
        "行政村": text(world.agencies["name"][rows["agency"]]),
        "承租方": text(people["name"][rows["person"]]),
        "承租方证件号": text(people["id"][rows["person"]]),
        "面积": Cells("number", rows["area"]),
        "年租金": Cells("number", rows["rent"]),
        "起始日期": Cells("day", rows["start"]),
        "终止日期": Cells("day", rows["end"]),
        "会议记录编号": text(texts(minutes)),
    }
    return Sheet("土地租赁", columns, np.arange(len(rows)), [rows["start"]], style=2)


def people_sheets(world: World, masks: Masks, numbering: Numbering) -> list[Sheet]:
    """Return the registers of persons."""
    return [
        agency_sheet(world),
        post_sheet(world, masks),
        charge_sheet(world, masks),
        kin_sheet(world, masks),
        marriage_sheet(world),
        acquaintance_sheet(world, masks),
        household_sheet(world, numbering),
        death_sheet(world),
        sentence_sheet(world),
        vehicle_sheet(world),
        flat_sheet(world),
        land_sheet(world),
        lease_sheet(world, numbering),
    ]
