"""`shenwa search`."""

import click

from app.cli.output import json_lines
from app.services.context import Context
from app.services.reading import reading
from app.services.search.building import takes_a_while
from app.services.searching import MOST, Answer, answer
from graph.model import model

_WHYS = {
    "id": ("标识", "id"),
    "code": ("编号", "code"),
    "name": ("名称", "name"),
    "former": ("曾用名", "former name"),
    "alias": ("别名", "alias"),
    "pinyin": ("拼音", "pinyin"),
    "given": ("名", "given name"),
    "name_start": ("名称开头", "start of the name"),
    "code_start": ("编号开头", "start of the code"),
    "code_end": ("编号末尾", "end of the code"),
    "initials": ("拼音首字母", "initials"),
    "name_part": ("名称中含有", "part of the name"),
    "former_part": ("曾用名中含有", "part of a former name"),
    "code_part": ("编号中含有", "part of the code"),
    "short": ("简称", "short form"),
    "pinyin_part": ("拼音相近", "part of the pinyin"),
    "near": ("差一个字", "one character off"),
    "sound": ("同音", "sounds alike"),
}
# Cases in which most of the lines are named; the rest are reached by --case.
_MOST_CASES = 5


def _type(text: str) -> str:
    """Return the node type that a user names in either language; the text itself when there is none."""
    for name, node in model().nodes.items():
        if text.casefold() in (name.casefold(), node.zh, node.en.casefold()):
            return name
    return text


def _facets(context: Context, found: Answer) -> str:
    """Return how many there are of each type and in which cases, as one line."""
    types = [f"{context.text(model().nodes[name].zh, name)} {count}" for name, count in found.types.items()]
    cases = [f"{name} {count}" for name, count in list(found.cases.items())[:_MOST_CASES]]
    told = context.text("类型:", "types: ") + "、".join(types)
    return told + (context.text(";案件:", "; cases: ") + "、".join(cases) if cases else "")


@click.command()
@click.argument("text")
@click.option("--most", type=click.IntRange(1, MOST), default=50, show_default=True, help="最多列出几条 / most lines")
@click.option("--type", "types", multiple=True, help="只列这种类型,如 人员、Company / only this type")
@click.option("--case", "cases", multiple=True, help="只列涉及这个案件的 / only what this case names")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出,一行一个 / JSON, one object a line")
@click.pass_obj
def search(
    context: Context, text: str, most: int, types: tuple[str, ...], cases: tuple[str, ...], as_json: bool
) -> int:
    """按姓名、名称、简称、曾用名、号码、拼音或首字母查找 / find by name, former name, code, pinyin or initials."""
    with reading(context) as opened:
        if takes_a_while(opened.tables):
            zh, en = (
                "图谱更新后第一次检索,先建立索引…",
                "the first search since the graph changed, making the index ...",
            )
            context.say(context.text(zh, en))
        found = answer(opened, text, most, [_type(one) for one in types], cases)
    if as_json:
        json_lines(one.to_json() for one in found.lines)
    else:
        for one in found.lines:
            why = context.text(*_WHYS[one.why])
            in_cases = context.text(f"{one.cases} 案", f"{one.cases} cases") if one.cases else ""
            parts = (one.id, one.type, one.name, one.code, in_cases, f"[{why}]")
            click.echo("  ".join(part for part in parts if part))
        if found.total > 1:
            click.echo(_facets(context, found), err=True)
    if not found.lines:
        click.echo(context.text(f"没有找到「{text}」", f"nothing found for '{text}'"), err=True)
    if found.total > len(found.lines):
        zh, en = f"共 {found.total} 条,只列出前 {most} 条", f"{found.total} in all, the first {most} are shown"
        click.echo(context.text(zh, en), err=True)
    return 0 if found.lines else 1
