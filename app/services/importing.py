"""Importing files and bringing the graph up to date, as one command or one button."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.services.context import Context
from app.services.refreshing import Refreshed, refresh
from graph.errors import BadUse
from ingest.importing import Places, Progress, import_paths
from ingest.options import ImportOptions
from ingest.registers.catalogue import catalogue
from ingest.registers.mapping import Mapping
from ingest.report import ImportReport
from ingest.resolve.resolving import OtherName


@dataclass(frozen=True)
class Imported:
    """The report of an import and, unless it was left out, of the refresh after it."""

    report: ImportReport
    refreshed: Refreshed | None


def mappings(context: Context) -> dict[str, Mapping]:
    """Return the registers known here: those that ship and those of the workspace."""
    return catalogue(context.workspace.path / "registers")


def run_import(
    context: Context, paths: Sequence[Path], options: ImportOptions, *, project: bool, progress: Progress
) -> Imported:
    """Import paths under the workspace lock.

    Args:
        context: Workspace and language.
        paths: Files or folders.
        options: What the user said of them.
        project: Bring the graph up to date afterwards.
        progress: Told files done, of how many, and the file at hand.

    Raises:
        BadUse: `options.register` is no register.
        NoSuchPath: A path does not exist.
        WorkspaceBusy: The lock is held and the user would not wait.
    """
    known = mappings(context)
    if options.register is not None and options.register not in known:
        raise BadUse(
            zh=f"没有这种登记表:{options.register};可用:{'、'.join(sorted(known))}",
            en=f"no such register: {options.register}; known: {', '.join(sorted(known))}",
        )
    with context.writing("import") as ledger:
        places = Places(ledger, context.workspace.originals, context.workspace.cache / "duckdb")
        places.temp.mkdir(parents=True, exist_ok=True)
        report = import_paths(places, known, paths, options, progress, context.stopped)
        refreshed = refresh(context, ledger) if project else None
    if refreshed is not None and refreshed.resolved is not None:
        _add_other_names(report, refreshed.resolved.other_names)
    return Imported(report, refreshed)


def _add_other_names(report: ImportReport, others: Sequence[OtherName]) -> None:
    files = {file.doc: file for file in report.files if file.state == "read"}
    for other in others:
        if other.doc not in files or not other.locator.startswith("r:"):
            continue
        sheet, mark, row = other.locator.removeprefix("r:").rpartition("!")
        facts = json.dumps({"value": other.name, "other": other.other}, ensure_ascii=False)
        place = {"sheet": sheet if mark else None, "row": int(row), "sheet_row": None, "column": None}
        fault: dict[str, object] = {"doc": other.doc, **place, "code": "id.other_name", "level": "warned"}
        fault |= {"facts": facts, "raw": None}
        files[other.doc].faults.append(fault)
