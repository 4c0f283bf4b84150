"""`shenwa resolve`: matching entities, what waits for a person, and judgements."""

import click

from app.cli.output import json_lines
from app.services.context import Context
from graph.casebook.verdict import Verdict
from graph.projection.groups import Contradiction

_VERDICTS = {
    Verdict.SAME: ("同一人(同一主体)", "the same"),
    Verdict.DIFFERENT: ("不是同一人(主体)", "different"),
    Verdict.UNSURE: ("不能确定", "unsure"),
    Verdict.POSTPONED: ("暂缓", "postponed"),
}
_WHY = click.option("--why", required=True, help="理由 / why")


def _say(context: Context, zh: str, en: str) -> None:
    click.echo(context.text(zh, en), err=True)


@click.group(invoke_without_command=True)
@click.pass_context
def resolve(ctx: click.Context) -> None:
    """核对身份并更新图谱;子命令记录人工判断 / match entities; judgements of people are its subcommands."""
    if ctx.invoked_subcommand is not None:
        return
    from app.services.refreshing import refresh

    context: Context = ctx.obj
    context.need_data()
    with context.writing("resolve") as ledger:
        done = refresh(context, ledger, again=True)
    found = done.resolved
    clusters, queued = (found.clusters, found.queued) if found else (0, 0)
    _say(
        context, f"合并 {clusters} 条记录,{queued} 对待人工核对", f"{clusters} records joined, {queued} pairs to judge"
    )


def _contradicted(context: Context, found: tuple[Contradiction, ...]) -> None:
    for one in found:
        links = ", ".join(f"{a} = {b}" for a, b in one.chain)
        a, b = one.pair
        zh = f"判断相互矛盾:{a} ≠ {b},但 {links};撤销其中一项之前,这些记录都不合并"
        _say(context, zh, f"contradiction: {a} ≠ {b}, yet {links}; none of them is joined until one is taken back")


def _judged(context: Context, verdict: Verdict, a: str, b: str, why: str) -> None:
    from app.services.identity import judge, name_pair
    from app.services.reading import reading
    from app.services.refreshing import refresh
    from app.services.tables import open_tables
    from app.services.withdrawing import actor

    with reading(context) as opened, open_tables(opened.tables, opened.scope) as connection:
        pair = name_pair(connection, a, b)
    with context.casebook() as casebook:
        told = judge(casebook, pair, verdict, why, actor())
    with context.writing("resolve") as ledger:
        refresh(context, ledger)
    made, words = told.judgement, _VERDICTS[verdict]
    zh, en = (
        f"第 {made.id} 号判断:{made.a} 与 {made.b} {words[0]}",
        f"judgement {made.id}: {made.a}, {made.b} {words[1]}",
    )
    _say(context, zh, en)
    _contradicted(context, told.contradictions)


def _verb(name: str, verdict: Verdict, help_: str) -> None:
    @click.argument("a")
    @click.argument("b")
    @_WHY
    @click.pass_obj
    def command(context: Context, a: str, b: str, why: str) -> None:
        _judged(context, verdict, a, b, why)

    resolve.command(name, help=help_)(command)


_verb("same", Verdict.SAME, "A 与 B 是同一人(主体) / A and B are the same")
_verb("different", Verdict.DIFFERENT, "A 与 B 不是同一人,以后导入也不再合并 / A and B are different, for good")
_verb("unsure", Verdict.UNSURE, "看过,不能确定 / looked at, cannot tell")
_verb("postpone", Verdict.POSTPONED, "暂缓处理 / put off")


@resolve.command()
@click.argument("number", type=click.IntRange(min=1))
@_WHY
@click.pass_obj
def undo(context: Context, number: int, why: str) -> None:
    """撤销一项判断(编号见 resolve log) / take a judgement back (numbers: resolve log)."""
    from app.services.identity import undo as take_back
    from app.services.identity_review import machine_links, to_review
    from app.services.refreshing import refresh
    from app.services.withdrawing import actor

    context.need_data()
    with context.casebook() as casebook:
        take_back(casebook, number, why, actor())
        found = to_review(casebook, machine_links(context))
    with context.writing("resolve") as ledger:
        refresh(context, ledger)
    _say(context, f"第 {number} 号判断已撤销", f"judgement {number} was taken back")
    for fingerprint in sorted(found.hits):
        _say(context, f"需复核:疑点 {fingerprint[:8]}", f"to be looked at again: hit {fingerprint[:8]}")
    if found.notes:
        _say(context, f"需复核:{len(found.notes)} 条批注", f"to be looked at again: {len(found.notes)} notes")


@resolve.command()
@click.option("--most", type=click.IntRange(1, 10_000), default=50, show_default=True, help="最多几对 / most pairs")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出,一行一对 / JSON, one pair a line")
@click.pass_obj
def queue(context: Context, most: int, as_json: bool) -> int:
    """待人工核对的成对记录 / pairs that wait for a person."""
    from app.services.identity_pairs import waiting
    from app.services.reading import reading
    from app.services.tables import open_tables
    from graph.casebook.judgements import Judgements, in_force

    with context.casebook() as casebook:
        judged = in_force(Judgements(casebook.engine).all())
    with reading(context) as opened, open_tables(opened.tables, opened.scope) as connection:
        found = waiting(context, connection, opened.scope, judged)
    if as_json:
        json_lines(pair.to_json(context.lang) for pair in found[:most])
    else:
        for pair in found[:most]:
            likely = f"{pair.probability:.2f}  " if pair.probability is not None else ""
            click.echo(f"{likely}{pair.one.name} {pair.a}  |  {pair.other.name} {pair.b}")
            click.echo("    " + ";".join(pair.why(context.lang)))
    _say(context, f"共 {len(found)} 对", f"{len(found)} pairs")
    return 0 if found else 1


@resolve.command()
@click.pass_obj
def log(context: Context) -> int:
    """人工判断的记录,新的在前 / what people judged, the newest first."""
    from app.services.identity import contradictions, history

    context.need_data()
    with context.casebook() as casebook:
        lines, found = history(casebook), contradictions(casebook)
    for one, gone in lines:
        words = context.text(*_VERDICTS[one.verdict])
        mark = context.text("(已撤销)", "(taken back)") if gone else ""
        click.echo(f"{one.id}  {one.at:%Y-%m-%d %H:%M}  {one.actor}  {one.a}  {one.b}  {words}{mark}  {one.reason}")
    _contradicted(context, found)
    return 0 if lines else 1
