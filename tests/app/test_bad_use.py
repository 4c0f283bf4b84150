"""Bad use and bad luck, each in a real child process: one clear sentence, the exit code as stated, nothing lost."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.context import Context
from graph.settings import Settings
from graph.workspace import MARK, Workspace
from tests.support.commands import Ran, command, ended, environment, shenwa, start, wait_for
from tests.support.engines import empty_database
from tests.support.neo4j_server import Neo4jServer, free_port, missing
from tests.support.registers import write_csv
from tests.support.village import HEAD


def says(ran: Ran, code: int, *words: str) -> None:
    """Hold that a command ended with a code and one sentence with these words, and nothing on stdout."""
    assert ran.code == code, ran.err
    assert ran.out == ""
    sentence = ran.sentence()
    assert all(word in sentence for word in words), sentence


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (["import", "no/such/folder"], "找不到路径", "no such path"),
        (["import", ".", "--register", "nosuch"], "没有这种登记表", "no such register"),
        (["import", ".", "--obtained", "someday"], "日期不能识别", "not a date"),
        (["nosuchverb"], "没有这个命令", "No such command"),
        (["search"], "缺少", "Missing argument"),
        (["search", "x", "--nosuch"], "没有这个选项", "No such option"),
        (["path", "a", "b", "--length", "77"], "不能使用", "not in the range"),
        (["path", "a", "b", "--on", "2021-13-45"], "日期不能识别", "not a date"),
        (["export", "--format", "jsonl"], "缺少", "Missing option"),
        (["export", "-o", "x", "--format", "word"], "不能使用", "not one of"),
        (["audit", "x", "y"], "命令不能识别", "unexpected extra argument"),
        (["register", "new", "no/such/file.csv"], "找不到路径", "no such path"),
        (["detect", "no_such_query"], "没有这个查询", "no such query"),
        (["detect", "shadow_company", "--param", "shadow_company.min_contracts=x"], "min_contracts", "min_contracts"),
        (["detect", "shadow_company", "--param", "shadow_company.nosuch=1"], "nosuch", "nosuch"),
        (["retract", "abc", "--reason", "r"], "没有可处理的对象", "nothing to withdraw"),
        (["doctor", "--take-over"], "不需要接管", "needs no taking over"),
    ],
)
def test_wrong_words_are_one_sentence_in_both_languages(village: Path, words: list[str], zh: str, en: str) -> None:
    # Every sentence in Chinese; of English every third, since each is a process.
    if len(zh) % 3 == 0:
        says(shenwa(village, "--lang", "en", *words), 2, en)
    says(shenwa(village, *words), 2, zh)


@pytest.mark.parametrize("verb", [["audit", "x"], ["rebuild"]])
def test_a_workspace_that_is_none(tmp_path: Path, verb: list[str]) -> None:
    says(shenwa(tmp_path / "nowhere", *verb), 2, "工作区不能使用", "不存在")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("mine", encoding="utf-8")
    says(shenwa(tmp_path / "other", *verb), 2, "工作区不能使用", "别的内容")
    (tmp_path / "file").write_text("", encoding="utf-8")
    says(shenwa(tmp_path / "file", *verb), 2, "工作区不能使用")
    Workspace(tmp_path / "empty").open_or_create()
    says(shenwa(tmp_path / "empty", *verb), 2, "还没有数据")


def test_a_foreign_folder_is_never_written_to(tmp_path: Path, village_files: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    says(shenwa(tmp_path, "import", village_files), 2, "别的内容")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


NEWER = '{"shenwa": 99, "id": "00000000-0000-0000-0000-000000000000", "created": "2024-01-01T00:00:00Z"}'


@pytest.mark.parametrize("text", ["{", NEWER])
def test_a_broken_or_newer_workspace(own_village: Path, text: str) -> None:
    (own_village / MARK).write_text(text, encoding="utf-8")
    says(shenwa(own_village, "search", HEAD), 2, "工作区不能使用")
    says(shenwa(own_village, "import", "."), 2, "工作区不能使用")


def test_a_malformed_setting(village: Path) -> None:
    says(shenwa(village, "search", HEAD, env={"SHENWA_LANG": "fr"}), 2, "SHENWA_LANG", "fr")
    ran = shenwa(village, "search", HEAD, env={"SHENWA_GRAPH": "bolt://neo4j:secret@host"})
    says(ran, 2, "SHENWA_GRAPH")
    assert "secret" not in ran.err


def test_nothing_that_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"\x00\x01")
    ran = shenwa(tmp_path / "w", "import", tmp_path / "a.bin", "--json")
    assert ran.code == 2
    assert [set(line) for line in ran.json()]
    assert "没有读到任何可用的内容" in ran.err


# A server that is not there, refuses the login, or belongs to somebody else.


def test_neo4j_is_down(village: Path) -> None:
    url = f"bolt://127.0.0.1:{free_port()}"
    for verb in (["search", HEAD], ["rebuild"]):
        says(shenwa(village, *verb, env={"SHENWA_GRAPH": url}), 2, "连接不上", url)
    ran = shenwa(village, "doctor", env={"SHENWA_GRAPH": url})
    assert ran.code == 1
    assert "连接不上" in ran.out
    assert shenwa(village, "search", HEAD).code == 0


@pytest.mark.neo4j
def test_a_foreign_database_is_refused_until_taken_over(own_village: Path, neo4j_url: str) -> None:
    from neo4j import GraphDatabase

    empty_database(neo4j_url)
    driver = GraphDatabase.driver(neo4j_url)
    try:
        driver.execute_query("CREATE (:Novel {name: 'mine'})")
        setting = {"SHENWA_GRAPH": neo4j_url}
        for verb in (["search", HEAD], ["rebuild"], ["detect"]):
            ran = shenwa(own_village, *verb, env=setting)
            assert ran.code == 2
            assert "不属于本工作区" in ran.err
            assert "Traceback" not in ran.err
        [record] = driver.execute_query("MATCH (n) RETURN count(n) AS n").records
        assert record["n"] == 1
        assert shenwa(own_village, "doctor", "--take-over", env=setting, given="no\n").code == 130
        assert driver.execute_query("MATCH (n:Novel) RETURN count(n) AS n").records[0]["n"] == 1
        assert shenwa(own_village, "doctor", "--take-over", env=setting, given=f"{neo4j_url}\n").code == 0
        assert driver.execute_query("MATCH (n:Novel) RETURN count(n) AS n").records[0]["n"] == 0
        assert shenwa(own_village, "search", HEAD, env=setting).code == 0
        # Another workspace is foreign, too.
        driver.execute_query("MATCH (m:ShenwaMeta) SET m.workspace = 'another'")
        assert shenwa(own_village, "search", HEAD, env=setting).code == 2
    finally:
        driver.close()
        empty_database(neo4j_url)


@pytest.fixture
def locked_server(tmp_path: Path) -> Iterator[Neo4jServer]:
    lacking = missing()
    if lacking is not None and not os.environ.get("CI"):
        pytest.skip(f"no Neo4j ({lacking})")
    with Neo4jServer(tmp_path / "server", password="correct-horse") as server:
        yield server


@pytest.mark.neo4j
def test_a_wrong_password(own_village: Path, locked_server: Neo4jServer, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("wrong-horse\n", encoding="utf-8")
    setting = {"SHENWA_GRAPH": locked_server.url, "SHENWA_GRAPH_PASSWORD_FILE": str(secret)}
    ran = shenwa(own_village, "search", HEAD, env=setting)
    says(ran, 2, "口令", locked_server.url)
    assert "wrong-horse" not in ran.err
    says(shenwa(own_village, "search", HEAD, env={**setting, "SHENWA_GRAPH_PASSWORD_FILE": "no/such"}), 2, "口令文件")
    secret.write_text("correct-horse\n", encoding="utf-8")
    assert shenwa(own_village, "rebuild", env=setting).code == 0
    assert shenwa(own_village, "search", HEAD, env=setting).code == 0


# A disk without room, an impatient user, a busy workspace.


def many_rows(folder: Path, rows: int = 60_000) -> Path:
    """Write a two-sided bank table that takes a moment to read."""
    header = ["流水号", "交易时间", "付款账号", "付款户名", "收款账号", "收款户名", "金额", "摘要"]
    moment = "2021-05-06 10:11:12"
    payer, payee = [f"99010000{n:08d}" for n in range(997)], [f"99020000{n:08d}" for n in range(991)]
    lines = (
        [f"L{n}", moment, payer[n % 997], f"甲{n % 997}", payee[n % 991], "乙", n + 1, "货款"] for n in range(rows)
    )
    return write_csv(folder / "往来.csv", header, lines)


def exported(workspace: Path, target: Path) -> bytes:
    """Return the export of a workspace."""
    assert shenwa(workspace, "export", "-o", target).code == 0
    return target.read_bytes()


def test_a_full_disk_during_import_loses_nothing(tmp_path: Path, own_village: Path) -> None:
    file = many_rows(tmp_path)
    before = exported(own_village, tmp_path / "before.jsonl")
    ran = shenwa(own_village, "import", file, "--warrant", "示〔2024〕1号", limit=200_000)
    assert ran.code == 2
    assert "磁盘空间不足" in ran.err
    assert "Traceback" not in ran.err
    assert exported(own_village, tmp_path / "after.jsonl") == before
    assert shenwa(own_village, "import", file, "--warrant", "示〔2024〕1号").code == 0
    assert exported(own_village, tmp_path / "again.jsonl") != before


@pytest.mark.parametrize("delay", [0.3, 1.2])
def test_ctrl_c_stops_with_one_sentence_and_the_next_import_finishes(tmp_path: Path, delay: float) -> None:
    file = many_rows(tmp_path / "files")
    process = start(tmp_path / "w", "import", file, "--warrant", "示〔2024〕1号")
    wait_for(tmp_path / "w" / "workspace.holder.json", process)
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    ran = ended(process)
    assert ran.code in (0, 130), ran.err  # 0: it was quicker than the signal
    assert "Traceback" not in ran.err
    if ran.code == 130:
        assert "已按要求停止" in ran.err
    assert shenwa(tmp_path / "w", "import", file, "--warrant", "示〔2024〕1号").code == 0
    assert shenwa(tmp_path / "clean", "import", file, "--warrant", "示〔2024〕1号").code == 0
    assert exported(tmp_path / "w", tmp_path / "w.jsonl") == exported(tmp_path / "clean", tmp_path / "clean.jsonl")


def test_a_closed_pipe_is_no_error(village: Path) -> None:
    import subprocess

    reader = subprocess.Popen(
        command(village, "export", "-o", "/dev/null", "--help"), env=environment(), stdout=subprocess.PIPE
    )
    assert reader.stdout is not None
    reader.stdout.close()
    assert reader.wait(60) in (0, 1, 120)


def test_no_wait_names_holder_verb_and_since(own_village: Path, village_files: Path) -> None:
    context = Context(Workspace(own_village), Settings())
    with context.writing("rebuild"):
        ran = shenwa(own_village, "--no-wait", "import", village_files)
        says(ran, 2, "正被占用", f"({os.getpid()})", "rebuild")
        assert shenwa(own_village, "search", HEAD).code == 0  # readers do not wait
        waiting = start(own_village, "--lang", "en", "import", village_files)
        assert waiting.stderr is not None
        told = waiting.stderr.readline().decode()
        assert f"({os.getpid()})" in told
        assert "'rebuild'" in told
        assert waiting.poll() is None
    assert ended(waiting).code == 0


def test_json_leaves_only_json_on_stdout(own_village: Path, village_files: Path, tmp_path: Path) -> None:
    bad = tmp_path / "任职.csv"
    bad.write_text("姓名,单位,职务,任职日期\n某人,某局,科员,2020-99-99\n,某局,科员,\n", encoding="utf-8")
    audit = ["audit", "WH-2", "--json"]
    for words in (["import", bad, "--json"], ["search", "某局", "--json"], audit, ["detect", "--json"]):
        ran = shenwa(own_village, *words)
        assert ran.code in (0, 1), ran.err
        ran.json()
