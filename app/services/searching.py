"""Finding entities by name, former or short name, number, pinyin or initials; how many there are by type and case."""

import re
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.services.context import Context
from app.services.reading import Reading
from app.services.search.answering import REASONS, ranked, seen_by
from app.services.search.building import index_of
from app.services.search.index import Index, Ints
from graph.duck import connect
from graph.errors import BadUse
from graph.keys import fold
from graph.model import model
from graph.projection.tables import Canonical
from graph.store.base import Scope

MOST = 1000
# A longer text is nobody's name: what is behind this is not looked for.
_LONGEST = 200
_ID = re.compile(r"[A-Z][A-Za-z]+-[0-9a-f]{16}")
_MEMBER = "SELECT DISTINCT id FROM read_parquet($members) WHERE entity_key = $text"


@dataclass(frozen=True)
class Found:
    """One line of an answer; `why` is one of `app.services.search.answering.WHYS`."""

    id: str
    type: str
    name: str
    code: str
    cases: int
    score: float
    why: str

    def to_json(self) -> dict[str, object]:
        """Return the line as JSON."""
        return {name: getattr(self, name) for name in ("id", "type", "name", "code", "cases", "score", "why")}


@dataclass(frozen=True)
class Answer:
    """What a text finds.

    Attributes:
        lines: Best first: by score, then the shorter name, then id; no more than were asked for.
        total: How many there are, in the chosen types and cases.
        types: Node type -> how many, over the chosen cases; commonest first.
        cases: Case -> how many, over the chosen types; commonest first.
    """

    lines: tuple[Found, ...]
    total: int
    types: dict[str, int]
    cases: dict[str, int]


def _by_id(tables: Canonical, index: Index, text: str) -> list[int]:
    """Return the rows of the entity that bears an id, or now holds one that was merged into it."""
    if _ID.fullmatch(text) is None:
        return []
    with connect() as connection:
        given = {"members": str(tables.folder / "members.parquet"), "text": text}
        ids = {text} | {str(id_) for (id_,) in connection.execute(_MEMBER, given).fetchall()}
    return [at for at in map(index.row_of, sorted(ids)) if at is not None]


def _cases_of(index: Index, scope: Scope, entity: Ints) -> tuple[NDArray[np.int64], Ints]:
    """Return pairs of a position in `entity` and a case that the reader may know of."""
    begins = index.case_begins[entity]
    sizes = index.case_begins[entity + 1] - begins
    owner = np.repeat(np.arange(len(entity)), sizes)
    inner = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    case = index.case_of[np.repeat(begins, sizes) + inner]
    if scope.cases == "all":
        return owner, case
    own = np.isin(case, [index.cases_by_name[name] for name in scope.cases if name in index.cases_by_name])
    return owner[own], case[own]


def _counted(names: list[str], numbers: Ints | NDArray[np.uint8]) -> dict[str, int]:
    counts = np.bincount(numbers, minlength=len(names))
    ordered = sorted((at for at in range(len(names)) if counts[at]), key=lambda at: (-int(counts[at]), names[at]))
    return {names[at]: int(counts[at]) for at in ordered}


def _check(text: str, types: Collection[str]) -> None:
    if not fold(text):
        raise BadUse(zh="请给出要查找的文字", en="say what to search for")
    unknown = sorted(set(types) - set(model().nodes))
    if unknown:
        known = "、".join(sorted(model().nodes))
        raise BadUse(
            zh=f"没有这种类型:{'、'.join(unknown)};有:{known}",
            en=f"no such type: {', '.join(unknown)}; there are: {known}",
        )


def answer(
    reading: Reading, text: str, most: int = 50, types: Collection[str] = (), cases: Collection[str] = ()
) -> Answer:
    """Find entities by a text.

    Args:
        reading: The graph, within a scope; what is out of scope is neither found nor counted.
        text: A name or part of it in Han of either script, pinyin or initials, a former or short name, a number or an
            end of it, an id.
        most: Return no more lines than this.
        types: Only these node types; all when empty.
        cases: Only what is named in one of these cases; everything when empty.

    Raises:
        BadUse: The text is empty, or a type unknown.
    """
    _check(text, types)
    asked, scope = text.strip()[:_LONGEST], reading.scope
    index = index_of(reading.tables)
    entity, why, score = ranked(index, asked, seen_by(index, scope), _by_id(reading.tables, index, asked))
    of_type = np.isin(index.type[entity], [at for at, name in enumerate(index.type_names) if name in types])
    of_type |= not types
    owner, case = _cases_of(index, scope, entity)
    wanted = [index.cases_by_name[name] for name in cases if name in index.cases_by_name]
    of_case = np.full(len(entity), not cases)
    of_case[owner[np.isin(case, wanted)]] = True
    kept = np.flatnonzero(of_type & of_case)
    order = kept[np.lexsort((entity[kept], index.lengths[entity[kept]], -score[kept]))][:most]
    in_scope = np.bincount(owner, minlength=len(entity))
    lines = tuple(
        Found(
            index.ids[at],
            index.type_names[index.type[at]],
            index.names[at],
            index.codes[at],
            int(index.cases[at] if scope.cases == "all" else in_scope[place]),
            round(float(score[place]), 4),
            REASONS[why[place]],
        )
        for place, at in zip(order.tolist(), entity[order].tolist(), strict=True)
    )
    case_names = list(index.cases_by_name)
    by_case = _counted(case_names, case[of_type[owner]])
    return Answer(lines, len(kept), _counted(index.type_names, index.type[entity[of_case]]), by_case)


def search(context: Context, reading: Reading, text: str, most: int = 50) -> list[Found]:
    """Return the lines of `answer`, of every type and case."""
    return list(answer(reading, text, most).lines)
