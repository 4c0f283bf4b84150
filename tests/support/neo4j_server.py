"""A real Neo4j Community server for tests and development, started from jars, without docker."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Self

REPOSITORY = Path(__file__).parents[2]
LIBRARY = REPOSITORY / ".neo4j" / "lib"
POM = REPOSITORY / "tools" / "neo4j" / "pom.xml"
READY_SECONDS = 120
STOP_SECONDS = 60

CONFIGURATION = """\
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.security.auth_enabled={auth}
dbms.security.allow_csv_import_from_file_urls=false
dbms.usage_report.enabled=false
db.transaction.timeout=30s
server.memory.heap.max_size=1g
server.memory.pagecache.size=256m
"""
OPENED = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch")


class NoServer(Exception):
    """Java, Maven or the jars are missing, or the server did not come up."""


def fetch_jars() -> None:
    """Copy the server's jars into `.neo4j/lib` with Maven; nothing happens when they are there.

    Raises:
        NoServer: Maven is not installed or failed.
    """
    if any(LIBRARY.glob("neo4j-5*.jar")):
        return
    maven = shutil.which("mvn")
    if maven is None:
        raise NoServer("Maven (mvn) is not installed")
    fetched = LIBRARY.with_name("lib.part")
    goals = ("dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={fetched}")
    if subprocess.run([maven, "-q", "-B", "-f", str(POM), *goals], check=False).returncode:
        raise NoServer("Maven could not fetch the server's jars")
    fetched.rename(LIBRARY)


def missing() -> str | None:
    """Return what a server would lack on this machine, or None."""
    if shutil.which("java") is None:
        return "Java 17 or later"
    if not any(LIBRARY.glob("neo4j-5*.jar")):
        return "the server's jars"
    return None


def free_port() -> int:
    """Return a loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Neo4jServer:
    """One server process with a home folder and a port of its own."""

    def __init__(self, home: Path, port: int | None = None, password: str | None = None) -> None:
        """Prepare a server.

        Args:
            home: Folder for configuration and data; created when absent.
            port: Loopback port; a free one when absent.
            password: Turns authentication on for the user `neo4j`; off when absent.
        """
        self.home = home
        self.port = port or free_port()
        self.password = password
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address that drivers connect to."""
        return f"bolt://127.0.0.1:{self.port}"

    def _java(self, main: str, *arguments: str) -> list[str]:
        opens = [f"--add-opens={one}=ALL-UNNAMED" for one in OPENED]
        return ["java", "-Xmx1g", *opens, "-cp", str(LIBRARY / "*"), main, *arguments]

    def start(self) -> Self:
        """Start the process and wait until it accepts connections.

        Raises:
            NoServer: Something is missing, or the server ended or stayed silent.
        """
        lacking = missing()
        if lacking:
            raise NoServer(lacking)
        conf = self.home / "conf"
        conf.mkdir(parents=True, exist_ok=True)
        auth = "true" if self.password else "false"
        (conf / "neo4j.conf").write_text(CONFIGURATION.format(port=self.port, auth=auth), encoding="utf-8")
        if self.password:
            self._set_password(conf, self.password)
        log = (self.home / "server.log").open("wb")
        home = (f"--home-dir={self.home}", f"--config-dir={conf}")
        command = self._java("org.neo4j.server.CommunityEntryPoint", *home)
        with log:
            self._process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, cwd=self.home)
        self._wait()
        return self

    def _set_password(self, conf: Path, password: str) -> None:
        command = self._java("org.neo4j.cli.AdminTool")
        environment = {**os.environ, "NEO4J_HOME": str(self.home), "NEO4J_CONF": str(conf)}
        done = subprocess.run(
            [*command, "dbms", "set-initial-password", password], env=environment, check=False, capture_output=True
        )
        if done.returncode:
            raise NoServer(f"the first password could not be set: {done.stderr.decode(errors='replace')}")

    def _wait(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            with socket.socket() as probe:
                probe.settimeout(1)
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.2)
        text = (self.home / "server.log").read_text(encoding="utf-8", errors="replace")
        self.stop()
        raise NoServer(f"the server did not come up: {text[-2000:]}")

    def wait(self) -> None:
        """Wait until the process ends by itself."""
        assert self._process is not None
        self._process.wait()

    def stop(self) -> None:
        """Stop the process; one that ignores the request is killed."""
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def __enter__(self) -> Self:
        """Start the server."""
        return self.start()

    def __exit__(self, *_: object) -> None:
        """Stop the server."""
        self.stop()
