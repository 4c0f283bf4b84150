"""From judged rows to a hit: holders, evidence, score, what is missing, what would clear, six sentences."""

from collections.abc import Mapping, Sequence

from graph.store.base import Scope
from queries.clearing import Seen, missing_data
from queries.explain import doubt, in_turns, sentences, told, written
from queries.facts import Edge
from queries.grouping import Group
from queries.hit import Cleared, Evidence, Hit, Holder, evidence_digest, fingerprint
from queries.judging import REASONS, Judged, best_grade
from queries.material import IDENTITIES, Material
from queries.saved import SavedQuery
from queries.scorers import SCORERS, Scored

LANGUAGES = ("zh", "en")
# Ties of an event whose date stands elsewhere: on the contract, the tender, the payment.
_TIMELESS = ("BUYER", "SIGNED", "FROM", "TO", "FOR", "OWNS", "BID", "WON", "RECEIVED", "CERTIFIED")
_EDGE = "_edge"
_REFUTED = {"zh": "该事实已有查否的记载", "en": "the fact is recorded as refuted"}
_READ_IT = {"zh": "核对查否材料所指是否为同一事实", "en": "check that the refutation is about the same fact"}
_DENIED = {"zh": "有人否认该事实", "en": "somebody denies the fact"}
_HEAR_BOTH = {"zh": "核对肯定与否认两方的陈述", "en": "compare what those who state it and who deny it say"}
_PRESUMED = {
    "zh": "法定代表人的起始日期系按企业成立日推定",
    "en": "since when the legal representative has been one is presumed from the founding of the company",
}


def role_of(column: str) -> str:
    """Return the role that an evidence column plays in a hit: `kin` for `kin_edge`."""
    return column.removesuffix(_EDGE)


