"""The benchmark of the search on few names: it measures both, finds who was meant, and tells what is broken."""

from pathlib import Path

import pytest

from bench.search.asked import KINDS, texts
from bench.search.measure import Measured, measure, quantile
from bench.search.names import make_names


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    return measure(tmp_path_factory.mktemp("bench"), 1_500, 400, lambda step: None)


def test_every_kind_of_text_is_asked_of_both(measured: Measured) -> None:
    assert set(measured.kinds) == set(KINDS)
    for kind, timed in measured.kinds.items():
        assert len(timed.index) == len(timed.fts) == len(timed.index_busy) > 0, kind
        assert (timed.meant == 0) == (kind == "absent")
    assert measured.size > 0 and measured.build > 0 and measured.load > 0


def test_who_is_meant_is_found_by_every_kind_of_text(measured: Measured) -> None:
    for kind, timed in measured.kinds.items():
        assert timed.index_found == timed.meant, kind
    assert measured.kinds["one_wrong"].fts_found == 0


def test_names_are_the_same_each_time_and_all_differ(tmp_path: Path) -> None:
    names = make_names(3_000)
    assert names == make_names(3_000)
    assert len({one.code for one in names}) == len(names) == len({one.id for one in names}) == 3_000
    assert [one.id for one in names] == sorted(one.id for one in names)
    assert texts(names, 300) == texts(names, 300)


def test_the_quantile_is_one_of_the_times() -> None:
    assert quantile([5.0, 1.0, 3.0, 2.0, 4.0], 0.5) == 3.0
    assert quantile(list(map(float, range(100))), 0.95) == 95.0
    assert quantile([7.0], 0.95) == 7.0
