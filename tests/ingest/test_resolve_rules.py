"""The first rules of identity: hard keys, a name in its unit, companies by name, public bodies; the rest is queued."""

import itertools
import json
import subprocess
import sys

import pytest

from tests.support.registers import Ground, credit_code, person_id, write_rows

UNIT = "示例县水务局"
FIRM = "示例甲建设有限公司"


def post(name, number, unit=UNIT, **more):
    return {"姓名": name, "身份证号": number, "单位": unit, "职务": "副局长"} | more


def handled(name, number="", unit=UNIT, matter="HT-1"):
    return {
        "单位": unit,
        "事项": "合同",
        "环节": "审批",
        "姓名": name,
        "身份证号": number,
        "日期": "2021-03-05",
        "关联编号": matter,
    }


def contract(supplier=FIRM, code=None, number="HT-1", buyer=UNIT):
    return {"合同编号": number, "采购单位": buyer, "供应商": supplier, "统一社会信用代码": code, "合同金额": 100}


@pytest.fixture
def world(tmp_path):
    """Import tables by register name, in the order given, and return the ground after resolving."""

    def made(*tables, folder="w"):
        ground = Ground(_made(tmp_path / folder))
        for at, (name, rows) in enumerate(tables):
            ground.take(write_rows(tmp_path / folder / "in" / str(at) / f"{name}.csv", rows))
        ground.resolve()
        return ground

    return made


def _made(folder):
    folder.mkdir()
    return folder


def people(ground, name):
    """Return the canonical ids under which a name is known."""
    return {node["id"] for node in ground.project().nodes("Person") if node["name"] == name}


def queue(ground):
    return [(row["reason"], json.loads(row["facts"])) for row in ground.ledger_rows("queue")]


def test_one_id_number_and_name_is_one_person_everywhere(world):
    ground = world(
        ("任职", [post("韩冬生", person_id(1)), post("韩冬生", person_id(1), unit="示例县财政局")]),
        ("职责", [handled("韩冬生", person_id(1))]),
    )
    assert len(people(ground, "韩冬生")) == 1
    assert queue(ground) == []


def test_the_same_name_with_two_id_numbers_is_two_people(world):
    ground = world(("任职", [post("韩冬生", person_id(1)), post("韩冬生", person_id(2))]))
    assert len(people(ground, "韩冬生")) == 2


def test_a_name_in_a_unit_is_its_only_known_bearer_there(world):
    ground = world(("任职", [post("韩冬生", person_id(1))]), ("职责", [handled("韩冬生")]))
    assert len(people(ground, "韩冬生")) == 1
    (cluster,) = ground.ledger_rows("clusters")
    assert (cluster["method"], cluster["probability"]) == ("name_unit", 0.9)


def test_a_second_bearer_in_the_unit_ends_that(world):
    ground = world(
        ("任职", [post("韩冬生", person_id(1)), post("韩冬生", person_id(2), 职务="科员")]),
        ("职责", [handled("韩冬生")]),
    )
    assert len(people(ground, "韩冬生")) == 3
    assert {reason for reason, _ in queue(ground)} == {"name_unit_ambiguous"}
    assert ground.ledger_rows("clusters") == []


def test_a_second_bearer_elsewhere_does_not(world):
    ground = world(
        ("任职", [post("韩冬生", person_id(1)), post("韩冬生", person_id(2), unit="示例县财政局")]),
        ("职责", [handled("韩冬生")]),
    )
    assert len(people(ground, "韩冬生")) == 2


def test_a_bare_name_never_joins(world):
    gone = {"姓名": "韩冬生", "身份证号": "", "死亡日期": "2020-01-01", "登记日期": "2020-01-05"}
    ground = world(("任职", [post("韩冬生", person_id(1))]), ("死亡登记", [gone, {**gone, "死亡日期": "2021-01-01"}]))
    assert len(people(ground, "韩冬生")) == 3
    assert ground.ledger_rows("clusters") == []


def test_a_masked_name_never_joins(world):
    ground = world(("任职", [post("韩某", ""), post("韩某", "", 职务="科员")]))
    assert len(people(ground, "韩某")) == 2


def test_one_id_number_under_two_names_goes_to_the_queue_and_is_not_joined(world):
    ground = world(("任职", [post("韩冬生", person_id(1)), post("韩东生", person_id(1), 职务="科员")]))
    assert len(people(ground, "韩冬生") | people(ground, "韩东生")) == 2
    assert [reason for reason, _ in queue(ground)] == ["id_two_names"]
    assert ground.ledger_rows("clusters") == []


