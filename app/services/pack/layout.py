"""Where the boxes of a small picture stand: on a grid, so that none overlaps, with few crossings and short lines.

Swaps and moves of boxes are tried in a fixed order of chance (a seeded generator), so that the same picture is laid out
the same way everywhere. What one line does to another and to a box depends on grid cells alone and is worked out once.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from app.services.pack.subgraph import Picture

Cell = tuple[int, int]
_TRIES = 6_000
# A line through a box says something false; a crossing is only unpleasant.
_THROUGH, _CROSSING, _SLANTED = 40.0, 6.0, 0.3
_COOLING = 12.0


@dataclass(frozen=True)
class Grid:
    """Columns and rows."""

    columns: int
    rows: int

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All cells, row by row."""
        return tuple((x, y) for y in range(self.rows) for x in range(self.columns))


def grid_for(boxes: int) -> Grid:
    """Return a grid with some room to spare."""
    sizes = ((2, Grid(3, 1)), (4, Grid(3, 2)), (6, Grid(3, 3)), (9, Grid(4, 3)), (12, Grid(4, 4)))
    return next((grid for most, grid in sizes if boxes <= most), Grid(5, math.ceil(boxes / 4)))


def _turn(a: Cell, b: Cell, c: Cell) -> int:
    area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (area > 0) - (area < 0)


def _strictly_between(a: Cell, b: Cell, c: Cell) -> bool:
    if _turn(a, b, c) != 0 or c in (a, b):
        return False
    return min(a[0], b[0]) <= c[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= c[1] <= max(a[1], b[1])


@cache
def _passes(a: Cell, b: Cell, c: Cell) -> bool:
    """Tell whether the line from a to b comes too near the middle of c."""
    if _strictly_between(a, b, c):
        return True
    if c in (a, b) or not min(a[0], b[0]) <= c[0] <= max(a[0], b[0]):
        return False
    if not min(a[1], b[1]) <= c[1] <= max(a[1], b[1]):
        return False
    area = abs((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
    return area / math.hypot(b[0] - a[0], b[1] - a[1]) < 0.45


@cache
def _cross(a: Cell, b: Cell, c: Cell, d: Cell) -> bool:
    """Tell whether two lines meet anywhere but in a common end."""
    if len({a, b, c, d}) < 4:
        common = {a, b} & {c, d}
        if len(common) != 1:
            return True
        [one] = {a, b} - common
        [other] = {c, d} - common
        [hub] = common
        return _strictly_between(hub, one, other) or _strictly_between(hub, other, one)
    return _turn(a, b, c) != _turn(a, b, d) and _turn(c, d, a) != _turn(c, d, b)


def _cost(places: Sequence[Cell], ties: Sequence[tuple[int, int]]) -> float:
    total = 0.1 * places[0][0]  # whoever comes first stands at the left
    for at, (i, j) in enumerate(ties):
        a, b = places[i], places[j]
        total += math.hypot(a[0] - b[0], 1.2 * (a[1] - b[1])) + (_SLANTED if a[0] != b[0] and a[1] != b[1] else 0)
        total += _THROUGH * sum(_passes(a, b, c) for c in places)
        total += _CROSSING * sum(_cross(a, b, places[k], places[m]) for k, m in ties[:at])
    return total


def _ties(picture: Picture) -> list[tuple[int, int]]:
    at = {box.id: number for number, box in enumerate(picture.boxes)}
    return [(at[line.a], at[line.b]) for line in picture.lines]


def place(picture: Picture) -> tuple[Grid, dict[str, Cell]]:
    """Return a grid, and the cell of each box."""
    grid, count = grid_for(len(picture.boxes)), len(picture.boxes)
    if not count:
        return grid, {}
    cells, ties, chance = list(grid.cells), _ties(picture), Random(0)
    # The boxes stand in the first cells of this order; the rest are free.
    order = list(range(len(cells)))
    best = [cells[one] for one in order]
    cost = lowest = _cost(best[:count], ties)
    for step in range(_TRIES):
        i, j = chance.randrange(count), chance.randrange(len(cells))
        if i == j:
            continue
        order[i], order[j] = order[j], order[i]
        now = [cells[one] for one in order]
        tried = _cost(now[:count], ties)
        heat = max(0.01, _COOLING * (1 - step / _TRIES) ** 3)
        if tried <= cost or chance.random() < math.exp((cost - tried) / heat):
            cost = tried
            if cost < lowest - 1e-9:
                lowest, best = cost, now
        else:
            order[i], order[j] = order[j], order[i]
    return _packed(grid, {box.id: best[at] for at, box in enumerate(picture.boxes)})


def _packed(grid: Grid, cells: dict[str, Cell]) -> tuple[Grid, dict[str, Cell]]:
    """Leave out columns and rows in which nothing stands and through which nothing is gained."""
    columns = sorted({x for x, _ in cells.values()})
    rows = sorted({y for _, y in cells.values()})
    if len(columns) > 1 and len(columns) < grid.columns and columns == list(range(columns[0], columns[-1] + 1)):
        cells = {id_: (x - columns[0], y) for id_, (x, y) in cells.items()}
        grid = Grid(len(columns), grid.rows)
    if len(rows) < grid.rows and rows == list(range(rows[0], rows[-1] + 1)):
        cells = {id_: (x, y - rows[0]) for id_, (x, y) in cells.items()}
        grid = Grid(grid.columns, len(rows))
    return grid, cells
