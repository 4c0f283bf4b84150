"""What is done on the command line stands in the audit log, and `doctor --audit` finds whatever was done to it."""

import sqlite3
from pathlib import Path

import pytest

from app.services.context import Context
from app.services.trail import newest
from graph.settings import Settings
from graph.workspace import Workspace
from tests.support.commands import shenwa
from tests.support.village import BROTHER, OWNER


def lines(workspace: Path) -> list[tuple[str, object]]:
    found = newest(Context(Workspace(workspace), Settings()))
    return [(line.action, line.details.get("words")) for line in reversed(found)]


def test_verbs_are_logged_with_their_parameters_before_they_run(own_village: Path) -> None:
    before = len(lines(own_village))
    assert shenwa(own_village, "search", BROTHER).code == 0
    assert shenwa(own_village, "detect", "shadow_company", "--param", "min_contracts=3").code in (0, 1)
    assert shenwa(own_village, "path", OWNER, "查无此人").code == 1
    assert shenwa(own_village, "search", "--help").code == 0
    logged = lines(own_village)[before:]
    assert [action for action, _ in logged] == ["search", "detect", "path"]
    assert "min_contracts=3" in str(logged[1][1]) and BROTHER in str(logged[0][1])


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE trail SET actor = '别人' WHERE number = 2", "第2条与写入时不符"),
        ("DELETE FROM trail WHERE number = (SELECT max(number) FROM trail)", "末尾不全"),
        ("DELETE FROM trail WHERE number = 1", "缺少第1条"),
    ],
)
def test_doctor_finds_what_was_done_to_the_log(own_village: Path, sql: str, said: str) -> None:
    for _ in range(3):
        assert shenwa(own_village, "search", BROTHER).code == 0
    sound = shenwa(own_village, "doctor", "--audit")
    assert sound.code == 0 and "逐条相符" in sound.out
    with sqlite3.connect(own_village / "casebook.sqlite") as connection:
        connection.execute(sql)
    connection.close()
    found = shenwa(own_village, "doctor", "--audit")
    assert found.code == 1 and said in found.out


def test_without_its_key_nothing_is_read(own_village: Path) -> None:
    assert shenwa(own_village, "search", BROTHER).code == 0
    (own_village / "audit.key").unlink()
    refused = shenwa(own_village, "search", BROTHER)
    assert (refused.code, refused.out) == (2, "")
    assert "密钥文件不见了" in refused.err
    assert "缺少密钥" in shenwa(own_village, "doctor", "--audit").out
