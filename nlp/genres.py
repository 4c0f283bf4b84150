"""Which kind of case document a text is, by its first lines."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from nlp.extraction import Claim

_FILE = Path(__file__).with_name("data") / "genres.toml"
_LOOKED_AT = 12
_TO_OFFICE = re.compile(
    r"(?:纪委|监委|巡察组|巡视组|信访|领导|组织|同志|大人|老爷)[^。\n]{0,6}(?:同志|领导|你们好|您好|大人|老爷|:)"
)
_VOICE = re.compile(
    "我们?(?!县|市|省|国|院|局|委)|举报|检举|乡亲|老百姓|请上级|民等|小民|伏乞|恳请|泣告|呈诉|青天|匿名|百姓"
)
_OFFICE = re.compile("经查|查明|核实|审计|审理|判决|认定|通报|决定|登记|合同|笔录|函询|情况说明|本院|被告人|起诉")
_LONG_LINE = 60
_SHORT = 200  # shorter texts are pieces of something


@dataclass(frozen=True)
class Genre:
    """A kind of document.

    Attributes:
        id: Key of `genres.toml`; empty for the kind of texts that were not recognised.
        zh: Its usual name.
        title: Patterns of its title.
        claim: Rank of a statement that no words of its own mark.
        speaker: Labels in the head that name who says 我.
        subject: Labels that name the person the document is about.
        signed: Whoever signs it in the last lines says 我.
        reporter: Who says 我 is a reporter and must be protected.
    """

    id: str
    zh: str
    title: tuple[re.Pattern[str], ...]
    claim: Claim
    speaker: tuple[str, ...]
    subject: tuple[str, ...]
    signed: bool = False
    reporter: bool = False


UNKNOWN = Genre("", "", (), "found", (), ())
UNKNOWN_VOICE = Genre("", "", (), "alleged", (), ())  # somebody speaks, and no body says that it found anything


@cache
def genres() -> tuple[Genre, ...]:
    """Return the genres in the order in which their titles are tried."""
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))["genre"]
    return tuple(
        Genre(
            one["id"],
            one["zh"],
            tuple(re.compile(pattern) for pattern in one["title"]),
            cast("Claim", one["claim"]),
            tuple(one["speaker"]),
            tuple(one["subject"]),
            one.get("signed", False),
            one.get("reporter", False),
        )
        for one in tables
    )


def recognise(text: str) -> Genre:
    """Return the genre of a text in normal form: the first title line decides; else turns, 本人, 举报."""
    lines = [line.strip() for line in text[:4000].split("\n") if line.strip()][:_LOOKED_AT]
    for line in lines:
        if len(line) > _LONG_LINE or line.endswith(("。", ";", ",")):
            continue
        for genre in genres():
            if any(pattern.search(line) for pattern in genre.title):
                return genre
    known = {genre.id: genre for genre in genres()}
    head = "\n".join(lines)
    for id_, labels in (
        ("talk_record", "被谈话人|谈话对象"),
        ("inquiry_record", "被询问人"),
        ("interrogation_record", "被讯问人"),
    ):
        if re.search(rf"(?:{labels})(?:姓名)?:", head):
            return known[id_]
    if len(re.findall(r"^[ \u3000]*[问答]:", text, re.MULTILINE)) >= 2:
        return known["talk_record"]
    if re.search(r"我(?:要|们要)?(?:实名)?举报|特向.{2,20}(?:举报|反映)|现将.{0,30}(?:举报|反映)如下|举报人:", head):
        return known["report_by_citizen"]
    if _TO_OFFICE.search(head) and re.search(r"我(?:们)?是|反映.{0,40}问题|举报", head):
        return known["report_by_citizen"]
    if re.search(r"^(?:我叫|本人|我是)", head, re.MULTILINE):
        return known["own_statement"]
    if _OFFICE.search(text) is None and (_VOICE.search(text) or len(text) > _SHORT):
        return UNKNOWN_VOICE  # a page on which no body says that it found anything is somebody's word
    return UNKNOWN
