"""Search: names, former names, codes and pinyin, best first; what is out of scope is not found."""

from pathlib import Path

import pytest

from app.services.context import Context
from app.services.reading import reading
from app.services.searching import search
from graph.errors import BadUse
from graph.settings import Settings
from graph.workspace import Workspace
from tests.support.commands import shenwa
from tests.support.registers import credit_code
from tests.support.village import BROTHER, BUREAU, FIRM, HEAD, OTHER_HEAD, PEOPLE


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        (BROTHER, BROTHER, "name"),
        ("苇城县教育", BUREAU, "name_start"),
        ("教育局", BUREAU, "name_part"),
        ("芦苇文具有限公司", FIRM, "former"),
        ("芦苇", FIRM, "former_part"),
        (credit_code(1), FIRM, "code"),
        (credit_code(1).lower(), FIRM, "code"),
        (credit_code(1)[:16], FIRM, "code_start"),
        ("ranlidong", BROTHER, "pinyin"),
        ("Ran Li Dong", BROTHER, "pinyin"),
        ("rld", BROTHER, "initials"),
        ("ranlid", BROTHER, "pinyin_part"),
        ("dihuawenju", FIRM, "pinyin_part"),
        ("WH-2", "文具采购WH-2", "code"),
    ],
)
def test_the_best_line_is_what_was_meant(village: Path, text: str, name: str, why: str) -> None:
    with reading(Context(Workspace(village), Settings())) as opened:
        found = search(Context(Workspace(village), Settings()), opened, text)
    assert (found[0].name, found[0].why) == (name, why)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_two_people_of_one_name_are_two_lines(village: Path) -> None:
    ran = shenwa(village, "search", HEAD, "--json")
    assert ran.code == 0
    lines = ran.json()
    assert {line["code"] for line in lines} == {PEOPLE[HEAD], OTHER_HEAD}
    assert set(lines[0]) == {"id", "type", "name", "code", "cases", "score", "why"}


def test_an_id_finds_its_entity_and_a_stranger_nothing(village: Path) -> None:
    [line] = shenwa(village, "search", PEOPLE[BROTHER], "--json").json()
    assert shenwa(village, "search", line["id"], "--json").json()[0]["name"] == BROTHER
    nothing = shenwa(village, "search", "无此人", "--json")
    assert (nothing.code, nothing.out) == (1, "")
    assert "无此人" in nothing.sentence()


def test_an_empty_text_is_bad_use(village: Path) -> None:
    context = Context(Workspace(village), Settings())
    with reading(context) as opened, pytest.raises(BadUse):
        search(context, opened, "  ")
    assert shenwa(village, "search", " ").code == 2


def test_more_than_asked_for_is_said(village: Path) -> None:
    ran = shenwa(village, "search", "苇城县", "--most", "2", "--json")
    assert len(ran.json()) == 2
    assert "2" in ran.sentence()


def test_types_and_cases_narrow_and_are_counted(village: Path) -> None:
    everything = shenwa(village, "search", "苇城县")
    assert "类型:" in everything.err and "单位 " in everything.err
    only = shenwa(village, "search", HEAD, "--type", "人员", "--json").json()
    assert {line["type"] for line in only} == {"Person"}
    assert shenwa(village, "search", HEAD, "--type", "Company", "--json").code == 1
    assert shenwa(village, "search", HEAD, "--case", "没有这个案件", "--json").code == 1
    refused = shenwa(village, "--lang", "en", "search", HEAD, "--type", "Nothing")
    assert refused.code == 2
    assert "no such type: Nothing" in refused.sentence()
