"""`shenwa path`."""

from typing import Any

import click

from app.cli.dates import DAY
from app.cli.output import json_lines
from app.services.context import Context
from app.services.following import LONGEST, Followed, follow
from app.services.naming import Named, find, named
from app.services.reading import reading
from app.services.tables import open_tables
from app.services.ties import Tie, read_ties
from graph.errors import BadUse

# Parallel ties between two entities (many transfers) are counted beyond these; JSON has all.
_SHOWN_TIES = 5
_SHOWN_SOURCES = 3


def print_tie(context: Context, tie: Tie, indent: str) -> None:
    """Show a tie and its sources, a line each."""
    first, second = tie.read_from()
    parts = [f"{first.name} —{tie.label(context.lang)}→ {second.name}", tie.span(context.lang)]
    click.echo(indent + "  ".join(part for part in parts if part))
    for source in tie.sources[:_SHOWN_SOURCES]:
        quote = f":「{source.quote}」" if source.quote else ""
        click.echo(f"{indent}    {source.place(context.lang)}{quote}")
    rest = len(tie.sources) - _SHOWN_SOURCES
    if rest > 0:
        click.echo(indent + context.text(f"    …另有 {rest} 处出处", f"    ... {rest} more sources"))


def _print(context: Context, found: Followed, people: dict[str, Named], ties: dict[str, Tie]) -> None:
    for number, path in enumerate(found.paths, start=1):
        steps = len(path.hops)
        names = " — ".join(people[id_].name for id_ in path.nodes)
        click.echo(context.text(f"联系 {number}({steps} 步)  {names}", f"path {number} ({steps} steps)  {names}"))
        for hop in path.hops:
            for eid in hop.eids[:_SHOWN_TIES]:
                print_tie(context, ties[eid], "  ")
            rest = len(hop.eids) - _SHOWN_TIES
            if rest > 0:
                click.echo(context.text(f"  …两者之间另有 {rest} 条", f"  ... {rest} more between the two"))


def _lines(found: Followed, people: dict[str, Named], ties: dict[str, Tie]) -> list[dict[str, Any]]:
    return [
        {
            "path": number,
            "length": len(path.hops),
            "nodes": [people[id_].to_json() for id_ in path.nodes],
            "hops": [
                {"source": hop.source, "target": hop.target, "ties": [ties[eid].to_json() for eid in hop.eids]}
                for hop in path.hops
            ],
        }
        for number, path in enumerate(found.paths, start=1)
    ]


def _remarks(context: Context, found: Followed, longest: int) -> None:
    if not found.paths:
        zh, en = f"{longest} 步之内没有联系", f"no ties within {longest} steps"
        if found.hubs:
            zh += f";未穿过 {found.hubs} 个枢纽,可加 --with-hubs"
            en += f"; {found.hubs} hubs were not crossed, try --with-hubs"
        click.echo(context.text(zh, en), err=True)
    if found.more:
        click.echo(context.text("同样长短的联系还有更多,未全部列出", "there are more of the same length"), err=True)
    if found.cut:
        zh, en = "有的节点联系过多,未全部读取", "some entities have too many ties to read all of them"
        click.echo(context.text(zh, en), err=True)


@click.command()
@click.argument("a")
@click.argument("b")
@click.option("--length", type=click.IntRange(1, LONGEST), default=4, show_default=True, help="最多几步 / most steps")
@click.option("--most", type=click.IntRange(1, 100), default=10, show_default=True, help="最多列出几条 / most paths")
@click.option("--with-hubs", is_flag=True, help="允许穿过枢纽 / cross hubs too")
@click.option("--on", type=DAY, help="只看当日有效的联系 / only ties that held on this day")
@click.option("--seconds", type=click.FloatRange(0.1, 600), default=30.0, help="时限(秒,默认 30)/ time limit")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出,一行一条 / JSON, one path a line")
@click.pass_obj
def path(context: Context, /, a: str, b: str, length: int, as_json: bool, **options: Any) -> int:
    """两者之间最短的联系,逐边带出处 / the shortest ties between two, each with its source.

    A、B 为标识、号码或唯一的名称 / A and B: an id, a code or a unique name.
    """
    with reading(context) as opened, open_tables(opened.tables, opened.scope) as connection:
        start, goal = find(connection, a), find(connection, b)
        if start.id == goal.id:
            raise BadUse(zh=f"两端是同一个:{start.name}", en=f"both ends are the same: {start.name}")
        found = follow(
            opened.view,
            start.id,
            goal.id,
            longest=length,
            most=options["most"],
            with_hubs=options["with_hubs"],
            day=options["on"],
            seconds=options["seconds"],
        )
        people = named(connection, {id_ for one in found.paths for id_ in one.nodes})
        ties = read_ties(context, connection, {eid for one in found.paths for hop in one.hops for eid in hop.eids})
    if as_json:
        json_lines(_lines(found, people, ties))
    else:
        _print(context, found, people, ties)
    _remarks(context, found, length)
    return 0 if found.paths else 1
