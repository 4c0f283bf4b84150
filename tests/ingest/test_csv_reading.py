"""CSV files as they come: encodings, byte order marks, delimiters, title rows, quotes, blank rows."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers.delimited import read_delimited
from ingest.readers.registry import read_table_again
from ingest.readers.unreadable import Unreadable
from tests.support.registers import Ground, person_id, state

HEADER = "姓名,身份证号,单位,职务,任职日期"
ROW = f"韩冬生,{person_id(1)},示例县水务局,副局长,2021-03-05"
ROWS = [
    ROW,
    ROW.replace("韩冬生", "罗大勇").replace(person_id(1), person_id(2)),
    f"周立民,{person_id(3)},示例县财政局,科员,2020",
]
TEXT = "\n".join([HEADER, *ROWS, ""])


def write(tmp_path, content, name="任职.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def cells(table):
    return [[row[f"c{at}"] for at in range(len(table.header))] for row in table.rows.to_pylist()]


def names(table):
    return [row["c0"] for row in table.rows.to_pylist()]


PLAIN = [row.split(",") for row in ROWS]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gb18030"),
        TEXT.encode("gbk"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace(",", "\t").encode(),
        TEXT.replace(",", ";").encode("gb18030"),
        TEXT.replace(",", "|").encode(),
        TEXT.strip().encode(),
    ],
    ids=[
        "utf8",
        "bom",
        "gb18030",
        "gbk",
        "utf16le",
        "utf16be",
        "crlf",
        "cr",
        "tab",
        "semicolon_gb",
        "pipe",
        "no_last_end",
    ],
)
def test_a_file_reads_the_same_in_every_encoding(tmp_path, content):
    (table,) = read_delimited(write(tmp_path, content))
    assert table.header == tuple(HEADER.split(","))
    assert cells(table) == PLAIN
    assert table.refusals == []


def test_characters_that_only_gb18030_has(tmp_path):
    (table,) = read_delimited(write(tmp_path, TEXT.replace("韩冬生", "㐱𠮷䶮").encode("gb18030")))
    assert names(table)[0] == "㐱𠮷䶮"


def test_a_big5_file_is_warned_of_and_read_right_when_the_user_says_so(tmp_path):
    text = "姓名,單位,職務\n" + "陳國強,縣水務局,副局長\n林美麗,縣財務局,科員\n" * 5
    path = write(tmp_path, text.encode("big5"))
    (guessed,) = read_delimited(path)
    assert [(refusal.code, refusal.level) for refusal in guessed.refusals] == [("file.big5", "warned")]
    (told,) = read_delimited(path, encoding="big5")
    assert told.refusals == []
    assert names(told)[:2] == ["陳國強", "林美麗"]


def test_a_gb18030_file_is_not_suspected_of_big5(tmp_path):
    (table,) = read_delimited(write(tmp_path, (TEXT * 5).encode("gb18030")))
    assert table.refusals == []


def test_a_damaged_utf8_file_is_refused_and_not_read_as_something_else(tmp_path):
    content = TEXT.encode()
    with pytest.raises(Unreadable) as caught:
        read_delimited(write(tmp_path, content[:60] + b"\xff" + content[60:]))
    assert caught.value.code == "file.encoding"
    assert "--encoding" in caught.value.sentence("zh")


def test_an_unknown_encoding_is_refused(tmp_path):
    with pytest.raises(Unreadable) as caught:
        read_delimited(write(tmp_path, TEXT), encoding="gb9999")
    assert caught.value.code == "file.encoding_unknown"


def test_a_wrong_encoding_given_by_the_user_is_refused(tmp_path):
    with pytest.raises(Unreadable) as caught:
        read_delimited(write(tmp_path, TEXT.encode("gb18030")), encoding="utf-8")
    assert caught.value.code == "file.encoding"


@pytest.mark.parametrize(
    "titles",
    [
        ["示例县干部任职情况表"],
        ["示例县干部任职情况表,,,,", "单位:组织部,,,,2021年制"],
        ["", "示例县干部任职情况表", ""],
        ["附件1", "干部任职情况表(截至2021年3月),,,,"],
    ],
)
def test_title_rows_are_skipped_and_rows_counted_from_the_header(tmp_path, titles):
    path = write(tmp_path, "\n".join([*titles, TEXT]))
    stated = state(path)
    assert stated.register == "post"
    assert len(stated.ties) == 3
    assert {row["locator"] for row in stated.ties} == {"r:1", "r:2", "r:3"}


def test_quoted_cells_may_hold_delimiters_and_line_ends(tmp_path):
    text = f'{HEADER}\n"韩冬生",{person_id(1)},"示例县水务局,本级","副局长\n(主持工作)",2021-03-05\n{ROWS[1]}\n'
    (table,) = read_delimited(write(tmp_path, text))
    assert cells(table)[0] == ["韩冬生", person_id(1), "示例县水务局,本级", "副局长\n(主持工作)", "2021-03-05"]
    assert cells(table)[1] == PLAIN[1]


def test_blank_rows_count_and_are_skipped(tmp_path):
    (table,) = read_delimited(write(tmp_path, "\n".join([HEADER, ROWS[0], "", ",,,,", ROWS[1], "  ", ROWS[2]])))
    assert table.rows["n"].to_pylist() == [1, 4, 6]
    assert table.refusals == []


def test_ragged_rows_are_refused_with_their_numbers_and_no_other_row_is_hurt(tmp_path):
    lines = [HEADER, ROWS[0], "只有一格", *ROWS[1:], ROWS[0] + ",x,y"]
    (table,) = read_delimited(write(tmp_path, "\n".join(lines)))
    assert table.rows["n"].to_pylist() == [1, 3, 4]
    assert [(refusal.code, refusal.row, refusal.sheet_row) for refusal in table.refusals] == [
        ("row.too_short", 2, 3),
        ("row.too_long", 5, 6),
    ]


def test_empty_cells_beyond_the_header_are_no_fault(tmp_path):
    (table,) = read_delimited(write(tmp_path, "\n".join([HEADER, *(row + ",," for row in ROWS)])))
    assert cells(table) == PLAIN
    assert table.refusals == []


def test_a_nul_character_refuses_the_file(tmp_path):
    with pytest.raises(Unreadable) as caught:
        read_delimited(write(tmp_path, TEXT.encode() + b"\0" * 10))
    assert caught.value.code == "file.nul"


def test_the_header_that_a_document_was_read_with_must_still_be_there(tmp_path):
    with pytest.raises(Unreadable) as caught:
        read_table_again(write(tmp_path, TEXT), None, None, 50)
    assert caught.value.code == "file.no_header"


def test_a_missing_file_is_one_sentence(tmp_path):
    with pytest.raises(Unreadable) as caught:
        read_delimited(tmp_path / "没有.csv")
    assert caught.value.code == "file.missing"
    assert "没有.csv" in caught.value.sentence("zh")


def test_a_kind_of_file_that_nothing_reads_is_listed_with_what_can_be_read(tmp_path):
    ground = Ground(tmp_path)
    (file,) = ground.take(write(tmp_path, b"x", "录音.wma")).files
    assert file.state == "refused"
    assert "[file.unsupported]" in file.unreadable["zh"]
    assert ".csv" in file.unreadable["zh"]


plain_cells = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(plain_cells, plain_cells, plain_cells), max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_what_a_csv_writer_writes_is_read_back(tmp_path_factory, rows, end):
    import csv
    import io

    made = io.StringIO()
    csv.writer(made, lineterminator=end).writerows(
        [("甲栏", "乙栏", "丙栏"), ("首", "行", "甲"), *rows, ("末", "行", "乙")]
    )
    path = write(tmp_path_factory.mktemp("csv"), made.getvalue())
    (table,) = read_delimited(path, header_row=1, encoding="utf-8")
    kept = [[cell or None for cell in row] for row in rows if any(cell.strip() for cell in row)]
    read = [row for row in cells(table)[1:-1] if any((cell or "").strip() for cell in row)]
    assert read == kept
    assert table.refusals == []
