"""Opening a casebook: forms from the first on with what they hold, and databases that cannot be used."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import URL, text

from graph.casebook.casebook import Casebook
from graph.casebook.opening import (
    CasebookDamaged,
    CasebookUnreachable,
    NewerForm,
    form,
    forms,
    location,
    make_engine,
    migrate,
)
from graph.casebook.owner import ForeignCasebook
from graph.settings import BadSetting, Settings, read_settings
from graph.workspace import Workspace
from tests.support.postgres import PASSWORD, PostgresServer

RUN = """INSERT INTO detection_runs
(id, query, query_version, parameters, data_version, started, finished, truncated, faults)
VALUES (7, 'q', 1, '{}', '3', :at, :at, 0, '[]')"""
HIT = """INSERT INTO hits
(id, run_id, query, query_version, fingerprint, evidence_digest, place, state, score, json)
VALUES (1, 7, 'q', 1, 'ab', 'd1', 1, 'open', 0.5, '{"fingerprint": "ab", "name": "𠮷甲"}')"""
ACT = "INSERT INTO acts (id, at, actor, verb, target, reason) VALUES (1, :at, 'a', 'purge', 'x', 'y')"
USER = """INSERT INTO users (id, name, role, password, disabled, created)
VALUES (1, '甲', 'handler', 'h', :off, :at)"""
DECISION = """INSERT INTO decisions
(id, fingerprint, evidence_digest, query, state, reason, number, note, actor, at, confirms)
VALUES (1, 'ab', 'd1', 'q', 'parked', '', '', '旧', '甲', :at, NULL)"""
AT = {"at": datetime(2026, 1, 2)}


@pytest.mark.parametrize("start", [one for one in reversed(forms()) if one != forms()[0]])
def test_what_an_old_form_holds_is_still_there_in_the_newest(casebook_place: Path | URL, start: str) -> None:
    engine = make_engine(casebook_place)
    migrate(engine, start)
    with engine.begin() as connection:
        assert form(connection) == start
        for statement in (RUN, HIT, ACT):
            connection.execute(text(statement), AT if ":at" in statement else {})
        if start >= "0002":
            connection.execute(text(USER), {**AT, "off": False})
            connection.execute(text(DECISION), AT)
    engine.dispose()
    casebook = Casebook.open(casebook_place)
    assert casebook.find_hits("ab") == [{"fingerprint": "ab", "name": "𠮷甲"}]
    assert casebook.acts() == [("purge", "x", "y")]
    stands = casebook.decisions.standing("ab", "d1")
    kept = ("parked", ["旧"]) if start >= "0002" else ("new", [])
    assert (stands.state, [step.note for step in stands.steps]) == kept
    with casebook.engine.begin() as connection:
        assert form(connection) == forms()[0]
    casebook.close()


def test_the_tables_of_the_code_are_those_that_the_migrations_make(casebook_place: Path | URL) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from graph.casebook.tables import Base

    casebook = Casebook.open(casebook_place)
    with casebook.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    casebook.close()


def test_a_casebook_of_a_later_program_is_refused(casebook_place: Path | URL) -> None:
    Casebook.open(casebook_place).close()
    engine = make_engine(casebook_place)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(NewerForm, match="9999"):
        Casebook.open(casebook_place)


def test_a_file_that_is_no_database_is_told_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "casebook.sqlite"
    path.write_bytes(b"not a database" * 400)
    with pytest.raises(CasebookDamaged, match=r"casebook\.sqlite"):
        Casebook.open(path)


def test_a_server_that_stops_is_told_in_one_sentence_and_used_again_when_it_is_back() -> None:
    from tests.support import postgres

    if postgres.missing() is not None:
        pytest.skip("no PostgreSQL")
    with PostgresServer() as server:
        casebook = Casebook.open(server.database())
        server.stop()
        with pytest.raises(CasebookUnreachable) as told:
            casebook.note_act("a", "purge", "x", "y")
        assert PASSWORD not in told.value.sentence("zh") + told.value.sentence("en") + str(told.value)
        server.start()
        casebook.note_act("a", "purge", "x", "y")
        assert casebook.acts() == [("purge", "x", "y")]
        casebook.close()


def test_a_wrong_password_is_told_without_telling_it(postgres_server: PostgresServer) -> None:
    url = postgres_server.database().set(password="wrong-word")
    with pytest.raises(CasebookUnreachable) as told:
        Casebook.open(url)
    assert "wrong-word" not in told.value.sentence("zh") + str(told.value)


def test_a_server_s_casebook_belongs_to_the_first_workspace_that_used_it(postgres_server: PostgresServer) -> None:
    url = postgres_server.database()
    for _ in range(2):
        Casebook.open(url, "one").close()
    with pytest.raises(ForeignCasebook):
        Casebook.open(url, "two")


def test_settings_name_the_server_and_the_password_comes_from_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    word = tmp_path / "word"
    word.write_text("geheim\nignored\n", encoding="utf-8")
    monkeypatch.setenv("SHENWA_CASEBOOK", "postgresql+psycopg://clerk@db.invalid:5433/cases")
    monkeypatch.setenv("SHENWA_CASEBOOK_PASSWORD_FILE", str(word))
    url = location(Workspace(tmp_path), read_settings())
    assert isinstance(url, URL)
    assert (url.host, url.port, url.username, url.password, url.database) == (
        *("db.invalid", 5433, "clerk"),
        *("geheim", "cases"),
    )
    word.unlink()
    with pytest.raises(BadSetting, match="PASSWORD_FILE"):
        location(Workspace(tmp_path), read_settings())
    assert location(Workspace(tmp_path), Settings(casebook="")) == tmp_path / "casebook.sqlite"


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://clerk:hidden-word@db.invalid/cases",
        "postgresql+psycopg://clerk@db.invalid/cases?password=hidden-word",
        "mysql://clerk@db.invalid/cases",
        "postgresql+psycopg://clerk@db.invalid",
        "postgresql+psycopg:///cases",
        "postgresql+psycopg://clerk@db.invalid:port/cases",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_and_shows_no_password(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHENWA_CASEBOOK", address)
    with pytest.raises(BadSetting, match="SHENWA_CASEBOOK") as told:
        read_settings()
    assert "hidden-word" not in told.value.sentence("zh") + str(told.value)
