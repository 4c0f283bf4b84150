"""Every case of every saved query gives the same rows on both engines."""

import pytest

from queries.lint import baseline
from queries.loading import load_all
from queries.proving import differences, prove
from queries.saved import Proof
from queries.trial import Trial

CATALOGUE = load_all()
CASES = [(saved.id, proof.name) for saved in CATALOGUE.values() for proof in saved.cases]


@pytest.mark.parametrize("query", CATALOGUE)
def test_every_case_holds(query: str, trial: Trial) -> None:
    saved = CATALOGUE[query]
    wrong = [line for proof in saved.cases for line in differences(proof, prove(saved, proof, trial))]
    assert wrong == []


@pytest.mark.parametrize("query", CATALOGUE)
def test_ordinary_life_has_no_open_hit(query: str, trial: Trial) -> None:
    proved = prove(CATALOGUE[query], Proof(name="baseline", graph=baseline()), trial)
    assert proved.rows["rows"] == []


def test_a_case_that_does_not_hold_is_told() -> None:
    from queries.trial import MemoryTrial

    saved = CATALOGUE["shadow_company"]
    [proof] = [one for one in saved.cases if one.name.startswith("the wife's brother")]
    proved = prove(saved, proof, MemoryTrial())
    assert differences(proof, proved) == []
    assert proof.rows is not None
    for change in (
        {"rows": proof.rows[:1]},
        {"rows": []},
        {"rows": None, "undetermined": proof.rows},
        {"rows": [{**proof.rows[0], "power_grade": 3}, proof.rows[1]]},
        {"clearing": 0},
    ):
        assert differences(proof.model_copy(update=change), proved) != []
