"""The six sentences of a hit, from fields only, in both languages; words of accusation never occur here."""

from collections.abc import Mapping, Sequence

from queries.facts import Edge
from queries.hit import Cleared, Evidence, Hit, Holder
from queries.material import Material
from queries.saved import SavedQuery
from queries.wording import clause, place

FOOTER = {
    "zh": "本提示由数据比对产生,仅供研判,不作为认定事实或处分的依据。",
    "en": "This note comes from comparing data; it is for assessment only and no basis for any finding or sanction.",
}
HEADINGS = {
    "zh": ("疑点", "关联依据", "职权程度", "人员同一性", "尚未掌握", "可排除情形"),
    "en": ("Doubt", "Tie and source", "Degree of power", "Identity", "Not known", "What would clear"),
}
POWER = {
    "P1": {"zh": "P1 本人经办、审批或签字", "en": "P1 handled, approved or signed it in person"},
    "P2": {"zh": "P2 分管该单位有关事项", "en": "P2 in charge of matters of the unit"},
    "P3": {"zh": "P3 单位主要负责人", "en": "P3 head of the unit"},
    "P4": {"zh": "P4 仅在该单位任职,未见分管或经办", "en": "P4 a post in the unit and no more"},
}
IDENTITY = {
    "code": {"zh": "链条上各方均以证件号码、信用代码或编号对应", "en": "every party is matched by its own number"},
    "name_unit": {
        "zh": "链条上至少一处仅以姓名加单位(或企业全称、账户)对应,请核对是否同一人",
        "en": "at least one party is matched by name and unit (or company name, account) only: check it",
    },
    "name": {
        "zh": "链条上至少一处仅以姓名对应,不能认定为同一人",
        "en": "at least one party is matched by name only and cannot be taken for the same person",
    },
}
CLAIMS = {
    "registry": {"zh": "登记", "en": "registered"},
    "self": {"zh": "本人陈述", "en": "own statement"},
    "witness": {"zh": "他人陈述", "en": "another's statement"},
    "hearsay": {"zh": "听说", "en": "hearsay"},
    "alleged": {"zh": "举报反映", "en": "reported"},
    "found": {"zh": "机关认定", "en": "found by an authority"},
    "adjudicated": {"zh": "判决认定", "en": "adjudicated"},
    "refuted": {"zh": "查否", "en": "refuted"},
    "denied": {"zh": "否认", "en": "denied"},
}
STATES = {
    "found": {"zh": "已查到", "en": "found"},
    "searched_none": {"zh": "已查未见", "en": "looked for, not seen"},
    "no_data": {"zh": "无数据可查", "en": "no data to look in"},
}
# More edges than this are counted, not listed: the hit's evidence holds them all.
_SHOWN, _SOURCES_SHOWN = 6, 2


def names(holder: Holder | list[Holder] | None, lang: str) -> str:
    """Return the names of a role's holders for a sentence."""
    if isinstance(holder, list):
        return "、".join(one.name for one in holder) if lang == "zh" else ", ".join(one.name for one in holder)
    return holder.name if holder is not None else {"zh": "(未载明)", "en": "(not stated)"}[lang]


def _number(value: float | int) -> str:
    return f"{value:,.2f}".removesuffix(".00") if isinstance(value, float) else f"{value:,}"


def doubt(saved: SavedQuery, hit: Hit, extra: Mapping[str, str], lang: str) -> str:
    """Return the first sentence: who, what, when, how much, by the query's own template."""
    fields = {role: names(holder, lang) for role, holder in hit.roles.items()}
    fields |= {name: _number(value) for name, value in hit.values.items()} | dict(extra)
    return saved.explanation.text(lang).format(**fields)


def _sourced(eid: str, evidence: Sequence[Evidence], lang: str) -> str:
    """Return where an edge stands and whose claim it is: `登记/亲属关系.csv 第12行,登记`."""
    found = []
    for one in evidence:
        if one.eid == eid:
            who = f"({one.speaker})" if one.speaker else ""
            found.append(f"{place(one.file, one.locator, lang)},{CLAIMS[one.claim][lang]}{who}")
    text = (";" if lang == "zh" else "; ").join(list(dict.fromkeys(found))[:_SOURCES_SHOWN])
    return text or ("无出处" if lang == "zh" else "no source")


def told(edges: Sequence[Edge], evidence: Sequence[Evidence], material: Material, lang: str) -> str:
    """Return some edges as clauses, each with its source, the first few of them."""
    left, right = ("〔", "〕") if lang == "zh" else (" [", "]")
    parts = [
        f"{clause(one, material.nodes, lang)}{left}{_sourced(one.eid, evidence, lang)}{right}" for one in edges[:_SHOWN]
    ]
    rest = len(edges) - _SHOWN
    if rest > 0:
        parts.append({"zh": f"另有 {rest} 条,见证据清单", "en": f"{rest} more in the list of evidence"}[lang])
    return (";" if lang == "zh" else "; ").join(parts)


def in_turns(columns: Mapping[str, Sequence[str]], material: Material) -> list[Edge]:
    """Return edges, the first of every column before the second of any, so that a few show the whole path."""
    longest = max((len(cited) for cited in columns.values()), default=0)
    order = [cited[at] for at in range(longest) for cited in columns.values() if at < len(cited)]
    return [material.edges[eid] for eid in dict.fromkeys(order) if eid in material.edges]


def clears(found: Sequence[Cleared], lang: str) -> str:
    """Return the sixth sentence: each circumstance with whether it was found."""
    parts = [f"{item.when[lang]}({STATES[item.state][lang]})" for item in found]
    return (";" if lang == "zh" else "; ").join(parts)


def sentences(hit: Hit, first: str, ties: str, power: str, lang: str) -> list[tuple[str, str]]:
    """Return heading and sentence of all six, in order.

    Args:
        hit: The hit.
        first: Its first sentence (see `doubt`).
        ties: The edges between the parties (see `told`).
        power: The edges of power; empty when the query does not rest on power.
        lang: `zh` or `en`.
    """
    none = {"zh": "不涉及", "en": "not relevant here"}[lang]
    nothing = {"zh": "无", "en": "nothing"}[lang]
    stop = ";" if lang == "zh" else "; "
    grade = f"{POWER[hit.power][lang]}{':' if lang == 'zh' else ': '}{power}" if hit.power else none
    bodies = (
        first,
        ties,
        grade,
        IDENTITY[hit.identity][lang],
        stop.join(item[lang] for item in hit.missing) or nothing,
        clears(hit.clears, lang) or nothing,
    )
    return list(zip(HEADINGS[lang], bodies, strict=True))


def written(parts: Sequence[tuple[str, str]], lang: str) -> str:
    """Return the six sentences and the footer as one text, a line each."""
    colon, stop = (":", "。") if lang == "zh" else (": ", ".")
    lines = [f"{heading}{colon}{body.rstrip(stop)}{stop}" for heading, body in parts]
    return "\n".join([*lines, FOOTER[lang]])
