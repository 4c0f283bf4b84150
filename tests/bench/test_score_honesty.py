"""Checks of the benchmark itself, over thirty small cities: nothing shallow may tell planted actors from others."""

import numpy as np
import pytest

from bench.city.plant.planting import plant_city
from bench.city.world import build_world
from bench.score.honesty import MOST_AUC, MOST_LIFT, Leak, leaks, lifts, scheme_and_decoy_features, separation

SEEDS = range(30)
Group = tuple[list[np.ndarray], list[np.ndarray]]


@pytest.fixture(scope="module")
def cities() -> tuple[list[Leak], dict[str, Group]]:
    """Leaks and the features of schemes and look-alikes of thirty small cities."""
    found: list[Leak] = []
    groups: dict[str, Group] = {"official": ([], []), "company": ([], [])}
    for seed in SEEDS:
        world = build_world(seed, "small", "easy")
        schemes = plant_city(world)
        found += leaks(world, schemes)
        for role, (features, kinds) in groups.items():
            table, planted = scheme_and_decoy_features(world, schemes, role)
            features.append(table)
            kinds.append(planted)
    return found, groups


def test_no_shallow_feature_ranks_planted_actors_twice_as_well_as_chance(
    cities: tuple[list[Leak], dict[str, Group]],
) -> None:
    found = lifts(cities[0])
    assert len(found) == 22
    assert {key: value for key, value in found.items() if value[1] >= MOST_LIFT} == {}


@pytest.mark.parametrize("role", ["official", "company"])
def test_no_shallow_features_tell_schemes_from_look_alikes(
    cities: tuple[list[Leak], dict[str, Group]], role: str
) -> None:
    features, kinds = cities[1][role]
    order = np.random.Generator(np.random.PCG64(0)).permutation(sum(map(len, kinds)))
    assert separation(np.vstack(features)[order], np.concatenate(kinds)[order]) <= MOST_AUC


def test_the_classifier_finds_what_is_there() -> None:
    rng = np.random.Generator(np.random.PCG64(1))
    planted = rng.random(300) < 0.3
    features = rng.normal(size=(300, 3))
    assert separation(features, planted) == pytest.approx(0.5, abs=0.12)
    features[:, 1] += planted * 2
    assert separation(features, planted) > 0.85


def test_a_leak_is_seen() -> None:
    found = lifts([Leak("official", "most money", 0.4, 0.1), Leak("official", "most money", 0.5, 0.1)])
    assert found["official", "most money"][1] >= MOST_LIFT
