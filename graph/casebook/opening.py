"""Opening the casebook's database: a SQLite file or a PostgreSQL server, brought to the newest form."""

import sqlite3
import time
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import InterfaceError, OperationalError

from graph.errors import ShenwaError
from graph.settings import BadSetting, Settings
from graph.workspace import DiskFull, Workspace, is_disk_full

BUSY_TIMEOUT_MS = 30_000
_PAUSE = 0.02
# The second: the index of the write-ahead log could not grow, which SQLite calls an error of the disk.
_NO_ROOM = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE})
CONNECT_SECONDS = 10
# Two programs that open an old casebook at once must not both bring it up to date; any fixed number will do.
_MIGRATION_LOCK = 7_319_551
_FORM = "SELECT version_num FROM alembic_version"


class CasebookUnreachable(ShenwaError):
    """The server of the casebook does not answer or does not accept the login."""

    zh = "工作记录数据库连接不上:{address};请检查服务是否启动、地址和口令是否正确"
    en = "the casebook's database cannot be reached: {address}; check that it runs, its address and the password"


class CasebookDamaged(ShenwaError):
    """The file of the casebook cannot be used as a database now."""

    zh = "工作记录文件不能使用:{address}({reason})"
    en = "the casebook's file cannot be used: {address} ({reason})"


class NoDriver(ShenwaError):
    """PostgreSQL is named, and its driver is not installed."""

    zh = "没有安装 PostgreSQL 驱动;请安装 shenwa 的 postgres 附加组件(psycopg)"
    en = "the PostgreSQL driver is not installed; install shenwa with its extra 'postgres' (psycopg)"


class NewerForm(ShenwaError):
    """A newer program brought the casebook to a form that this one does not know."""

    zh = "工作记录的结构({form})比本程序新;请升级程序"
    en = "the casebook has a form ({form}) that is newer than this program; upgrade the program"


def location(workspace: Workspace, settings: Settings) -> Path | URL:
    """Return where the casebook of a workspace lies.

    Raises:
        BadSetting: The password file cannot be read.
    """
    if not settings.casebook:
        return workspace.casebook
    url = make_url(settings.casebook)
    path = settings.casebook_password_file
    if path is None:
        return url
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        zh, en = "口令文件不能读取", "the password file cannot be read"
        raise BadSetting(name="SHENWA_CASEBOOK_PASSWORD_FILE", value=path, zh=zh, en=en) from error
    return url.set(password=lines[0] if lines else "")


def shown(place: Path | URL) -> str:
    """Return an address as it may be told: never with a password."""
    return str(place) if isinstance(place, Path) else place.render_as_string(hide_password=True)


def _code(error: BaseException | None) -> int | None:
    return getattr(error, "sqlite_errorcode", None)


def _explain(engine: Engine, place: Path | URL) -> None:
    """Turn what drivers say about a lost or unusable database into one sentence, whenever it happens."""

    @event.listens_for(engine, "handle_error")
    def _told(context: ExceptionContext) -> None:
        error = context.sqlalchemy_exception or context.original_exception
        if is_disk_full(context.original_exception) or _code(context.original_exception) in _NO_ROOM:
            raise DiskFull(path=shown(place)) from context.original_exception
        if not isinstance(place, Path):
            if isinstance(error, OperationalError | InterfaceError) or context.is_disconnect:
                raise CasebookUnreachable(address=shown(place)) from context.original_exception
        elif isinstance(context.original_exception, sqlite3.DatabaseError) and not isinstance(
            context.original_exception, sqlite3.IntegrityError
        ):
            raise CasebookDamaged(address=place, reason=context.original_exception) from context.original_exception


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn the write-ahead log on; SQLite refuses this at once, not waiting, while another process opens the file."""
    deadline = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _prepare_sqlite(engine: Engine) -> None:
    """WAL, a busy timeout, and transactions that take the write lock when they begin."""

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy's own BEGIN below, not the driver's
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        _write_ahead(connection)
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@cache
def forms() -> tuple[str, ...]:
    """Return the forms that this program knows, the newest first."""
    with as_file(files("graph.casebook.migrations")) as scripts:
        return tuple(one.revision for one in ScriptDirectory(str(scripts)).walk_revisions())


def form(connection: Connection) -> str | None:
    """Return the form of a casebook; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.scalar(text(_FORM))
    return None if found is None else str(found)


def migrate(engine: Engine, target: str = "head") -> None:
    """Bring a database to a form; what it holds stays.

    Raises:
        NewerForm: It has one that this program does not know.
    """
    with as_file(files("graph.casebook.migrations")) as scripts, engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
        now = form(connection)
        if now is not None and now not in forms():
            raise NewerForm(form=now)
        if now == forms()[0]:  # the usual case, and Alembic takes a while
            return
        config = Config()
        config.set_main_option("script_location", str(scripts))
        config.attributes["connection"] = connection
        command.upgrade(config, target)


def make_engine(place: Path | URL) -> Engine:
    """Return the engine of a casebook's database, as it is.

    Raises:
        NoDriver: The driver of PostgreSQL is not installed.
    """
    if isinstance(place, Path):
        engine = create_engine(URL.create("sqlite", database=str(place)))
        _prepare_sqlite(engine)
    else:
        try:
            engine = create_engine(place, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_SECONDS})
        except ImportError as error:
            raise NoDriver from error
    _explain(engine, place)
    return engine