class Assembler:
    """Makes the hits of one run.

    Args:
        saved: The query.
        material: Everything the hits cite.
        available: Registers and columns that were imported.
        scope: Of the reader; degrees count only where everything may be seen.
    """

    def __init__(self, saved: SavedQuery, material: Material, available: frozenset[str], scope: Scope) -> None:
        self._saved = saved
        self._material = material
        self._available = available
        self._scope = scope

    def _holder(self, id_: str) -> Holder:
        node = self._material.nodes[id_]
        return Holder(id_, node.type, node.name, node.code)

    def _roles(self, group: Group) -> dict[str, Holder | list[Holder] | None]:
        roles: dict[str, Holder | list[Holder] | None] = {}
        for role, ids in group.holders.items():
            held = [self._holder(id_) for id_ in ids if id_ in self._material.nodes]
            several = self._saved.is_list(role) or len(held) > 1
            roles[role] = held if several else (held[0] if held else None)
        return roles

    def _score(self, judged: Judged, power: int | None, identity: str, edges: Sequence[Edge]) -> float:
        counts = {name: judged.figures[name] for name, value in self._saved.values.items() if value.count is not None}
        amounts = {name: judged.figures[name] for name, value in self._saved.values.items() if value.sum is not None}
        least = {name: judged.figures[name] for name, value in self._saved.values.items() if value.min is not None}
        dated = [one for one in edges if one.type in _TIMELESS or one.valid_from is not None or "time" in one.props]
        known = len(dated) / len(edges) if edges else 0.0
        held = [id_ for role in self._saved.group for id_ in judged.group.holders[role]]
        nodes = [self._material.nodes[id_] for id_ in held if id_ in self._material.nodes]
        # A degree counts every case: a limited reader must not see what it says about others.
        degrees = [node.degree for node in nodes] if self._scope.everything else []
        return SCORERS[self._saved.scorer](Scored(counts, amounts, least, power, identity, degrees, known))

    def _missing(self, judged: Judged, cleared: bool, edges: Sequence[Edge]) -> list[dict[str, str]]:
        found = [REASONS[one] for one in judged.doubts]
        if judged.left_out and not cleared:
            more = judged.left_out
            found.append(
                {
                    "zh": f"另有 {more} 项因日期不全、职权或身份不足或已有排除情形而未计入",
                    "en": f"{more} more do not count: dates unknown, power or identity too weak, or cleared",
                }
            )
        if any(edge.props.get("presumed") for edge in edges):
            found.append(_PRESUMED)
        for item in self._saved.missing:
            if not item.needs or any(need not in self._available for need in item.needs):
                found.append({"zh": item.zh, "en": item.en})
        return found

    def _clears(self, seen: Sequence[Seen | None], edges: Sequence[Edge]) -> list[Cleared]:
        found = []
        for claim, when, check in (("refuted", _REFUTED, _READ_IT), ("denied", _DENIED, _HEAR_BOTH)):
            for edge in edges:
                against = [one for one in self._material.evidence(claim, edge.eid) if one.claim == claim]
                if against:
                    found.append(Cleared(when, check, "found", tuple(against)))
        for clear, what in zip(self._saved.clears, seen, strict=True):
            when, check = ({lang: text.text(lang) for lang in LANGUAGES} for text in (clear.when, clear.check))
            if what is not None:
                evidence = [one for eid in what.eids for one in self._material.evidence("clears", eid)]
                found.append(Cleared(when, check, "found", tuple(evidence)))
            elif clear.query is None or missing_data(clear, self._available):
                found.append(Cleared(when, check, "no_data"))
            else:
                found.append(Cleared(when, check, "searched_none"))
        return found

    def _spans(self, group: Group, lang: str) -> dict[str, str]:
        found = {}
        for name, column in self._saved.spans.items():
            days = sorted(str(day)[:10] for day in group.column(column))
            unknown = {"zh": "日期不详", "en": "an unknown date"}[lang]
            between = {"zh": " 至 ", "en": " to "}[lang]
            found[name] = between.join(dict.fromkeys([days[0], days[-1]])) if days else unknown
        return found

    def _explain(self, hit: Hit, group: Group, columns: Mapping[str, list[str]]) -> dict[str, str]:
        edges = in_turns(columns, self._material)
        power = [one for one in edges if one.type == "HAS_POWER" and f"P{one.props.get('grade')}" == hit.power]
        ties = [one for one in edges if one.type != "HAS_POWER"]
        found = {}
        for lang in LANGUAGES:
            first = doubt(self._saved, hit, self._spans(group, lang), lang)
            tied, powerful = (told(some, hit.evidence, self._material, lang) for some in (ties, power))
            found[lang] = written(sentences(hit, first, tied, powerful, lang), lang)
        return found

    def hit(self, judged: Judged, cleared: bool, seen: Sequence[Seen | None]) -> Hit:
        """Return the hit of some judged rows.

        Args:
            judged: The rows that count.
            cleared: A circumstance that clears was found for so many rows that too little is left.
            seen: What each clearing query of the query found.
        """
        columns = judged.group.eids(self._saved.evidence)
        eids = judged.group.flat(self._saved.evidence)
        edges = [self._material.edges[eid] for eid in eids]
        evidence: list[Evidence] = []
        for column, cited in columns.items():
            evidence += [one for eid in cited for one in self._material.evidence(role_of(column), eid)]
        identity = max((self._material.identity(eid) for eid in eids), key=IDENTITIES.index, default="name")
        grade = best_grade(self._saved, judged.group)
        keys = {role: [self._material.keys[id_] for id_ in ids] for role, ids in judged.group.holders.items()}
        made = Hit(
            query=self._saved.id,
            version=self._saved.version,
            roles=self._roles(judged.group),
            values=judged.figures,
            score=self._score(judged, grade, identity, edges),
            state="cleared" if cleared else judged.state,
            power=f"P{grade}" if grade is not None else None,
            identity=identity,
            fingerprint=fingerprint(self._saved.id, keys),
            evidence_digest=evidence_digest(edges),
            evidence=evidence,
            missing=self._missing(judged, cleared, edges),
            clears=self._clears(seen, edges),
        )
        made.explanation = self._explain(made, judged.group, columns)
        return made
