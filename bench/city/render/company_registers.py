"""The registers of companies and of public buying."""

import numpy as np

from bench.city.procurement import CHANGE_DAY, CLASSES, LIMITS, OPEN_LIMITS
from bench.city.render.masks import Masks
from bench.city.render.numbering import Numbering
from bench.city.render.people_registers import rows_shown, text
from bench.city.render.sheet import Cells, Sheet
from bench.city.table import NEVER, NONE, Column, either, texts
from bench.city.words import sectors, words
from bench.city.world import World


def company_sheet(world: World, masks: Masks) -> Sheet:
    """企业登记: companies as they stand now."""
    companies, people = world.companies, world.people
    rep = companies["rep"]
    ids = masks.identifiers("企业登记", "法定代表人身份证号", people["id"][rep])
    columns = {
        "统一社会信用代码": text(companies["code"]),
        "企业名称": text(companies["name"]),
        "曾用名": text(np.full(len(companies), None, dtype=object)),
        "成立日期": Cells("day", companies["founded"]),
        "注销日期": Cells("day", companies["dissolved"]),
        "注册资本": Cells("yuan", companies["capital"]),
        "法定代表人": text(people["name"][rep]),
        "法定代表人身份证号": text(ids),
        "注册地址": text(companies["address"]),
        "联系电话": text(companies["phone"]),
        "经营范围": text(texts([sectors()[at].scope for at in companies["sector"].tolist()])),
        "参保人数": Cells("number", companies["insured"]),
    }
    spoil = {"企业名称": "", "成立日期": "2016年15月3日"}
    return Sheet("企业登记", columns, rows_shown(companies), style=2, money="mixed", encoding="gb18030", spoil=spoil)


def share_sheet(world: World, masks: Masks) -> Sheet:
    """股东: holders, also former ones."""
    shares, companies, people = world.shares, world.companies, world.people
    company, person, parent = shares["company"], shares["person"], shares["parent"]
    firm = person == NONE
    name = np.where(firm, companies["name"][parent], people["name"][person])
    code = masks.identifiers("股东", "股东证件号", np.where(firm, companies["code"][parent], people["id"][person]))
    subscribed = (companies["capital"][company] * shares["ratio"]).astype(np.int64)
    columns = {
        "统一社会信用代码": text(companies["code"][company]),
        "企业名称": text(companies["name"][company]),
        "股东名称": text(name),
        "股东证件号": text(code),
        "持股比例": Cells("ratio", shares["ratio"]),
        "认缴出资额": Cells("yuan", subscribed),
        "实缴出资额": Cells("yuan", subscribed),
        "入股日期": Cells("day", shares["start"], masks.precision("股东", "入股日期", len(shares))),
        "退出日期": Cells("day", shares["end"], masks.precision("股东", "退出日期", len(shares))),
    }
    return Sheet(
        "股东", columns, rows_shown(shares), style=0, money="plain", spoil={"股东名称": "", "入股日期": "2015-00-10"}
    )


def officer_sheet(world: World, masks: Masks) -> Sheet:
    """主要人员: directors, managers, supervisors."""
    officers, companies, people = world.officers, world.companies, world.people
    company, person = officers["company"], officers["person"]
    columns = {
        "统一社会信用代码": text(companies["code"][company]),
        "企业名称": text(companies["name"][company]),
        "姓名": text(people["name"][person]),
        "身份证号": text(masks.identifiers("主要人员", "身份证号", people["id"][person])),
        "职务": text(officers["role"]),
        "任职日期": Cells("day", officers["start"], masks.precision("主要人员", "任职日期", len(officers))),
        "离任日期": Cells("day", officers["end"], masks.precision("主要人员", "离任日期", len(officers))),
    }
    return Sheet("主要人员", columns, rows_shown(officers), style=1, encoding="utf-8-sig", spoil={"职务": ""})


def staff_sheet(world: World) -> Sheet:
    """参保: whom companies insure."""
    staff, companies, people = world.staff, world.companies, world.people
    columns = {
        "姓名": text(people["name"][staff["person"]]),
        "身份证号": text(people["id"][staff["person"]]),
        "参保单位": text(companies["name"][staff["company"]]),
        "统一社会信用代码": text(companies["code"][staff["company"]]),
        "起始月份": Cells("month", staff["start"]),
        "终止月份": Cells("day", staff["end"], np.ones(len(staff), np.int64)),
    }
    return Sheet("参保", columns, rows_shown(staff), spoil={"参保单位": ""})


