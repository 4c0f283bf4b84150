"""Where a passage stands, as the evidence page shows it: what is around it, its page, whose case, and the scan."""

import pytest
from PIL import Image, ImageDraw, ImageFont

from app.services.canonical import current_tables
from app.services.context import Context
from app.services.importing import run_import
from app.services.passages import NoSuchSource, text_place
from app.services.tables import open_tables
from graph.settings import Settings
from graph.store.base import EVERYTHING, Scope
from graph.workspace import Workspace
from ingest.options import ImportOptions
from ingest.readers import text_ocr
from tests.support.papers import REPORT, write_papers

PASSAGE = "周启明送给韩冬生现金5万元"
TEXT = f"一页\f{REPORT}经查,韩冬生现任青石县教育局副局长。\n2019年3月5日,{PASSAGE}。\n末行\n"


def imported(folder, files):
    context = Context(Workspace(folder / "workspace"), Settings(graph=""))
    run_import(context, [files], ImportOptions(), project=True, progress=lambda *_: None)
    return context


def doc_of(context, name):
    rows = context.ledger.rows("filings", ("doc", "path"))
    [doc] = {str(row["doc"]) for row in rows if str(row["path"]).endswith(name)}
    return doc


def placed(context, doc, locator, scope=EVERYTHING):
    with open_tables(current_tables(context), scope) as connection:
        return text_place(context, connection, doc, locator, around=10)


@pytest.fixture(scope="module")
def context(tmp_path_factory):
    folder = tmp_path_factory.mktemp("places")
    return imported(folder, write_papers(folder / "in", {"案件/2023-017/a.txt": TEXT}))


def test_a_passage_with_whole_lines_around_it(context):
    start = TEXT.index(PASSAGE)
    place = placed(context, doc_of(context, "a.txt"), f"c:{start}-{start + len(PASSAGE)}")
    assert (place.before, place.marked) == ("2019年3月5日,", PASSAGE)
    assert place.after.startswith("。")
    assert (place.page, place.verified, place.picture) == (2, True, None)
    assert [(one.type, one.claim) for one in place.readings] == [("TRANSFER", "found")]
    assert place.readings[0].label("zh") == "转账: 周启明(未载明账号) → 韩冬生(未载明账号)"


@pytest.mark.parametrize("locator", ["c:0-100000", "c:9-3", "r:1", "x"])
def test_a_place_that_is_none_is_refused(context, locator):
    with pytest.raises(NoSuchSource):
        placed(context, doc_of(context, "a.txt"), locator)


def test_a_paper_of_another_case_is_not_there(context):
    doc = doc_of(context, "a.txt")
    assert placed(context, doc, "c:0-2", Scope(frozenset({"2023-017"}))).marked == "一页"
    with pytest.raises(NoSuchSource):
        placed(context, doc, "c:0-2", Scope(frozenset({"2023-018"})))


@pytest.mark.skipif(not text_ocr.available(), reason="the extra ocr is not installed")
def test_a_scan_is_shown_beside_its_text(tmp_path):
    path = tmp_path / "in" / "案件" / "2023-017" / "a.png"
    path.parent.mkdir(parents=True)
    image = Image.new("RGB", (600, 120), "white")
    ImageDraw.Draw(image).text((20, 30), "paper of 2019", fill="black", font=ImageFont.load_default(size=48))
    image.save(path)
    context = imported(tmp_path, tmp_path / "in")
    place = placed(context, doc_of(context, "a.png"), "")
    assert not place.verified
    assert place.picture is not None and place.picture.startswith(b"\x89PNG")
    assert "2019" in place.after
