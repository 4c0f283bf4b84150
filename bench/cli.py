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
        f"{out}: {city.rows} 行 / rows; {kinds.count('scheme')} 个植入 / schemes, {kinds.count('decoy')} 个形似 / decoys, "
        f"{kinds.count('unscored')} 个背景 / background"
    )


def main() -> None:
    """Run the command line."""
    cli()
