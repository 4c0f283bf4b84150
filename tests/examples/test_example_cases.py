"""Registers and case files together: which doubts only a paper's sentence opens, and whom none may name."""

import json
from collections.abc import Iterator

import pytest

from app.services.detecting import DetectionResult
from tests.support.commands import shenwa
from tests.support.examples import ENGINES, EXAMPLES, County, detected, imported, names, shown

ROLES = {
    "shadow_company": ("official", "relative", "company"),
    "benefit_chain": ("official", "recipient", "company"),
    "white_glove": ("official", "agent", "payers"),
    "serial_briber": ("briber", "officials"),
    "cases_within_cases": ("case", "other", "bridge"),
}
HITS = {
    "shadow_company": {
        "open": [
            ("程树民", "贺兰芝", "青石县栩泽路桥养护有限公司"),
            ("金春根", "瞿志新", "青石县槲寄装饰有限公司"),
            ("陆景和", "乔志远", "青石县菘蓝餐饮管理有限公司"),
        ],
        "undetermined": [("魏长河", "严素琴", "青石县邺帆测绘有限公司")],
        "incomplete": [
            ("冯永福", "佟立本", "青石县皂荚坪市政有限公司"),
            ("田小满", "田广发", "青石县砚衡绿化有限公司"),
        ],
        "cleared": [
            ("方启明", "陶大江", "青石县柏岫医疗器械有限公司"),
            ("秦牧川", "秦牧云", "青石县旌原照明工程有限公司"),
            ("金桂芳", "陆升明", "青石县陌砥市政工程有限公司"),
        ],
    },
    "benefit_chain": {
        "open": [
            ("刘春山", "丁小波", "青石县禾澜水利工程有限公司"),
            ("白志刚", "白志刚", "青石县苓术医药有限公司"),
            ("高怀远", "金雅茹", "青石县禾澜水利工程有限公司"),
        ],
        "cleared": [("尹文静", "尹浩", "青石县蕙畹医疗用品有限公司")],
    },
    "white_glove": {"open": [("厉怀松", "乐进财", "曹琴兰、陆升明")]},
    "serial_briber": {"open": [("苏平德", "罗花银、袁立新、金春根")]},
    "cases_within_cases": {
        "open": [
            ("青监立〔2023〕2号", "XS-2023-004", "苏平德、金春根"),
            ("青纪立〔2021〕3号", "XS-2022-011", "青石县栩泽路桥养护有限公司"),
            ("青纪立〔2021〕3号", "XS-2023-004", "苏平德"),
            ("青纪立〔2021〕3号", "青监立〔2023〕2号", "苏平德、青石县栎阑建筑劳务有限公司"),
        ]
    },
}
NOMINEE = ("袁海根", "周建来", "青石县畦润节水灌溉有限公司")
# First holder of a scheme -> power and figures; each rests on a paper and a register.
FIGURES = {
    ("shadow_company", "金春根"): ("P3", {"contracts": 2, "amount": 393_000.0}),
    ("benefit_chain", "刘春山"): ("P2", {"transfers": 3, "amount": 470_000.0}),
    ("white_glove", "厉怀松"): ("P2", {"payers": 2, "transfers": 2, "amount": 140_000.0}),
    ("nominee_shareholder", "袁海根"): ("P3", {"contracts": 2, "amount": 1_044_610.0}),
    ("serial_briber", "苏平德"): ("P2", {"officials": 3, "agencies": 3, "transfers": 3, "amount": 170_000.0}),
}
# Named in the papers, and innocent: in no hit of any query.
ABSENT = ("罗敬堂", "王建军", "韩立峰", "罗思雨", "韦红英", "宫佩芬", "钮建平", "查文静", "席明")
REPORTERS = ("谷良才", "农兴旺", "19900019377")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    """Import registers and case files once."""
    return imported(tmp_path_factory.mktemp("cases"), EXAMPLES)


