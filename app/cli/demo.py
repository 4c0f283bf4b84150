"""`shenwa demo`."""

import time

import click

from app.cli.hits import block, console, counted, remarks, table
from app.cli.progress import file_progress
from app.services.context import Context
from app.services.demonstrating import import_examples
from app.services.detecting import detect


@click.command()
@click.pass_obj
def demo(context: Context, /) -> int:
    """导入 examples/ 的虚构县,运行全部已存查询,列出疑点 / import the invented county and list the hits."""
    started = time.monotonic()
    with file_progress(context) as progress:
        done = import_examples(context, progress)
    report = done.report
    files, rows = len(report.files), sum(file.rows for file in report.files)
    known = sum(file.state == "known" for file in report.files)
    zh = f"示例共 {files} 个文件:新读入 {rows} 行,{known} 个文件此前已导入;拒绝 {report.refused_rows} 行"
    en = f"{files} example files: {rows} rows read, {known} files known from before; {report.refused_rows} rows refused"
    click.echo(context.text(zh, en), err=True)
    if report.refused_rows:
        zh, en = "逐行的原因:shenwa import examples", "the reason of each row: shenwa import examples"
        click.echo(context.text(zh, en), err=True)
    results = detect(context)
    hits = [hit for result in results for hit in result.hits]
    out = console()
    out.print(table(results, context.lang))
    for hit in hits:
        if hit.state == "open":
            out.print(block(hit.to_json(context.lang), context.lang), soft_wrap=True)
            out.print()
    for result in results:
        for line in remarks(context, result):
            click.echo(line, err=True)
    seconds = f"{time.monotonic() - started:.1f}"
    click.echo(f"{counted(hits, context)} {context.text(f'(用时 {seconds} 秒)', f'({seconds} s)')}", err=True)
    return 0 if hits else 1
