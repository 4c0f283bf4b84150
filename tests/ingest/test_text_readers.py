"""Texts of every format are read as they stand, with their pages; what cannot be read says why in one sentence."""

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers import pdf_text, text_ocr
from ingest.readers.texts import TEXT_READERS, read_text_file
from ingest.readers.unreadable import Unreadable

LINE = "经查，周启明系韩冬生妻弟。𠮷田村"


def write(path: Path, content: bytes) -> Path:
    """Write bytes and return the path."""
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    found = read_text_file(write(tmp_path / "笔录.txt", f"{LINE}\r\n第二行\r".encode(encoding)))
    assert (found.text, found.pages, found.notes) == (f"{LINE}\n第二行\n", (0,), [])


def test_the_user_s_encoding_wins(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "審查調查報告".encode("big5"))
    assert read_text_file(path, "big5").text == "審查調查報告"


def test_a_form_feed_begins_a_page(tmp_path: Path) -> None:
    found = read_text_file(write(tmp_path / "a.txt", "一\f二三\f四".encode()))
    assert found.pages == (0, 2, 5)
    assert [found.page_of(place) for place in (0, 2, 3, 5)] == [1, 2, 2, 3]


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), min_size=1, max_size=50)
)
def test_text_is_not_changed_but_for_line_ends(text: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "a.txt", text.encode())
        try:
            assert read_text_file(path).text == text.replace("\r\n", "\n").replace("\r", "\n")
        except Unreadable as error:
            # Blank text, or a first character that is another format's mark.
            assert not text.strip() or error.code == "file.suffix"


TEXT_BOX = """<w:r {ns}><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
<mc:Choice Requires="wps"><w:drawing>
<w:txbxContent><w:p><w:r><w:t>框内文字</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>
<mc:Fallback><w:pict>
<w:txbxContent><w:p><w:r><w:t>框内文字</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>
</mc:AlternateContent></w:r>"""


def document() -> Any:
    """Return a docx with a header, a deletion, a text box, a table with merged cells, a page break and a footer."""
    made: Any = docx.Document()
    made.sections[0].header.paragraphs[0].text = "内部资料"
    made.sections[0].footer.paragraphs[0].text = "承办人：郭成林"
    first = made.add_paragraph("韩冬生，")
    first._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>男</w:t></w:r></w:ins>"))
    first._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>女</w:delText></w:r></w:del>"))
    first._p.append(parse_xml(TEXT_BOX.format(ns=nsdecls("w"))))
    table = made.add_table(rows=2, cols=3)
    for place, words in enumerate(["称谓", "姓名", "单位", "妻子", "周启兰", "青石县实验小学"]):
        table.cell(place // 3, place % 3).text = words
    table.cell(0, 0).merge(table.cell(1, 0))
    made.add_page_break()
    made.add_paragraph("第二页")
    return made


def test_docx_with_tables_text_boxes_headers_and_footers(tmp_path: Path) -> None:
    made = document()
    made.save(str(tmp_path / "表.docx"))
    found = read_text_file(tmp_path / "表.docx")
    assert found.text.split("\n") == [
        "内部资料",
        "韩冬生，男",
        "框内文字",
        "称谓 妻子\t姓名\t单位",
        "\t周启兰\t青石县实验小学",
        "",
        "第二页",
        "承办人：郭成林",
        "",
    ]
    assert found.page_of(found.text.index("周启兰")) == 1
    assert found.page_of(found.text.index("第二页")) == 2


def pdf(pages: list[str]) -> bytes:
    """Return a PDF whose pages hold these lines, or a picture for an empty one; its font has no glyphs."""
    chars = sorted({char for page in pages for char in page})
    numbers = {char: number + 1 for number, char in enumerate(chars)}
    mapped = "\n".join(f"<{numbers[char]:04x}> <{char.encode('utf-16-be').hex()}>" for char in chars)
    cmap = f"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(chars)} beginbfchar\n{mapped}\nendbfchar endcmap end"  # noqa: E501
    objects: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (len(pages), b" ".join(b"%d 0 R" % (7 + 2 * at) for at in range(len(pages)))),
        b"<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/F/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(cmap), cmap.encode()),
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1"
        b"/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n\0\nendstream",
    ]
    for at, page in enumerate(pages):
        shown = "".join(f"{numbers[char]:04x}" for char in page)
        drawn = f"BT /F 12 Tf 20 100 Td <{shown}> Tj ET" if page else "q 100 0 0 100 0 0 cm /I Do Q"
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 200]/Contents %d 0 R/Resources"
            b"<</Font<</F 3 0 R>>/XObject<</I 6 0 R>>>>>>" % (8 + 2 * at),
            b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn.encode()),
        ]
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))
    return out.getvalue()


