"""From machine links and judgements to canonical ids: every record of an entity under its strongest, smallest key."""

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from graph.keys import KEY_KINDS
from graph.projection.groups import Said, weigh

# Links that hang together with a judgement, or form chains, are worked out one by one; the rest are plain stars, and
# there may be a million of them.
_LINKS = """
CREATE OR REPLACE TEMP TABLE links AS
    SELECT DISTINCT entity_key, canonical, probability, method FROM ledger_clusters
    WHERE entity_key IN (SELECT entity_key FROM known) AND canonical IN (SELECT entity_key FROM known)
      AND entity_key <> canonical;
CREATE OR REPLACE TEMP TABLE special AS
    SELECT unnest($judged::VARCHAR[]) AS key
    UNION SELECT entity_key FROM links WHERE entity_key IN (SELECT canonical FROM links)
    UNION SELECT entity_key FROM links GROUP BY entity_key HAVING count(DISTINCT canonical) > 1;
"""
_GROW = """
INSERT INTO special
    SELECT DISTINCT key FROM (
        SELECT unnest([entity_key, canonical]) AS key FROM links
        WHERE entity_key IN (SELECT key FROM special) OR canonical IN (SELECT key FROM special))
    WHERE key NOT IN (SELECT key FROM special);
"""
_TANGLED = """
SELECT entity_key, canonical FROM links WHERE entity_key IN (SELECT key FROM special)
ORDER BY probability DESC, method, entity_key, canonical
"""
_GROUPS = """
CREATE OR REPLACE TEMP TABLE grouped AS
    SELECT entity_key, root, machine FROM tangled_groups
    UNION ALL
    SELECT entity_key, canonical, canonical FROM links WHERE entity_key NOT IN (SELECT key FROM special)
    UNION
    SELECT canonical, canonical, canonical FROM links WHERE canonical NOT IN (SELECT key FROM special);
CREATE OR REPLACE TEMP TABLE canonical_ids AS
    SELECT entity_key, first(entity_key ORDER BY rank, entity_key) OVER (PARTITION BY root) AS id,
           first(entity_key ORDER BY rank, entity_key) OVER (PARTITION BY machine) AS machine_id
    FROM (SELECT g.*, key_rank(k.key_kind) AS rank FROM grouped g JOIN known k USING (entity_key));
"""
_SCHEMA = pa.schema([("entity_key", pa.string()), ("root", pa.string()), ("machine", pa.string())])
_KINDS = ", ".join(f"'{kind}'" for kind in KEY_KINDS)
_RANK = f"CREATE OR REPLACE MACRO key_rank(kind) AS coalesce(list_position([{_KINDS}], kind), {len(KEY_KINDS)});"


def _worked_out(links: list[tuple[str, str]], said: Sequence[Said]) -> pa.Table:
    """Return key, root of its entity, and root of what machines alone would make of it."""
    sayings, machine = weigh(said), weigh([one for one in said if not one[2].joins])
    keys = {key for link in links for key in link} | {key for a, b, _ in said for key in (a, b)}
    for one, other in links:
        sayings.groups.join(one, other)
        machine.groups.join(one, other)
    rows = [
        {"entity_key": key, "root": sayings.groups.root(key), "machine": machine.groups.root(key)}
        for key in sorted(keys)
    ]
    return pa.Table.from_pylist(rows, schema=_SCHEMA)


def join_records(connection: duckdb.DuckDBPyConnection, said: Sequence[Said]) -> None:
    """Create `canonical_ids` (entity_key, id, machine_id), `judged_same` (entity_key), `told_apart` (a, b) and `links`.

    A key that is joined to nothing has no row. `machine_id` is the id that the key would have without any judgement
    that joins.

    Args:
        connection: With `known` (entity_key, key_kind) and `ledger_clusters`.
        said: Judgements in force.
    """
    judged = sorted({key for a, b, _ in said for key in (a, b)})
    links, special = (part for part in _LINKS.split(";\n") if part.strip())
    connection.execute(_RANK)
    connection.execute(links)
    connection.execute(special, {"judged": judged})
    while _grown(connection):
        pass
    tangled = connection.execute(_TANGLED).fetchall()
    connection.register("tangled_groups", _worked_out(tangled, said))
    connection.execute(_GROUPS)
    together = pa.table({"entity_key": pa.array(sorted(weigh(said).joined), pa.string())})
    connection.register("judged_same", together)
    apart = [(a, b) for a, b, verdict in said if verdict.parts]
    told = {"a": pa.array([a for a, _ in apart], pa.string()), "b": pa.array([b for _, b in apart], pa.string())}
    connection.register("told_apart", pa.table(told))


def _grown(connection: duckdb.DuckDBPyConnection) -> bool:
    row = connection.execute(_GROW).fetchone()
    return row is not None and row[0] > 0
