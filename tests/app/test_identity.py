"""Judgements from the command line: merge, see what a query finds, take it back, and what is then to be reviewed."""

import json
import shutil

import pytest

from tests.support.commands import shenwa
from tests.support.namesakes import BROTHER, HEAD, HEAD_ID, OWNER_ID, write_namesakes


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("namesakes")
    files = write_namesakes(folder / "苇城县")
    ran = shenwa(folder / "workspace", "import", files)
    assert ran.code == 0, ran.err
    return folder / "workspace"


@pytest.fixture
def place(imported, tmp_path):
    return shutil.copytree(imported, tmp_path / "workspace")


def brothers(place):
    """Return the ids under which the brother is known: with a number first."""
    lines = shenwa(place, "search", BROTHER, "--json").json()
    return [line["id"] for line in sorted(lines, key=lambda line: line["code"] == "")]


def open_hits(place):
    ran = shenwa(place, "detect", "shadow_company", "--json")
    return [line for line in ran.json() if line["state"] == "open"]


def exported(place, name):
    path = place.parent / name
    assert shenwa(place, "export", "-o", path).code == 0
    return path.read_bytes()


def test_merging_shows_a_hit_and_taking_it_back_marks_it_and_gives_the_same_export(place):
    before = exported(place, "before.jsonl")
    owner, bare = brothers(place)
    assert open_hits(place) == []
    ran = shenwa(place, "resolve", "same", OWNER_ID, bare, "--why", "户籍档案为同一人")
    assert ran.code == 0, ran.err
    assert brothers(place) == [owner]
    [hit] = open_hits(place)
    assert hit["identity"] == "name_unit"
    ran = shenwa(place, "--lang", "zh", "resolve", "undo", "1", "--why", "调错了档案")
    assert ran.code == 0
    assert f"需复核:疑点 {hit['fingerprint'][:8]}" in ran.err
    assert exported(place, "after.jsonl") == before
    assert open_hits(place) == []
    log = shenwa(place, "resolve", "log")
    assert "调错了档案" not in log.out
    assert "(已撤销)" in log.out and "户籍档案为同一人" in log.out


def test_a_judgement_under_an_absorbed_key_opens_the_entity_it_now_belongs_to(place):
    owner, bare = brothers(place)
    shenwa(place, "resolve", "same", owner, bare, "--why", "同一人")
    assert [line["id"] for line in shenwa(place, "search", bare, "--json").json()] == [owner]
    apart = shenwa(place, "--lang", "zh", "resolve", "different", owner, bare, "--why", "后来发现不是")
    assert apart.code == 0, apart.err
    assert brothers(place) == [owner, bare]


def test_a_contradiction_is_told_with_its_chain(place):
    owner, bare = brothers(place)
    head = shenwa(place, "search", HEAD_ID, "--json").json()[0]["id"]
    assert shenwa(place, "resolve", "same", owner, bare, "--why", "一").code == 0
    assert shenwa(place, "resolve", "same", owner, head, "--why", "二").code == 0
    ran = shenwa(place, "--lang", "zh", "resolve", "different", head, bare, "--why", "三")
    assert "判断相互矛盾" in ran.err
    assert len(brothers(place)) == 2
    assert shenwa(place, "search", HEAD, "--json").json()[0]["id"] == head


@pytest.mark.parametrize(
    "words",
    [
        ("same", "查无此人", "也没有", "--why", "x"),
        ("same", HEAD_ID, OWNER_ID, "--why", " "),
        ("same", HEAD_ID, HEAD_ID, "--why", "x"),
        ("same", HEAD_ID, "苇城县住建局", "--why", "x"),
        ("undo", "7", "--why", "x"),
    ],
)
def test_bad_use_is_one_sentence_and_keeps_nothing(place, words):
    ran = shenwa(place, "resolve", *words)
    assert ran.code in (1, 2)
    assert ran.sentence()
    assert shenwa(place, "resolve", "log").code == 1


def test_a_different_survives_the_next_import(place, tmp_path):
    owner, bare = brothers(place)
    shenwa(place, "resolve", "different", owner, bare, "--why", "不是同一人")
    more = write_namesakes(tmp_path / "again")
    (more / "任职.csv").unlink()
    assert shenwa(place, "import", more / "亲属关系.csv", "--case", "甲案").code == 0
    pairs = [json.loads(line) for line in shenwa(place, "resolve", "queue", "--json").out.splitlines()]
    assert {owner, bare} not in [{pair["a"], pair["b"]} for pair in pairs]
    assert len(brothers(place)) == 2
