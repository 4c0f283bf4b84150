"""`python -m bench` (`make bench`): speed and memory with their limits; exit code 1 when one is broken."""

import sys

import click

from bench.speed import Line, lines, machine, measure


def _show(table: list[Line]) -> None:
    widths = [max(len(line.what) for line in table), max(len(line.value) for line in table)]
    for line in table:
        verdict = {True: "kept", False: "BROKEN", None: ""}[line.kept]
        click.echo(f"{line.what:<{widths[0]}}  {line.value:<{widths[1]}}  {line.limit}  {verdict}".rstrip())


@click.command()
@click.option("--rows", default=1_500_000, show_default=True, type=click.IntRange(min=1000), help="流水行数 / rows")
@click.option("--runs", type=click.IntRange(min=1), help="导入与基准各跑几次,取最快 / runs of import and baseline")
@click.option("--no-load", is_flag=True, help="不测图库装载 / leave out the embedded graph")
def main(rows: int, runs: int | None, no_load: bool) -> None:
    """导入、投影、装载的速度与内存 / speed and memory of import, projection and load."""

    def tell(step: str) -> None:
        click.echo(f"... {step}", err=True)

    table = lines(measure(rows, load=not no_load, runs=runs, tell=tell))
    _show(table)
    click.echo(machine())
    sys.exit(1 if any(line.kept is False for line in table) else 0)


if __name__ == "__main__":
    main(prog_name="python -m bench")
