"""A real PostgreSQL server for tests, from the distribution's package: a private cluster on a port of its own."""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.support.neo4j_server import free_port

# Takes a moment to load: only tests that use a server pay for it.
if TYPE_CHECKING:
    from sqlalchemy import URL

DEBIAN = Path("/usr/lib/postgresql")
USER, PASSWORD = "shenwa", "nur-zum-testen"
ACCOUNTS = ("postgres", "nobody")
# Nothing of a test has to survive a power cut.
QUICK = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "shared_buffers": "16MB"}


def binaries() -> Path | None:
    """Return the folder with `initdb` and `pg_ctl`, the newest version; None when there is none."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    other = shutil.which("initdb")
    return Path(other).parent if other else None


def account() -> str | None:
    """Return the account that runs the server where the tests run as root, which PostgreSQL refuses to."""
    names = {one.pw_name for one in pwd.getpwall()}
    return next((name for name in ACCOUNTS if name in names), None)


def missing() -> str | None:
    """Return what a server would lack on this machine, or None."""
    if binaries() is None:
        return "initdb"
    return "an unprivileged account" if os.geteuid() == 0 and account() is None else None


class PostgresServer:
    """One cluster; `database` makes an empty database in it."""

    def __init__(self) -> None:
        found = binaries()
        assert found is not None
        self._binaries = found
        self.port = free_port()
        self._account = account() if os.geteuid() == 0 else None
        # Not below pytest's own folder, which no other account may enter.
        self._folder = Path(tempfile.mkdtemp(prefix="shenwa-postgres-"))
        self.data = self._folder / "data"

    def _run(self, program: str, *arguments: str) -> str:
        command = [str(self._binaries / program), *arguments]
        done = subprocess.run(
            command,
            user=self._account,
            group=None if self._account is None else pwd.getpwnam(self._account).pw_gid,
            extra_groups=None if self._account is None else [],
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "PGPASSWORD": PASSWORD},
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{program}: {done.stdout}"
        return done.stdout

    def start(self) -> None:
        """Start the server."""
        own = {"listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": self._folder}
        options = " ".join(f"-c {name}={value}" for name, value in {**QUICK, **own}.items())
        self._run("pg_ctl", "-D", str(self.data), "-l", str(self._folder / "log"), "-w", "-o", options, "start")

    def stop(self) -> None:
        """Stop the server at once; connections break."""
        self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop")

    def __enter__(self) -> Self:
        """Make the cluster and start it."""
        if self._account is not None:
            shutil.chown(self._folder, self._account)
        word = self._folder / "word"
        word.write_text(PASSWORD, encoding="utf-8")
        word.chmod(0o644)
        self._run(
            *("initdb", "-D", str(self.data), "-U", USER, "-A", "scram-sha-256", f"--pwfile={word}"),
            *("-E", "UTF8", "--no-sync", "--locale=C"),
        )
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the server and leave nothing."""
        try:
            self.stop()
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def address(self, name: str, *, password: bool = True) -> "URL":
        """Return the address of a database."""
        from sqlalchemy import URL

        word = PASSWORD if password else None
        return URL.create("postgresql+psycopg", USER, word, "127.0.0.1", self.port, name)

    def database(self) -> "URL":
        """Make an empty database and return its address."""
        name = f"t{secrets.token_hex(6)}"
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", USER, name)
        return self.address(name)
