"""The report of an import as people read it: what was read, refused and why."""

import json

import click

from app.services.context import Context
from ingest.readers.table import Refusal
from ingest.readers.wording import describe
from ingest.report import FileReport, ImportReport

# A file that is wrong in every row says so; its report in the ledger holds all of them.
MOST_LINES = 1000

_STATES = {
    "known": ("此前已导入", "imported before"),
    "withdrawn": ("已撤回,未重新导入(撤销:retract --undo)", "retracted, not imported again (undo: retract --undo)"),
    "purged": ("已按要求销毁,不再导入", "destroyed by order, not imported again"),
    "unknown": ("未识别为任何登记表,已列出", "not recognised as any register"),
    "refused": ("未能读取", "could not be read"),
}


def _file_line(context: Context, file: FileReport) -> str:
    if file.state == "read" and file.characters:
        zh, en = f"文书 {file.characters} 字,关系 {file.ties} 条", f"{file.characters} characters, {file.ties} ties"
        return f"{file.path}: {context.text(zh, en)}"
    if file.state == "read":
        rows = context.text(f"{file.rows} 行", f"{file.rows} rows")
        return f"{file.path}: {'、'.join(file.registers)} {rows}"
    zh, en = _STATES[file.state]
    reason = file.unreadable.get(context.lang, "")
    return f"{file.path}: {context.text(zh, en)}{' — ' + reason if reason else ''}"


def _refusal(fault: dict[str, object]) -> Refusal:
    def text(key: str) -> str | None:
        value = fault.get(key)
        return None if value is None else str(value)

    def number(key: str) -> int | None:
        value = fault.get(key)
        return None if value is None else int(str(value))

    facts = json.loads(str(fault["facts"]))
    return Refusal(
        str(fault["code"]), "noted", text("sheet"), number("row"), number("sheet_row"), text("column"), facts
    )


def print_report(context: Context, report: ImportReport, *, as_json: bool) -> None:
    """Show every file and every faulty row on stderr; with JSON, faults also as objects on stdout."""
    for file in report.files:
        click.echo(_file_line(context, file), err=True)
        for fault in file.faults[:MOST_LINES]:
            click.echo("  " + describe(_refusal(fault), file.path, context.lang), err=True)
        rest = len(file.faults) - MOST_LINES
        if rest > 0:
            click.echo(context.text(f"  …另有 {rest} 条", f"  ... {rest} more"), err=True)
        if as_json:
            for fault in file.faults:
                shown = {key: fault.get(key) for key in ("sheet", "row", "sheet_row", "column", "code", "level")}
                click.echo(json.dumps({"kind": "fault", "file": file.path, **shown}, ensure_ascii=False))
    rows = sum(file.rows for file in report.files)
    files, bad_rows, bad_files = len(report.files), report.refused_rows, report.refused_files
    zh = f"共 {files} 个文件,读入 {rows} 行,拒绝 {bad_rows} 行、{bad_files} 个文件;批次 {report.run}"
    en = f"{files} files, {rows} rows read, {bad_rows} rows and {bad_files} files refused; run {report.run}"
    click.echo(context.text(zh, en), err=True)