def test_the_name_that_most_sources_give_keeps_the_number_and_the_other_is_told(world):
    ground = world(
        ("任职", [post("韩冬生", person_id(1)), post("李四海", person_id(1), 职务="科员")]),
        ("职责", [handled("韩冬生", person_id(1))]),
    )
    (other,) = ground.resolve().other_names
    assert (other.name, other.other, other.locator) == ("李四海", "韩冬生", "r:2")


def test_the_report_of_an_import_names_the_row_whose_name_contradicts(tmp_path):
    rows = [post("韩冬生", person_id(1)), post("李四海", person_id(1), 职务="科员")]
    write_rows(tmp_path / "in" / "任职.csv", rows)
    write_rows(tmp_path / "in" / "职责.csv", [handled("韩冬生", person_id(1))])
    workspace = str(tmp_path / "w")
    command = [sys.executable, "-m", "shenwa", "--workspace", workspace, "import", str(tmp_path / "in")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=True)
    told = [line.strip() for line in done.stderr.splitlines() if line.endswith("[id.other_name]")]
    assert told == [
        "任职.csv 第2行:同一证件号在别处登记的姓名是「韩冬生」,此处为「李四海」;未合并,待核查[id.other_name]"
    ]


def test_an_id_number_without_a_name_is_the_person_known_under_it(world):
    recused = {"姓名": "韩冬生", "身份证号": person_id(1), "事项编号": "HT-1", "日期": "2021-01-01"}
    owner = {"账号": "6200990100000001", "开户行": "示例银行", "户名": "韩冬生", "证件号": person_id(1)}
    ground = world(("任职", [post("韩冬生", person_id(1))]), ("回避", [recused]), ("账户", [owner]))
    assert len(people(ground, "韩冬生")) == 1


def companies(ground):
    return {node["id"] for node in ground.project().nodes("Company")}


def company(code, name=FIRM, former=None):
    return {"统一社会信用代码": code, "企业名称": name, "曾用名": former, "法定代表人": "罗大勇"}


def test_a_company_by_name_is_the_one_registered_under_it(world):
    ground = world(("企业登记", [company(credit_code(1))]), ("合同", [contract()]))
    assert len(companies(ground)) == 1
    assert [row["method"] for row in ground.ledger_rows("clusters")] == ["company_name"]


@pytest.mark.parametrize("written", [FIRM, "示例甲 建设有限公司", "示例甲建设有限公司 "])
def test_a_company_is_found_by_a_name_that_it_bore(world, written):
    ground = world(
        ("企业登记", [company(credit_code(1), "示例新建设有限公司", "示例旧建设有限公司、" + FIRM)]),
        ("合同", [contract(written)]),
    )
    assert len(companies(ground)) == 1


def test_a_name_that_two_companies_bear_joins_neither(world):
    ground = world(("企业登记", [company(credit_code(1)), company(credit_code(2))]), ("合同", [contract()]))
    assert len(companies(ground)) == 3


def test_a_company_with_a_credit_code_needs_no_name(world):
    ground = world(("企业登记", [company(credit_code(1))]), ("合同", [contract("写错了的公司", credit_code(1))]))
    assert len(companies(ground)) == 1


def test_a_payee_with_the_name_of_a_public_body_is_that_body(world):
    paid = {
        "支付编号": "ZF-1",
        "合同编号": "HT-1",
        "付款单位": "示例县财政局",
        "收款方": UNIT,
        "收款账号": "6200990100000009",
    }
    ground = world(
        ("任职", [post("韩冬生", person_id(1))]), ("财政支付", [{**paid, "金额": 10, "支付日期": "2021-05-01"}])
    )
    names = [node["type"] for node in ground.project().nodes() if node["name"] == UNIT]
    assert names == ["Agency"]


TABLES = [
    ("任职", [post("韩冬生", person_id(1)), post("罗大勇", person_id(2)), post("李四海", person_id(1))]),
    ("职责", [handled("韩冬生"), handled("罗大勇"), handled("周立民")]),
    ("企业登记", [company(credit_code(1), "示例新建设有限公司", FIRM)]),
    ("合同", [contract(), contract("示例乙建设有限公司", None, "HT-2")]),
]


def test_the_order_of_imports_does_not_matter(world):
    seen = []
    for at, order in enumerate(itertools.islice(itertools.permutations(TABLES), 0, 24, 7)):
        ground = world(*order, folder=f"w{at}")
        ids = sorted(node["id"] for node in ground.project().nodes())
        seen.append((ground.ledger_rows("clusters"), ground.ledger_rows("queue"), ids))
    assert seen[0][0]
    assert seen[0][1]
    assert all(one == seen[0] for one in seen)
