"""`shenwa import`."""

import datetime
import json
from pathlib import Path

import click

from app.cli.dates import DAY
from app.cli.progress import file_progress
from app.cli.reporting import print_report
from app.services.context import Context
from app.services.importing import run_import
from graph.errors import BadUse
from ingest.options import ImportOptions


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--case", help="所属案件 / case the files belong to")
@click.option("--provided-by", help="提供单位 / who provided them")
@click.option("--warrant", help="调取文书号 / number of the document by which they were obtained")
@click.option("--obtained", type=DAY, help="调取日期 / day they were obtained")
@click.option("--encoding", help="编码,如 gb18030 / encoding instead of the detected one")
@click.option("--register", help="按指定登记表读取 / read every table as this register")
@click.option("--no-project", is_flag=True, help="只入账,不更新图谱 / do not bring the graph up to date")
@click.option("--strict", is_flag=True, help="有被拒绝的行或文件时返回 1 / exit 1 when anything was refused")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出 / JSON on stdout")
@click.pass_obj
def import_command(
    context: Context,
    paths: tuple[Path, ...],
    case: str | None,
    provided_by: str | None,
    warrant: str | None,
    obtained: datetime.date | None,
    encoding: str | None,
    register: str | None,
    no_project: bool,
    strict: bool,
    as_json: bool,
) -> int:
    """导入文件或文件夹;可重复执行,可随时中断 / import files or folders; safe to repeat, safe to stop."""
    options = ImportOptions(case, provided_by, warrant, obtained, encoding, register)
    with file_progress(context) as progress:
        done = run_import(context, paths, options, project=not no_project, progress=progress)
    report = done.report
    print_report(context, report, as_json=as_json)
    if as_json:
        summary = {
            "run": report.run,
            "files": len(report.files),
            "read": report.read_files,
            "rows": sum(file.rows for file in report.files),
            "refused_files": report.refused_files,
            "refused_rows": report.refused_rows,
            "codes": dict(sorted(report.counts().items())),
        }
        click.echo(json.dumps(summary, ensure_ascii=False))
    if not report.read_files:
        raise BadUse(zh="没有读到任何可用的内容,原因见上", en="nothing usable was read, the reasons stand above")
    return 1 if strict and (report.refused_rows or report.refused_files) else 0
