"""Texts read again: quotes are slices of the reader's text, and what is read anew is what was kept."""

import re

import pytest

from ingest.texts.passages import is_span, locator, parse_span, passage_of
from ingest.texts.rereading import Texts
from ingest.texts.ties import AGAINST
from tests.support.papers import REPORT, write_papers
from tests.support.registers import Ground

RARE = "𠮷"  # above U+FFFF: one code point, two units of UTF-16
BODY = (
    f"经查,韩冬生现任青石县教育局副局长。{RARE}\n韩冬生的妻弟周启明系青石县华信建材有限公司法定代表人。\n"
    "2019年3月5日,周启明送给韩冬生现金5万元。\n经核实,韩冬生与林晓东无亲属关系。\n"
)


@pytest.fixture
def ground(tmp_path):
    made = Ground(tmp_path)
    made.take(write_papers(tmp_path / "in", {"a.txt": REPORT + BODY, "b.txt": f"一页\f{REPORT}{BODY}"}))
    return made


def test_what_is_read_again_is_what_was_kept(ground):
    texts = Texts(ground.ledger, ground.originals)
    kept = [row for row in ground.live("relations") if row["claim"] not in AGAINST and row["method"] != "folder"]
    stated = texts.restate({row["doc"] for row in kept})
    raw = {(row["relation_key"]): row for row in ground.ledger_rows("relations")}
    assert len(kept) > 10
    for row in raw.values():
        if row["claim"] in AGAINST:
            continue
        again = stated[row["doc"]][row["locator"]]
        ends = {(one.type, one.source_key, one.target_key, one.valid_from, one.valid_to) for one in again}
        assert (row["type"], row["source_key"], row["target_key"], row["valid_from"], row["valid_to"]) in ends


def test_a_quote_is_the_slice_with_its_page(ground):
    texts = Texts(ground.ledger, ground.originals)
    quotes = {
        (texts.quote(row["doc"], row["locator"]))
        for row in ground.live("relations")
        if row["type"] == "TRANSFER" and row["claim"] == "found"
    }
    assert quotes == {(None, "周启明送给韩冬生现金5万元"), (2, "周启明送给韩冬生现金5万元")}
    [doc] = [row["doc"] for row in ground.live("filings") if row["path"] == "a.txt"]
    assert texts.quote(doc, "c:0-5000") is None


def test_a_text_whose_original_is_gone_states_nothing(ground):
    [doc] = [row["doc"] for row in ground.live("filings") if row["path"] == "a.txt"]
    (ground.originals / f"{doc}.txt").unlink()
    texts = Texts(ground.ledger, ground.originals)
    from ingest.texts import rereading

    rereading._KEPT.clear()
    assert doc not in texts.restate([doc])
    assert texts.quote(doc, "c:0-2") == (None, "关于")


@pytest.mark.parametrize("bad", ["c:5-2", "r:1", "c:1", "", "c:-1-2"])
def test_what_is_no_place_is_refused(bad):
    assert not is_span(bad) or bad == "c:5-2"
    with pytest.raises(ValueError, match=re.escape(bad) or None):
        parse_span(bad)


def test_a_passage_is_its_sentence_whatever_stands_around_it():
    one, other = "前文。2019年3月,周启明送给韩冬生五万元。后文", "周启明\n2019年3月,周启明 送给韩冬生五万元;"
    a, b = one.index("周启明"), other.rindex("周启明")
    assert passage_of(one, a, a + 3) == passage_of(other, b, b + 3) is not None
    assert passage_of("短句。", 0, 2) is None
    assert parse_span(locator(3, 9)) == (3, 9)
