"""The one place where the environment (`SHENWA_*`) is read; a malformed value is an error, never a default."""

from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import ShenwaError

PREFIX = "SHENWA_"
CASEBOOK_SCHEME = "postgresql+psycopg"
GRAPH_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


class BadSetting(ShenwaError):
    """An environment variable holds something that cannot be used."""

    zh = "环境变量 {name} 的值「{value}」不能使用:{zh}"
    en = "the environment variable {name} has an unusable value '{value}': {en}"


EXPECTED = {
    "lang": ("只能是 zh 或 en", "it must be zh or en"),
    "graph": (
        f"应为 {'、'.join(GRAPH_SCHEMES)} 之一开头且带主机名的地址,口令不得写在地址里",
        f"it must be an address with a host that starts with one of {', '.join(GRAPH_SCHEMES)}, and without a password",
    ),
    "casebook": (
        f"应为 {CASEBOOK_SCHEME}://用户@主机/库名,口令不得写在地址里",
        f"it must look like {CASEBOOK_SCHEME}://user@host/database, without a password",
    ),
    "session_minutes": ("应为 1 到 720 之间的整数", "it must be a whole number from 1 to 720"),
}
# A password that was written into an address is not repeated on the screen.
_ADDRESSES = ("graph", "casebook")
OTHERWISE = ("格式不对", "it is malformed")


class Settings(BaseSettings):
    """What the environment says.

    Attributes:
        home: The workspace folder.
        lang: Language of sentences to the user.
        graph: Address of a Neo4j server; empty for the embedded engine.
        graph_user: Name to log in with.
        graph_password_file: File whose first line is the password; no login when absent.
        graph_database: Name of the dedicated database; the server's default when empty.
        casebook: Address of a PostgreSQL database for the casebook; empty for SQLite in the workspace.
        casebook_password_file: File whose first line is its password; none is sent when absent.
        session_minutes: A login ends after this many minutes without a click.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", env_ignore_empty=True)

    home: Path = Field(default=Path(".shenwa"))
    lang: Literal["zh", "en"] = "zh"
    graph: str = ""
    graph_user: str = "neo4j"
    graph_password_file: Path | None = None
    graph_database: str = ""
    casebook: str = ""
    casebook_password_file: Path | None = None
    session_minutes: int = Field(default=30, ge=1, le=720)

    @field_validator("graph")
    @classmethod
    def _address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in GRAPH_SCHEMES or not parts.hostname or parts.password is not None):
            raise ValueError(value)
        _ = parts.port  # raises ValueError when it is not a number
        return value

    @field_validator("casebook")
    @classmethod
    def _database(cls, value: str) -> str:
        parts = urlsplit(value)
        asked = parse_qs(parts.query)
        whole = parts.scheme == CASEBOOK_SCHEME and (parts.hostname or "host" in asked) and parts.path.strip("/")
        if value and (not whole or parts.password is not None or "password" in asked):
            raise ValueError(value)
        _ = parts.port
        return value


def read_settings() -> Settings:
    """Read the environment.

    Raises:
        BadSetting: A value is malformed; names the first variable.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        zh, en = EXPECTED.get(name, OTHERWISE)
        hidden = name in _ADDRESSES and ("@" in str(first["input"]) or "password" in str(first["input"]))
        shown = "…" if hidden else first["input"]
        raise BadSetting(name=f"{PREFIX}{name.upper()}", value=shown, zh=zh, en=en) from error
