"""What people type: for some entities, one text of every kind."""

from collections.abc import Iterator

import numpy as np
import opencc

from app.services.search.forms import DOUBLE_SURNAMES, readings
from bench.search.names import Entity

KINDS = (
    "name",
    "traditional",
    "given",
    "part",
    "pinyin",
    "spaced",
    "initials",
    "one_wrong",
    "short",
    "former",
    "code",
    "code_end",
    "absent",
)


def _sounds(text: str) -> list[str]:
    return [(readings(character) or (character.lower(),))[0] for character in text]


def _wrong(name: str, rng: np.random.Generator) -> str:
    at = int(rng.integers(len(name)))
    return name[:at] + "仝" + name[at + 1 :]


def _of_person(one: Entity, rng: np.random.Generator, traditional: opencc.OpenCC) -> Iterator[tuple[str, str]]:
    name = one.name
    surname = 2 if name[:2] in DOUBLE_SURNAMES else 1
    sounds = _sounds(name)
    yield "name", name
    yield "traditional", traditional.convert(name)
    yield "given", name[surname:]
    yield "pinyin", "".join(sounds)
    yield "spaced", " ".join(sounds)
    yield "initials", "".join(sound[0] for sound in sounds)
    if len(name) > 2:
        yield "one_wrong", _wrong(name, rng)
    yield "code", one.code
    yield "code_end", one.code[-6:]


def _of_company(one: Entity, rng: np.random.Generator) -> Iterator[tuple[str, str]]:
    name = one.name
    yield "name", name
    yield "part", name[2:6]
    yield "pinyin", "".join(_sounds(name[2:6]))
    yield "initials", "".join(sound[0] for sound in _sounds(name))
    yield "one_wrong", _wrong(name, rng)
    yield "short", name[2:4] + name[4:6] + "公司"
    yield "code", one.code
    if one.former:
        yield "former", one.former


def texts(names: list[Entity], count: int, seed: int = 11) -> list[tuple[str, str, Entity | None]]:
    """Return kind, text and who is meant, about so many, in a shuffled order."""
    rng, traditional = np.random.default_rng(seed), opencc.OpenCC("s2t")
    found: list[tuple[str, str, Entity | None]] = []
    for at in rng.permutation(len(names)).tolist():
        if len(found) >= count:
            break
        one = names[at]
        pairs = _of_person(one, rng, traditional) if one.type == "Person" else _of_company(one, rng)
        found += [(kind, text, one) for kind, text in pairs]
        if rng.random() < 0.2:
            found.append(("absent", "查无" + "此人"[: int(rng.integers(1, 3))], None))
    return [found[at] for at in rng.permutation(len(found)).tolist()]
