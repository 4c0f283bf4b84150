"""The tagger gives the tags of the reference pass, however sentences are batched, and refuses changed weights."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.lac import weights
from nlp.lac.tagger import tag

RECORDED = [
    json.loads(line)
    for line in Path(__file__).with_name("lac_reference.jsonl").read_text(encoding="utf-8").splitlines()
]
SENTENCES = [one["text"] for one in RECORDED]
WANTED = [[tuple(pair) for pair in one["tags"]] for one in RECORDED]


def test_tags_are_those_of_the_reference() -> None:
    assert tag(SENTENCES) == WANTED


def test_a_sentence_is_tagged_the_same_alone_and_in_any_batch() -> None:
    assert [tag([sentence])[0] for sentence in SENTENCES] == WANTED
    assert tag(SENTENCES[::-1] * 40) == WANTED[::-1] * 40


def test_nothing_gives_nothing() -> None:
    assert tag([]) == []
    assert tag(["", "周启明", ""])[0] == []


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(max_size=30), max_size=5))
def test_no_character_is_lost(texts: list[str]) -> None:
    assert ["".join(word for word, _ in words) for words in tag(texts)] == texts


def test_changed_weights_are_refused(tmp_path: Path) -> None:
    for path in weights.FOLDER.iterdir():
        shutil.copy(path, tmp_path / path.name)
    assert set(weights.checked(tmp_path)) == {"lac.npz", "q2b.dic", "small_seg.dic", "tag.dic", "word.dic"}
    (tmp_path / "tag.dic").write_bytes(b"0\tx\n")
    with pytest.raises(weights.DamagedModel, match=r"tag\.dic"):
        weights.checked(tmp_path)
