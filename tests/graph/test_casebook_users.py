"""Accounts and logins: what is kept of a password, how guessing is slowed, and when a login ends."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import URL, text

from graph.casebook.casebook import Casebook
from graph.casebook.logins import FREE_TRIES, LONGEST, LONGEST_WAIT, TooManyTries, WrongLogin, wait_after
from graph.casebook.passwords import BadPassword
from graph.casebook.users import BadAccount

WORD, AT, IDLE = "一句足够长的口令 1", datetime(2026, 1, 2, 9, 0, 0), timedelta(minutes=30)


@pytest.fixture
def casebook(casebook_place: Path | URL) -> Iterator[Casebook]:
    """A casebook with one account."""
    opened = Casebook.open(casebook_place)
    with closing(opened):
        opened.users.add("甲", "handler", WORD)
        yield opened


def test_a_password_is_kept_as_a_hash_only(casebook: Casebook) -> None:
    with casebook.engine.connect() as connection:
        kept = connection.scalar(text("SELECT password FROM users"))
        assert str(kept).startswith("$argon2id$")
    token = casebook.logins.enter("甲", WORD)
    with casebook.engine.connect() as connection:
        assert token not in str(connection.execute(text("SELECT * FROM logins")).fetchall())


@pytest.mark.parametrize(
    ("name", "password"), [("甲", WORD + " "), ("甲", ""), ("乙", WORD), ("", ""), ("甲", "长" * 999)]
)
def test_whatever_is_wrong_the_sentence_is_the_same(casebook: Casebook, name: str, password: str) -> None:
    with pytest.raises(WrongLogin) as told:
        casebook.logins.enter(name, password)
    assert told.value.sentence("zh") == "用户名或口令不对"


def test_guessing_is_slowed_and_a_right_password_ends_that(casebook: Casebook) -> None:
    at = AT
    for tried in range(1, FREE_TRIES + 3):
        with pytest.raises(WrongLogin):
            casebook.logins.enter("甲", "wrong-password", at)
        at += wait_after(tried)
    with pytest.raises(TooManyTries, match="in 2 seconds"):
        casebook.logins.enter("甲", WORD, at - timedelta(seconds=2))
    assert casebook.logins.look(casebook.logins.enter("甲", WORD, at), IDLE, at)
    with pytest.raises(WrongLogin):
        casebook.logins.enter("甲", "wrong-password", at)
    assert casebook.logins.enter("甲", WORD, at)


def test_waits_double_up_to_a_limit() -> None:
    assert [wait_after(FREE_TRIES + n).total_seconds() for n in range(4)] == [0, 1, 2, 4]
    assert wait_after(10_000).total_seconds() == LONGEST_WAIT


def test_a_login_ends_when_idle_after_half_a_day_and_when_left(casebook: Casebook) -> None:
    token = casebook.logins.enter("甲", WORD, AT)
    at = AT
    while at < AT + LONGEST - IDLE:
        at += IDLE - timedelta(seconds=1)
        assert casebook.logins.look(token, IDLE, at) is not None
    assert casebook.logins.look(token, IDLE, AT + LONGEST) is None
    other = casebook.logins.enter("甲", WORD, AT)
    assert casebook.logins.look(other, IDLE, AT + IDLE) is None
    third = casebook.logins.enter("甲", WORD, AT)
    casebook.logins.leave(third)
    assert casebook.logins.look(third, IDLE, AT) is None
    assert casebook.logins.look("never-given", IDLE, AT) is None


def test_disabling_or_a_new_password_ends_logins(casebook: Casebook) -> None:
    token = casebook.logins.enter("甲", WORD, AT)
    casebook.users.disable("甲")
    assert casebook.logins.look(token, IDLE, AT) is None
    with pytest.raises(WrongLogin):
        casebook.logins.enter("甲", WORD, AT)
    casebook.users.disable("甲", False)
    token = casebook.logins.enter("甲", WORD, AT)
    casebook.users.set_password("甲", "another-password")
    assert casebook.logins.look(token, IDLE, AT) is None
    with pytest.raises(WrongLogin):
        casebook.logins.enter("甲", WORD, AT)
    assert casebook.logins.enter("甲", "another-password", AT)


def test_cases_are_assigned_and_withdrawn(casebook: Casebook) -> None:
    casebook.users.assign("甲", ["2023-017", " 2023-018 "])
    casebook.users.assign("甲", ["2023-017"])
    casebook.users.withdraw("甲", ["2023-018", "unknown"])
    token = casebook.logins.enter("甲", WORD, AT)
    account = casebook.logins.look(token, IDLE, AT)
    assert account is not None
    assert (account.name, account.role, account.cases) == ("甲", "handler", frozenset({"2023-017"}))
    with pytest.raises(BadAccount):
        casebook.users.assign("甲", [" "])


def test_an_account_is_refused_that_nobody_could_use(casebook: Casebook) -> None:
    for name, role, password, error in (
        ("甲", "head", WORD, BadAccount),
        (" 甲 ", "head", WORD, BadAccount),
        ("", "head", WORD, BadAccount),
        ("a\u202eb", "head", WORD, BadAccount),
        ("乙", "chief", WORD, BadAccount),
        ("乙", "head", "short", BadPassword),
    ):
        with pytest.raises(error):
            casebook.users.add(name, role, password)
    for act in (casebook.users.disable, lambda name: casebook.users.set_password(name, WORD)):
        with pytest.raises(BadAccount):
            act("nobody")
    assert [one.name for one in casebook.users.listed()] == ["甲"]
