"""Taking facts back: `retract` hides and can be undone, `purge` destroys and leaves only a record."""

from pathlib import Path

import pyarrow as pa

from graph.errors import ShenwaError
from graph.ledger.ledger import Ledger, now
from graph.ledger.schema import TABLES, UNIT_TABLES


class NothingToWithdraw(ShenwaError):
    """The named document or run is not in the ledger, or is already in the state asked for."""

    zh = "没有可处理的对象:{target}({zh})"
    en = "nothing to withdraw: {target} ({en})"


def _is_retracted(ledger: Ledger, kind: str, target: str) -> bool:
    rows = ledger.rows("retractions", ("kind", "target", "seq", "undone"))
    mine = {int(str(row["seq"])): row["undone"] for row in rows if row["kind"] == kind and row["target"] == target}
    return bool(mine) and not mine[max(mine)]


def kind_of(ledger: Ledger, target: str) -> str:
    """Tell whether an identifier names a committed document (`doc`) or a run (`run`).

    Raises:
        NothingToWithdraw: Neither is known.
    """
    for kind in ("doc", "run"):
        rows = ledger.rows("filings", (kind,))
        if any(row[kind] == target for row in rows):
            return kind
    raise NothingToWithdraw(
        target=target, zh="账本中没有这份材料或这次导入", en="no such document or run in the ledger"
    )


def retract(ledger: Ledger, target: str, reason: str, *, undo: bool = False) -> str:
    """Hide a document's or a run's facts, or show them again.

    Args:
        ledger: The ledger; the caller holds the workspace lock.
        target: A document (12 hex) or a run.
        reason: Why, in the words of the person who decided.
        undo: Take the retraction back.

    Returns:
        `doc` or `run`, what the target was.

    Raises:
        NothingToWithdraw: The target is unknown, or already retracted (or not retracted, for `undo`).
    """
    kind = kind_of(ledger, target)
    if _is_retracted(ledger, kind, target) != undo:
        zh, en = ("它并未被撤回", "it is not retracted") if undo else ("它已被撤回", "it is retracted already")
        raise NothingToWithdraw(target=target, zh=zh, en=en)
    row = {"kind": kind, "target": target, "reason": reason, "undone": undo, "seq": ledger.next_seq(), "at": now()}
    ledger.append("retractions", pa.Table.from_pylist([row], schema=TABLES["retractions"]))
    return kind


def purge(ledger: Ledger, doc: str, reason: str, originals: Path, caches: Path) -> None:
    """Destroy a document: its facts are rewritten away, its bytes deleted; hash and reason stay.

    The record is written first, so that a killed purge is seen and finished by running it again. Backups are not
    touched; the caller says so.

    Raises:
        NothingToWithdraw: The document is unknown.
    """
    known = [row for row in ledger.rows("documents", ("doc", "sha256")) if row["doc"] == doc]
    recorded = [row for row in ledger.rows("purges", ("doc", "sha256")) if row["doc"] == doc]
    if not known and not recorded:
        raise NothingToWithdraw(target=doc, zh="账本中没有这份材料", en="no such document in the ledger")
    if not recorded:
        row = {"doc": doc, "sha256": known[0]["sha256"], "reason": reason, "seq": ledger.next_seq(), "at": now()}
        ledger.append("purges", pa.Table.from_pylist([row], schema=TABLES["purges"]))
    for name in UNIT_TABLES:
        ledger.erase(name, doc)
    for folder in (originals, caches):
        for path in folder.glob(f"{doc}*"):
            path.unlink()
