"""Sources of a workspace read again from their original bytes, for quotes and for the re-read check."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from app.services.context import Context
from app.services.importing import mappings
from graph.duck import connect
from graph.errors import ShenwaError
from graph.keys import UNRESOLVED
from graph.ledger.visible import FOLDER, attach_live
from graph.projection.tables import Canonical
from ingest.rereading import Originals, RowKey, parse_locator
from ingest.rereading import Restated as Stated
from ingest.texts.passages import is_span
from ingest.texts.rereading import Texts
from queries.sources import Place, Quote, Restated

T = TypeVar("T")

# What a register may mean by a number, the likeliest first; as in the projection.
_BEARERS = ("Contract", "Tender", "Permit", "Lease", "Payment", "Benefit", "Lead", "Case")
_CANONICAL = """
SELECT k.key, coalesce(m.id, n.id) FROM (SELECT unnest($keys::VARCHAR[]) AS key) k
LEFT JOIN read_parquet($members) m ON m.entity_key = k.key LEFT JOIN read_parquet($nodes) n ON n.id = k.key
"""


class LedgerSources:
    """The `SourceReader` of a workspace.

    Args:
        context: Workspace.
        tables: The canonical tables that the hits come from.
    """

    def __init__(self, context: Context, tables: Canonical) -> None:
        self._tables = tables
        self._mappings = mappings(context)
        with connect() as connection:
            attach_live(connection, context.ledger)
            rows = connection.execute("SELECT doc, layout FROM live_documents WHERE kind <> 'text'").fetchall()
            self._folders: dict[str, list[str]] = defaultdict(list)
            for doc, key in connection.execute("SELECT doc, entity_key FROM folders ORDER BY ALL").fetchall():
                self._folders[str(doc)].append(str(key))
        self._layouts = {str(doc): str(layout) for doc, layout in rows if layout is not None}
        self._texts = Texts(context.ledger, context.workspace.originals)
        self._originals = Originals(context.workspace.originals, self._layouts, self._mappings)

    def _by_document(self, places: Iterable[Place]) -> dict[str, list[tuple[Place, RowKey]]]:
        found: dict[str, list[tuple[Place, RowKey]]] = defaultdict(list)
        for doc, locator in sorted(set(places)):
            if locator.startswith("r:") and doc in self._layouts:
                found[doc].append(((doc, locator), parse_locator(locator)))
        return found

    def _read(self, places: Iterable[Place], read: Callable[[str, list[RowKey]], dict[RowKey, T]]) -> dict[Place, T]:
        """Read document by document; what cannot be read (its original is gone) is left out."""
        found = {}
        for doc, wanted in self._by_document(places).items():
            try:
                rows = read(doc, [key for _, key in wanted])
            except (ShenwaError, KeyError):
                continue
            found.update({place: rows[key] for place, key in wanted if key in rows})
        return found

    def quotes(self, places: Iterable[Place]) -> dict[Place, Quote]:
        """Return the rows and passages at some places as people read them."""
        wanted = set(places)
        found = {place: Quote(None, text) for place, text in self._read(wanted, self._originals.quotes).items()}
        spans = [place for place in wanted if is_span(place[1])]
        self._texts.fetch(doc for doc, _ in spans)
        for doc, locator in spans:
            quote = self._texts.quote(doc, locator)
            if quote is not None:
                page, words = quote
                found[(doc, locator)] = Quote(None if page is None else str(page), words)
        return found

    def _restated(self, places: set[Place]) -> dict[Place, list[Stated]]:
        """Return what texts state at some places; a tie to the folder is one to each case it is filed in."""
        spans = [place for place in places if is_span(place[1])]
        stated = self._texts.restate(doc for doc, _ in spans)
        found: dict[Place, list[Stated]] = {}
        for doc, locator in spans:
            ties = stated.get(doc, {}).get(locator, [])
            found[(doc, locator)] = [
                replace(one, target_key=key)
                for one in ties
                for key in (self._folders.get(doc, []) if one.target_key == FOLDER else [one.target_key])
            ]
        return found

    def reread(self, places: Iterable[Place]) -> dict[Place, list[Restated]]:
        """Return what the rows and passages at some places state, with canonical ends."""
        wanted = set(places)
        stated = self._read(wanted, self._originals.restate) | self._restated(wanted)
        keys = {key for ties in stated.values() for one in ties for key in (one.source_key, one.target_key)}
        ids = self._canonical(keys)
        return {
            place: [
                Restated(
                    one.type,
                    ids.get(one.source_key),
                    ids.get(one.target_key),
                    one.valid_from,
                    one.valid_to,
                    one.props,
                )
                for one in ties
            ]
            for place, ties in stated.items()
        }

    def _canonical(self, keys: Iterable[str]) -> dict[str, str]:
        """Return canonical ids; a number (`Ref-…`) stands for whatever bears it."""
        wanted: dict[str, list[str]] = {}
        for key in keys:
            type_, _, rest = key.partition("-")
            wanted[key] = [f"{bearer}-{rest}" for bearer in _BEARERS] if type_ == UNRESOLVED else [key]
        places = {"members": str(self._tables.folder / "members.parquet"), "nodes": str(self._tables.nodes)}
        asked = sorted({one for several in wanted.values() for one in several})
        with connect() as connection:
            rows = connection.execute(_CANONICAL, {"keys": asked, **places}).fetchall()
        known = {str(key): str(id_) for key, id_ in rows if id_ is not None}
        return {
            key: next(known[one] for one in several if one in known)
            for key, several in wanted.items()
            if any(one in known for one in several)
        }

    @cached_property
    def _available(self) -> frozenset[str]:
        found = set()
        for layout in self._layouts.values():
            for table in json.loads(layout)["tables"]:
                mapping = self._mappings.get(table["register"])
                if mapping is not None:
                    found |= {mapping.zh} | {f"{mapping.zh}.{column}" for column in table["columns"]}
        return frozenset(found)

    def available(self) -> frozenset[str]:
        """Return the registers and columns that were imported: `投标`, `投标.标段编号`."""
        return self._available
