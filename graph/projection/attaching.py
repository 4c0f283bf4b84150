"""What texts say of ties that are on record: a source more of the recorded edge, a denial beside it, or a doubt.

Works on the table `mine`, the ties of one type with the `eid` that each would have on its own. A tie of a text is
turned to the edge on record that it speaks of; when it may speak of several, it goes to `possible_duplicates` and
counts nowhere. What denies a tie is turned to every edge that it may speak of, and is dropped where there is none.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa

from graph.model import RelationType
from graph.projection.agreeing import Side, agree, which
from graph.projection.typed import typed

_DUPLICATES = """
CREATE OR REPLACE TEMP TABLE possible_duplicates (
    type VARCHAR, source VARCHAR, target VARCHAR, props VARCHAR, doc VARCHAR, locator VARCHAR, method VARCHAR,
    confidence DOUBLE, claim VARCHAR, speaker VARCHAR, valid_from DATE, age BIGINT, identity VARCHAR);
"""
# What a text tells of without a number, and what may be one of several on record: until a person says which, or none.
_DOUBTFUL = """
CREATE OR REPLACE TEMP TABLE doubtful_events AS
    SELECT a.id FROM ledger_queue q JOIN members a ON a.entity_key = q.a JOIN members b ON b.entity_key = q.b
    LEFT JOIN told_apart t ON (t.a = q.a AND t.b = q.b) OR (t.a = q.b AND t.b = q.a)
    WHERE q.reason = 'possible_duplicate' AND t.a IS NULL
    GROUP BY a.id HAVING NOT bool_or(a.id = b.id);
"""
_KEEP = """
INSERT INTO possible_duplicates
    SELECT type, source, target, props, doc, locator, method, confidence, claim, speaker, valid_from, age, identity
    FROM mine WHERE row_id IN (SELECT row_id FROM doubted_rows);
"""
_TURN = """
CREATE OR REPLACE TEMP TABLE mine AS
    SELECT m.* FROM mine m
    WHERE m.row_id NOT IN (SELECT row_id FROM turned_rows) AND m.row_id NOT IN (SELECT row_id FROM doubted_rows)
    UNION ALL
    SELECT m.* REPLACE (t.eid AS eid, t.source AS source, t.target AS target)
    FROM mine m JOIN turned_rows t USING (row_id) WHERE t.eid IS NOT NULL;
"""
_EITHER_WAY = ("KIN", "ASSOC")
_TURNED = pa.schema(
    [("row_id", pa.int64()), ("eid", pa.string()), ("source", pa.string()), ("target", pa.string())]
)
_DOUBTED = pa.schema([("row_id", pa.int64())])

Ends = tuple[str, str]


@dataclass(frozen=True)
class _Row:
    number: int
    side: Side
    ends: Ends
    told: bool
    against: bool


def _rows(connection: duckdb.DuckDBPyConnection, relation: RelationType) -> tuple[list[_Row], dict[Ends, str]]:
    """Return the rows of texts and those on record between the same ends, with the name of what is at the end."""
    names = [name for name in relation.identity if name != "from"]
    values = ", ".join(
        f"{typed(relation.properties[name].type, name)}::VARCHAR AS v{at}" for at, name in enumerate(names)
    )
    pair = "(least(source, target), greatest(source, target))"
    found = connection.execute(
        f"""SELECT row_id, eid, source, target, valid_from, valid_to, told(locator), against(claim), n.name
                   {", " + values if values else ""}
        FROM mine LEFT JOIN names n ON n.id = mine.target
        WHERE {pair} IN (SELECT {pair} FROM mine WHERE told(locator)) ORDER BY row_id"""
    ).fetchall()
    rows, units = [], {}
    for number, eid, source, target, start, end, told, against, unit, *said in found:
        side = Side(str(eid), dict(zip(names, said, strict=True)), _day(start), _day(end))
        rows.append(_Row(int(number), side, (str(source), str(target)), bool(told), bool(against)))
        units[(str(source), str(target))] = str(unit or "")
    return rows, units


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _key(relation: RelationType, ends: Ends) -> Ends:
    return (min(ends), max(ends)) if relation.name in _EITHER_WAY else ends


def attach(connection: duckdb.DuckDBPyConnection, relation: RelationType) -> None:
    """Turn the ties of texts in `mine` to the edges that they speak of; see the module.

    Args:
        connection: With `mine` (columns of `ties`, `eid`, `row_id`), `names` and `possible_duplicates`.
        relation: The type of the ties.
    """
    rows, units = _rows(connection, relation)
    recorded: dict[Ends, dict[str, tuple[Side, Ends]]] = defaultdict(dict)
    for row in rows:
        if not row.told and not row.against:
            recorded[_key(relation, row.ends)].setdefault(row.side.eid, (row.side, row.ends))
    known = {key: dict(sides) for key, sides in recorded.items()}
    doubtful = {str(id_) for (id_,) in connection.execute("SELECT id FROM doubtful_events").fetchall()}
    alone: list[_Row] = []
    turned: list[dict[str, object]] = []
    doubted: list[dict[str, object]] = []

    def turn(row: _Row, eid: str, ends: Ends) -> None:
        turned.append({"row_id": row.number, "eid": eid, "source": ends[0], "target": ends[1]})

    for row in (row for row in rows if row.told and not row.against):
        key = _key(relation, row.ends)
        sides = recorded.get(key, {})
        found = which(relation.name, row.side, [side for side, _ in sides.values()], units[row.ends])
        if doubtful.intersection(row.ends):
            doubted.append({"row_id": row.number})
        elif len(found) == 1:
            turn(row, found[0], sides[found[0]][1])
        elif found:
            doubted.append({"row_id": row.number})
        else:
            alone.append(row)
    # Of two texts one may leave out what the other says: first those that say most.
    for row in sorted(alone, key=lambda one: (-one.side.stated, one.side.eid, one.number)):
        sides = known.setdefault(_key(relation, row.ends), {})
        fuller = [(side, ends) for side, ends in sides.values() if row.side.within(side)]
        if row.side.eid not in sides and len(fuller) == 1:
            turn(row, fuller[0][0].eid, fuller[0][1])
        elif row.side.eid not in sides and fuller:
            doubted.append({"row_id": row.number})
        else:
            sides.setdefault(row.side.eid, (row.side, row.ends))
    for row in (row for row in rows if row.against):
        sides = known.get(_key(relation, row.ends), {})
        meant = [one for one in sides.values() if agree(relation.name, row.side, one[0], units[row.ends])]
        for side, ends in meant:
            turn(row, side.eid, ends)
        if not meant:
            turned.append({"row_id": row.number, "eid": None, "source": None, "target": None})
    connection.register("turned_rows", pa.Table.from_pylist(turned, schema=_TURNED))
    connection.register("doubted_rows", pa.Table.from_pylist(doubted, schema=_DOUBTED))
    connection.execute(_KEEP)
    connection.execute(_TURN)


def find_doubtful(connection: duckdb.DuckDBPyConnection) -> None:
    """Create `possible_duplicates`, empty, and `doubtful_events`; needs `members`, `ledger_queue` and `told_apart`."""
    connection.execute(_DUPLICATES)
    connection.execute(_DOUBTFUL)
