"""How sound each row of a hit-to-be is, and which state its rows give the hit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from graph.store.base import Row
from queries.facts import Edge
from queries.grouping import Group, figures, make_group, passes
from queries.hit import State
from queries.material import Material
from queries.saved import ParameterValue, SavedQuery

Doubt = Literal["undated", "disputed", "unit", "power", "claim", "denied", "name", "unsourced"]
# The post alone, without any sign that the holder had to do with the matter (P4).
POST_ONLY = 4
# What somebody was told, or wrote to an office, and nobody has confirmed.
REPORTED = ("alleged", "hearsay")
# What rests on somebody's word alone, so that another's word against it counts.
_SAID = ("self", "witness", *REPORTED)
# That a paper names somebody is so, whatever it says of them.
_NAMING = ("PARTY_TO", "MENTIONS", "LINKED_TO")
LEVELS: dict[Doubt, State] = {
    "undated": "undetermined",
    "disputed": "undetermined",
    "unit": "undetermined",
    "power": "incomplete",
    "claim": "incomplete",
    "denied": "incomplete",
    "name": "incomplete",
    "unsourced": "incomplete",
}
_ORDER: tuple[State, ...] = ("open", "undetermined", "incomplete")

REASONS: dict[Doubt, dict[str, str]] = {
    "undated": {
        "zh": "必要的日期或字段缺失,不能判断是否落在有关期间内",
        "en": "a needed date or field is absent, whether it falls into the period cannot be told",
    },
    "disputed": {
        "zh": "有关起止日期的来源互相矛盾",
        "en": "sources contradict each other about the dates",
    },
    "unit": {
        "zh": "至少一处仅以姓名加单位(或企业全称)对应,核对号码之前不能判断",
        "en": "at least one party is matched by name and unit (or company name) only, not by number",
    },
    "power": {
        "zh": "仅见在同一单位任职(P4),未见经办、分管或主要负责,只作旁列",
        "en": "no more than a post in the same unit (P4), neither handling nor charge nor head: listed apart",
    },
    "claim": {
        "zh": "至少一条关系仅见于举报反映或听说,尚无其他来源印证",
        "en": "at least one tie is only reported or hearsay, no other source bears it out",
    },
    "denied": {
        "zh": "至少一条关系仅有人陈述且有人否认,尚无登记或认定",
        "en": "at least one tie is stated by some and denied by others, neither registered nor found",
    },
    "name": {
        "zh": "至少一处仅以姓名对应,不能认定为同一人",
        "en": "at least one party is matched by name only and cannot be taken for the same person",
    },
    "unsourced": {
        "zh": "至少一条关系没有可供核对的出处",
        "en": "at least one tie has no source that can be checked",
    },
}


@dataclass
class Judged:
    """The rows that count towards a hit, what they come to, and what speaks against ranking it.

    Attributes:
        group: The rows that count and the holders of roles in them.
        state: `open`, `undetermined` or `incomplete`.
        doubts: Why it is not open, in a fixed order.
        figures: Figures of the rows that count.
        left_out: What the main figure counts (contracts, months) that was found and does not count.
    """

    group: Group
    state: State
    doubts: list[Doubt] = field(default_factory=list)
    figures: dict[str, float | int] = field(default_factory=dict)
    left_out: int = 0


def _grade(saved: SavedQuery, row: Row) -> int | None:
    grade = row.get(saved.power) if saved.power is not None else None
    return int(str(grade)) if grade is not None else None


def doubts_of(saved: SavedQuery, row: Row, material: Material) -> set[Doubt]:
    """Return what keeps a row from counting towards an open hit."""
    found: set[Doubt] = set()
    if row.get(saved.undetermined):
        found.add("undated")
    grade = _grade(saved, row)
    if grade == POST_ONLY:
        found.add("power")
    # An engine's optimizer was seen to give a row whose subquery had found nothing: without power it accuses nobody.
    if saved.power is not None and grade is None:
        found.add("unsourced")
    alone = Group({}, [row])
    dated = {eid for rule in saved.times for eid in alone.flat(rule.within)}
    for eid in alone.flat(saved.evidence):
        edge: Edge | None = material.edges.get(eid)
        if not material.sources.get(eid):
            found.add("unsourced")
        elif material.identity(eid) == "name":
            found.add("name")
        elif material.identity(eid) == "name_unit" and saved.identity == "code":
            found.add("unit")
        if edge is not None and edge.claim in REPORTED and edge.type not in _NAMING:
            found.add("claim")
        if edge is not None and edge.claim in _SAID and material.denied(eid):
            found.add("denied")
        if edge is not None and edge.disputed and eid in dated:
            found.add("disputed")
    return found


def judge(
    saved: SavedQuery, rows: Sequence[Row], material: Material, parameters: Mapping[str, ParameterValue]
) -> Judged | None:
    """Return the best state in which some of the rows reach the thresholds, or None when all together do not.

    Rows that are sound come first: they alone make an open hit. Only when they do not suffice are those added whose
    dates are unknown, and then those that rest on a post, a name or no source.
    """
    marked = [(row, doubts_of(saved, row, material)) for row in rows]
    for level, state in enumerate(_ORDER):
        allowed = {doubt for doubt, given in LEVELS.items() if _ORDER.index(given) <= level}
        chosen = [(row, doubts) for row, doubts in marked if doubts <= allowed]
        if not chosen:
            continue
        group = make_group(saved, [row for row, _ in chosen])
        found = figures(saved, group)
        if passes(saved, found, parameters):
            present = {doubt for _, doubts in chosen for doubt in doubts}
            ordered = [doubt for doubt in LEVELS if doubt in present]
            left_out = len(matters(saved, rows) - matters(saved, group.rows))
            return Judged(group, state, ordered, found, left_out)
    return None


def matters(saved: SavedQuery, rows: Sequence[Row]) -> set[str]:
    """Return what the first counting figure counts in some rows."""
    column = next((value.count for value in saved.values.values() if value.count is not None), None)
    return {str(one) for one in Group({}, list(rows)).column(column)} if column is not None else set()


def best_grade(saved: SavedQuery, group: Group) -> int | None:
    """Return the closest grade of power in a group's rows."""
    return min((grade for row in group.rows if (grade := _grade(saved, row)) is not None), default=None)
