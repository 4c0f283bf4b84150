"""The audit log: chained, ordered under many writers, and no change, cut or missing tail goes unseen."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, text

from graph.casebook.casebook import Casebook
from graph.casebook.trail import HEAD, KEY, Fault, Head, Trail, TrailKeyLost

WRITER = """
import sys
from pathlib import Path
from sqlalchemy import make_url
from graph.casebook.casebook import Casebook
from graph.casebook.trail import Trail
place, folder, name = sys.argv[1:]
casebook = Casebook.open(make_url(place) if "://" in place else Path(place))
trail = Trail(casebook.engine, Path(folder))
for at in range(int(15)):
    print(trail.add(name, "view", f"Person-{at}").number, flush=True)
"""


@pytest.fixture
def casebook(casebook_place: Path | URL) -> Iterator[Casebook]:
    opened = Casebook.open(casebook_place)
    yield opened
    opened.close()


@pytest.fixture
def trail(casebook: Casebook, tmp_path: Path) -> Trail:
    made = Trail(casebook.engine, tmp_path)
    for at in range(5):
        made.add("承办甲", "detect", f"query-{at}", {"min_amount": at, "名": "值"})
    return made


def test_lines_are_kept_in_order_and_verify(trail: Trail, tmp_path: Path) -> None:
    assert trail.check() == (5, [])
    newest = trail.lines(2)
    assert [(line.number, line.subject, line.details) for line in newest] == [
        (5, "query-4", {"min_amount": 4, "名": "值"}),
        (4, "query-3", {"min_amount": 3, "名": "值"}),
    ]
    assert trail.head() == Head(5, newest[0].mac)
    assert (tmp_path / KEY).stat().st_mode & 0o077 == 0


def run(sql: str) -> Callable[[Engine, Path], None]:
    def act(engine: Engine, folder: Path) -> None:
        with engine.begin() as connection:
            connection.execute(text(sql))

    return act


def without(name: str) -> Callable[[Engine, Path], None]:
    return lambda engine, folder: (folder / name).unlink()


SWAP = """UPDATE trail SET subject = CASE number WHEN 2 THEN (SELECT subject FROM trail t WHERE t.number = 3)
    ELSE (SELECT subject FROM trail t WHERE t.number = 2) END WHERE number IN (2, 3)"""


@pytest.mark.parametrize(
    ("act", "codes"),
    [
        (run("UPDATE trail SET actor = '别人' WHERE number = 3"), {"changed"}),
        (run("UPDATE trail SET at = '2001-01-01T00:00:00' WHERE number = 1"), {"changed"}),
        (run("UPDATE trail SET details = '{}' WHERE number = 2"), {"changed"}),
        (run(SWAP), {"changed"}),
        (run("DELETE FROM trail WHERE number = 3"), {"gap", "changed"}),
        (run("DELETE FROM trail WHERE number = 1"), {"gap", "changed"}),
        (run("DELETE FROM trail WHERE number = 5"), {"tail"}),
        (run("DELETE FROM trail"), {"tail"}),
        (without(HEAD), {"head"}),
        (without(KEY), {"key"}),
    ],
)
def test_what_was_done_to_the_log_is_found(
    casebook: Casebook, trail: Trail, tmp_path: Path, act: Callable[[Engine, Path], None], codes: set[str]
) -> None:
    act(casebook.engine, tmp_path)
    assert {fault.code for fault in trail.check()[1]} == codes


def test_a_log_cut_together_with_its_head_is_found_by_a_head_handed_over_before(
    casebook: Casebook, trail: Trail, tmp_path: Path
) -> None:
    given = trail.head()
    assert given is not None
    run("DELETE FROM trail WHERE number > 3")(casebook.engine, tmp_path)
    (tmp_path / HEAD).write_text(f"3 {trail.lines(1)[0].mac}\n", encoding="ascii")
    assert trail.check() == (3, [])
    assert trail.check({"材料包": given}) == (3, [Fault(5, "tail")])


def test_without_the_key_nothing_is_logged_and_none_is_made_up(trail: Trail, tmp_path: Path) -> None:
    (tmp_path / KEY).unlink()
    with pytest.raises(TrailKeyLost):
        trail.add("承办甲", "view", "Person-1")
    assert not (tmp_path / KEY).exists()


def test_several_programs_append_one_after_the_other(
    casebook_place: Path | URL, casebook: Casebook, tmp_path: Path
) -> None:
    place = casebook_place if isinstance(casebook_place, Path) else casebook_place.render_as_string(hide_password=False)
    command = [sys.executable, "-c", WRITER, str(place), str(tmp_path)]
    writers = [subprocess.Popen([*command, name], stdout=subprocess.PIPE, text=True) for name in ("甲", "乙", "丙")]
    told = [int(line) for one in writers for line in one.communicate()[0].split()]
    assert sorted(told) == list(range(1, 46))
    assert Trail(casebook.engine, tmp_path).check() == (45, [])


def test_killed_while_appending_loses_nothing_acknowledged(
    casebook_place: Path | URL, casebook: Casebook, tmp_path: Path
) -> None:
    place = casebook_place if isinstance(casebook_place, Path) else casebook_place.render_as_string(hide_password=False)
    command = [sys.executable, "-c", WRITER.replace("int(15)", "int(100000)"), str(place), str(tmp_path), "甲"]
    trail = Trail(casebook.engine, tmp_path)
    acknowledged = 0
    for at in range(3):
        writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        for _ in range(5 + 4 * at):
            acknowledged = int(writer.stdout.readline())
        writer.kill()
        rest = writer.communicate()[0].split("\n")[:-1]
        acknowledged = int(rest[-1]) if rest else acknowledged
        count, faults = trail.check()
        assert faults == [] and count >= acknowledged