@pytest.fixture(scope="module", params=ENGINES)
def found(county: County, request: pytest.FixtureRequest) -> Iterator[dict[str, DetectionResult]]:
    """Run every saved query on one engine; query id -> result."""
    yield from detected(county, request)


@pytest.mark.parametrize("query", HITS)
def test_papers_open_exactly_these(found: dict[str, DetectionResult], query: str) -> None:
    assert names(found[query], ROLES[query]) == {state: sorted(hits) for state, hits in HITS[query].items()}
    assert (found[query].faults, found[query].truncated, found[query].hidden) == ([], 0, 0)


def test_a_share_is_held_for_an_official(found: dict[str, DetectionResult]) -> None:
    held = names(found["nominee_shareholder"], ("official", "nominee", "company"))
    assert NOMINEE in held["open"]


@pytest.mark.parametrize(("query", "first"), FIGURES)
def test_a_scheme_rests_on_a_paper_and_a_register(found: dict[str, DetectionResult], query: str, first: str) -> None:
    power, figures = FIGURES[query, first]
    (hit,) = [one for one in found[query].hits if first in shown(next(iter(one.roles.values()))).split("、")]
    assert (hit.power, {**hit.values, **figures}) == (power, hit.values)
    cited = {str(one.locator)[:2] for one in hit.evidence}
    assert cited == {"c:", "r:"}


def test_what_was_refuted_says_so(found: dict[str, DetectionResult]) -> None:
    (hit,) = [one for one in found["shadow_company"].hits if shown(one.roles["official"]) == "金桂芳"]
    assert {"alleged", "refuted"} <= {one.claim for one in hit.evidence if one.role == "kin"}


@pytest.mark.parametrize("name", ABSENT)
def test_who_is_only_named_is_in_no_hit(found: dict[str, DetectionResult], county: County, name: str) -> None:
    assert county.ask(f"SELECT count(*) FROM nodes WHERE name = '{name}'")[0] != (0,)
    held = {
        one
        for result in found.values()
        for hit in result.hits
        for role in hit.roles.values()
        for one in shown(role).split("、")
    }
    assert name not in held


@pytest.mark.parametrize("secret", REPORTERS)
def test_who_reported_is_nowhere(found: dict[str, DetectionResult], county: County, secret: str) -> None:
    for table in ("nodes", "edges", "evidence"):
        rows = county.ask(f"SELECT count(*) FROM {table} t WHERE contains(to_json(t)::VARCHAR, '{secret}')")
        assert rows == [(0,)], table
    for result in found.values():
        for hit in result.hits:
            assert secret not in json.dumps(hit.to_json("zh"), ensure_ascii=False)
    assert shenwa(county.context.workspace.path, "search", secret, "--json").out == ""


def test_a_folder_is_the_lead_or_case_of_that_number(county: County) -> None:
    leads = {"XS-2023-004", "XS-2023-006", "XS-2023-008", "XS-2023-011", "XS-2023-015"}
    filed = county.ask(
        """SELECT DISTINCT n.type, n.name FROM edges e JOIN nodes n ON n.id = e.target
        WHERE e.type = 'MENTIONS' AND json_extract_string(e.props, '$.role') = 'filed'"""
    )
    assert {str(name) for kind, name in filed if kind == "Lead"} == leads
    assert {str(name) for kind, name in filed if kind == "Case"} == {
        "青纪立〔2021〕3号",
        "青纪立〔2023〕4号",
        "青纪立〔2023〕9号",
        "青监立〔2023〕2号",
    }


def test_two_men_of_one_name_stay_two(county: County) -> None:
    known = "SELECT id FROM nodes WHERE name = '王建军' AND json_extract_string(props, '$.code') IS NOT NULL"
    assert len(county.ask(known)) == 2
    official = "SELECT id FROM nodes WHERE name = '罗敬堂'"
    ties = county.ask(
        f"""SELECT count(*) FROM edges WHERE type = 'KIN' AND (source IN ({official}) AND target IN ({known})
            OR target IN ({official}) AND source IN ({known}))"""
    )
    assert ties == [(0,)]
