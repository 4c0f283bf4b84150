"""`shenwa-bench`: generates cities and scores what the saved queries find in them."""

from pathlib import Path

import click

from bench.city.preset import DIFFICULTIES, PRESETS

_PRESET = click.Choice(sorted(PRESETS))
_DIFFICULTY = click.Choice(sorted(DIFFICULTIES))


@click.group()
def cli() -> None:
    """生成城市并评分 / generate cities and score what is found in them."""


@cli.command("city")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="随机种子 / seed")
@click.option("--preset", type=_PRESET, default="small", show_default=True, help="规模 / size")
@click.option("--difficulty", type=_DIFFICULTY, help="难度,缺省随规模 / difficulty, else the preset's usual one")
@click.option("--empty", is_flag=True, help="不植入任何疑点 / plant nothing")
@click.option(
    "--block-list",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="企业不得使用的名称 / names that no company may bear",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="输出目录 / folder to write")
def city_command(
    seed: int, preset: str, difficulty: str | None, empty: bool, block_list: Path | None, out: Path
) -> None:
    """生成一座城市 / generate a city: OUT/registers and OUT/truth."""
    from bench.city.generate import generate_city

    blocked = frozenset(block_list.read_text(encoding="utf-8").split()) if block_list else frozenset()
    city = generate_city(seed, preset, out, difficulty=difficulty, empty=empty, blocked=blocked)
    kinds = [one.kind for one in city.schemes]
    click.echo(
        f"{out}: {city.rows} 行 / rows; {kinds.count('scheme')} 个植入 / schemes, "
        f"{kinds.count('decoy')} 个形似 / decoys, {kinds.count('unscored')} 个背景 / background"
    )


def _seeds(text: str) -> list[int]:
    """Read `1000-1009,1020`."""
    found: list[int] = []
    for part in text.split(","):
        first, mark, last = part.partition("-")
        if not first.isdigit() or (mark and not last.isdigit()):
            raise click.BadParameter(f"种子应写成 1000-1009 或 3,5 / write seeds as 1000-1009 or 3,5: {text}")
        found += range(int(first), int(last if mark else first) + 1)
    if not found:
        raise click.BadParameter(f"没有种子 / no seeds: {text}")
    return found


def _given(params: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Read `query.parameter=value`."""
    given: dict[str, dict[str, str]] = {}
    for text in params:
        name, mark, value = text.partition("=")
        query, dot, parameter = name.partition(".")
        if not mark or not dot:
            raise click.BadParameter(f"参数应写成 query.parameter=value / write query.parameter=value: {text}")
        given.setdefault(query, {})[parameter] = value
    return given


@cli.command("run")
@click.option("--preset", type=_PRESET, default="medium", show_default=True, help="规模 / size")
@click.option("--difficulty", type=_DIFFICULTY, help="难度,缺省随规模 / difficulty, else the preset's usual one")
@click.option("--seeds", required=True, help="种子,如 1000-1009 / seeds; 0-9 are for development")
@click.option("--empty-seeds", default="", help="空城的种子 / seeds of cities in which nothing is planted")
@click.option("--query", "queries", multiple=True, help="只运行这些查询 / run these saved queries only")
@click.option("--param", multiple=True, help="查询参数 query.parameter=value / a query's parameter")
@click.option("--keep", is_flag=True, help="保留登记表与工作区 / keep registers and workspaces")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="输出目录 / folder to write")
def run_command(
    preset: str,
    difficulty: str | None,
    seeds: str,
    empty_seeds: str,
    queries: tuple[str, ...],
    param: tuple[str, ...],
    keep: bool,
    out: Path,
) -> None:
    """逐城生成、导入、检出、评分;可中断后继续 / generate, import, detect, score; goes on where it stopped."""
    from bench.score.report import write_result
    from bench.score.results import results
    from bench.score.running import Plan, made_from, read_city, read_empty, run_city

    plan = Plan(preset, difficulty, out, _given(param), keep, lambda line: click.echo(line, err=True), queries)
    out.mkdir(parents=True, exist_ok=True)
    folders = [run_city(seed, plan) for seed in _seeds(seeds)]
    empty = [run_city(seed, plan, empty=True) for seed in (_seeds(empty_seeds) if empty_seeds else [])]
    figures = results([read_city(folder) for folder in folders], [read_empty(folder) for folder in empty])
    write_result(out, figures, made_from(folders, plan))
    click.echo(out / "result.md")


def main() -> None:
    """Run the command line; an error of shenwa is one sentence."""
    from graph.errors import ShenwaError

    try:
        cli()
    except ShenwaError as error:
        click.echo(error.sentence("zh"), err=True)
        click.echo(error.sentence("en"), err=True)
        raise SystemExit(error.exit_code) from None