def test_pdf_text_page_by_page(tmp_path: Path) -> None:
    found = read_text_file(write(tmp_path / "报告.pdf", pdf(["韩冬生收受周启明现金", "第二页上的一行文字"])))
    assert found.text == "韩冬生收受周启明现金\n第二页上的一行文字\n"
    assert found.pages == (0, 11)
    assert found.verified


def test_a_page_that_is_a_picture_is_listed_without_the_extra(tmp_path: Path) -> None:
    found = pdf_text.read_pdf(write(tmp_path / "a.pdf", pdf(["韩冬生收受周启明现金", ""])), recognise=False)
    assert [(note.code, note.facts) for note in found.notes] == [("page.scan", {"page": "2"})]
    with pytest.raises(Unreadable) as caught:
        pdf_text.read_pdf(write(tmp_path / "b.pdf", pdf([""])), recognise=False)
    assert caught.value.code == "file.scan"
    assert "shenwa[ocr]" in caught.value.sentence("zh") and "shenwa[ocr]" in caught.value.sentence("en")


@pytest.mark.skipif(not text_ocr.available(), reason="the extra ocr is not installed")
def test_pictures_without_text_are_said_to_hold_none(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        read_text_file(write(tmp_path / "b.pdf", pdf([""])))
    assert caught.value.code == "file.no_text"


def old_word() -> bytes:
    """Return the first bytes of an old doc."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def bomb() -> bytes:
    """Return a small archive that unpacks to a lot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 120_000_000)
    return out.getvalue()


def archive(name: str, content: bytes) -> bytes:
    """Return an archive of one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(name, content)
    return out.getvalue()


LOCK = b"/Root 1 0 R/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (b"00" * 32, b"11" * 32)
ENCRYPTED_PDF = pdf(["文字"]).replace(b"/Root 1 0 R", LOCK)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.txt", b"", "file.empty"),
        ("a.txt", b" \n\t ", "file.empty"),
        ("a.txt", b"x\0y", "file.nul"),
        ("a.txt", b"%PDF-1.7", "file.suffix"),
        ("a.pdf", b"no pdf at all", "file.suffix"),
        ("a.pdf", b"%PDF-1.7\nbroken", "file.damaged"),
        ("a.pdf", ENCRYPTED_PDF, "file.password"),
        ("a.pdf", b"", "file.empty"),
        ("a.docx", b"PK\x03\x04broken", "file.damaged"),
        ("a.docx", archive("a.xml", b"<a/>"), "file.damaged"),
        ("a.docx", archive("[Content_Types].xml", b"<a"), "file.damaged"),
        ("a.docx", old_word(), "file.old_word"),
        ("a.docx", old_word() + "EncryptedPackage".encode("utf-16-le"), "file.password"),
        ("a.doc", old_word(), "file.old_word"),
        ("a.zip", b"PK\x03\x04", "file.unsupported"),
        ("a.png", b"\x89PNG broken", "file.damaged" if text_ocr.available() else "file.scan"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_text_file(write(tmp_path / name, content))
    assert caught.value.code == code
    for lang in ("zh", "en"):
        sentence = caught.value.sentence(lang)  # type: ignore[arg-type]
        assert "—" not in sentence and "\n" not in sentence and sentence.startswith(name)


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        read_text_file(write(tmp_path / "a.docx", bomb()))
    assert caught.value.code == "file.bomb"


@pytest.mark.parametrize("suffix", TEXT_READERS)
def test_a_missing_file_says_so(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_text_file(tmp_path / f"无{suffix}")
    assert caught.value.code == "file.missing"
