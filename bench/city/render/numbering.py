"""Numbers that offices give: in order of time, so that a planted fact gets the number an ordinary one would."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.city.streams import Streams
from bench.city.table import Column, texts
from bench.city.world import World

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Numbering:
    """The numbers of a city's facts, by row of their table.

    Attributes:
        tender: 项目编号.
        contract: 合同编号.
        payment: 支付编号.
        benefit: 发放编号.
        lease: 合同编号 of village leases.
        household: 户号 of each person.
    """

    tender: Column
    contract: Column
    payment: Column
    benefit: Column
    lease: Column
    household: Column


def in_order(day: Any, prefix: str, width: int, rng: np.random.Generator) -> Column:
    """Return numbers by year, counted in order of the day, those of one day in no order."""
    order = np.lexsort((rng.random(len(day)), day))
    years = 2014 + np.asarray(day)[order] // 365
    first = np.concatenate([[True], years[1:] != years[:-1]]) if len(order) else np.zeros(0, bool)
    starts = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
    nth = np.arange(len(order)) - starts + 1
    numbers = [f"{prefix}{year}{n:0{width}d}" for year, n in zip(years.tolist(), nth.tolist(), strict=True)]
    found = np.empty(len(order), dtype=object)
    found[order] = texts(numbers)
    return found


def number_facts(world: World) -> Numbering:
    """Number all facts of a city; call it after planting."""
    streams: Streams = world.streams

    def numbers(name: str, day: Any, prefix: str, width: int) -> Column:
        return in_order(day, prefix, width, streams(f"number/{name}"))

    heads = np.unique(world.head)
    place = np.empty(len(world.people), dtype=np.int64)
    place[heads] = streams("number/household").permutation(len(heads))
    return Numbering(
        tender=numbers("tender", world.tenders["announced"], "LHCG", 5),
        contract=numbers("contract", world.contracts["signed"], "LHHT", 5),
        payment=numbers("payment", world.payments["day"], "ZF", 6),
        benefit=numbers("benefit", world.benefits["month"] * 31, "BT", 7),
        lease=numbers("lease", world.leases["start"], "ZL", 5),
        household=texts([f"99{number:07d}" for number in place[world.head].tolist()]),
    )
