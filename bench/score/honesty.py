"""Checks of the benchmark itself: nothing but the scheme may tell its actors from others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.city.plant.model import Scheme
from bench.city.table import NONE
from bench.city.world import World
from bench.score.ranking import average_precision

Features = dict[str, NDArray[np.float64]]
# A shallow ranking may be this many times as good as a shuffled one: the lower end of the interval over cities counts.
MOST_LIFT = 2.0
MOST_AUC = 0.6


@dataclass(frozen=True)
class Leak:
    """How well a shallow feature ranks planted actors in one city.

    Attributes:
        actor: `official` or `company`.
        feature: What they are ranked by, and from which end.
        ap: Average precision.
        base: What a shuffled ranking would have.
    """

    actor: str
    feature: str
    ap: float
    base: float


def lifts(found: Sequence[Leak], draws: int = 500) -> dict[tuple[str, str], tuple[float, float, float]]:
    """Return for each feature how many times better than shuffled it ranks: mean over cities, and its 95 % interval."""
    rng = np.random.Generator(np.random.PCG64(0))
    by_feature: dict[tuple[str, str], list[float]] = {}
    for one in found:
        by_feature.setdefault((one.actor, one.feature), []).append(one.ap / one.base)
    made = {}
    for key, values in by_feature.items():
        drawn = np.array(values)[rng.integers(0, len(values), (draws, len(values)))].mean(axis=1)
        low, high = np.quantile(drawn, [0.025, 0.975]).tolist()
        made[key] = (float(np.mean(values)), float(low), float(high))
    return made


def official_features(world: World) -> Features:
    """Return shallow features of the officials, in the order of `world.officials`."""
    who, people = world.officials, world.people
    degree = np.bincount(world.kin_records["person"][~world.kin_records["hidden"]], minlength=len(people))
    number = np.array([int(text[:17]) for text in people["id"][who].tolist()], dtype=float)
    return {
        "declared relatives": degree[who].astype(float),
        "order of the ID number": number,
        "length of the name": np.array([len(name) for name in people["name"][who].tolist()], dtype=float),
        "money through the account": _turnover(world)[world.accounts.person[who]],
        "transfers of the account": _counts(world)[world.accounts.person[who]],
    }


def company_features(world: World) -> Features:
    """Return shallow features of the companies."""
    companies, account = world.companies, world.accounts.company
    return {
        "order of the credit code": np.argsort(np.argsort(companies["code"].astype(str))).astype(float),
        "length of the name": np.array([len(name) for name in companies["name"].tolist()], dtype=float),
        "insured staff": companies["insured"].astype(float),
        "capital": companies["capital"].astype(float),
        "money through the account": _turnover(world)[account],
        "transfers of the account": _counts(world)[account],
    }


def _turnover(world: World) -> NDArray[np.float64]:
    moved, count = world.transfers, len(world.accounts.table)
    known = ~moved["hidden"]
    total = np.zeros(count)
    for end in ("payer", "payee"):
        rows = known & (moved[end] >= 0)
        total += np.bincount(moved[end][rows], weights=moved["amount"][rows].astype(float), minlength=count)
    return total


def _counts(world: World) -> NDArray[np.float64]:
    moved, count = world.transfers, len(world.accounts.table)
    found = np.zeros(count)
    for end in ("payer", "payee"):
        rows = ~moved["hidden"] & (moved[end] >= 0)
        found += np.bincount(moved[end][rows], minlength=count)
    return found


def _actors(schemes: Sequence[Scheme], role: str, kind: str) -> set[int]:
    roles = ("company", "companies") if role == "company" else (role,)
    return {
        one.row
        for scheme in schemes
        if scheme.kind == kind
        for one in scheme.core
        if one.role in roles and one.row != NONE
    }


def leaks(world: World, schemes: Sequence[Scheme]) -> list[Leak]:
    """Return how well each shallow feature ranks the officials and companies of schemes."""
    found = []
    groups = (
        ("official", world.officials, official_features(world)),
        ("company", np.arange(len(world.companies)), company_features(world)),
    )
    for role, rows, features in groups:
        planted = np.isin(rows, sorted(_actors(schemes, role, "scheme")))
        if not planted.any():
            continue
        rng = np.random.Generator(np.random.PCG64(world.seed))
        shuffled = [average_precision(rng.permutation(planted).tolist(), int(planted.sum())) for _ in range(200)]
        ties = rng.random(len(rows))
        for name, values in features.items():
            for way, sign in (("most", -1), ("least", 1)):
                order = np.lexsort((ties, sign * values))
                ap = average_precision(planted[order].tolist(), int(planted.sum()))
                found.append(Leak(role, f"{way} {name}", ap, float(np.mean(shuffled))))
    return found


def separation(features: NDArray[np.float64], planted: NDArray[np.bool_]) -> float:
    """Return the area under the curve of a linear classifier that is trained on other folds; .5 is chance.

    Args:
        features: One row an actor.
        planted: Scheme (true) or look-alike (false).
    """
    spread = features.std(axis=0)
    scaled = (features - features.mean(axis=0)) / np.where(spread == 0, 1, spread)
    scaled = np.hstack([scaled, np.ones((len(scaled), 1))])
    folds, scores = np.arange(len(planted)) % 5, np.zeros(len(planted))
    for fold in range(5):
        train = folds != fold
        ridge = scaled[train].T @ scaled[train] + np.eye(scaled.shape[1])
        weights = np.linalg.solve(ridge, scaled[train].T @ (planted[train] * 2.0 - 1))
        scores[~train] = scaled[~train] @ weights
    order = np.argsort(np.argsort(scores)) + 1
    positives = int(planted.sum())
    negatives = len(planted) - positives
    if not positives or not negatives:
        return 0.5
    return float((order[planted].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def scheme_and_decoy_features(
    world: World, schemes: Sequence[Scheme], role: str
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the shallow features of the actors of schemes and of look-alikes, and which is which."""
    features: Any = official_features(world) if role == "official" else company_features(world)
    table = np.stack(list(features.values()), axis=1)
    place = {int(row): at for at, row in enumerate(world.officials)} if role == "official" else None
    rows, kinds = [], []
    for kind in ("scheme", "decoy"):
        for row in sorted(_actors(schemes, role, kind)):
            at = row if place is None else place.get(row, -1)
            if at >= 0:
                rows.append(at)
                kinds.append(kind == "scheme")
    return table[rows], np.array(kinds, dtype=bool)
