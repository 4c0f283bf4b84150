"""One edge as a clause of a sentence, and a place as people write it; from fields only."""

from collections.abc import Mapping

from graph.model import model
from queries.facts import Edge, Node

_CLAUSES = {
    "LEGAL_REP": ("{s}为{t}的法定代表人", "{s} is the legal representative of {t}"),
    "OFFICER": ("{s}任{t}{role}", "{s} is {role} of {t}"),
    "SHARE": ("{s}持有{t}股份{ratio}", "{s} holds shares of {t}{ratio}"),
    "OWNS": ("{s}名下有{t}", "{s} owns {t}"),
    "TRANSFER": ("{time}由{s}转至{t} {amount}元", "{time}: {s} to {t}, {amount} yuan"),
    "BUYER": ("{s}为{t}的采购单位", "{s} is the buyer of {t}"),
    "SIGNED": ("{s}签订{t}", "{s} signed {t}"),
    "BID": ("{s}投标{t}", "{s} bid for {t}"),
    "PAID": ("{s}支付{t}", "{s} paid {t}"),
    "TO": ("{s}付至{t}", "{s} went to {t}"),
    "RECEIVED": ("{s}领取{t}", "{s} received {t}"),
    "CERTIFIED": ("{s}经办核发{t}", "{s} certified {t}"),
}
_MENTIONS = {
    "death": ("死亡登记载明{t}死亡", "the register of deaths names {t}"),
    "cremation": ("火化登记载明{t}火化", "the register of cremations names {t}"),
    "prison": ("服刑登记载明{t}服刑({kind})", "the register of sentences names {t} ({kind})"),
}
_POWER = {
    1: ("{s}经办或审批「{matter}」", "{s} handled or approved '{matter}'"),
    2: ("{s}在{t}分管「{matter}」", "{s} is in charge of '{matter}' at {t}"),
    3: ("{s}为{t}主要负责人({matter})", "{s} heads {t} ({matter})"),
    4: ("{s}在{t}任职({matter}),未见分管或经办", "{s} holds a post at {t} ({matter}) and no more is seen"),
}


def place(file: str, locator: str, lang: str) -> str:
    """Return file and locator as people write them; data rows count from 1 after the header."""
    kind, _, rest = locator.partition(":")
    if kind == "r":
        sheet, _, row = rest.rpartition("!")
        where = f"{sheet} 第{row}行" if lang == "zh" else f"{sheet} row {row}"
    elif kind == "c":
        where = f"字符 {rest}" if lang == "zh" else f"characters {rest}"
    else:
        where = locator
    return f"{file} {where.strip()}"


def money(value: float) -> str:
    """Return an amount with thousands separated, without empty cents."""
    return f"{value:,.2f}".removesuffix(".00")


def _named(nodes: Mapping[str, Node], id_: str) -> str:
    node = nodes.get(id_)
    if node is None:
        return id_
    # Accounts, payments and the like are called by their number.
    return f"{model().nodes[node.type].zh}{node.code}" if node.name in ("", node.id) else node.name


def _kin(edge: Edge, ends: Mapping[str, str], lang: str) -> str:
    word = str(edge.props.get("word") or model().relations["KIN"].zh)
    named, other = ("s", "t") if edge.props.get("named") == edge.source else ("t", "s")
    if lang == "zh":
        return f"{ends[named]}系{ends[other]}的{word}"
    return f"{ends[named]} is kin ({word}) of {ends[other]}"


def _dates(edge: Edge, lang: str) -> str:
    if edge.valid_from is None and edge.valid_to is None:
        return ""
    if edge.valid_from == edge.valid_to:
        return f"({edge.valid_from})"
    unknown = ("起始不详", "start unknown")[lang == "en"]
    start = str(edge.valid_from or unknown)
    if edge.props.get("presumed"):
        start += ("(推定)", " (presumed)")[lang == "en"]
    if edge.valid_to is None:
        return f"({start}起)" if lang == "zh" else f" (from {start})"
    return f"({start}至{edge.valid_to})" if lang == "zh" else f" ({start} to {edge.valid_to})"


def clause(edge: Edge, nodes: Mapping[str, Node], lang: str) -> str:
    """Return what an edge says, with its dates."""
    ends = {"s": _named(nodes, edge.source), "t": _named(nodes, edge.target)}
    which = 0 if lang == "zh" else 1
    if edge.type == "KIN":
        return _kin(edge, ends, lang) + _dates(edge, lang)
    text = _CLAUSES.get(edge.type)
    if edge.type == "HAS_POWER":
        text = _POWER[int(str(edge.props.get("grade")))]
    elif edge.type == "MENTIONS":
        text = _MENTIONS.get(str(edge.props.get("role")))
    if text is None:
        relation = model().relations[edge.type]
        text = ("{s}" + relation.zh + "{t}", "{s} " + relation.en + " {t}")
    ratio = edge.props.get("ratio")
    fields = {
        "role": str(edge.props.get("role") or ""),
        "kind": str(edge.props.get("kind") or ("刑种不详", "kind unknown")[which]),
        "matter": str(edge.props.get("matter") or ("事项未载明", "matter not stated")[which]),
        "ratio": "" if ratio is None else f" {float(str(ratio)) * 100:g}%",
        "time": str(edge.props.get("time") or "")[:10],
        "amount": money(float(str(edge.props.get("amount") or 0))),
    }
    return text[which].format(**ends, **fields) + _dates(edge, lang)
