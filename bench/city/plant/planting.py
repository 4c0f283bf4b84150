"""Plants a whole city: schemes, their look-alikes, background, shared actors, and what the registers then lack."""

from collections.abc import Callable
from dataclasses import dataclass

from bench.city.plant import (
    benefit_chain,
    common_control_bids,
    dead_or_double_benefit,
    kin_on_rolls,
    pooled_claims,
    revolving_door,
    shadow_company,
    split_below_threshold,
)
from bench.city.plant.cast import Cast
from bench.city.plant.losing import lose
from bench.city.plant.model import CannotPlant, Scheme
from bench.city.world import World

_SHARING = 0.3
_BACKGROUND = 0.2
_ATTEMPTS = 60


@dataclass(frozen=True)
class Script:
    """How schemes of a typology are made.

    Attributes:
        query: Saved query that looks for them.
        typology: T01 and so on.
        reasons: Circumstances that its look-alikes are cleared by.
        plant: Makes one.
    """

    query: str
    typology: str
    reasons: tuple[str, ...]
    plant: Callable[[Cast, str], Scheme]


SCRIPTS = tuple(
    Script(module.QUERY, module.TYPOLOGY, module.REASONS, module.plant)
    for module in (
        shadow_company,
        benefit_chain,
        common_control_bids,
        dead_or_double_benefit,
        revolving_door,
        split_below_threshold,
        pooled_claims,
        kin_on_rolls,
    )
)


def chosen_scripts(world: World) -> tuple[Script, ...]:
    """Return the typologies that this city holds; they rotate over the seeds when there are more than it takes."""
    most = world.preset.typologies
    if len(SCRIPTS) <= most:
        return SCRIPTS
    start = world.seed * most % len(SCRIPTS)
    return tuple((SCRIPTS + SCRIPTS)[start : start + most])


def _one(cast: Cast, script: Script, reason: str) -> Scheme | None:
    """Plant one, trying again with other actors; None when the city has none left."""
    for _ in range(_ATTEMPTS):
        try:
            scheme = script.plant(cast, reason)
        except CannotPlant:
            continue
        scheme.number = len(cast.schemes)
        return scheme
    return None


def _shared(cast: Cast, scheme: Scheme) -> list[int]:
    """Return the earlier schemes with which one shares an actor."""
    mine = {(one.type, one.row) for one in scheme.core}
    return [
        other.number
        for other in cast.schemes
        if other.kind == "scheme"
        and mine & {(one.type, one.row) for one in other.core if one.type in ("Person", "Company")}
    ]


def _plant_scheme(cast: Cast, script: Script, kind: str) -> Scheme | None:
    earlier = [one.post for one in cast.schemes if one.kind == "scheme" and one.post >= 0 and one.query != script.query]
    cast.share_with = earlier if kind == "scheme" and cast.rng.random() < _SHARING else []
    scheme = _one(cast, script, "")
    cast.share_with = []
    if scheme is None:
        return None
    scheme.kind = "scheme" if kind == "scheme" else "unscored"
    scheme.shares = _shared(cast, scheme) if kind == "scheme" else []
    cast.schemes.append(scheme)
    cast.enter(scheme)
    return scheme


def _plant_decoys(cast: Cast, script: Script, scheme: Scheme, offset: int) -> None:
    for nth in range(cast.world.preset.decoys):
        for shift in range(len(script.reasons)):
            reason = script.reasons[(offset * cast.world.preset.decoys + nth + shift) % len(script.reasons)]
            decoy = _one(cast, script, reason)
            if decoy is not None:
                decoy.kind, decoy.model = "decoy", scheme.number
                cast.schemes.append(decoy)
                cast.enter(decoy)
                break


def plant_city(world: World) -> list[Scheme]:
    """Plant schemes, look-alikes and background into a city, then take out what no register holds."""
    cast = Cast(world)
    scripts = chosen_scripts(world)
    planted = 0
    # Those that need the rarest actors come first.
    for offset in range(world.preset.schemes):
        for script in sorted(scripts, key=lambda one: one.query != "revolving_door"):
            scheme = _plant_scheme(cast, script, "scheme")
            if scheme is not None:
                planted += 1
                _plant_decoys(cast, script, scheme, offset)
    for nth in range(round(planted * _BACKGROUND)):
        _plant_scheme(cast, scripts[nth % len(scripts)], "unscored")
    lose(cast)
    return cast.schemes
