"""Finding entities by name, former name, code or pinyin: plain for now, over the canonical tables.

A later index may replace what is inside `search`; its arguments and its lines stay.
"""

import re
from dataclasses import dataclass

import duckdb

from app.services.context import Context
from app.services.pinyin import match
from app.services.reading import Reading
from app.services.tables import open_tables
from graph.errors import BadUse
from graph.keys import fold

MOST = 1000
# A shorter part of a number says too little.
_LEAST_CODE = 4
_LATIN = re.compile(r"[a-z]{2,40}")

# Best first within one entity: the first line that fits names the reason.
_WHYS = {
    "id": 1.0,
    "code": 1.0,
    "name": 0.98,
    "former": 0.95,
    "alias": 0.95,
    "pinyin": 0.85,
    "name_start": 0.8,
    "code_start": 0.78,
    "initials": 0.75,
    "name_part": 0.7,
    "former_part": 0.65,
    "code_part": 0.6,
    "pinyin_part": 0.5,
}
_TEXTS = """
CREATE OR REPLACE TEMP VIEW texts AS
    SELECT id, type, name, cases, fold(name) AS folded, coalesce(fold(props ->> '$.code'), '') AS code,
           list_transform(coalesce(CAST(props -> '$.former' AS VARCHAR[]), []), lambda one: fold(one)) AS former,
           list_transform(coalesce(CAST(props -> '$.aliases' AS VARCHAR[]), []), lambda one: fold(one)) AS aliases,
           coalesce(props ->> '$.code', '') AS shown
    FROM seen_nodes;
"""
_PLAIN = f"""
SELECT id, type, name, shown, cases, CASE
    WHEN id = $text OR id IN (SELECT id FROM members WHERE entity_key = $text) THEN 'id'
    WHEN code = $q THEN 'code'
    WHEN folded = $q THEN 'name'
    WHEN list_contains(former, $q) THEN 'former'
    WHEN list_contains(aliases, $q) THEN 'alias'
    WHEN starts_with(folded, $q) THEN 'name_start'
    WHEN length($q) >= {_LEAST_CODE} AND starts_with(code, $q) THEN 'code_start'
    WHEN contains(folded, $q) THEN 'name_part'
    WHEN list_contains(list_transform(list_concat(former, aliases), lambda x: contains(x, $q)), true) THEN 'former_part'
    WHEN length($q) >= {_LEAST_CODE} AND contains(code, $q) THEN 'code_part'
    END AS why
FROM texts WHERE why IS NOT NULL
"""
_HAN = "SELECT id, type, name, shown, cases FROM texts WHERE regexp_matches(name, '[\u3400-\u9fff]')"
_CASES_IN_SCOPE = """
SELECT s.eid, count(DISTINCT f."case") FROM sources s JOIN visible_filings f USING (doc)
WHERE s.eid IN (SELECT unnest($ids::VARCHAR[])) GROUP BY s.eid
"""


@dataclass(frozen=True)
class Found:
    """One line of an answer; `why` is a key of the reasons above."""

    id: str
    type: str
    name: str
    code: str
    cases: int
    score: float
    why: str

    def to_json(self) -> dict[str, object]:
        """Return the line as JSON."""
        return {name: getattr(self, name) for name in ("id", "type", "name", "code", "cases", "score", "why")}


def _score(why: str, asked: int, name: str) -> float:
    """Whole words count fully; a part counts by how much of the name it is."""
    base = _WHYS[why]
    return round(base if base > 0.84 else base - 0.1 * (1 - min(1.0, asked / max(len(name), 1))), 4)


def _by_sound(connection: duckdb.DuckDBPyConnection, letters: str) -> list[Found]:
    found = []
    for id_, type_, name, code, cases in connection.execute(_HAN).fetchall():
        hit = match(letters, name)
        if hit is None:
            continue
        manner, first, last = hit
        why = "pinyin_part"
        if first and last and manner != "mixed":
            why = manner
        found.append(Found(id_, type_, name, code, cases, _score(why, len(letters), name), why))
    return found


def search(context: Context, reading: Reading, text: str, most: int = 50) -> list[Found]:
    """Find entities by a text.

    Args:
        context: For spilling.
        reading: The graph, within a scope; what is out of scope is neither found nor counted.
        text: Part of a name in Han, pinyin or initials, a former name, or (part of) a code.
        most: Return no more lines than this.

    Returns:
        Best first: by score, then the shorter name, then id.

    Raises:
        BadUse: The text is empty.
    """
    folded = fold(text)
    if not folded:
        raise BadUse(zh="请给出要查找的文字", en="say what to search for")
    best: dict[str, Found] = {}
    with open_tables(reading.tables, reading.scope) as connection:
        connection.execute(_TEXTS)
        given = {"q": folded, "text": text.strip()}
        for id_, type_, name, code, cases, why in connection.execute(_PLAIN, given).fetchall():
            best[id_] = Found(id_, type_, name, code, cases, _score(why, len(folded), name), why)
        letters = folded.lower()
        if _LATIN.fullmatch(letters):
            for one in _by_sound(connection, letters):
                if one.id not in best or best[one.id].score < one.score:
                    best[one.id] = one
        ordered = sorted(best.values(), key=lambda one: (-one.score, len(one.name), one.id))[:most]
        if reading.scope.everything:
            return ordered
        counts = dict(connection.execute(_CASES_IN_SCOPE, {"ids": [one.id for one in ordered]}).fetchall())
    return [Found(o.id, o.type, o.name, o.code, counts.get(o.id, 0), o.score, o.why) for o in ordered]
