"""Reads the material for invented names."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Sector:
    """A line of business that agencies buy from.

    Attributes:
        word: Part of a company's name.
        scope: 经营范围.
        class_: 货物, 服务 or 工程, as thresholds tell them apart.
        item: 品目.
        needs: Names of what is bought.
        mean: Logarithm of the usual amount in yuan.
    """

    word: str
    scope: str
    class_: str
    item: str
    needs: tuple[str, ...]
    mean: float


@cache
def words() -> dict[str, Any]:
    """Return the material as it is written."""
    with (Path(__file__).parent / "words.toml").open("rb") as stream:
        return tomllib.load(stream)


@cache
def sectors() -> tuple[Sector, ...]:
    """Return the lines of business."""
    return tuple(
        Sector(one["word"], one["scope"], one["class"], one["item"], tuple(one["needs"]), float(one["mean"]))
        for one in words()["sectors"]
    )
