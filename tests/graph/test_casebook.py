"""The casebook keeps runs and hits, across openings and from two connections at once."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import URL

from graph.casebook.casebook import Casebook, RunRecord


def record(query: str, *fingerprints: str) -> RunRecord:
    """A run whose hits have nothing but what the casebook reads."""
    hits = [
        {"fingerprint": one, "evidence_digest": "d", "rank": rank, "state": "open", "score": 0.5}
        for rank, one in enumerate(fingerprints, start=1)
    ]
    return RunRecord(query, 1, {"n": 2}, "7", datetime(2026, 1, 2), 0, [], hits)


def test_hits_of_the_newest_run_survive_reopening(casebook_place: Path | URL) -> None:
    first = Casebook.open(casebook_place)
    first.store_run(record("q", "aa", "bb"))
    first.store_run(record("q", "cc"))
    first.store_run(record("other", "dd"))
    first.close()
    again = Casebook.open(casebook_place)
    assert [hit["fingerprint"] for hit in again.latest_hits()] == ["dd", "cc"]
    assert [hit["fingerprint"] for hit in again.latest_hits("q")] == ["cc"]
    again.close()


def test_a_hit_is_found_by_the_start_of_its_fingerprint_in_its_newest_form(casebook_place: Path | URL) -> None:
    casebook = Casebook.open(casebook_place)
    casebook.store_run(record("q", "ab12", "ab34", "cd"))
    casebook.store_run(record("q", "zz", "ab12"))
    found = casebook.find_hits("ab")
    assert sorted((hit["fingerprint"], hit["rank"]) for hit in found) == [("ab12", 2), ("ab34", 2)]
    assert casebook.find_hits("%") == []
    casebook.close()


def test_two_connections_write_one_after_the_other(casebook_place: Path | URL) -> None:
    one, two = Casebook.open(casebook_place), Casebook.open(casebook_place)
    one.note_act("a", "retract", "doc", "why")
    two.note_act("b", "purge", "doc", "why not")
    one.store_run(record("q", "aa"))
    two.store_run(record("q", "bb"))
    assert [verb for verb, _, _ in one.acts()] == ["retract", "purge"]
    assert [hit["fingerprint"] for hit in one.latest_hits("q")] == ["bb"]
    one.close()
    two.close()
