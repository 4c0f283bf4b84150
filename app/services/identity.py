"""Who is who, as people decide it: naming two records, keeping a judgement, taking one back, telling contradictions."""

from dataclasses import dataclass

import duckdb

from app.services.context import Context
from app.services.naming import Named, find
from graph.casebook.casebook import Casebook
from graph.casebook.judgements import BadJudgement, Judgement, Judgements, in_force
from graph.casebook.verdict import Verdict
from graph.projection.groups import Contradiction, weigh

# A company that is named without a code may be the public body of that name; nothing else crosses types.
_ACROSS = frozenset({"Company", "Agency"})
_KEY = """
SELECT entity_key FROM members WHERE entity_key = $text UNION SELECT id FROM seen_nodes WHERE id = $text
"""


@dataclass(frozen=True)
class Told:
    """What came of a judgement.

    Attributes:
        judgement: As kept.
        contradictions: What now contradicts itself around it; none of those records is joined until one is taken back.
    """

    judgement: Judgement
    contradictions: tuple[Contradiction, ...] = ()


def _key(connection: duckdb.DuckDBPyConnection, text: str, named: Named) -> str:
    """Return the entity key that was meant: a member's own where it was given, else the entity's."""
    row = connection.execute(_KEY, {"text": text.strip()}).fetchone()
    return str(row[0]) if row else named.id


def name_pair(connection: duckdb.DuckDBPyConnection, a: str, b: str) -> tuple[str, str]:
    """Return the entity keys of two records as people name them: key or id, else code, else a unique name.

    Args:
        connection: From `open_tables`; what is out of scope cannot be named.
        a: One record.
        b: The other.

    Raises:
        NobodyFound: One is unknown.
        SeveralFound: One is the name of several.
        BadJudgement: They are of different types.
    """
    first, second = find(connection, a), find(connection, b)
    if first.type != second.type and not {first.type, second.type} <= _ACROSS:
        raise BadJudgement(zh="两条记录类型不同", en="the two are of different types")
    return _key(connection, a, first), _key(connection, b, second)


def contradictions(casebook: Casebook) -> tuple[Contradiction, ...]:
    """Return what people said that contradicts itself now."""
    found = in_force(Judgements(casebook.engine).all())
    return weigh([(one.a, one.b, one.verdict) for one in found]).contradictions


def judge(casebook: Casebook, pair: tuple[str, str], verdict: Verdict, reason: str, actor: str) -> Told:
    """Keep what a person says of two entity keys.

    Raises:
        BadJudgement: The two are one key, or there is no reason.
    """
    made = Judgements(casebook.engine).take(*pair, verdict, reason, actor)
    around = tuple(one for one in contradictions(casebook) if set(made.pair) & set(one.keys))
    return Told(made, around)


def undo(casebook: Casebook, number: int, reason: str, actor: str) -> Judgement:
    """Take a judgement back.

    Raises:
        BadJudgement: There is none of that number, or it was taken back already, or there is no reason.
    """
    return Judgements(casebook.engine).undo(number, reason, actor)


def history(casebook: Casebook) -> list[tuple[Judgement, bool]]:
    """Return every judgement, newest first, and whether it was taken back."""
    records = Judgements(casebook.engine).all()
    gone = {one.undoes for one in records}
    return [(one, one.id in gone) for one in reversed(records) if one.undoes is None]


def about(context: Context, keys: set[str]) -> list[Judgement]:
    """Return the judgements in force about some entity keys."""
    with context.casebook() as casebook:
        return [one for one in in_force(Judgements(casebook.engine).all()) if set(one.pair) & keys]
