"""Generates a city: facts, planting, registers, truth."""

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from bench.city.complaints import make_cases, make_leads
from bench.city.plant.model import Scheme
from bench.city.plant.planting import plant_city
from bench.city.preset import PRESETS
from bench.city.render.city import write_registers
from bench.city.render.masks import Masks
from bench.city.render.numbering import number_facts
from bench.city.table import LAST_DAY
from bench.city.truth import Truth, hidden_links, write_truth
from bench.city.world import World, build_world

_LEAD_SHARE, _CASE_SHARE = 0.4, 0.1


@dataclass(frozen=True)
class City:
    """A generated city.

    Attributes:
        folder: Holds `registers/` and `truth/`.
        world: Its facts.
        schemes: What was planted.
        rows: Rows written.
    """

    folder: Path
    world: World
    schemes: list[Scheme]
    rows: int


def _files_on(world: World, schemes: list[Scheme]) -> tuple[list[tuple[int, Scheme]], list[tuple[int, Scheme]]]:
    """Return leads and cases as (person, scheme): look-alikes draw as many as schemes do.

    Of two schemes that share an actor one is an opened case and the other only a lead.
    """
    rng = world.streams("files")
    leads: list[tuple[int, Scheme]] = []
    cases: list[tuple[int, Scheme]] = []
    opened = {other for one in schemes for other in one.shares}
    for scheme in schemes:
        persons = scheme.rows("Person") or [int(world.companies["rep"][row]) for row in scheme.rows("Company")]
        sort = rng.random()
        if scheme.number in opened:
            cases.append((persons[0], scheme))
        elif scheme.shares or sort < _LEAD_SHARE:
            leads.append((persons[0], scheme))
        elif sort < _LEAD_SHARE + _CASE_SHARE:
            cases.append((persons[0], scheme))
    return leads, cases


def _days(world: World, files: list[tuple[int, Scheme]]) -> np.ndarray:
    rng = world.streams("file days")
    return np.array([min(one.end + int(rng.integers(10, 500)), LAST_DAY - 1) for _, one in files], dtype=np.int64)


def _persons(files: list[tuple[int, Scheme]]) -> np.ndarray:
    return np.array([person for person, _ in files], dtype=np.int64)


def generate_city(
    seed: int,
    preset: str,
    folder: Path,
    *,
    difficulty: str | None = None,
    empty: bool = False,
    blocked: frozenset[str] = frozenset(),
) -> City:
    """Generate a city below a folder; the same arguments give the same bytes.

    Args:
        seed: Any number; 0 to 9 are for development, results are quoted from 1000 up.
        preset: A key of `PRESETS`.
        folder: Where `registers/` and `truth/` are written.
        difficulty: A key of `DIFFICULTIES`; the preset's usual one when absent.
        empty: Plant nothing, to count what is found where nothing is.
        blocked: Names that no company may bear.
    """
    world = build_world(seed, preset, difficulty or PRESETS[preset].difficulty, blocked)
    schemes = [] if empty else plant_city(world)
    on_leads, on_cases = _files_on(world, schemes)
    leads = make_leads(world, _persons(on_leads), _days(world, on_leads))
    cases = make_cases(world, _persons(on_cases), _days(world, on_cases))
    numbering, masks = number_facts(world), Masks(world)
    needed: dict[str, set[int]] = {}
    for scheme in schemes:
        for register, row in (fact for need in scheme.needs for fact in need.options):
            needed.setdefault(register, set()).add(row)
    written = write_registers(world, leads, cases, numbering, masks, folder / "registers", needed)
    known = {one.number: ("lead", at) for at, (_, one) in enumerate(on_leads)}
    known |= {one.number: ("case", at) for at, (_, one) in enumerate(on_cases)}
    facts = {
        "seed": seed,
        "preset": preset,
        "difficulty": world.difficulty,
        "knobs": asdict(world.knobs),
        "empty": empty,
        "people": len(world.people),
        "officials": len(world.officials),
        "rows": written.counts,
    }
    links = hidden_links(world, schemes, leads, cases, known)
    write_truth(folder / "truth", Truth(world, numbering, masks, written), schemes, links, facts)
    return City(folder, world, schemes, sum(written.counts.values()))