def tender_names(world: World) -> Column:
    """Return the name of each buy: buyer, year, what."""
    tenders = world.tenders
    lines, agency = sectors(), world.agencies["name"][tenders["agency"]].tolist()
    return texts(
        [
            f"{who}{2014 + day // 365}年{lines[line].needs[need]}"
            for who, day, line, need in zip(
                agency, tenders["opened"].tolist(), tenders["sector"].tolist(), tenders["need"].tolist(), strict=True
            )
        ]
    )


def tender_sheet(world: World, numbering: Numbering) -> Sheet:
    """招标项目: buys, also those below the threshold (自行采购)."""
    tenders = world.tenders
    lines = sectors()
    item = texts([f"{lines[at].class_}-{lines[at].item}" for at in tenders["sector"].tolist()])
    agents = texts([f"{words()['city'][:2]}{word}招标代理有限公司" for word in "明正中至信衡公允方诚建达"])
    agent = either(tenders["agent"] == NONE, None, agents[tenders["agent"]])
    columns = {
        "项目编号": text(numbering.tender),
        "项目名称": text(tender_names(world)),
        "采购单位": text(world.agencies["name"][tenders["agency"]]),
        "采购方式": text(tenders["method"]),
        "品目": text(item),
        "预算金额": Cells("yuan", tenders["budget"]),
        "公告日期": Cells("day", tenders["announced"]),
        "开标日期": Cells("day", tenders["opened"]),
        "代理机构": text(agent),
    }
    spoil = {"项目名称": "", "开标日期": "2020-11-31"}
    return Sheet("招标项目", columns, rows_shown(tenders), [tenders["announced"]], money="grouped", spoil=spoil)


def bid_media(world: World) -> dict[str, Column]:
    """Return contact, phone, device, IP and deposit account of each bid: the company's own unless a fact says not."""
    companies, bids = world.companies, world.bids
    count, rng = len(companies), world.streams("media")
    devices = texts([f"{value:012X}" for value in rng.integers(16**11, 16**12, count).tolist()])
    # Firms of one park go out by one address.
    _, park = np.unique(companies["address"].astype(str), return_inverse=True)
    ip = texts([f"10.{at // 250 % 250}.{at % 250}.{at * 7 % 250 + 2}" for at in park.tolist()])
    company = bids["company"]
    device = np.where(bids["device"] == NONE, company, bids["device"])
    deposit = np.where(bids["deposit"] == NONE, world.accounts.company[company], bids["deposit"])
    return {
        "联系人": world.people["name"][companies["rep"][company]],
        "联系电话": companies["phone"][company],
        "文件机器码": devices[device],
        "IP地址": ip[company],
        "保证金账户": world.accounts.table["number"][deposit],
    }


def bid_sheet(world: World, masks: Masks, numbering: Numbering) -> Sheet:
    """投标: bids of projects that were put out to bidders."""
    bids, companies = world.bids, world.companies
    company = bids["company"]
    lots = either(bids["lot"] == 0, None, texts([None, *(f"标段{n}" for n in range(1, 6))])[np.minimum(bids["lot"], 5)])
    columns = {
        "项目编号": text(numbering.tender[bids["tender"]]),
        "标段编号": text(lots),
        "投标单位": text(companies["name"][company]),
        "统一社会信用代码": text(masks.identifiers("投标", "统一社会信用代码", companies["code"][company])),
        "投标报价": Cells("yuan", bids["price"]),
        "是否中标": text(np.where(bids["won"], "是", "否").astype(object)),
        "否决原因": text(bids["reason"]),
        **{name: text(values) for name, values in bid_media(world).items()},
    }
    shown = np.flatnonzero(~bids["hidden"] & world.tenders["bid_out"][bids["tender"]])
    order = [world.tenders["opened"][bids["tender"]], bids["tender"]]
    return Sheet("投标", columns, shown, order, money="mixed", spoil={"投标单位": ""})


def contract_sheet(world: World, masks: Masks, numbering: Numbering) -> Sheet:
    """合同: contracts; 经办人 is a clerk, by name only."""
    contracts, companies, people = world.contracts, world.companies, world.people
    handler = contracts["handler"]
    names = tender_names(world)[contracts["tender"]]
    columns = {
        "合同编号": text(numbering.contract),
        "项目编号": text(numbering.tender[contracts["tender"]]),
        "合同名称": text(np.where(contracts["note"] == "", names, names + contracts["note"])),
        "采购单位": text(world.agencies["name"][contracts["agency"]]),
        "供应商": text(companies["name"][contracts["company"]]),
        "统一社会信用代码": text(
            masks.identifiers("合同", "统一社会信用代码", companies["code"][contracts["company"]])
        ),
        "合同金额": Cells("yuan", contracts["amount"]),
        "签订日期": Cells("day", contracts["signed"], masks.precision("合同", "签订日期", len(contracts))),
        "经办人": text(either(handler == NONE, None, people["name"][handler])),
        "验收日期": Cells("day", contracts["accepted"]),
    }
    spoil = {"合同金额": "金额详见附件", "供应商": "", "签订日期": "2018/6/31"}
    return Sheet("合同", columns, rows_shown(contracts), [contracts["signed"]], style=-1, money="mixed", spoil=spoil)


