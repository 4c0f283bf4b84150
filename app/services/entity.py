"""One entity with everything known of it: facts with their sources, relations, documents."""

from dataclasses import dataclass

import duckdb
import orjson

from app.services.naming import Named, named
from app.services.neighbours import Tie, ties
from graph.errors import Lang
from graph.model import model

_PROPS = "SELECT props, degree, cases FROM seen_nodes WHERE id = $id"
_OTHERS = "SELECT entity_key FROM members WHERE id = $id ORDER BY entity_key"
# The newest first where there are dates; a page is asked for, never everything of a hub.
_TIES = """
SELECT eid FROM seen_edges WHERE (source = $id OR target = $id) AND ($type = '' OR type = $type)
ORDER BY type, coalesce(CAST(valid_from AS VARCHAR), props ->> '$.time', '') DESC, eid LIMIT $most OFFSET $offset
"""
_COUNTS = "SELECT type, count(*) FROM seen_edges WHERE source = $id OR target = $id GROUP BY type ORDER BY type"
_DOCUMENTS = """
SELECT DISTINCT f.doc, f.path FROM sources s JOIN visible_filings f ON f.doc = s.doc
WHERE s.eid = $id OR s.eid IN (SELECT eid FROM seen_edges WHERE source = $id OR target = $id) ORDER BY f.path LIMIT 500
"""


@dataclass(frozen=True)
class Fact:
    """One property with its name in the reader's language."""

    name: str
    value: str


@dataclass(frozen=True)
class Profile:
    """What a page shows of an entity besides its ties."""

    named: Named
    facts: tuple[Fact, ...]
    degree: int
    cases: int
    keys: tuple[str, ...]
    counts: dict[str, int]


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "✓" if value else "—"
    if isinstance(value, float):
        return f"{value:,.2f}".removesuffix(".00")
    return "、".join(str(one) for one in value) if isinstance(value, list) else str(value)


def profile(connection: duckdb.DuckDBPyConnection, one: Named, lang: Lang) -> Profile:
    """Return the facts of an entity, named in a language."""
    row = connection.execute(_PROPS, {"id": one.id}).fetchone()
    props, degree, cases = (orjson.loads(row[0]), int(row[1]), int(row[2])) if row else ({}, 0, 0)
    kinds = model().nodes[one.type].properties
    found = tuple(
        Fact(kinds[key].zh if lang == "zh" else kinds[key].en, _shown(value))
        for key, value in props.items()
        if key in kinds
    )
    keys = tuple(str(key) for (key,) in connection.execute(_OTHERS, {"id": one.id}).fetchall())
    counts = {str(type_): int(count) for type_, count in connection.execute(_COUNTS, {"id": one.id}).fetchall()}
    return Profile(one, found, degree, cases, keys, counts)


def page_of_ties(
    connection: duckdb.DuckDBPyConnection, one: Named, relation: str, most: int, offset: int = 0
) -> tuple[list[Tie], dict[str, Named]]:
    """Return a page of an entity's ties of one relation (all when empty), and who is at their ends."""
    bound = {"id": one.id, "type": relation, "most": most, "offset": offset}
    eids = [str(eid) for (eid,) in connection.execute(_TIES, bound).fetchall()]
    by_eid = {tie.eid: tie for tie in ties(connection, eids)}
    found = [by_eid[eid] for eid in eids if eid in by_eid]
    return found, named(connection, {id_ for tie in found for id_ in (tie.source, tie.target)})


def documents(connection: duckdb.DuckDBPyConnection, one: Named) -> list[tuple[str, str]]:
    """Return document and path of the files that tell of an entity."""
    return [(str(doc), str(path)) for doc, path in connection.execute(_DOCUMENTS, {"id": one.id}).fetchall()]
