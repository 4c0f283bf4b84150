"""Watching processes for what must never happen: a connection off this machine, or asking where one would go.

Python loads `sitecustomize` at start, in every child too; its audit hook writes each address to a file.
"""

import os
from pathlib import Path

_HOOK = """
import os
import sys

_LOG = os.environ["WATCH_OUTSIDE"]
_LOCAL = ("127.", "::1", "localhost", "0.0.0.0", "::")


def _hook(event, args):
    if event == "socket.connect" and isinstance(args[1], tuple):
        host = str(args[1][0])
    elif event == "socket.getaddrinfo" and args[0] is not None:
        host = args[0].decode() if isinstance(args[0], bytes) else str(args[0])
    else:
        return
    if not host.startswith(_LOCAL):
        with open(_LOG, "a", encoding="utf-8") as log:
            log.write(f"{event} {host}\\n")


sys.addaudithook(_hook)
"""


class Watch:
    """What some processes asked for outside this machine.

    Args:
        folder: Receives the hook and its log.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        (folder / "sitecustomize.py").write_text(_HOOK, encoding="utf-8")
        self._log = folder / "outside.log"
        path = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH", ""))))
        self.environment = {"PYTHONPATH": path, "WATCH_OUTSIDE": str(self._log)}

    def asked(self) -> list[str]:
        """Return every address off this machine, in the order in which it was asked for."""
        return self._log.read_text(encoding="utf-8").splitlines() if self._log.exists() else []