def payment_sheet(world: World, numbering: Numbering) -> Sheet:
    """财政支付: what the treasury paid for contracts."""
    payments, contracts, accounts = world.payments, world.contracts, world.accounts
    contract = payments["contract"]
    agency, company = contracts["agency"][contract], contracts["company"][contract]
    number = accounts.table["number"]
    columns = {
        "支付编号": text(numbering.payment),
        "合同编号": text(numbering.contract[contract]),
        "付款单位": text(world.agencies["name"][agency]),
        "付款账号": text(number[accounts.agency[agency]]),
        "收款方": text(world.companies["name"][company]),
        "收款账号": Cells("account", number[accounts.company[company]]),
        "金额": Cells("fen", payments["amount"]),
        "支付日期": Cells("day", payments["day"]),
        "用途": text(np.where(payments["part"] == 0, "合同款", "合同进度款").astype(object)),
    }
    spoil = {"支付日期": "20210431", "金额": "见附表"}
    return Sheet("财政支付", columns, rows_shown(payments), [payments["day"]], style=3, spoil=spoil)


def limit_sheet() -> Sheet:
    """采购限额: thresholds by class and date."""
    kinds = (("分散采购限额", LIMITS), ("公开招标", OPEN_LIMITS))
    rows = [(kind, name, values[name][at], at) for kind, values in kinds for name in CLASSES for at in (0, 1)]
    later = np.array([at for *_, at in rows])
    columns = {
        "地区": text(texts([words()["city"]] * len(rows))),
        "类别": text(texts([name for _, name, _, _ in rows])),
        "标准类型": text(texts([kind for kind, *_ in rows])),
        "金额": Cells("yuan", np.array([amount for _, _, amount, _ in rows])),
        "起始日期": Cells("day", np.where(later == 1, CHANGE_DAY, -730)),
        "终止日期": Cells("day", np.where(later == 1, NEVER, CHANGE_DAY - 1)),
        "文号": text(texts([f"岚财采〔{(2012, 2019)[at]}〕{9 + at}号" for *_, at in rows])),
    }
    return Sheet(
        "采购限额", columns, np.arange(len(rows)), [np.arange(len(rows))], money="mixed", workbook="政府采购限额标准"
    )


def recusal_sheet(world: World, numbering: Numbering) -> Sheet:
    """回避: who stood aside in which matter."""
    rows, people = world.recusals, world.people
    by_contract = rows["contract"] != NONE
    number = np.where(by_contract, numbering.contract[rows["contract"]], numbering.benefit[rows["benefit"]])
    columns = {
        "姓名": text(people["name"][rows["person"]]),
        "身份证号": text(people["id"][rows["person"]]),
        "事项编号": text(number),
        "日期": Cells("day", rows["day"]),
        "说明": text(rows["note"]),
    }
    return Sheet("回避", columns, rows_shown(rows), [rows["day"]])


def duty_sheet(world: World, numbering: Numbering) -> Sheet:
    """职责: who did which step of a contract."""
    rows, people = world.duties, world.people
    agency = world.contracts["agency"][rows["contract"]]
    columns = {
        "单位": text(world.agencies["name"][agency]),
        "事项": text(np.full(len(rows), "政府采购", dtype=object)),
        "环节": text(rows["step"]),
        "姓名": text(people["name"][rows["person"]]),
        "身份证号": text(people["id"][rows["person"]]),
        "日期": Cells("day", rows["day"]),
        "关联编号": text(numbering.contract[rows["contract"]]),
    }
    return Sheet("职责", columns, rows_shown(rows), [rows["day"]])


def company_sheets(world: World, masks: Masks, numbering: Numbering) -> list[Sheet]:
    """Return the registers of companies and of public buying."""
    return [
        company_sheet(world, masks),
        share_sheet(world, masks),
        officer_sheet(world, masks),
        staff_sheet(world),
        tender_sheet(world, numbering),
        bid_sheet(world, masks, numbering),
        contract_sheet(world, masks, numbering),
        payment_sheet(world, numbering),
        limit_sheet(),
        recusal_sheet(world, numbering),
        duty_sheet(world, numbering),
    ]
