"""Hits as people read them: a table of all, then each with its six sentences."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from app.services.context import Context
from app.services.detecting import DetectionResult
from graph.errors import Lang
from queries.hit import Hit
from queries.saved import SavedQuery
from queries.wording import money, place

STATES = {
    "open": ("待核查", "open"),
    "undetermined": ("待定", "undetermined"),
    "incomplete": ("不完整", "incomplete"),
    "cleared": ("可排除", "cleared"),
}
POWERS = {
    "P1": ("P1 本人经办", "P1 handled it"),
    "P2": ("P2 分管", "P2 in charge"),
    "P3": ("P3 主要负责人", "P3 head"),
    "P4": ("P4 仅任职", "P4 post only"),
}
IDENTITIES = {
    "code": ("证件号", "own number"),
    "name_unit": ("姓名加单位", "name and unit"),
    "name": ("仅姓名", "name only"),
}
CLEARS = {
    "found": ("已查到", "found"),
    "searched_none": ("已查未见", "looked for, not seen"),
    "no_data": ("无数据可查", "no data to look in"),
}
# A pipe or a file gets lines as long as they are.
_ENDLESS = 100_000
# Blocks after the table; the rest is read with `explain`.
MOST_BLOCKS = 50
FINGERPRINT_SHOWN = 8


def console() -> Console:
    """Return a console on stdout that neither wraps nor colours where no person reads along."""
    terminal = sys.stdout.isatty()
    return Console(file=sys.stdout, width=None if terminal else _ENDLESS, highlight=False, markup=False, emoji=False)


def word(pairs: Mapping[str, tuple[str, str]], key: str | None, lang: Lang) -> str:
    """Return the word for a value in the user's language."""
    return pairs[key][0 if lang == "zh" else 1] if key is not None else "-"


def holders(roles: Mapping[str, Any]) -> str:
    """Return who holds the roles, by name, from the JSON of a hit."""
    found = []
    for held in roles.values():
        found += [one["name"] for one in (held if isinstance(held, list) else [held]) if one]
    return "、".join(dict.fromkeys(found))


def figures(values: Mapping[str, float | int]) -> str:
    """Return the figures of a hit."""
    return " ".join(f"{name}={money(value) if isinstance(value, float) else value}" for name, value in values.items())


def table(results: Sequence[DetectionResult], lang: Lang) -> Table:
    """Return the table of all hits, a row each, in rank order."""
    heads = ("查询", "序", "状态", "分值", "涉及", "职权", "数值", "编号")
    if lang == "en":
        heads = ("query", "no.", "state", "score", "about", "power", "figures", "hit")
    made = Table(box=box.SIMPLE, pad_edge=False)
    for head in heads:
        made.add_column(head, overflow="fold", no_wrap=head in ("编号", "hit", "查询", "query"))
    for result in results:
        for hit in result.hits:
            shown = hit.to_json(lang)
            roles = shown["roles"]
            assert isinstance(roles, dict)
            made.add_row(
                hit.query,
                str(hit.rank),
                word(STATES, hit.state, lang),
                f"{hit.score:.2f}",
                Text(holders(roles)),
                word(POWERS, hit.power, lang),
                figures(hit.values),
                hit.fingerprint[:FINGERPRINT_SHOWN],
            )
    return made


def _sentences(explanation: str, lang: Lang) -> list[str]:
    mark = ":" if lang == "zh" else ": "
    lines = []
    for line in explanation.splitlines():
        heading, found, body = line.partition(mark)
        lines.append(f"  {heading}  {body}" if found else f"  {line}")
    return lines


def head(hit: Mapping[str, Any], lang: Lang) -> str:
    """Return the first line of a hit's block, from its JSON."""
    names = ("疑点", "职权程度", "人员同一性") if lang == "zh" else ("hit", "power", "identity")
    parts = [f"{names[0]} {hit['rank']}", hit["query"], word(STATES, hit["state"], lang)]
    if hit["power"]:
        parts.append(f"{names[1]} {word(POWERS, hit['power'], lang)}")
    parts += [f"{names[2]} {word(IDENTITIES, hit['identity'], lang)}", hit["fingerprint"][:FINGERPRINT_SHOWN]]
    return "  ".join(parts)


def block(hit: Mapping[str, Any], lang: Lang) -> str:
    """Return a hit with its six sentences."""
    return "\n".join([head(hit, lang), *_sentences(hit["explanation"][lang], lang)])


def details(hit: Mapping[str, Any], saved: SavedQuery | None, lang: Lang) -> str:
    """Return everything that is kept of a hit: sentences, evidence in order with quotes, missing, what would clear."""
    titles = ("证据", "尚未掌握", "可排除情形") if lang == "zh" else ("Evidence", "Not known", "What would clear")
    name = f"{saved.title.text(lang)}({saved.typology})" if saved is not None else ""
    lines = [
        head(hit, lang) + (f"  {name}" if name else ""),
        *_sentences(hit["explanation"][lang], lang),
        "",
        titles[0],
    ]
    for number, one in enumerate(hit["evidence"], start=1):
        lines.append(f"  {number:>3}  {one['role']}  {place(one['file'], one['locator'], lang)}  [{one['claim']}]")
        lines.append(f"       {one['quote']}")
    lines += ["", titles[1], *[f"  - {item}" for item in hit["missing"] or ["-"]], "", titles[2]]
    for item in hit["clears"]:
        lines.append(f"  - {item['when']}: {word(CLEARS, item['state'], lang)}")
        lines.append(f"    {item['check']}")
        for one in item["evidence"]:
            lines.append(f"       {place(one['file'], one['locator'], lang)}  {one['quote']}")
    return "\n".join(lines)


def remarks(context: Context, result: DetectionResult) -> list[str]:
    """Return what has to be said of a run beside its hits: nothing that is left out is left out silently."""
    name, said = result.saved.id, []
    if result.truncated:
        zh = f"{name}:有 {result.truncated} 个对象的结果达到行数上限,可能有遗漏"
        said.append(context.text(zh, f"{name}: {result.truncated} ids reached the row limit, hits may be missing"))
    if result.faults:
        zh = f"{name}:{len(result.faults)} 个疑点与出处复核不符,未予保留:{result.faults[0]}"
        en = f"{name}: {len(result.faults)} hits did not agree with their sources and were dropped: {result.faults[0]}"
        said.append(context.text(zh, en))
    if result.hidden:
        zh = f"{name}:另案存在关联,不在授权范围内"
        said.append(context.text(zh, f"{name}: there are ties to other cases, outside of what you may see"))
    return said


def counted(hits: Sequence[Hit], context: Context) -> str:
    """Return how many hits there are in each state, as one sentence."""
    parts = []
    for state, (zh, en) in STATES.items():
        number = sum(hit.state == state for hit in hits)
        parts.append(context.text(f"{zh} {number}", f"{number} {en}"))
    return context.text("疑点:" + "、".join(parts), "hits: " + ", ".join(parts))
