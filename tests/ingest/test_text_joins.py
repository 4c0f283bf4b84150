"""Who a text means: numbers and name with unit join, a bare name never does, and each join says why."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.texts.events import Happening, Verdict, settle
from tests.support.papers import REPORT, write_papers
from tests.support.registers import Ground, credit_code, person_id, write_folder

HAN, ZHOU = person_id(1), person_id(2)
FIRM = "青石县华信建材有限公司"
REGISTERS = {
    "任职": [{"姓名": "韩冬生", "身份证号": HAN, "单位": "青石县教育局", "职务": "副局长", "任职日期": "2015-03-01"}],
    "亲属关系": [{"姓名": "韩冬生", "身份证号": HAN, "称谓": "妻弟", "亲属姓名": "周启明", "亲属身份证号": ZHOU}],
    "企业登记": [
        {"统一社会信用代码": credit_code(1), "企业名称": FIRM, "法定代表人": "周启明", "法定代表人身份证号": ZHOU}
    ],
    "合同": [
        {
            "合同编号": f"QS-2019-{n}",
            "采购单位": "青石县教育局",
            "供应商": FIRM,
            "统一社会信用代码": credit_code(1),
            "合同金额": amount,
            "签订日期": day,
        }
        for n, (amount, day) in enumerate((("128万", "2019-05-06"), ("56万", "2019-09-01"), ("56万", "2020-02-01")))
    ],
}
CARD = "经查,韩冬生现任青石县教育局副局长。\n"


def imported(folder, texts, registers=None):
    folder.mkdir(parents=True, exist_ok=True)
    ground = Ground(folder)
    ground.take(write_folder(folder / "registers", registers or REGISTERS))
    ground.take(write_papers(folder / "papers", texts))
    return ground, ground.project()


def people(tables, name):
    return {row["id"]: row["props"].get("code") for row in tables.nodes("Person") if row["name"] == name}


def reasons(ground):
    return {row["method"]: row["reason"] for row in ground.ledger_rows("clusters")}


def test_a_name_with_its_unit_is_the_registered_holder_of_a_post_there(tmp_path):
    ground, tables = imported(tmp_path, {"a.txt": REPORT + CARD})
    assert list(people(tables, "韩冬生").values()) == [HAN]
    assert "单位相同" in reasons(ground)["name_unit"]
    [post] = tables.edges("HOLDS_POST")
    assert (post["claim"], str(post["valid_from"])) == ("registry", "2015-03-01")
    assert {one["identity"] for one in tables.sources(post["eid"])} == {"code", "name_unit"}


@pytest.mark.parametrize(
    "text",
    [
        "会议由青石县教育局、韩冬生分别汇报。",
        "林晓东,在青石县教育局门口见到韩冬生。",
        "韩冬生,在青石县教育局门口送给林晓东现金1万元。",
        "青石县教育局职工林晓东的同学韩冬生到场。",
        "韩冬生,其妻子现任青石县教育局科员。",
        "青石县人民医院医生韩冬生,男。市教育局副局长韩冬生,男。",
    ],
)
def test_a_unit_that_only_stands_near_is_nobodys(tmp_path, text):
    ground, tables = imported(tmp_path, {"a.txt": f"情况说明\n{text}\n"})
    assert "name_unit" not in reasons(ground)
    assert None in people(tables, "韩冬生").values()


def test_a_bare_name_is_somebody_of_its_own(tmp_path):
    ground, tables = imported(tmp_path, {"a.txt": "情况说明\n韩冬生与林晓东是同学。\n"})
    assert len(people(tables, "韩冬生")) == 2
    assert not tables.edges("SAME_AS_POSSIBLE")
    [tie] = tables.edges("ASSOC")
    assert {one["identity"] for one in tables.sources(tie["eid"])} == {"name"}
    assert not reasons(ground)


def test_two_of_one_name_in_a_unit_join_nobody(tmp_path):
    twice = [{**REGISTERS["任职"][0], "身份证号": number} for number in (HAN, person_id(9))]
    ground, tables = imported(tmp_path, {"a.txt": REPORT + CARD}, {"任职": twice})
    assert len(people(tables, "韩冬生")) == 3
    assert not reasons(ground)
    assert {one["props"]["reason"] for one in tables.edges("SAME_AS_POSSIBLE")} == {"name_unit_ambiguous"}


def test_a_relative_is_known_by_name_and_the_same_tie(tmp_path):
    text = REPORT + CARD + "韩冬生的妻弟周启明是个体工商户。韩冬生的表弟周启明在外地。\n"
    ground, tables = imported(tmp_path, {"a.txt": REPORT + CARD + "韩冬生的妻弟周启明是个体工商户。\n"})
    assert list(people(tables, "周启明").values()) == [ZHOU]
    assert "同一人" in reasons(ground)["same_tie"]
    [kin] = tables.edges("KIN")
    assert sorted(one["claim"] for one in tables.sources(kin["eid"])) == ["found", "registry"]
    # Another kind of tie is another person's.
    _, other = imported(tmp_path / "other", {"a.txt": text.replace("妻弟", "同学")})
    assert len(people(other, "周启明")) == 2


@pytest.mark.parametrize(
    ("told", "type_"),
    [("经核实,周启明不是韩冬生的妻弟。", "KIN"), (f"经查,周启明并非{FIRM}法定代表人。", "LEGAL_REP")],
)
def test_a_denial_is_of_the_tie_on_record(tmp_path, told, type_):
    _, tables = imported(tmp_path, {"a.txt": REPORT + CARD + told})
    [tie] = tables.edges(type_)
    assert (tie["claim"], tie["source_name"], tie["target_name"]).count("registry") == 1
    assert sorted(one["claim"] for one in tables.sources(tie["eid"])) == ["refuted", "registry"]


@pytest.mark.parametrize("name", [FIRM, "华信建材"])
def test_a_firm_joins_by_its_whole_name_only(tmp_path, name):
    _, tables = imported(tmp_path, {"a.txt": REPORT + CARD + f"林晓东系{name}股东。\n"})
    firms = {row["props"].get("code") for row in tables.nodes("Company")}
    assert firms == ({credit_code(1)} if name == FIRM else {credit_code(1), None})


def test_a_short_name_that_the_text_defines_joins(tmp_path):
    text = REPORT + CARD + f"{FIRM}(以下简称“华信公司”)成立于2016年。林晓东持有华信公司30%股份。\n"
    _, tables = imported(tmp_path, {"a.txt": text})
    [share] = tables.edges("SHARE")
    assert share["target_name"] == FIRM
    assert {row["props"].get("code") for row in tables.nodes("Company")} == {credit_code(1)}


def test_a_contract_without_number_is_the_one_on_record_of_that_amount(tmp_path):
    told = f"2019年5月,青石县教育局与{FIRM}签订合同,合同金额128万元。\n"
    ground, tables = imported(tmp_path, {"a.txt": REPORT + CARD + told})
    signed = [one for one in tables.edges("SIGNED")]
    assert len(signed) == 3
    assert len(tables.nodes("Contract")) == 3
    assert not ground.ledger_rows("queue")


def test_a_number_on_record_as_a_lease_is_no_contract_more(tmp_path):
    lease = {"合同编号": "XZLZ-2021-007", "行政村": "下湾村", "承租方": "韩冬生", "承租方证件号": HAN, "面积": "20"}
    lease["年租金"] = "1000"
    told = f"2021年5月6日,青石县教育局与{FIRM}签订合同(合同编号:XZLZ-2021-007),合同金额9万元。\n"
    _, tables = imported(tmp_path, {"a.txt": REPORT + CARD + told}, {**REGISTERS, "土地租赁": [lease]})
    assert len(tables.edges("SIGNED")) == 3
    noted = [one["target_name"] for one in tables.edges("MENTIONS") if one["props"]["role"] == "possible_duplicate"]
    assert FIRM in noted


def test_a_copied_passage_is_one_statement(tmp_path):
    passage = "2019年3月5日,林晓东在办公室送给韩冬生现金5万元。"
    texts = {f"{n}.txt": f"{REPORT}{CARD}第{n}次核查。\n{passage}\n" for n in range(3)}
    ground, tables = imported(tmp_path, texts)
    [gift] = tables.edges("TRANSFER")
    assert len({one["doc"] for one in tables.sources(gift["eid"])}) == 3
    assert len(people(tables, "林晓东")) == 1
    assert "同一段文字" in reasons(ground)["same_passage"]
    assert {one["identity"] for one in tables.sources(gift["eid"])} == {"name"}


def test_a_like_name_in_another_passage_is_another(tmp_path):
    texts = {f"{n}.txt": f"{REPORT}{CARD}2019年{n}月,林晓东送给韩冬生现金{n}万元。\n" for n in (3, 4)}
    _, tables = imported(tmp_path, texts)
    assert len(people(tables, "林晓东")) == 2
    assert len(tables.edges("TRANSFER")) == 2


A, B = frozenset({"firm"}), frozenset({"unit"})
ON_RECORD = Happening("r1", "Contract", "", A, B, 100.0, date(2019, 5, 6), date(2019, 5, 6))


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        (Happening("t", "Contract", "", A, B, 100.0), Verdict("r1")),
        (Happening("t", "Contract", "", A, B, None, date(2019, 5, 1), date(2019, 5, 31)), Verdict("r1")),
        (Happening("t", "Contract", "", A, frozenset(), 100.0), Verdict("r1")),
        (Happening("t", "Contract", "", A, B), Verdict(None, ("r1",))),
        (Happening("t", "Contract", "", A, B, 300.0), Verdict()),
        (Happening("t", "Contract", "", A, B, 100.0, date(2021, 1, 1), date(2021, 1, 1)), Verdict(None, ("r1",))),
        (Happening("t", "Contract", "", frozenset({"x"}), B, 100.0), Verdict()),
        (Happening("t", "Tender", "", A, B, 100.0), Verdict()),
    ],
)
def test_an_event_is_the_one_on_record_when_parties_and_a_sign_agree(told, verdict):
    assert settle([told], [ON_RECORD]).get("t", Verdict()) == verdict


happenings = st.builds(
    Happening,
    st.uuids().map(str),
    st.sampled_from(["Contract", "Tender", "Benefit"]),
    st.sampled_from(["", "食堂"]),
    st.frozensets(st.sampled_from("ab"), min_size=1),
    st.frozensets(st.sampled_from("cd")),
    st.sampled_from([None, 1.0, 2.0]),
)


@given(st.lists(happenings, max_size=5))
def test_an_event_told_again_as_it_is_on_record_is_never_one_of_its_own(recorded):
    again = [replace(one, key=f"told-{one.key}") for one in recorded]
    found = settle(again, recorded)
    for one in again:
        verdict = found[one.key]
        assert verdict.same is not None or verdict.possible


def test_whether_texts_or_registers_come_first_changes_nothing(tmp_path):
    gift = "2019年3月5日,林晓东在办公室送给韩冬生现金5万元。\n"
    told = f"2019年5月,青石县教育局与{FIRM}签订合同,合同金额128万元。\n"
    kin = "韩冬生的妻弟周启明到场。\n"
    texts = {"案件/2023-017/a.txt": REPORT + CARD + told, "案件/2023-018/b.txt": REPORT + CARD + kin + gift}
    files = [write_folder(tmp_path / "registers", REGISTERS), write_papers(tmp_path / "papers", texts)]
    found = []
    for name, order in (("one", files), ("other", files[::-1])):
        (tmp_path / name).mkdir()
        ground = Ground(tmp_path / name)
        for folder in order:
            ground.take(folder)
        found.append(ground.project().bytes())
    assert found[0] == found[1]
