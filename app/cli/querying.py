"""`shenwa query`: the catalogue of saved queries."""

from importlib.resources import as_file, files
from pathlib import Path

import click

from app.cli.output import json_lines
from app.services.context import Context
from app.services.detecting import queries_of
from queries.loading import choose, load_all
from queries.saved import Parameter, SavedQuery


@click.group()
def query() -> None:
    """保存的查询 / the catalogue of saved queries."""


@query.command("list")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出,一行一个 / JSON, one object a line")
@click.pass_obj
def list_queries(context: Context, /, as_json: bool) -> None:
    """列出保存的查询 / list the saved queries."""
    known = queries_of(context).values()
    if as_json:
        json_lines(
            {
                "id": one.id,
                "version": one.version,
                "typology": one.typology,
                "status": one.status,
                "severity": one.severity,
                "title": one.title.model_dump(),
                "roles": list(one.roles),
                "parameters": {name: parameter.default for name, parameter in one.parameters.items()},
            }
            for one in known
        )
        return
    for one in known:
        click.echo(f"{one.id}  v{one.version}  {one.typology}  {one.status}  {one.title.text(context.lang)}")


def _parameter(name: str, one: Parameter, lang: str) -> str:
    bounds = f"{one.minimum:g} … {one.maximum:g}" if one.minimum is not None and one.maximum is not None else ""
    return f"  {name} = {one.default}  [{bounds}]  {one.label.text(lang)}: {one.why.text(lang)}"


def _shown(saved: SavedQuery, context: Context) -> list[str]:
    lang = context.lang
    lines = [f"{saved.id}  v{saved.version}  {saved.typology}  {saved.status}", saved.title.text(lang)]
    lines += [saved.description.text(lang), "", context.text("参数", "Parameters")]
    lines += [_parameter(name, one, lang) for name, one in saved.parameters.items()]
    lines += ["", context.text("可排除情形", "What would clear")]
    for clear in saved.clears:
        looked = "" if clear.query is None else context.text(" [自动查找]", " [looked for]")
        lines.append(f"  - {clear.when.text(lang)}{looked}: {clear.check.text(lang)}")
    lines += ["", context.text("来源", "References")] + [
        f"  - {one.title} {one.url}".rstrip() for one in saved.references
    ]
    return [*lines, "", saved.query.strip()]


@query.command()
@click.argument("id_", metavar="ID")
@click.pass_obj
def show(context: Context, /, id_: str) -> None:
    """说明一个查询:查什么、参数及理由、何以排除、Cypher / show one query with its parameters and why."""
    [saved] = choose(queries_of(context), (id_,))
    click.echo("\n".join(_shown(saved, context)))


@query.command()
@click.argument("id_", metavar="ID")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="文件 / file")
@click.pass_obj
def export(context: Context, /, id_: str, output: Path | None) -> None:
    """导出 Cypher 及参数默认值,可在 Neo4j 中直接执行 / Cypher with default parameters, ready for Neo4j."""
    [saved] = choose(queries_of(context), (id_,))
    lines = [f"// {saved.id} v{saved.version}: {saved.description.text(context.lang)}"]
    values = {name: one.default for name, one in saved.parameters.items()} | {"max_rows": 1000}
    lines += [
        f":param {name} => {str(value).lower() if isinstance(value, bool) else repr(value)};"
        for name, value in values.items()
    ]
    if saved.drive != "none":
        lines.append(f":param ids => [];  // {saved.drive}")
    text = "\n".join([*lines, "", saved.query.strip(), ""])
    if output is None:
        click.echo(text)
    else:
        output.write_text(text, encoding="utf-8")


@query.command()
@click.argument("ids", nargs=-1, metavar="[ID]…")
@click.option(
    "--write-lock", is_flag=True, help="记下随附查询的版本与逻辑 / lock version and logic of the queries that ship"
)
@click.pass_obj
def lint(context: Context, /, ids: tuple[str, ...], write_lock: bool) -> int:
    """检查查询:可移植的写法、字段、参数、用例、两种执行方式结果相同 / check saved queries."""
    from queries.lint import lint as check  # loads the engine
    from queries.lock import LOCK, read_lock
    from queries.lock import write_lock as write

    lock, count = read_lock(), 0
    for saved in choose(queries_of(context), ids):
        for finding in check(saved, lock):
            click.echo(finding.line(context.lang))
            count += 1
    click.echo(context.text(f"{count} 处不合规" if count else "全部合规", f"{count} findings"), err=True)
    if write_lock and not count:
        with as_file(files("queries")) as folder:
            write(load_all().values(), folder / LOCK)
    return 1 if count else 0


@query.command()
@click.argument("id_", metavar="ID")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="文件夹,默认在工作区 / folder, else the workspace's",
)
@click.pass_obj
def new(context: Context, /, id_: str, output: Path | None) -> None:
    """生成一个新查询的文件,除用例外都合规 / stamp a file that passes everything but its own cases."""
    from graph.errors import QueryError
    from queries.stamping import stamp

    if id_ in queries_of(context):
        raise QueryError(query=id_, zh="已有这个 id", en="there is a query of this id")
    folder = output if output is not None else context.workspace.open_or_create().path / "queries"
    click.echo(stamp(id_, folder))
