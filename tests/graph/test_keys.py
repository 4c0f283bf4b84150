"""The SQL macros that make and compare keys give the same as the Python functions."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.duck import connect
from graph.keys import KEY_KINDS, SQL_MACROS, digest, entity_key, fold

# Half and full width, white space that cannot be seen, Han inside and above U+FFFF (𠮷, 𬴂), quotes and the separator.
ALPHABET = "azAZ09 \t\u00a0\u3000\u200b\ufeffａＺ０９（）．＇～县局张·'\"\\𠮷𬴂ßıſŉé:-.()"
TEXTS = st.one_of(st.text(ALPHABET, max_size=30), st.text(st.characters(exclude_categories=("Cs",)), max_size=30))
SHAPE = re.compile(r"[A-Za-z]+-[0-9a-f]{16}")


@pytest.fixture(scope="module")
def connection():
    with connect(threads=1) as opened:
        opened.execute(SQL_MACROS)
        yield opened


def ask(connection, sql, *values):
    return connection.execute(sql, list(values)).fetchone()[0]


@settings(max_examples=300, deadline=None)
@given(text=TEXTS)
def test_fold_is_the_same_in_sql(connection, text):
    assert ask(connection, "SELECT fold(?)", text) == fold(text)


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_fold_of_folded_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@settings(max_examples=100, deadline=None)
@given(kind=st.sampled_from(KEY_KINDS), values=st.lists(TEXTS, min_size=1, max_size=3))
def test_entity_key_is_the_same_in_sql(connection, kind, values):
    basis = "\x1f".join(values)
    key = entity_key("Person", kind, *values)
    assert ask(connection, "SELECT shenwa_key('Person', ?, ?)", kind, basis) == key
    assert SHAPE.fullmatch(key)


def test_fold_drops_width_white_space_and_case():
    assert fold("　某县 ＡＢc（１２）\ufeff公司\t") == "某县ABC(12)公司"
    assert fold("𠮷野　家") == "𠮷野家"


def test_the_key_tells_kind_type_and_border_of_values_apart():
    keys = {
        entity_key("Person", "id", "ab", "c"),
        entity_key("Person", "id", "a", "bc"),
        entity_key("Person", "name", "ab", "c"),
        entity_key("Company", "id", "ab", "c"),
        entity_key("Person", "id", "c", "ab"),
    }
    assert len(keys) == 5
    assert digest("a", "b") != digest("b", "a")


def test_no_number_can_be_read_from_a_key():
    number = "990101198001010010"
    assert number not in entity_key("Person", "id", number, "张某某")
