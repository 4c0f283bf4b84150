"""Every word of the interface is there in both languages, and every word that a page asks for exists."""

import re
from pathlib import Path

import pytest

from app.ui.safe import markdown, plain
from app.ui.words import NoWord, Words, keys
from queries.assembling import role_of
from queries.loading import load_all

ROOT = Path(__file__).parents[2]
ASKED = re.compile(r'words\(\s*f?"([a-z_]+\.[A-Za-z_{}.\[\]\']+)"')


def test_every_key_has_both_languages() -> None:
    assert {key: texts for key, texts in keys().items() if set(texts) != {"zh", "en"} or not all(texts.values())} == {}


def test_every_literal_key_of_a_page_exists() -> None:
    sources = [*(ROOT / "app" / "pages").glob("*.py"), *(ROOT / "app" / "ui").glob("*.py")]
    asked = {key for path in sources for key in ASKED.findall(path.read_text(encoding="utf-8")) if "{" not in key}
    assert len(asked) > 100
    assert asked - set(keys()) == set()


def test_every_hop_of_every_saved_query_has_its_words() -> None:
    hops = {role_of(column) for saved in load_all().values() for column in saved.evidence}
    assert len(hops) > 20
    assert {f"hop.{hop}" for hop in hops} - set(keys()) == set()


def test_a_missing_word_is_an_error_not_a_blank() -> None:
    with pytest.raises(NoWord):
        Words("zh")("graph.nothing_of_this_name")


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "$x^2$", ":red[x]", "[a](http://b)", "*b*", "`c`", "# h"]
)
def test_markdown_shows_hostile_names_as_they_stand(hostile: str) -> None:
    shown = markdown(hostile)
    assert re.sub(r"\\(.)", r"\1", shown) == hostile
    for sign in "<>$[]()*`#:":
        assert re.search(rf"(?<!\\){re.escape(sign)}", shown) is None


def test_plain_text_loses_direction_marks_and_lines_and_is_cut() -> None:
    assert plain("a\u202eb\nc\x00") == "ab c"
    assert len(plain("长" * 10_000)) == 300
