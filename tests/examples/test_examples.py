"""The invented county: what its import reports, and exactly which doubts it gives, on both engines."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.context import Context
from app.services.detecting import DetectionResult
from app.services.importing import run_import
from graph.settings import Settings
from graph.workspace import Workspace
from ingest.options import ImportOptions
from ingest.report import ImportReport
from tests.support.examples import ENGINES, EXAMPLES, County, detected, imported, names, shown, silent

README = EXAMPLES / "README.md"
REGISTERS = EXAMPLES / "registers"

# path, data row, column, code; `examples/README.md` tells each.
REFUSED = {
    ("登记/企业/股东.csv", 9, None, "row.too_long"),
    ("登记/干部/亲属关系.csv", 11, "亲属姓名", "row.required_empty"),
    ("登记/干部/分管.csv", 4, None, "row.too_short"),
    ("登记/户政/死亡登记.csv", 3, "死亡日期", "row.bad_date"),
    ("登记/税务/发票.csv", 6, None, "row.open_quote"),
    ("采购/合同.csv", 8, "合同金额", "row.bad_amount"),
    ("采购/招标项目.xlsx", 15, "项目编号", "row.required_empty"),
    ("采购/财政支付.csv", 5, "金额", "row.bad_amount"),
    ("采购/财政支付.csv", 21, "支付日期", "row.bad_date"),
    ("银行/惠农银行流水.csv", 12, "交易时间", "row.bad_date"),
    ("银行/惠农银行流水.csv", 25, "收付标志", "row.bad_choice"),
}
WARNED = {
    ("登记/户政/户籍.csv", 5, "身份证号", "id.length"),
    ("登记/户政/户籍.csv", 17, "身份证号", "id.check_digit"),
    ("登记/户政/户籍.csv", 23, "身份证号", "id.date"),
    ("登记/户政/户籍.csv", 31, "身份证号", "id.characters"),
    ("登记/户政/死亡登记.csv", 7, "身份证号", "id.check_digit"),
    ("登记/社保/参保.csv", 6, "统一社会信用代码", "code.length"),
    ("登记/财产/车辆.csv", 4, None, "id.other_name"),
    ("补贴/2022年补贴发放.csv", 30, "身份证号", "id.masked"),
    ("采购/投标.csv", 10, "统一社会信用代码", "code.check_digit"),
    ("采购/投标.csv", 22, "投标报价", "row.bad_amount"),
}
NOTED = {
    ("登记/户政/婚姻登记.csv", None, None, "table.unknown_columns"),
    ("补贴/2020年补贴发放.csv", 42, None, "row.duplicate"),
    ("银行/云岫村镇银行流水.xlsx", 18, "对手账户", "sheet.damaged_number"),
    ("银行/惠农银行流水.csv", 184, "交易是否成功", "bank.failed_row"),
    ("银行/惠农银行流水.csv", 192, "交易是否成功", "bank.failed_row"),
    ("银行/惠农银行流水.csv", 204, "交易是否成功", "bank.failed_row"),
    ("银行/禾川银行流水.csv", 347, "交易余额", "bank.balance_gap"),
}
TABLES_NOT_READ = {"案件/信访登记簿.csv": "table.reporter_column", "案件/值班表.csv": "table.unknown"}

# query -> state -> the holders by which the story knows each hit
HITS = {
    "shadow_company": {
        "open": [
            ("程树民", "贺兰芝", "青石县栩泽路桥养护有限公司"),
            ("陆景和", "乔志远", "青石县菘蓝餐饮管理有限公司"),
        ],
        "undetermined": [("魏长河", "严素琴", "青石县邺帆测绘有限公司")],
        "incomplete": [("田小满", "田广发", "青石县砚衡绿化有限公司")],
        "cleared": [
            ("方启明", "陶大江", "青石县柏岫医疗器械有限公司"),
            ("秦牧川", "秦牧云", "青石县旌原照明工程有限公司"),
        ],
    },
    "benefit_chain": {
        "open": [
            ("高怀远", "金雅茹", "青石县禾澜水利工程有限公司"),
            ("白志刚", "白志刚", "青石县苓术医药有限公司"),
        ],
        "cleared": [("尹文静", "尹浩", "青石县蕙畹医疗用品有限公司")],
    },
    "common_control_bids": {
        "open": [
            ("青石县檀溪园建筑有限公司、青石县蓼汀建筑有限公司", "柯鸿飞"),
            ("青石县楸梓园艺有限公司、青石县荻浦园艺工程有限公司", "万丽娟"),
            ("青石县桉禾消防设施有限公司、青石县谷旸消防工程有限公司", ""),
        ],
        "undetermined": [("青石县桑梓原安装有限公司、青石县棠棣里安装有限公司", "巩宝山")],
        "cleared": [("青石县铎钧交通设施有限公司、青石县铎钧路桥工程有限公司", "樊景明")],
    },
    "dead_or_double_benefit": {
        "open": [("毕长生", "路长顺"), ("单秀珍", "于水生、路长顺"), ("沈阿根", "左全福"), ("祁大娘", "路长顺")],
        "undetermined": [("詹老四", "罗宏新")],
        "cleared": [("耿有田", "于水生")],
    },
}
ROLES = {
    "shadow_company": ("official", "relative", "company"),
    "benefit_chain": ("official", "recipient", "company"),
    "common_control_bids": ("companies", "controller"),
    "dead_or_double_benefit": ("beneficiary", "certifier"),
}
# What the schemes come to: by the first holder, the degree of power and the figures of the hit.
SCHEMES = {
    "程树民": ("P2", {"contracts": 4, "amount": 1_853_000.0}),
    "陆景和": ("P3", {"contracts": 3, "amount": 4_028_000.0}),
    "高怀远": ("P3", {"transfers": 3, "payments": 3, "hops": 2, "amount": 438_000.0}),
    "白志刚": ("P1", {"transfers": 3, "payments": 3, "hops": 2, "amount": 203_000.0}),
    "青石县檀溪园建筑有限公司、青石县蓼汀建筑有限公司": (None, {"tenders": 3, "kinds": 3}),
    "青石县楸梓园艺有限公司、青石县荻浦园艺工程有限公司": (None, {"tenders": 2, "kinds": 1}),
    "毕长生": (None, {"payments": 18, "prison": 18, "amount": 7_560.0}),
    "祁大娘": (None, {"payments": 12, "double": 12, "amount": 5_040.0}),
    "沈阿根": (None, {"payments": 14, "dead": 14, "amount": 1_456.0}),
}
# Look-alikes that fit the shape of no query: none of these may hold a role in any hit.
ABSENT = {
    "shadow_company": (
        "孔维新",
        "苏映红",
        "邵文彬",
        "邵文涛",
        "罗敬堂",
        "王建军",
        "韩立峰",
        "葛春燕",
        "尹文静",
        "尹浩",
    ),
    "benefit_chain": ("卢正平", "鲍国强", "阎守信", "章立早", "霍思远", "盛怀玉", "贾福来"),
    "common_control_bids": ("瞿志新", "费玉林", "柴春来", "冉小松", "李建华", "佟立本", "燕长青"),
    "dead_or_double_benefit": ("聂玉莲", "詹小虎", "柏树青", "王桂英", "靳守田", "闵长福", "娄桂枝", "沈春茂"),
}
# Names that two people bear; everybody else of the stories is one person, however their number was written.
NAMESAKES = {"王建军": 3, "王桂英": 2, "李建华": 2, "靳守田": 2}


# What stands only in papers joins nothing here.
WITHOUT_PAPERS = {"刘春山", "瞿志新", "袁海根", "周建来", "厉怀松", "乐进财", "苏平德", "金桂芳", "冯永福"}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    """Import the registers once."""
    return imported(tmp_path_factory.mktemp("county"), REGISTERS)


@pytest.fixture(scope="module", params=ENGINES)
def found(county: County, request: pytest.FixtureRequest) -> Iterator[dict[str, DetectionResult]]:
    """Run every saved query on one engine; query id -> result."""
    yield from detected(county, request)


def _faults(report: ImportReport, level: str) -> list[tuple[str, object, object, str]]:
    return [
        (file.path, fault["row"], fault["column"], str(fault["code"]))
        for file in report.files
        for fault in file.faults
        if fault["level"] == level and file.path not in TABLES_NOT_READ
    ]


@pytest.mark.parametrize(("level", "expected"), [("refused", REFUSED), ("warned", WARNED), ("noted", NOTED)])
def test_every_bad_row_is_reported_and_nothing_else(
    county: County, level: str, expected: set[tuple[str, object, object, str]]
) -> None:
    reported = _faults(county.report, level)
    assert len(reported) == len(set(reported))
    assert set(reported) == expected


def test_two_tables_are_not_read_and_say_why(county: County) -> None:
    unread = {
        file.path: [fault["code"] for fault in file.faults] for file in county.report.files if file.state != "read"
    }
    assert unread == {path: [code] for path, code in TABLES_NOT_READ.items()}


def test_every_register_appears(county: County) -> None:
    known = {path.stem for path in (Path(__file__).parents[2] / "ingest" / "registers").glob("*.toml")}
    assert known - {register for file in county.report.files for register in file.registers} == set()


def test_without_a_warrant_bank_files_say_so(tmp_path: Path) -> None:
    context = Context(Workspace(tmp_path / "workspace"), Settings(graph=""))
    path = REGISTERS / "银行" / "对公往来.csv"
    report = run_import(context, [path], ImportOptions(), project=False, progress=silent).report
    assert report.counts() == {"bank.no_warrant": 1}


def test_the_story_names_everybody_and_every_fault(county: County) -> None:
    story = README.read_text(encoding="utf-8")
    names = {
        name
        for query in HITS.values()
        for hits in query.values()
        for hit in hits
        for part in hit
        for name in part.split("、")
    }
    names |= {name for absent in ABSENT.values() for name in absent}
    short = {re.sub(r"^青石县|有限公司$", "", name) for name in names}
    assert sorted(name for name in short if name not in story) == []
    codes = set(county.report.counts()) | {"bank.no_warrant"}
    assert sorted(code for code in codes if f"`{code}`" not in story and f"`{code.split('.')[0]}.*`" not in story) == []


def test_people_are_one_however_their_number_is_written(county: County) -> None:
    counts = dict(county.ask("SELECT name, count(*) FROM nodes WHERE type = 'Person' GROUP BY name"))
    story = {name for query in HITS.values() for hits in query.values() for hit in hits for name in hit}
    story |= {name for names in ABSENT.values() for name in names}
    assert {name: counts[name] for name in NAMESAKES} == NAMESAKES
    assert {name: n for name in story if (n := counts.get(str(name), 0)) > 1 and name not in NAMESAKES} == {}


def test_a_transfer_that_two_banks_tell_is_one(county: County) -> None:
    rows = county.ask(
        """SELECT json_extract(e.props, '$.amount')::INT, count(DISTINCT v.doc || v.locator)
        FROM edges e JOIN evidence v USING (eid)
        JOIN edges a ON a.type = 'OWNS' AND a.target = e.source JOIN nodes s ON s.id = a.source AND s.name = '丁小波'
        JOIN edges b ON b.type = 'OWNS' AND b.target = e.target JOIN nodes t ON t.id = b.source AND t.name = '金雅茹'
        WHERE e.type = 'TRANSFER' GROUP BY e.eid, 1 ORDER BY 1""",
    )
    assert rows == [(110_000, 2), (140_000, 2), (188_000, 2)]


def test_what_was_reversed_or_returned_nets_to_nothing(county: County) -> None:
    rows = county.ask(
        """SELECT json_extract(props, '$.amount')::INT, count(*) FROM edges
        WHERE type = 'TRANSFER' AND json_extract(props, '$.reversed')::BOOLEAN GROUP BY 1 ORDER BY 1""",
    )
    assert rows == [(150, 2), (2_000, 2), (150_000, 2)]


def _names(result: DetectionResult) -> dict[str, list[tuple[str, ...]]]:
    return names(result, ROLES[result.saved.id])


@pytest.mark.parametrize("query", HITS)
def test_a_query_finds_the_schemes_and_no_innocent(found: dict[str, DetectionResult], query: str) -> None:
    assert _names(found[query]) == {state: sorted(hits) for state, hits in HITS[query].items()}
    assert (found[query].faults, found[query].truncated, found[query].hidden) == ([], 0, 0)


@pytest.mark.parametrize("first", SCHEMES)
def test_a_scheme_has_its_power_and_figures(found: dict[str, DetectionResult], first: str) -> None:
    power, figures = SCHEMES[first]
    hits = [
        hit
        for query, result in found.items()
        if query in ROLES
        for hit in result.hits
        if hit.state == "open" and shown(hit.roles[ROLES[query][0]]) == first
    ]
    assert [(hit.power, {**hit.values, **figures}) for hit in hits] == [(power, hits[0].values)]


@pytest.mark.parametrize("query", HITS)
def test_open_hits_come_first(found: dict[str, DetectionResult], query: str) -> None:
    order = ["open", "undetermined", "incomplete", "cleared"]
    states = [order.index(hit.state) for hit in found[query].hits]
    assert states == sorted(states)


@pytest.mark.parametrize(("query", "name"), [(query, name) for query, names in ABSENT.items() for name in names])
def test_a_look_alike_without_the_shape_is_in_no_hit(
    found: dict[str, DetectionResult], county: County, query: str, name: str
) -> None:
    assert county.ask(f"SELECT count(*) FROM nodes WHERE name = '{name}'")[0] != (0,)
    assert name not in [part for hits in _names(found[query]).values() for hit in hits for part in hit]


def test_nobody_whom_only_papers_join_is_in_a_hit(found: dict[str, DetectionResult]) -> None:
    held = {
        name
        for result in found.values()
        for hit in result.hits
        for role in hit.roles.values()
        for name in shown(role).split("、")
    }
    assert held & WITHOUT_PAPERS == set()
