"""The generic re-read check: every edge a hit cites is read again from its source and must say the same.

It knows nothing of the query and does not use the engine: what the source states now, through the mapping alone, is
held against the canonical edge: ends, dates, amounts. Then the declared time conditions are held over those dates.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from queries.facts import Edge, Source
from queries.grouping import Group
from queries.saved import SavedQuery
from queries.sources import Restated

# What an inferred edge may rest on; its ends are those of the tie it was inferred from, or of the matter decided.
_BASES = {"HAS_POWER": ("HOLDS_POST", "IN_CHARGE_OF", "DECIDED")}
_EITHER_WAY = ("KIN", "ASSOC", "SAME_AS_POSSIBLE")
# The register shows the tie, the projection presumed its start: only the stated dates can be held.
_PRESUMED = "presumed"


def _ends_fit(edge: Edge, stated: Restated) -> bool:
    source, target = stated.source, stated.target
    if edge.inferred:
        return source == edge.source and target is not None and target in (edge.target, edge.props.get("item"))
    if edge.type == "SUBCONTRACTS":  # the register names the contract, the edge the company that signed it
        return target == edge.target
    # Kin and associates are stored in a fixed order of their ends, whichever way the source tells them.
    turned = edge.type in _EITHER_WAY and (target, source) == (edge.source, edge.target)
    return (source, target) == (edge.source, edge.target) or turned


def _dates_fit(edge: Edge, stated: list[Restated]) -> bool:
    starts = {one.valid_from for one in stated} - {None}
    ends = {one.valid_to for one in stated} - {None}
    start_ok = edge.valid_from is None or edge.valid_from in starts or bool(edge.props.get(_PRESUMED))
    return start_ok and (edge.valid_to is None or edge.valid_to in ends)


def _amount_fits(edge: Edge, stated: list[Restated]) -> bool:
    amount = edge.props.get("amount")
    if amount is None:
        return True
    said = [one.props.get("amount") for one in stated]
    return any(one is not None and abs(abs(float(str(one))) - float(str(amount))) < 0.005 for one in said)


def _time_fits(edge: Edge, stated: list[Restated]) -> bool:
    time = edge.props.get("time")
    return time is None or any(str(one.props.get("time"))[:19].replace(" ", "T") == str(time) for one in stated)


def fault_of(edge: Edge, sources: Iterable[Source], stated: Mapping[tuple[str, str], list[Restated]]) -> str | None:
    """Return why an edge is not what its sources say, or None when it is.

    Args:
        edge: The canonical edge.
        sources: Its evidence.
        stated: What each place states when read again.
    """
    types = _BASES.get(edge.type, (edge.type,))
    found = [
        one
        for source in sources
        for one in stated.get((source.doc, source.locator), [])
        if one.type in types and _ends_fit(edge, one)
    ]
    if not found:
        return f"{edge.type} {edge.eid}: no source states it"
    if not _dates_fit(edge, found):
        return f"{edge.type} {edge.eid}: other dates in the source"
    if not _amount_fits(edge, found):
        return f"{edge.type} {edge.eid}: another amount in the source"
    if not _time_fits(edge, found):
        return f"{edge.type} {edge.eid}: another time in the source"
    return None


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def times_hold(saved: SavedQuery, group: Group, edges: Mapping[str, Edge]) -> str | None:
    """Return which declared time condition a row breaks, or None; what is not dated breaks none."""
    for row in group.rows:
        for rule in saved.times:
            event = _day(row.get(rule.event))
            if event is None or (rule.unless is not None and row.get(rule.unless)):
                continue
            for column in rule.within:
                cited = row.get(column)
                for eid in cited if isinstance(cited, list) else [cited]:
                    edge = edges.get(str(eid))
                    if edge is None:
                        continue
                    if (edge.valid_from or event) > event or (edge.valid_to or event) < event:
                        return f"{edge.type} {edge.eid}: {rule.event} {event} lies outside its dates"
    return None
