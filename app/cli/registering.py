"""`shenwa register list` and `register new`."""

from pathlib import Path

import click

from app.cli.output import json_lines
from app.services.context import Context
from app.services.importing import mappings
from app.services.stamping import stamp


@click.group()
def register() -> None:
    """登记表目录 / the catalogue of registers."""


@register.command("list")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出,一行一个 / JSON, one object a line")
@click.pass_obj
def list_registers(context: Context, /, as_json: bool) -> None:
    """列出能识别的登记表 / list the registers that are recognised."""
    known = sorted(mappings(context).values(), key=lambda one: one.id)
    if as_json:
        names = ("id", "zh", "en", "anchors")
        json_lines({**{name: getattr(one, name) for name in names}, "columns": list(one.columns)} for one in known)
        return
    for one in known:
        needs = context.text("认表所需:", "needs: ") + "、".join(one.anchors)
        click.echo(f"{one.id}  {one.zh if context.lang == 'zh' else one.en}  {needs}")


@register.command("new")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", "id_", help="映射的编号 / id of the mapping")
@click.pass_obj
def new_register(context: Context, /, file: Path, id_: str | None) -> None:
    """由不认识的表生成一份映射,供修改 / stamp a mapping from an unknown table, to be filled in."""
    made = stamp(context, file, id_)
    click.echo(made.path)
    unknown, absent = "、".join(made.unknown) or "无", "、".join(made.absent) or "无"
    zh = f"以「{made.near}」为底;待核对的列:{unknown};底表有而表中没有的列:{absent}"
    en = f"after '{made.near}'; columns to look at: {', '.join(made.unknown) or '-'}"
    click.echo(context.text(zh, en), err=True)
