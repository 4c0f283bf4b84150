"""The canonical tables that a server was last given: kept in the workspace, since a server keeps no tables."""

import shutil
from contextlib import suppress
from pathlib import Path

from graph.projection.tables import Canonical
from graph.workspace import disk_full_told, replace_text

NAME = "applied-neo4j"
TOKEN = "token"


class AppliedTables:
    """`applied-neo4j/`, and while an apply is under way beside it `.next` (its tables) and `.old` (those before).

    Each folder bears a token, and so does the database: only tables whose token the database names are believed.
    """

    def __init__(self, folder: Path) -> None:
        self.current = folder / NAME
        self._next = folder / f"{NAME}.next"
        self._old = folder / f"{NAME}.old"

    @staticmethod
    def _token(folder: Path) -> str | None:
        try:
            found = (folder / TOKEN).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None
        tables = Canonical(folder)
        whole = all(path.is_file() for path in (tables.nodes, tables.edges, tables.evidence, tables.filings))
        return found if whole else None

    def is_current(self, token: str) -> bool:
        """Tell whether the tables of a token are those that readers of tables see."""
        return self._token(self.current) == token

    def find(self, token: str) -> Canonical | None:
        """Return the tables that bear a token, wherever a killed apply left them."""
        for folder in (self.current, self._next, self._old):
            if self._token(folder) == token:
                return Canonical(folder)
        return None

    def prepare(self, tables: Canonical, token: str) -> None:
        """Copy the tables of an apply that is about to start.

        Raises:
            DiskFull: No room.
        """
        shutil.rmtree(self._next, ignore_errors=True)
        with disk_full_told(self._next):
            self._next.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(tables.folder, self._next)
        replace_text(self._next / TOKEN, token)

    def swap(self, token: str) -> None:
        """Make the prepared tables the current ones, once the last batch was sent; nothing to do when they are."""
        if self.is_current(token):
            return
        shutil.rmtree(self._old, ignore_errors=True)
        with suppress(FileNotFoundError):
            self.current.replace(self._old)
        self._next.replace(self.current)
        shutil.rmtree(self._old, ignore_errors=True)
