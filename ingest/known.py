"""What the ledger already holds, so that a repeated or continued import does only what is new."""

import json
from dataclasses import dataclass

from graph.errors import ShenwaError
from graph.ledger.ledger import Ledger


class DocumentCollision(ShenwaError):
    """Two different files share the first 12 hex of their SHA-256."""

    zh = "两份不同的文件短标识相同({doc}),请与维护人员联系:{path}"
    en = "two different files share the short id {doc}: {path}"


@dataclass(frozen=True)
class Known:
    """Committed documents and filings, and what was withdrawn.

    Attributes:
        documents: Document -> full SHA-256.
        filings: Document -> paths and cases under which it was filed.
        hiding: Texts in which the name of a reporter is hidden; a path may hold it too.
        withdrawn: Documents or runs that are retracted now.
        purged: Documents that were destroyed by order.
        runs: Document -> runs that filed it.
    """

    documents: dict[str, str]
    filings: dict[str, frozenset[tuple[str, str | None]]]
    hiding: frozenset[str]
    withdrawn: frozenset[str]
    purged: frozenset[str]
    runs: dict[str, frozenset[str]]

    def is_withdrawn(self, doc: str) -> bool:
        """Tell whether a document's facts are hidden by a retraction of it or of every run that filed it."""
        runs = self.runs.get(doc, frozenset())
        return doc in self.withdrawn or (bool(runs) and runs <= self.withdrawn)

    def check(self, doc: str, sha: str, path: str) -> None:
        """Raise `DocumentCollision` when the short id already means another file."""
        if self.documents.get(doc, sha) != sha:
            raise DocumentCollision(doc=doc, path=path)


def read_known(ledger: Ledger) -> Known:
    """Read what is committed and not withdrawn."""
    units = {row["unit"] for row in ledger.rows("commits", ("unit",))}
    columns = ("doc", "sha256", "unit", "kind", "layout")
    documents = [row for row in ledger.rows("documents", columns) if row["unit"] in units]
    filings = [row for row in ledger.rows("filings", ("doc", "path", "case", "run", "unit")) if row["unit"] in units]
    newest: dict[str, tuple[int, bool]] = {}
    for row in ledger.rows("retractions", ("target", "seq", "undone")):
        target, seq = str(row["target"]), int(str(row["seq"]))
        if seq > newest.get(target, (0, False))[0]:
            newest[target] = (seq, bool(row["undone"]))
    runs: dict[str, set[str]] = {}
    places: dict[str, set[tuple[str, str | None]]] = {}
    for row in filings:
        runs.setdefault(str(row["doc"]), set()).add(str(row["run"]))
        case = None if row["case"] is None else str(row["case"])
        places.setdefault(str(row["doc"]), set()).add((str(row["path"]), case))
    texts = [row for row in documents if row["kind"] == "text"]
    return Known(
        documents={str(row["doc"]): str(row["sha256"]) for row in documents},
        filings={doc: frozenset(found) for doc, found in places.items()},
        hiding=frozenset(str(row["doc"]) for row in texts if json.loads(str(row["layout"]))["hidden"]),
        withdrawn=frozenset(target for target, (_, undone) in newest.items() if not undone),
        purged=frozenset(str(row["doc"]) for row in ledger.rows("purges", ("doc",))),
        runs={doc: frozenset(found) for doc, found in runs.items()},
    )
