"""案中案: who and what of one case or lead is in another, the rarest first, within what the reader may see."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log1p
from typing import Literal

import duckdb

from app.services.context import Context
from app.services.naming import Named, NobodyFound, find, named
from app.services.reading import Reading
from app.services.related_rows import charged, shared_rows
from app.services.tables import open_tables
from app.services.ties import Tie, read_ties
from graph.errors import Lang
from graph.model import model
from graph.store.base import EVERYTHING

Kind = Literal["same", "kin", "associate", "firm", "joint", "money", "number"]
KINDS: tuple[Kind, ...] = ("same", "kin", "associate", "firm", "joint", "money", "number")
_FILES = ("Case", "Lead")
# Somebody whom a paper only names says less than a party; a tie less than the very same.
_NAMED, _TIED = 0.7, 0.6


@dataclass(frozen=True)
class Side:
    """How one end of a joint stands in its case: a party with a role, or named in a paper."""

    who: Named
    party: bool
    role: str

    def to_json(self) -> dict[str, object]:
        """Return it as a JSON object."""
        return {**self.who.to_json(), "party": self.party, "role": self.role}


@dataclass(frozen=True)
class Joint:
    """Something that joins this case or lead to another one.

    Attributes:
        other: The other case or lead.
        tie: How the two sides are joined; `same` when they are one.
        here: Who or what it is in this case.
        there: In the other.
        via: The firm or number between them.
        seen_in: Cases and leads that hold the busier side, itself included.
        charged: Cases in which the one side or the other is a party, by name.
        score: Rarity times closeness, 0 to 1; the same seen from the other side.
        eids: What it rests on.
    """

    other: Named
    tie: Kind
    here: Side
    there: Side
    via: Named | None
    seen_in: int
    charged: tuple[str, ...]
    score: float
    eids: tuple[str, ...]

    def to_json(self, ties: dict[str, Tie]) -> dict[str, object]:
        """Return it as a JSON object with its sources."""
        return {
            "other": self.other.to_json(),
            "tie": self.tie,
            "here": self.here.to_json(),
            "there": self.there.to_json(),
            "via": self.via and self.via.to_json(),
            "seen_in": self.seen_in,
            "charged": list(self.charged),
            "score": self.score,
            "evidence": [ties[eid].to_json() for eid in self.eids if eid in ties],
        }


@dataclass
class Related:
    """What was found for one case or lead.

    Attributes:
        file: The case or lead.
        joints: Best first.
        elsewhere: There is more in cases that the reader may not see; nothing else is said of it.
    """

    file: Named
    joints: list[Joint] = field(default_factory=list)
    elsewhere: bool = False


def files_of(connection: duckdb.DuckDBPyConnection) -> list[Named]:
    """Return the cases and leads that the reader may see, by number."""
    query = """SELECT id, type, name, props ->> '$.code' FROM seen_nodes
        WHERE type IN ('Case', 'Lead') ORDER BY type, name, id"""
    rows = connection.execute(query).fetchall()
    return [Named(id_, kind, name, code or "") for id_, kind, name, code in rows]


def _score(row: dict[str, object]) -> float:
    seen, degree = int(str(row["seen_in"])), int(str(row["via_degree"]))
    worth = 1.0 if row["tie"] == "same" else _TIED
    for party in (row["party"], row["there_party"]):
        worth *= 1.0 if party else _NAMED
    rarity = 1 / max(seen - 1, 1) if row["tie"] == "same" else 1 / max(seen, 1)
    return round(worth * rarity / (1 + log1p(degree / 10)), 4)


def _joint(row: dict[str, object], people: dict[str, Named], cases: dict[str, tuple[str, ...]]) -> Joint:
    def one(column: str) -> Named:
        id_ = str(row[column])
        return people.get(id_) or Named(id_, id_.rpartition("-")[0], id_, "")

    def side(column: str, party: str, role: str) -> Side:
        return Side(one(column), bool(row[party]), str(row[role] or ""))

    eids = row["eids"]
    both = {name for column in ("who", "there") for name in cases.get(str(row[column]), ())}
    return Joint(
        one("other"),
        next(kind for kind in KINDS if kind == row["tie"]),
        side("who", "party", "role"),
        side("there", "there_party", "there_role"),
        one("via") if row["via"] else None,
        int(str(row["seen_in"])),
        tuple(sorted(both)),
        _score(row),
        tuple(dict.fromkeys(eids)) if isinstance(eids, list) else (),
    )


def _order(joint: Joint) -> tuple[object, ...]:
    return -joint.score, joint.other.name, KINDS.index(joint.tie), joint.here.who.id, joint.there.who.id, joint.eids


def _beyond(reading: Reading, file: str, seen: Iterable[dict[str, object]]) -> bool:
    """Tell whether somebody who may see everything would see more."""
    if reading.scope.everything:
        return False
    with open_tables(reading.tables, EVERYTHING) as whole:
        known = {(row["other"], row["who"], row["there"], row["tie"]) for row in seen}
        every = shared_rows(whole, file)
    return any((row["other"], row["who"], row["there"], row["tie"]) not in known for row in every)


def related(reading: Reading, text: str) -> Related:
    """Return who and what of a case or lead is in another.

    Args:
        reading: One version of the graph within the reader's scope.
        text: Number, name or id of the case or lead.

    Raises:
        NobodyFound: There is no such case or lead that the reader may see.
        SeveralFound: More than one bears it.
    """
    with open_tables(reading.tables, reading.scope) as connection:
        file = _file(connection, text)
        rows = shared_rows(connection, file.id)
        ids = {str(row[column]) for row in rows for column in ("other", "who", "there", "via") if row[column]}
        people = named(connection, ids)
        cases = charged(connection, {str(row[column]) for row in rows for column in ("who", "there")})
        joints = sorted((_joint(row, people, cases) for row in rows), key=_order)
    return Related(file, joints, _beyond(reading, file.id, rows))


def _file(connection: duckdb.DuckDBPyConnection, text: str) -> Named:
    for kind in _FILES:
        try:
            return find(connection, text, kind)
        except NobodyFound:
            continue
    raise NobodyFound(text=text, kind="(Case, Lead)")


def says_more(tie: Tie) -> bool:
    """Tell whether a tie is worth a line: that a paper lies in its folder goes without saying."""
    return not (tie.type == "MENTIONS" and tie.props.get("role") == "filed")


def label_of(tie: Tie, lang: Lang) -> str:
    """Return what a tie is; that a paper names somebody needs no word beside it."""
    if tie.type == "MENTIONS":
        relation = model().relations[tie.type]
        return relation.zh if lang == "zh" else relation.en
    return tie.label(lang)


def grounds(context: Context, reading: Reading, joints: Iterable[Joint], *, quotes: bool = True) -> dict[str, Tie]:
    """Return the ties that joints rest on, with their sources, by eid."""
    with open_tables(reading.tables, reading.scope) as connection:
        return read_ties(context, connection, {eid for one in joints for eid in one.eids}, quotes=quotes)
