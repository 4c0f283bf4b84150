"""What a text finds, for what reason, and in which order; the index on the disk; what a limited reader learns."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from rapidfuzz.distance import Levenshtein

from app.services.search import building
from app.services.search.building import FILE, build, index_of, is_ready, takes_a_while
from app.services.search.forms import plain
from app.services.search.matching import find, in_order, one_off
from app.services.search.patterns import literal
from app.services.searching import Found, answer
from bench.search.names import Entity, make_names, write_tables
from graph.keys import entity_key
from graph.projection.tables import Canonical
from graph.store.base import EVERYTHING, Scope
from tests.support.commands import environment
from tests.support.registers import credit_code, person_id

PEOPLE = [
    "张伟",
    "章薇",
    "张伟明",
    "张慧明",
    "单秀珍",
    "仇和平",
    "解一鸣",
    "查良才",
    "曾文",
    "尉迟敬亭",
    "吕石",
    "买买提·艾力",
]
FIRMS = ["苇城县栩泽路桥养护有限公司", "苇城县栩泽文具有限公司", "荻花(集团)有限公司", "ABC商贸有限公司"]


def person(number: int, name: str) -> Entity:
    code = person_id(number)
    return Entity(entity_key("Person", "id", code), "Person", name, code, "")


def firm(number: int, name: str) -> Entity:
    code = credit_code(number)
    return Entity(entity_key("Company", "code", code), "Company", name, code, "芦苇经营部" if number == 2 else "")


ALL = [person(at, name) for at, name in enumerate(PEOPLE)] + [firm(at, name) for at, name in enumerate(FIRMS, 1)]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Canonical:
    return write_tables(tmp_path_factory.mktemp("names") / "tables", sorted(ALL, key=lambda one: one.id))


def asked(tables: Canonical, text: str, scope: Scope = EVERYTHING, **more: Any) -> list[Found]:
    reading: Any = SimpleNamespace(tables=tables, scope=scope)
    return list(answer(reading, text, 50, **more).lines)


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        ("张伟", "张伟", "name"),
        ("張偉", "张伟", "name"),
        ("张 伟", "张伟", "name"),
        ("伟", "张伟", "given"),
        ("zhangwei", "张伟", "pinyin"),
        ("zhang wei", "张伟", "pinyin"),
        ("ZhangWei", "张伟", "pinyin"),
        ("zw", "张伟", "initials"),
        ("zhangwei ming", "张伟明", "pinyin"),
        ("zwm", "张伟明", "initials"),
        ("zhangwm", "张伟明", "pinyin_part"),
        ("weim", "张伟明", "pinyin_part"),
        ("张wei", "张伟", "pinyin_part"),
        ("shanxiuzhen", "单秀珍", "pinyin"),
        ("danxiuzhen", "单秀珍", "pinyin"),
        ("qiuheping", "仇和平", "pinyin"),
        ("xieyiming", "解一鸣", "pinyin"),
        ("zhaliangcai", "查良才", "pinyin"),
        ("zengwen", "曾文", "pinyin"),
        ("yuchijingting", "尉迟敬亭", "pinyin"),
        ("ycjt", "尉迟敬亭", "initials"),
        ("敬亭", "尉迟敬亭", "given"),
        ("lvshi", "吕石", "pinyin"),
        ("lyushi", "吕石", "pinyin"),
        ("lüshi", "吕石", "pinyin"),
        ("买买提艾力", "买买提·艾力", "name"),
        ("买买提·艾力", "买买提·艾力", "name"),
        ("单秀真", "单秀珍", "near"),
        ("单秀", "单秀珍", "name_start"),
        ("单秀珍珍", "单秀珍", "near"),
        ("查艮才", "查良才", "near"),
        ("栩泽路桥", FIRMS[0], "name_part"),
        ("苇城路桥", FIRMS[0], "short"),
        ("栩泽养护公司", FIRMS[0], "short"),
        ("葦城縣栩澤路橋養護有限公司", FIRMS[0], "name"),
        ("荻花(集团)有限公司", FIRMS[2], "name"),
        ("荻花集团有限公司", FIRMS[2], "name"),
        ("abc商贸", FIRMS[3], "name_start"),
        ("芦苇经营部", FIRMS[1], "former"),
        ("芦苇", FIRMS[1], "former_part"),
        ("dihuajituan", FIRMS[2], "pinyin_part"),
        (person_id(4), "单秀珍", "code"),
        (person_id(4)[-5:], "单秀珍", "code_end"),
        (person_id(4)[2:], "单秀珍", "code_end"),
        (credit_code(1).lower(), FIRMS[0], "code"),
        (credit_code(2)[4:-1], FIRMS[1], "code_part"),
    ],
)
def test_the_first_line_is_what_was_meant(tables: Canonical, text: str, name: str, why: str) -> None:
    first = asked(tables, text)[0]
    assert (first.name, first.why) == (name, why)


def test_the_exact_name_comes_first_and_what_is_near_only_where_nobody_bears_it(tables: Canonical) -> None:
    assert [(line.name, line.why) for line in asked(tables, "张伟")] == [("张伟", "name"), ("张伟明", "name_start")]
    assert {(line.name, line.why) for line in asked(tables, "章威")} == {("章薇", "sound"), ("张伟", "sound")}
    lines = asked(tables, "zhang")
    assert [line.score for line in lines] == sorted((line.score for line in lines), reverse=True)


@pytest.mark.parametrize(
    "text", ["张", "伟", "zhang", "z", "有限公司", "9901", "不", "不在此", "xyz", "zhangweix", "%", "'", "🙂", "\x00"]
)
def test_no_text_is_an_error_and_no_line_comes_twice(tables: Canonical, text: str) -> None:
    ids = [line.id for line in asked(tables, text)]
    assert len(ids) == len(set(ids))


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=70))
def test_any_text_is_answered(tables: Canonical, text: str) -> None:
    if plain(text):
        asked(tables, text)


HAN = st.text(alphabet="甲乙丙丁", min_size=1, max_size=6)


@settings(max_examples=40, deadline=None)
@given(names=st.lists(HAN, min_size=1, max_size=12), text=HAN)
def test_finding_is_what_plain_python_finds(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], text: str
) -> None:
    entities = sorted((firm(at, name) for at, name in enumerate(names, 100)), key=lambda one: one.id)
    entities = [Entity(one.id, one.type, one.name, one.code, "") for one in entities]
    index = build(write_tables(tmp_path_factory.mktemp("any") / "tables", entities))
    words = [one.name for one in entities]
    numbers = [index.number_of(sign) for sign in text]
    pattern = literal(index, text)
    found = set() if pattern is None else {words[at] for at in index.entity[find(index, pattern).entry]}
    assert found == {word for word in words if text in word}
    if len(text) > 1:
        near = {words[at] for at in index.entity[one_off(index, numbers)]}
        assert near == {word for word in words if Levenshtein.distance(text, word) == 1}
    allowed = np.ones(len(words), np.bool_)
    apart = {words[at] for at in index.entity[in_order(index, numbers, allowed)]}
    assert apart == {word for word in words if all(sign in rest for rest in [iter(word)] for sign in text)}


def cases_of(tables: Canonical, folder: Path) -> Canonical:
    """Return the same names, of which each but the registered first is told by a text in one case."""
    ids = parquet.read_table(tables.nodes)["id"].to_pylist()
    folder.mkdir()
    for name in ("nodes", "members"):
        parquet.write_table(parquet.read_table(tables.folder / f"{name}.parquet"), folder / f"{name}.parquet")
    docs = [f"{at:012x}" for at in range(len(ids))]
    parquet.write_table(pa.table({"eid": ids, "doc": docs}), folder / "evidence.parquet")
    cases = [None if at == 0 else f"案{at % 2 + 1}" for at in range(len(ids))]
    filings = pa.table({"doc": docs, "path": docs, "case": cases, "open": [False] * len(ids)})
    parquet.write_table(filings, folder / "filings.parquet")
    return Canonical(folder)


def test_a_limited_reader_finds_and_counts_only_what_that_reader_may_see(tables: Canonical, tmp_path: Path) -> None:
    split = cases_of(tables, tmp_path / "split")
    ids = parquet.read_table(tables.nodes)["id"].to_pylist()
    names = {one.id: one for one in ALL}
    for at, id_ in enumerate(ids):
        own = Scope(frozenset({f"案{at % 2 + 1}"}))
        other = Scope(frozenset({f"案{(at + 1) % 2 + 1}"}))
        for text in (names[id_].name, names[id_].code, id_):
            assert id_ in [line.id for line in asked(split, text, own)]
            assert (id_ in [line.id for line in asked(split, text, other)]) == (at == 0)
            assert (id_ in [line.id for line in asked(split, text, Scope(frozenset()))]) == (at == 0)
    reading: Any = SimpleNamespace(tables=split, scope=Scope(frozenset({"案1"})))
    found = answer(reading, "有限公司", 50)
    assert set(found.cases) <= {"案1"}
    assert sum(found.types.values()) == found.total == len(found.lines)
    assert answer(reading, "有限公司", 50, cases=["案2"]).total == 0


def test_facets_count_everything_found_and_narrow(tables: Canonical, tmp_path: Path) -> None:
    split = cases_of(tables, tmp_path / "split")
    reading: Any = SimpleNamespace(tables=split, scope=EVERYTHING)
    whole = answer(reading, "zhang", 1)
    assert len(whole.lines) == 1
    assert whole.total == sum(whole.types.values()) == 4
    for case, count in whole.cases.items():
        assert answer(reading, "zhang", 50, cases=[case]).total == count
    only = answer(reading, "县", 50, types=["Company"])
    assert {line.type for line in only.lines} == {"Company"}


def test_the_index_is_kept_beside_its_tables_and_made_anew_when_they_change(tables: Canonical, tmp_path: Path) -> None:
    own = write_tables(tmp_path / "tables", [ALL[0]])
    assert not is_ready(own)
    index_of(own)
    assert is_ready(own)
    made = (own.folder / FILE).stat().st_mtime_ns
    building._cache.clear()
    assert is_ready(own)
    assert asked(own, "张伟")[0].name == "张伟"
    assert (own.folder / FILE).stat().st_mtime_ns == made
    other = write_tables(tmp_path / "other", [ALL[4]])
    for path in other.folder.glob("*.parquet"):
        path.replace(own.folder / path.name)
    assert not is_ready(own)
    assert asked(own, "张伟") == []
    assert asked(own, "单秀珍")[0].name == "单秀珍"


def test_people_are_told_only_where_making_the_index_takes_a_while(tmp_path: Path) -> None:
    few, many = write_tables(tmp_path / "few", ALL), write_tables(tmp_path / "many", make_names(60_000))
    assert not takes_a_while(few)
    assert takes_a_while(many)


@pytest.mark.parametrize("content", [b"", b"no index", b"PK\x03\x04 half of one"])
def test_a_damaged_index_is_made_anew(tmp_path: Path, content: bytes) -> None:
    own = write_tables(tmp_path / "tables", [ALL[0]])
    (own.folder / FILE).write_bytes(content)
    assert asked(own, "张伟")[0].name == "张伟"
    building._cache.clear()
    assert asked(own, "张伟")[0].name == "张伟"


def test_where_it_cannot_be_kept_the_index_stays_in_memory(tmp_path: Path) -> None:
    own = write_tables(tmp_path / "tables", [ALL[0]])
    (own.folder / FILE).mkdir()
    (own.folder / FILE / "in the way").touch()
    assert asked(own, "张伟")[0].name == "张伟"
    assert sorted(path.name for path in own.folder.glob(f"{FILE}*")) == [FILE]


ASK = """
import sys
from pathlib import Path
from app.services.search.building import index_of
from graph.projection.tables import Canonical
index_of(Canonical(Path(sys.argv[1])))
"""


def test_killed_while_it_is_made_nothing_half_made_is_read(tmp_path: Path) -> None:
    own = write_tables(
        tmp_path / "tables", sorted((person(at, f"张伟{at}") for at in range(900)), key=lambda one: one.id)
    )
    for pause in (0.0, 0.01, 0.03):
        process = subprocess.Popen([sys.executable, "-c", ASK, str(own.folder)], env=environment())
        while process.poll() is None and not list(own.folder.glob(f"{FILE}*")):
            time.sleep(0.001)
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        process.wait()
        building._cache.clear()
        assert asked(own, "张伟7")[0].name == "张伟7"
        (own.folder / FILE).unlink()
    assert list(own.folder.glob(f"{FILE}*")) == []
