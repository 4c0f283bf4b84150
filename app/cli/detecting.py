"""`shenwa detect` and `shenwa explain`."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from app.cli.hits import MOST_BLOCKS, block, console, counted, details, remarks, table
from app.cli.output import json_lines
from app.services.context import Context
from app.services.detecting import Progress as Told
from app.services.detecting import detect as run_detect
from app.services.detecting import find_hit, parameters_of, queries_of


@contextmanager
def _progress() -> Iterator[Told]:
    """Yield a function that shows, on a terminal, how far each query is."""
    shown = Console(stderr=True)
    if not shown.is_terminal:
        yield lambda query, done, total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=shown, transient=True) as bar:
        task = bar.add_task("detect", total=None)
        yield lambda query, done, total: bar.update(task, description=query, completed=done, total=total)


@click.command()
@click.argument("queries", nargs=-1)
@click.option(
    "--param", "params", multiple=True, metavar="K=V", help="参数,如 min_contracts=3 或 查询.参数=值 / a parameter"
)
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出,一行一个疑点 / JSON, one hit a line")
@click.pass_obj
def detect(context: Context, queries: tuple[str, ...], params: tuple[str, ...], as_json: bool) -> int:
    """执行保存的查询,列出疑点 / run saved queries and list the hits."""
    given = parameters_of(context, queries, params)
    with _progress() as progress:
        results = run_detect(context, queries, given, progress=progress)
    hits = [hit for result in results for hit in result.hits]
    if as_json:
        json_lines(hit.to_json(context.lang) for hit in hits)
    elif hits:
        out = console()
        out.print(table(results, context.lang))
        for hit in hits[:MOST_BLOCKS]:
            out.print(block(hit.to_json(context.lang), context.lang), soft_wrap=True)
            out.print()
        if len(hits) > MOST_BLOCKS:
            rest = len(hits) - MOST_BLOCKS
            out.print(context.text(f"另有 {rest} 个,逐个查看:shenwa explain 编号", f"{rest} more: shenwa explain HIT"))
    for result in results:
        for line in remarks(context, result):
            click.echo(line, err=True)
    click.echo(counted(hits, context), err=True)
    return 0 if hits else 1


@click.command()
@click.argument("hit")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出 / JSON on stdout")
@click.pass_obj
def explain(context: Context, hit: str, as_json: bool) -> None:
    """说明一个疑点:六句话、证据原文、尚未掌握、可排除情形 / explain one hit, named by the start of its number."""
    found = find_hit(context, hit)
    if as_json:
        json_lines([found])
        return
    saved = queries_of(context).get(str(found["query"]))
    console().print(details(found, saved, context.lang), soft_wrap=True)
