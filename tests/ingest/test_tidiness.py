"""What is said about a whole column must be true of each of its cells: otherwise cells would go untidied."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.duck import connect
from ingest.registers.cells import MACROS
from ingest.registers.tidiness import Tidiness, tidiness

ODD = " \t\r\n'`‘’\u00a0\u0085\u1680\u2003\u200b\u2028\u202f\u205f\u2060\u3000\ufeff"
cells = st.text(st.sampled_from(ODD + "韩冬生Ａ９（）、·AZaz09-.ß"), max_size=6)


@pytest.fixture(scope="module")
def connection():
    with connect(threads=1) as opened:
        opened.execute(MACROS)
        yield opened


@settings(max_examples=300, deadline=None)
@given(values=st.lists(st.one_of(st.none(), cells.filter(bool)), min_size=1, max_size=4), cut=st.integers(0, 3))
def test_a_tidy_column_is_what_tidying_would_make_of_it(connection, values, cut):
    column = pa.chunked_array([pa.array(values, pa.string()), pa.array(["甲", None], pa.string())]).slice(cut)
    found = tidiness(column)
    connection.register("cells", pa.table({"x": column}))

    def changed(expression):
        return connection.execute(f"SELECT count(*) FROM cells WHERE x IS DISTINCT FROM {expression}").fetchall()[0][0]

    if found.edges:
        assert changed("cell(x)") == 0
    if found.inside:
        assert changed("closed_up(half_width(x))") == 0
    if found.inside and found.upper:
        assert changed("number_of(x)") == 0


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("form", ["{0}甲", "甲{0}", "甲{0}乙", "{0}"])
def test_one_odd_character_is_enough(odd, form):
    found = tidiness(pa.chunked_array([["甲" * 3, None, form.format(odd)]], pa.string()))
    assert not found.inside
    assert found.edges is (form == "甲{0}乙")


@pytest.mark.parametrize("values", [[], [None], ["6200990100000001", "韩冬生", "1,280.00", "A-1"]])
def test_plain_columns_need_no_tidying(values):
    assert tidiness(pa.chunked_array([values], pa.string())) == Tidiness()


def test_small_letters_are_told():
    assert tidiness(pa.chunked_array([["ABC"], ["abC"]], pa.string())) == Tidiness(upper=False)
