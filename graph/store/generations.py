"""The files of the embedded graph: generations, the pointer to the one that readers see, and clearing up."""

import re
import shutil
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from graph.projection.tables import Canonical
from graph.store.base import Version
from graph.workspace import disk_full_told, replace_text

POINTER = "CURRENT"
# Written last into a generation's folder; what does not fit it is not whole.
SEAL = "graph.json"
KEPT = 2
_NAME = re.compile(r"gen-(\d+)(?:\.kgl.*)?")


class _Seal(BaseModel):
    """What a whole generation looks like: the size of its graph file in bytes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    bytes: int


class Generations:
    """The folder `graph/`: `gen-N.kgl`, beside each the tables it was made from (`gen-N/`), and `CURRENT`."""

    def __init__(self, folder: Path, engine: str) -> None:
        self.folder = folder
        self.engine = engine

    def graph(self, number: int) -> Path:
        """Return the graph file of a generation."""
        return self.folder / f"gen-{number}.kgl"

    def tables(self, number: int) -> Canonical:
        """Return the tables that a generation was made from."""
        return Canonical(self.folder / f"gen-{number}")

    def current(self) -> Version | None:
        """Return the version that readers see; None when there is none, or it is foreign or not whole."""
        try:
            found = Version.model_validate_json((self.folder / POINTER).read_text(encoding="utf-8"))
            seal = _Seal.model_validate_json(self._seal(found.generation).read_text(encoding="utf-8"))
            whole = self.graph(found.generation).stat().st_size == seal.bytes
        except (OSError, UnicodeDecodeError, ValidationError):
            return None
        return found if whole and found.engine == self.engine else None

    def _seal(self, number: int) -> Path:
        return self.folder / f"gen-{number}" / SEAL

    def _numbers(self) -> set[int]:
        if not self.folder.is_dir():
            return set()
        matches = [_NAME.fullmatch(path.name) for path in self.folder.iterdir()]
        return {int(match.group(1)) for match in matches if match}

    def next_number(self) -> int:
        """Return a number that no file bears, not even one left by a killed writer."""
        current = self.current()
        return max({0, current.generation if current else 0} | self._numbers()) + 1

    def keep(self, number: int, tables: Canonical) -> None:
        """Copy the tables beside a saved graph file and seal the generation; readers do not see it yet.

        Raises:
            DiskFull: No room.
        """
        target = self.folder / f"gen-{number}"
        with disk_full_told(target):
            shutil.copytree(tables.folder, target, dirs_exist_ok=True)
        replace_text(target / SEAL, _Seal(bytes=self.graph(number).stat().st_size).model_dump_json())

    def publish(self, version: Version) -> None:
        """Point readers to a sealed generation, then remove all but the newest ones."""
        replace_text(self.folder / POINTER, version.model_dump_json())
        self.sweep(version.generation)

    def sweep(self, current: int) -> None:
        """Remove generations older than the last ones and what a killed writer left; nothing that readers see.

        A file that cannot be removed (open, on Windows) is left for the next time.
        """
        whole = sorted(number for number in self._numbers() if number <= current and self._seal(number).is_file())
        kept = set(whole[-KEPT:]) | {current}
        for path in sorted(self.folder.iterdir()):
            match = _NAME.fullmatch(path.name)
            if match is None or int(match.group(1)) in kept:
                continue
            with suppress(OSError):
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()

    def condemn(self, number: int) -> None:
        """Break the seal of a generation that cannot be loaded, so that the next apply makes it anew."""
        with suppress(OSError):
            self._seal(number).unlink()
