"""`shenwa search`."""

import click

from app.cli.output import json_lines
from app.services.context import Context
from app.services.reading import reading
from app.services.searching import MOST
from app.services.searching import search as find_entities

_WHYS = {
    "id": ("标识", "id"),
    "code": ("编号", "code"),
    "name": ("名称", "name"),
    "former": ("曾用名", "former name"),
    "alias": ("别名", "alias"),
    "pinyin": ("拼音", "pinyin"),
    "name_start": ("名称开头", "start of the name"),
    "code_start": ("编号开头", "start of the code"),
    "initials": ("拼音首字母", "initials"),
    "name_part": ("名称中含有", "part of the name"),
    "former_part": ("曾用名中含有", "part of a former name"),
    "code_part": ("编号中含有", "part of the code"),
    "pinyin_part": ("拼音相近", "part of the pinyin"),
}


@click.command()
@click.argument("text")
@click.option("--most", type=click.IntRange(1, MOST), default=50, show_default=True, help="最多列出几条 / most lines")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出,一行一个 / JSON, one object a line")
@click.pass_obj
def search(context: Context, text: str, most: int, as_json: bool) -> int:
    """按姓名、名称、曾用名、号码、拼音或首字母查找 / find by name, former name, code, pinyin or initials."""
    with reading(context) as opened:
        found = find_entities(context, opened, text, most + 1)
    more, found = len(found) > most, found[:most]
    if as_json:
        json_lines(one.to_json() for one in found)
    else:
        for one in found:
            why = context.text(*_WHYS[one.why])
            cases = context.text(f"{one.cases} 案", f"{one.cases} cases") if one.cases else ""
            click.echo("  ".join(part for part in (one.id, one.type, one.name, one.code, cases, f"[{why}]") if part))
    if not found:
        click.echo(context.text(f"没有找到「{text}」", f"nothing found for '{text}'"), err=True)
    if more:
        zh, en = f"另有更多,只列出前 {most} 条", f"there are more, the first {most} are shown"
        click.echo(context.text(zh, en), err=True)
    return 0 if found else 1
