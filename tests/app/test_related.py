"""案中案: who and what of a case is in another, both ways the same, the rarest first, never beyond the scope."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.services.context import Context
from app.services.importing import run_import
from app.services.reading import reading
from app.services.related import Related, files_of, grounds, related
from app.services.related_sheet import as_csv, workbook
from app.services.tables import open_tables
from graph.settings import Settings
from graph.store.base import EVERYTHING, Scope
from graph.workspace import Workspace
from ingest.options import ImportOptions
from tests.support.commands import shenwa
from tests.support.papers import write_papers
from tests.support.registers import credit_code, person_id, write_csv

EARLY, LATE, LEAD, KIN_LEAD, MONEY_LEAD, SAME_NAME = "AJ-2021-00003", "AJ-2023-00002", "XS-2022-00011", "XS-2022-00012", "XS-2022-00013", "XS-2022-00014"  # fmt: skip  # noqa: E501
NUMBERS = {name: person_id(at) for at, name in enumerate(("苏平川", "许茂林", "程树生", "贺兰春", "曹立川", "卓一民"))}
FIRM, CODE = "苇城县栩泽路桥有限公司", credit_code(7)
PAPERS = {
    f"案件/{EARLY}/询问笔录.txt": "询问笔录\n被询问人:苏平川,男,1971年9月28日生,身份证号{苏平川},务农。\n"
    "问:你认识许茂林吗?\n答:认识,他收过我的占道费。\n记录人:钮建平\n",
    f"案件/{LATE}/讯问笔录.txt": "讯问笔录\n被讯问人:苏平川,男,1971年9月28日生,身份证号{苏平川},务农。\n"
    "问:你见过卓一民吗?\n答:没有见过。\n记录人:钮建平\n",
}


def _write(folder: Path) -> Path:
    write_papers(folder, {path: text.replace("{苏平川}", NUMBERS["苏平川"]) for path, text in PAPERS.items()})
    case = ("案件编号", "案由", "立案日期", "涉案人", "涉案人证件号", "状态")
    write_csv(
        folder / "案件.csv",
        case,
        [
            (EARLY, "违纪", "2021-03-15", "许茂林", NUMBERS["许茂林"], "已结"),
            (LATE, "受贿", "2023-08-14", "苏平川", NUMBERS["苏平川"], "审查"),
        ],
    )
    lead = ("线索编号", "受理日期", "来源渠道", "被反映人", "被反映人单位", "反映内容", "被反映人证件号")
    write_csv(
        folder / "线索.csv",
        lead,
        [
            (LEAD, "2022-03-04", "巡察", "程树生", None, "公路养护", NUMBERS["程树生"]),
            (KIN_LEAD, "2022-03-05", "来信", "曹立川", None, "工程", NUMBERS["曹立川"]),
            (MONEY_LEAD, "2022-03-06", "来信", "卓一民", None, "借款", NUMBERS["卓一民"]),
            (SAME_NAME, "2022-03-07", "来信", "许茂林", None, "同名的另一人", person_id(88)),
        ],
    )
    share = (
        "统一社会信用代码",
        "企业名称",
        "股东名称",
        "股东证件号",
        "持股比例",
        "认缴出资额",
        "实缴出资额",
        "入股日期",
    )
    write_csv(
        folder / "股东.csv",
        share,
        [
            (CODE, FIRM, "许茂林", NUMBERS["许茂林"], "10%", 1, 1, "2018-05-20"),
            (CODE, FIRM, "贺兰春", NUMBERS["贺兰春"], "90%", 9, 9, "2018-05-20"),
        ],
    )
    kin = ("姓名", "身份证号", "称谓", "亲属姓名", "亲属身份证号", "起始日期")
    write_csv(
        folder / "亲属关系.csv",
        kin,
        [
            ("程树生", NUMBERS["程树生"], "妻子", "贺兰春", NUMBERS["贺兰春"], "1995-10-01"),
            ("苏平川", NUMBERS["苏平川"], "弟弟", "曹立川", NUMBERS["曹立川"], None),
        ],
    )
    accounts = [(f"99019900000000000{at:02d}", name) for at, name in enumerate(("许茂林", "卓一民"), start=1)]
    held = [(number, "甲银行", name, NUMBERS[name], "2015-01-05") for number, name in accounts]
    write_csv(folder / "账户.csv", ("账号", "开户行", "户名", "证件号", "开户日期"), held)
    flow = ("流水号", "交易时间", "付款账号", "付款户名", "收款账号", "收款户名", "金额", "摘要")
    rows = [("1", "2020-04-10 10:00:00", *accounts[0], *accounts[1], 50_000, "借款")]
    rows += [("2", "2020-04-11 10:00:00", *accounts[1], *accounts[0], 800, "随礼")]
    write_csv(folder / "银行流水.csv", flow, rows)
    return folder


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """Two cases with papers, four leads, and what registers know of their people."""
    folder = _write(tmp_path_factory.mktemp("office") / "in")
    context = Context(Workspace(tmp_path_factory.mktemp("office") / "workspace"), Settings())
    run_import(context, [folder], ImportOptions(warrant="W"), project=True, progress=lambda *_: None)
    return context


def _found(context: Context, file: str, scope: Scope = EVERYTHING) -> Related:
    with reading(context, scope) as opened:
        return related(opened, file)


def _shown(found: Related) -> list[tuple[str, str, str, str]]:
    return [(one.other.name, one.tie, one.here.who.name, one.there.who.name) for one in found.joints]


def test_the_very_same_comes_first_and_every_tie_leads_on(office: Context) -> None:
    assert _shown(_found(office, EARLY)) == [
        (LATE, "same", "苏平川", "苏平川"),
        (MONEY_LEAD, "money", "许茂林", "卓一民"),
        (LEAD, "joint", "许茂林", "程树生"),
        (KIN_LEAD, "kin", "苏平川", "曹立川"),
    ]
    (
        first,
        *_,
    ) = _found(office, EARLY).joints
    assert (first.here.party, first.there.party, first.there.role) == (False, True, "涉案人")
    assert (first.charged, first.seen_in) == ((LATE,), 2)


def test_what_leads_there_leads_back(office: Context) -> None:
    with reading(office) as opened, open_tables(opened.tables, EVERYTHING) as connection:
        files = files_of(connection)
    seen = {
        (file.name, one.other.name, one.tie, one.here, one.there, one.via, one.seen_in, one.score, frozenset(one.eids))
        for file in files
        for one in _found(office, file.id).joints
    }
    assert len(seen) >= 8
    assert seen == {(b, a, tie, there, here, *rest) for a, b, tie, here, there, *rest in seen}


def test_a_common_name_a_small_gift_and_the_clerk_join_nothing(office: Context) -> None:
    assert _found(office, SAME_NAME).joints == []
    named = {
        name
        for file in (EARLY, LATE, LEAD, MONEY_LEAD)
        for _, _, *both in _shown(_found(office, file))
        for name in both
    }
    assert "钮建平" not in named


def test_out_of_scope_is_only_said_to_exist(office: Context) -> None:
    found = _found(office, EARLY, Scope(cases=frozenset({EARLY})))
    # What registers know is open to all; that the other case's paper names somebody is not.
    assert (LATE, "same", "苏平川", "苏平川") in _shown(found)
    narrow = _found(office, LATE, Scope(cases=frozenset({LATE})))
    assert EARLY not in {other for other, *_ in _shown(narrow)}
    assert narrow.elsewhere
    assert not _found(office, LATE).elsewhere


def test_the_command_prints_and_its_json_rests_on_sources(office: Context) -> None:
    path = office.workspace.path
    lines = shenwa(path, "related", EARLY, "--json").json()
    assert [line["rank"] for line in lines] == [1, 2, 3, 4]
    assert all(tie["evidence"] for line in lines for tie in line["evidence"])
    assert json.dumps(lines[0]["here"], ensure_ascii=False).count("苏平川") == 1
    text = shenwa(path, "related", EARLY)
    assert (text.code, text.err) == (0, "")
    assert "共同企业 · " + FIRM in text.out
    english = shenwa(path, "--lang", "en", "related", EARLY, "--most", "1")
    assert "the same" in english.out
    assert english.sentence() == "3 more, see --most"


def test_bad_use_is_one_sentence(office: Context) -> None:
    path = office.workspace.path
    unknown = shenwa(path, "related", "AJ-9999-00001")
    assert (unknown.code, unknown.out) == (1, "")
    assert "AJ-9999-00001" in unknown.sentence()
    alone = shenwa(path, "related", SAME_NAME)
    assert (alone.code, alone.out) == (1, "")
    assert alone.sentence() == "没有见于其他案件或线索的人和物"


def test_the_sheets_hold_what_is_shown(office: Context, tmp_path: Path) -> None:
    words = {f"tie_{kind}": kind for kind in ("same", "kin", "joint", "money")} | {"party": "P", "named": "N"}
    with reading(office) as opened:
        found = related(opened, EARLY)
        ties = grounds(office, opened, found.joints)
    rows = list(csv.reader(StringIO(as_csv(found, found.joints[:2], words, "zh").decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["关联到", LATE, MONEY_LEAD]
    file = tmp_path / "related.xlsx"
    file.write_bytes(workbook(found, found.joints, ties, words, "en"))
    book = load_workbook(file)
    assert [sheet.max_row for sheet in book.worksheets] == [5, 1 + sum(len(tie.sources) for tie in ties.values())]
    book.close()
