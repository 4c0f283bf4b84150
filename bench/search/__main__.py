"""`python -m bench.search` (`make bench-search`): how quickly names are found; exit code 1 when a limit is broken."""

import sys
import tempfile
from pathlib import Path

import click

from bench.search.measure import LIMIT_MS, Measured, measure, quantile
from bench.speed import machine


def _lines(found: Measured) -> list[str]:
    head = f"{'':<12}{'texts':>7}{'index p50':>11}{'p95':>8}{'FTS5 p50':>11}{'p95':>8}  found: index, FTS5"
    lines = [head]
    for kind, timed in found.kinds.items():
        if not timed.index:
            continue
        times = [quantile(times, share) for times in (timed.index, timed.fts) for share in (0.5, 0.95)]
        shares = ""
        if timed.meant:
            shares = f"  {timed.index_found / timed.meant:>6.1%} {timed.fts_found / timed.meant:>6.1%}"
        one, two, three, four = times
        lines.append(f"{kind:<12}{len(timed.index):>7}{one:>11.2f}{two:>8.2f}{three:>11.2f}{four:>8.2f}{shares}")
    return lines


def _all(found: Measured, which: str, *, long_only: bool = False) -> list[float]:
    return [
        time
        for timed in found.kinds.values()
        for time, short in zip(getattr(timed, which), timed.short, strict=True)
        if not (long_only and short)
    ]


def _p95(found: Measured, which: str, *, long_only: bool = False) -> tuple[float, float]:
    """Return the 95th percentile of the index and of FTS5; `which` is empty (the clock) or `_busy` (the processor)."""
    ours = quantile(_all(found, f"index{which}", long_only=long_only), 0.95)
    return ours, quantile(_all(found, f"fts{which}", long_only=long_only), 0.95)


@click.command()
@click.option("--names", default=100_000, show_default=True, type=click.IntRange(min=1000), help="名称数 / names")
@click.option("--texts", default=2_000, show_default=True, type=click.IntRange(min=50), help="查询数 / texts asked")
def main(names: int, texts: int) -> None:
    """检索速度,与 SQLite FTS5 trigram 同场比较(毫秒) / speed of search beside SQLite FTS5 trigram, milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), names, texts, lambda step: click.echo(f"... {step}", err=True))
    for line in _lines(found):
        click.echo(line)
    size = found.size / 1e6
    click.echo(
        f"{found.names} names: index made in {found.build:.1f} s, read in {found.load * 1000:.0f} ms, {size:.0f} MB"
    )
    ours, theirs = _p95(found, "")
    kept, quicker = ours <= LIMIT_MS, ours <= theirs
    click.echo(f"p95 {ours:.2f} ms (limit {LIMIT_MS:.0f} ms) {'kept' if kept else 'BROKEN'}")
    click.echo(f"FTS5 trigram p95 {theirs:.2f} ms: {'no slower, kept' if quicker else 'BROKEN'}")
    for which, long_only, what in (
        ("_busy", False, "processor time, all texts"),
        ("", True, "by the clock, three characters or more"),
        ("_busy", True, "processor time, three characters or more"),
    ):
        ours, theirs = _p95(found, which, long_only=long_only)
        click.echo(f"p95 {what}: index {ours:.2f} ms, FTS5 {theirs:.2f} ms")
    click.echo(machine())
    sys.exit(0 if kept and quicker else 1)


if __name__ == "__main__":
    main(prog_name="python -m bench.search")
