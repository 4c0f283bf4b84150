"""`shenwa retract`, `purge`, `rebuild`, `doctor`."""

import click

from app.services import trail
from app.services.checking import check
from app.services.context import Context
from app.services.withdrawing import purge_document, rebuild_graph, withdraw


@click.command()
@click.argument("target")
@click.option("--reason", required=True, help="理由 / why")
@click.option("--undo", is_flag=True, help="撤销此前的撤回 / take a retraction back")
@click.pass_obj
def retract(context: Context, target: str, reason: str, undo: bool) -> None:
    """撤回一份材料(12 位标识)或一次导入(批次号)的全部事实,可撤销 / hide a document's or a run's facts."""
    kind = withdraw(context, target, reason, undo=undo)
    what = {"doc": ("材料", "document"), "run": ("导入批次", "run")}[kind]
    done = ("已恢复", "shown again") if undo else ("已撤回", "retracted")
    click.echo(context.text(f"{what[0]} {target} {done[0]}", f"{what[1]} {target} {done[1]}"), err=True)


@click.command()
@click.argument("document")
@click.option("--reason", required=True, help="理由 / why")
@click.option("--yes", is_flag=True, help="不再询问 / do not ask")
@click.pass_obj
def purge(context: Context, document: str, reason: str, yes: bool) -> None:
    """彻底销毁一份材料:事实、原件都删除,只留哈希和理由 / destroy a document; only hash and reason stay."""
    if not yes:
        question = context.text(
            f"将彻底销毁材料 {document},不可恢复。继续?", f"document {document} will be destroyed for good. Go on?"
        )
        click.confirm(question, abort=True, err=True)
    purge_document(context, document, reason)
    click.echo(
        context.text(
            f"材料 {document} 已销毁;既有备份中的副本不受影响,请另行处理",
            f"document {document} was destroyed; copies in existing backups are untouched, deal with them apart",
        ),
        err=True,
    )


@click.command()
@click.pass_obj
def rebuild(context: Context) -> None:
    """由账本重新生成图谱 / make the graph anew from the ledger."""
    version = rebuild_graph(context)
    number = version.generation
    click.echo(context.text(f"图谱已重新生成(第 {number} 代)", f"graph made anew (generation {number})"), err=True)


@click.command()
@click.option("--take-over", is_flag=True, help="接管不属于本工作区的 Neo4j 库 / take over a foreign database")
@click.option("--audit", is_flag=True, help="逐条核对操作日志 / go through the audit log line by line")
@click.pass_obj
def doctor(context: Context, take_over: bool, audit: bool) -> int:
    """检查工作区、账本、图谱和磁盘 / check workspace, ledger, graph and disk."""
    if take_over and context.settings.graph:
        url = context.settings.graph
        zh, en = f"库中原有内容将被清除。请输入库地址 {url} 以确认", f"type {url} to confirm that its content goes"
        typed = click.prompt(context.text(zh, en), err=True)
        if typed != url:
            raise click.Abort
    found = check(context, take_over=take_over)
    for line in found:
        mark = "✓" if line.ok else "✗"
        click.echo(f"{mark} {line.name}: {line.zh if context.lang == 'zh' else line.en}")
    sound = _audited(context) if audit else True
    return 0 if sound and all(line.ok for line in found) else 1


def _audited(context: Context) -> bool:
    """Say whether the audit log is as it was written."""
    count, faults = trail.verify(context)
    for fault in faults:
        click.echo(f"✗ audit: {trail.told(fault, context.lang)}")
    if not faults:
        click.echo("✓ audit: " + context.text(f"操作日志 {count} 条,逐条相符", f"{count} lines, all as written"))
    return not faults
