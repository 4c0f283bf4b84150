"""Claims and joins decide the state of a hit: what is only reported, refuted, or matched by name and unit."""

import pytest

from queries.judging import REASONS, doubts_of
from queries.loading import load_all
from queries.lock import logic_hash
from queries.material import Material
from queries.proving import Proved, prove
from queries.trial import MemoryTrial

SHADOW = load_all()["shadow_company"]
[PROOF] = [one for one in SHADOW.cases if one.name.startswith("the wife's brother represents")]
KIN = "eid: 'kin',"


def proved(kin: str, weakest: str = "name_unit") -> Proved:
    """Prove the first case of the shadow company with more said of its tie of kinship."""
    changed = PROOF.model_copy(update={"graph": PROOF.graph.replace(KIN, f"{KIN} {kin}")})
    return prove(SHADOW.model_copy(update={"identity": weakest}), changed, MemoryTrial())


def states(found: Proved) -> dict[str, int]:
    """Return how many rows there are in each state that has any."""
    return {state: len(rows) for state, rows in found.rows.items() if rows}


@pytest.mark.parametrize(
    ("kin", "state"),
    [
        ("claim: 'registry',", "rows"),
        ("claim: 'found',", "rows"),
        ("claim: 'witness',", "rows"),
        ("claim: 'self',", "rows"),
        ("claim: 'alleged',", "incomplete"),
        ("claim: 'hearsay',", "incomplete"),
        ("claim: 'refuted',", "cleared"),
        ("identity: 'name_unit',", "rows"),
        ("identity: 'name',", "incomplete"),
    ],
)
def test_the_state_follows_the_weakest_tie(kin: str, state: str) -> None:
    assert states(proved(kin)) == {state: 2}


def test_a_query_may_ask_for_numbers() -> None:
    assert states(proved("identity: 'code',", "code")) == {"rows": 2}
    assert states(proved("identity: 'name_unit',", "code")) == {"undetermined": 2}
    assert logic_hash(SHADOW.model_copy(update={"identity": "code"})) != logic_hash(SHADOW)


def test_every_doubt_says_why() -> None:
    assert all(texts["zh"] and texts["en"] for texts in REASONS.values())
    assert {"claim", "unit"} <= set(REASONS)


def test_a_row_without_the_power_it_needs_is_never_open() -> None:
    """An engine's optimizer was seen to give rows whose subquery had found nothing."""
    bare = Material()
    row = {column: None for role in SHADOW.roles for column in SHADOW.role_columns(role)}
    assert "unsourced" in doubts_of(SHADOW, {**row, "power_grade": None}, bare)
    assert "unsourced" not in doubts_of(SHADOW, {**row, "power_grade": 2}, bare)
