"""Edges with their ends, dates and sources, as `path` and `audit` show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb
import orjson

from app.services.citing import IDENTITIES, Cited, cite
from app.services.context import Context
from app.services.naming import Named, named
from graph.model import model

_EDGES = """
SELECT eid, type, source, target, valid_from, valid_to, claim, inferred, disputed, props FROM seen_edges
WHERE eid IN (SELECT unnest($ids::VARCHAR[]))
"""

# The property that says best what a tie is, first come first.
_WORDS = ("word", "role", "post", "matter", "kind")


@dataclass(frozen=True)
class Tie:
    """One edge with what supports it."""

    eid: str
    type: str
    source: Named
    target: Named
    start: date | None
    end: date | None
    claim: str
    inferred: bool
    disputed: bool
    props: dict[str, object]
    sources: tuple[Cited, ...]

    @property
    def identity(self) -> str:
        """How surely its ends are who they seem: by the best of its sources (`code`, `name_unit`, `name`)."""
        return min((one.identity for one in self.sources), key=IDENTITIES.index, default="name")

    def read_from(self) -> tuple[Named, Named]:
        """Return the ends in the order in which the word is read: the second is the other's wife's brother."""
        turned = self.type == "KIN" and self.props.get("named") == self.source.id
        return (self.target, self.source) if turned else (self.source, self.target)

    def label(self, lang: str) -> str:
        """Return what the tie is, with the word or role that the source uses."""
        relation = model().relations[self.type]
        text = relation.zh if lang == "zh" else relation.en
        word = next((str(self.props[key]) for key in _WORDS if self.props.get(key)), "")
        ratio = self.props.get("ratio")
        if isinstance(ratio, int | float):
            word = f"{ratio * 100:g}%"
        amount = self.props.get("amount")
        if isinstance(amount, int | float):
            word = f"{amount:,.2f}" + (f" {self.props['time']}" if self.props.get("time") else "")
        return f"{text}({word})" if word else text

    def span(self, lang: str) -> str:
        """Return the dates between which it holds; empty when none is known."""
        if self.start is None and self.end is None:
            return ""
        unknown, until = ("?", "今") if lang == "zh" else ("?", "now")
        start, end = str(self.start or unknown), str(self.end or until)
        return f"{start} 至 {end}" if lang == "zh" else f"{start} to {end}"

    def to_json(self) -> dict[str, object]:
        """Return it as a JSON object; dates as ISO text, None for open."""
        return {
            "eid": self.eid,
            "type": self.type,
            "source": self.source.to_json(),
            "target": self.target.to_json(),
            "from": self.start and self.start.isoformat(),
            "to": self.end and self.end.isoformat(),
            "claim": self.claim,
            "inferred": self.inferred,
            "disputed": self.disputed,
            "identity": self.identity,
            "properties": self.props,
            "evidence": [one.to_json() for one in self.sources],
        }


def read_ties(
    context: Context, connection: duckdb.DuckDBPyConnection, eids: Iterable[str], *, quotes: bool = True
) -> dict[str, Tie]:
    """Return edges by eid; those out of scope are absent.

    Args:
        context: Names the originals, for quotes.
        connection: From `open_tables`.
        eids: Which.
        quotes: Read the words at each source too, which opens the originals.
    """
    wanted = sorted(set(eids))
    rows = connection.execute(_EDGES, {"ids": wanted}).fetchall()
    people = named(connection, {row[2] for row in rows} | {row[3] for row in rows})
    sources = cite(context, connection, wanted, quotes=quotes)
    found = {}
    for eid, type_, source, target, start, end, claim, inferred, disputed, props in rows:
        # An end is seen wherever its tie is; a node without a visible source of its own keeps its id only.
        ends = [people.get(id_) or Named(id_, id_.rpartition("-")[0], id_, "") for id_ in (source, target)]
        read = orjson.loads(props)
        cited = tuple(sources.get(eid, ()))
        found[eid] = Tie(eid, type_, ends[0], ends[1], start, end, claim, inferred, disputed, read, cited)
    return found
