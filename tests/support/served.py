"""A running explorer over a workspace, as a child process."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

from tests.support.neo4j_server import free_port

READY_SECONDS = 60
STOP_SECONDS = 20


class Served:
    """`shenwa app` on a loopback port of its own."""

    def __init__(self, workspace: Path, **environment: str) -> None:
        self.workspace = workspace
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        command = (sys.executable, "-m", "shenwa", "--workspace", str(workspace), "app", "--headless", "--port")
        cleaned = {name: value for name, value in os.environ.items() if not name.startswith("SHENWA_")}
        self._log = (workspace.parent / f"app-{self.port}.log").open("wb")
        self._process = subprocess.Popen(
            [*command, str(self.port)], env={**cleaned, **environment}, stdout=self._log, stderr=subprocess.STDOUT
        )

    def __enter__(self) -> Self:
        """Wait until it answers."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.1)
        self.__exit__()
        raise AssertionError("the explorer did not come up")

    def __exit__(self, *_: object) -> None:
        """Stop it as a user would."""
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()
