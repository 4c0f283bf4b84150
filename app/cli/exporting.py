"""`shenwa export`."""

from pathlib import Path
from typing import get_args

import click

from app.services.context import Context
from app.services.export.exporting import Format
from app.services.export.exporting import export as write_graph
from app.services.reading import reading


@click.command()
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="写到哪个文件 / file to write")
@click.option(
    "--format", "form", type=click.Choice(get_args(Format)), default="jsonl", show_default=True, help="格式 / format"
)
@click.pass_obj
def export(context: Context, /, output: Path, form: Format) -> None:
    """导出整张图谱,内容相同则逐字节相同 / export the whole graph; the same graph gives the same bytes."""
    with reading(context) as opened:
        lines = write_graph(context, opened, output, form)
    click.echo(context.text(f"已写入 {output}({lines} 条)", f"{output} written ({lines} entries)"), err=True)
