"""`shenwa pack`."""

from pathlib import Path

import click

from app.cli.output import json_lines
from app.services.accounts import operator
from app.services.context import Context
from graph.errors import BadUse


def _pack(context: Context, hits: tuple[str, ...], output: Path) -> int:
    from app.services.pack.deriving import ask, bring_up_to_date
    from app.services.pack.making import check_target, make, write
    from app.ui.words import Words

    check_target(output)
    bring_up_to_date(context)
    wanted = [ask(context, hit) for hit in hits]
    made = make(context, operator(), wanted, Words(context.lang))
    write(context, operator(), made, output)
    count = len(made.hits)
    zh, en = f"已写入 {output}({count} 个疑点,{len(made.files)} 个文件)", f"{output} written ({count} hits)"
    click.echo(context.text(zh, en), err=True)
    return 0


def _verify(context: Context, folder: Path, as_json: bool) -> int:
    from app.services.pack.deriving import bring_up_to_date
    from app.services.pack.manifest import read_manifest
    from app.services.pack.verifying import verify
    from app.ui.words import Words

    read_manifest(folder)
    bring_up_to_date(context)
    found = verify(context, folder, Words(context.lang))
    differing = [one for one in found if one.differs]
    if as_json:
        json_lines(one.to_json() for one in found)
    else:
        for one in found:
            click.echo(context.text(one.zh, one.en))
    if differing:
        zh, en = f"与材料包不一致:{len(differing)} 处", f"{len(differing)} differences from the pack"
    else:
        zh, en = (
            "与材料包一致:文件未改动,疑点按现在的数据仍然命中",
            "as packed: no file was changed, every hit is found again",
        )
    click.echo(context.text(zh, en), err=True)
    return 1 if differing else 0


@click.command()
@click.argument("hits", nargs=-1)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写到哪个新文件夹 / new folder to write")
@click.option("--verify", type=click.Path(path_type=Path), help="核对一个材料包 / check a pack against the data of now")
@click.option("--json", "as_json", is_flag=True, help="核对结果以 JSON 输出 / differences as JSON")
@click.pass_obj
def pack(context: Context, /, hits: tuple[str, ...], output: Path | None, verify: Path | None, as_json: bool) -> int:
    """生成或核对研判材料包 / make an assessment pack of hits, or check one.

    HITS 为疑点编号的开头 / HITS: starts of the numbers of hits.
    """
    if verify is not None and (hits or output):
        raise BadUse(zh="--verify 不能与疑点编号或 -o 同用", en="--verify stands alone, without hits and without -o")
    if verify is not None:
        return _verify(context, verify, as_json)
    if not hits or output is None:
        raise BadUse(zh="请给出疑点编号和 -o 文件夹", en="give the numbers of hits and -o with a folder")
    return _pack(context, hits, output)
