"""`detect`, `explain` and `query` as people run them: output, exit codes, one sentence for bad use."""

import json
from pathlib import Path

import pytest

from tests.support.commands import shenwa
from tests.support.office import context_of, fill

FIELDS = ["schema", "query", "version", "rank", "score", "state", "fingerprint", "evidence_digest", "roles", "power",
          "identity", "values", "explanation", "evidence", "missing", "clears"]  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with the office imported."""
    folder = tmp_path_factory.mktemp("detect")
    fill(context_of(folder / "workspace"), folder / "files")
    return folder / "workspace"


def test_hits_as_json_and_as_a_table_and_explained(home: Path) -> None:
    ran = shenwa(home, "detect", "--json")
    hits = ran.json()
    assert ran.code == 0
    assert [list(hit) for hit in hits] == [FIELDS] * 3
    assert [hit["state"] for hit in hits] == ["open", "undetermined", "incomplete"]
    assert all(set(hit["explanation"]) == {"zh", "en"} for hit in hits)
    assert "疑点:待核查 1" in ran.err

    shown = shenwa(home, "detect", "shadow_company", "--param", "min_contracts=3")
    assert shown.code == 0
    first = hits[0]["fingerprint"][:8]
    assert f"疑点 1  shadow_company  待核查  职权程度 P2 分管  人员同一性 证件号  {first}" in shown.out.splitlines()

    told = shenwa(home, "explain", first)
    assert told.code == 0
    assert "登记/分管.csv 第1行" in told.out
    assert "分管事项:采购" in told.out
    assert "已查未见" in told.out
    assert json.loads(shenwa(home, "explain", first, "--json").out) == hits[0]


def test_nothing_found_is_exit_code_one(home: Path) -> None:
    ran = shenwa(home, "detect", "common_control_bids", "--json")
    assert (ran.code, ran.out) == (1, "")


@pytest.mark.parametrize(
    "words",
    [
        ("detect", "no_such_query"),
        ("detect", "--param", "min_contracts"),
        ("detect", "--param", "min_contracts=two"),
        ("detect", "--param", "nothing=1"),
        ("detect", "shadow_company", "--param", "benefit_chain.max_hops=2"),
        ("explain", "ffffffffffff"),
        ("query", "show", "no_such_query"),
        ("query", "new", "Bad Id"),
    ],
)
def test_bad_use_is_one_sentence(home: Path, words: tuple[str, ...]) -> None:
    ran = shenwa(home, *words)
    assert ran.code == 2
    assert ran.sentence()


def test_the_catalogue(tmp_path: Path) -> None:
    home = tmp_path / "workspace"
    listed = shenwa(home, "query", "list", "--json").json()
    assert {row["id"] for row in listed} >= {"shadow_company", "benefit_chain", "common_control_bids"}
    assert "min_contracts" in shenwa(home, "query", "show", "shadow_company").out
    exported = shenwa(home, "query", "export", "shadow_company").out
    assert ":param min_contracts => 2;" in exported
    made = shenwa(home, "query", "new", "my_pattern")
    assert Path(made.out.strip()).is_file()
    linted = shenwa(home, "query", "lint", "my_pattern")
    assert linted.code == 1
    assert all("[cases]" in line for line in linted.out.splitlines())
