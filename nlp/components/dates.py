"""Dates in running text; relative ones (同年9月, 次年初, 任职期间) are resolved by the dates before them."""

import re
from dataclasses import dataclass
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from nlp.dates import FIRST_YEAR, LAST_YEAR
from nlp.numerals import parse_numeral, positional_digits
from nlp.spans import Found, Taken

_HAN4 = "[〇○零一二三四五六七八九]{4}"
_M = r"(?:1[0-2]|0?[1-9]|十[一二]?|元|[一二三四五六七八九])"
_D = r"(?:3[01]|[12][0-9]|0?[1-9]|二十[一二三四五六七八九]?|三十一?|十[一二三四五六七八九]?|[一二三四五六七八九])"
_FEAST = (
    r"(?:农历|阴历)?(?:春节|中秋节?|端午节?|国庆节?|元旦|五一|清明节?|重阳节|元宵节?|小年|除夕|腊月|正月|过年|教师节|暑假|寒假)"
    r"(?:前后|前夕|之前|前|后|期间|假期)?"
)
_PART = r"年初|年底|年末|年中|初|底|末|上半年|下半年|上旬|中旬|下旬|第[一二三四]季度|[一二三四]季度"
_ATOM = re.compile(
    rf"""(?<![0-9])(?:(?<!\.)|(?<=[0-9]\.)(?=(?:19|20)[0-9]{{2}}\ ?年))(?:
      (?P<iy>(?:19|20)[0-9]{{2}})(?P<sep>[-./])(?P<im>1[0-2]|0?[1-9])(?:(?P=sep)(?P<id>3[01]|[12][0-9]|0?[1-9]))?
      (?![0-9]|\.[0-9])
    | (?:(?P<y>(?:19|20)[0-9]{{2}}|{_HAN4})\ ?年(?:度(?!假))?
      |(?P<ry>同年|当年|次年|翌年|第二年|上一年|去年|今年|前年|明年|本年))
      (?:\ ?(?P<m>{_M})\ ?月(?:份)?(?:\ ?(?P<d>{_D})\ ?[日号](?!楼|线|院|井|车|机|文))?|(?P<rm>同月|当月|次月))?
    | (?P<bm>{_M})\ ?月(?:份)?(?:\ ?(?P<bd>{_D})\ ?[日号])?
    | (?P<orm>同月|当月|次月)(?:(?P<ord>{_D})[日号])?
    | (?P<rd>同日|当日|次日|当天)
    | (?P<in>任职期间|在任期间|任职以来|任期内)
    )(?P<part>{_PART})?(?P<feast>{_FEAST})?(?P<around>前后|以前|之前|以来|以后|之后|期间)?""",
    re.VERBOSE,
)
_DAY_ALONE = re.compile(rf"(?P<d>{_D})[日号]")
_DASH = re.compile(r" ?(?:起至|开始至|至|到|~|-{1,2}|—{1,2}|–) ?")
_OPEN = re.compile(r" ?(?:起?至|到|-{1,2}|—{1,2}) ?今|起(?=[,,。;担任任分])")
_NO_MONTH = re.compile(r"[0-9%万元]|[.-](?!(?:19|20)[0-9]{2}[./-])[0-9A-Za-z]")
_MONTHS_OF = {"上半年": (1, 6), "下半年": (7, 12)} | {
    f"{head}{'一二三四'[at]}季度": (3 * at + 1, 3 * at + 3) for at in range(4) for head in ("第", "")
}


@dataclass(frozen=True)
class Known:
    """A point in time as far as it is known."""

    year: int
    month: int | None = None
    day: int | None = None

    def iso(self) -> str | None:
        """Return `2019`, `2019-08` or `2019-08-12`; None for a day that does not exist."""
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            return None
        if self.month is None:
            return f"{self.year}"
        if self.day is None:
            return f"{self.year}-{self.month:02d}"
        try:
            return date(self.year, self.month, self.day).isoformat()
        except ValueError:
            return None


def _year(text: str) -> int:
    return int(text if text.isascii() else positional_digits(text.replace("○", "〇")) or 0)


def _small(text: str | None) -> int | None:
    if text is None:
        return None
    value = parse_numeral("一" if text == "元" else text.lstrip("0") if text.isascii() else text)
    return None if value is None else int(value)


class Resolver:
    """Reads the dates of one text in their order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.last: Known | None = None
        self.last_line = -9
        self.interval: str | None = None
        self.written = _written_on(text)

    def _relative_year(self, word: str) -> int | None:
        if word in ("去年", "今年", "前年", "明年", "本年"):
            shift = {"去年": -1, "前年": -2, "明年": 1}.get(word, 0)
            return None if self.written is None else self.written + shift
        if self.last is None:
            return None
        return self.last.year + {"次年": 1, "翌年": 1, "第二年": 1, "上一年": -1}.get(word, 0)

    def _bare(self, match: re.Match[str], line: int) -> Known | None:
        month = _small(match["bm"])
        near = self.last is not None and line - self.last_line <= 1
        if self.last is None or month is None or not near or (self.last.month or 0) > month:
            return None
        return Known(self.last.year, month, _small(match["bd"]))

    def point(self, match: re.Match[str], line: int) -> Known | None:
        """Return the point that an atom means here."""
        if match["iy"]:
            return Known(int(match["iy"]), int(match["im"]), _small(match["id"]))
        if match["y"] or match["ry"]:
            year = _year(match["y"]) if match["y"] else self._relative_year(match["ry"])
            if year is None:
                return None
            month = _small(match["m"])
            if match["rm"] and self.last is not None:
                month = self.last.month
            return Known(year, month, _small(match["d"]))
        if match["bm"]:
            return self._bare(match, line)
        if self.last is None:
            return None
        if match["orm"] and self.last.month:
            month = self.last.month + (match["orm"] == "次月")
            year, month = (self.last.year + 1, 1) if month > 12 else (self.last.year, month)
            return Known(year, month, _small(match["ord"]))
        if match["rd"] and self.last.day and match["rd"] != "次日":
            return self.last
        return None

    def value(self, match: re.Match[str], known: Known | None) -> str | None:
        """Return the ISO value of an atom with its 上半年 and the like."""
        if known is None or "农历" in (match["feast"] or "") or "阴历" in (match["feast"] or ""):
            return None if known is None or known.month else known.iso()
        months = _MONTHS_OF.get(match["part"] or "")
        if months and known.month is None:
            return f"{known.year}-{months[0]:02d}/{known.year}-{months[1]:02d}"
        return known.iso()

    def keep(self, known: Known | None, line: int) -> None:
        """Remember the point for what follows."""
        if known is not None and known.iso() is not None:
            self.last, self.last_line = known, line


def _written_on(text: str) -> int | None:
    """Return the year in which a text was written: a full date in its first lines or its last ones."""
    lines = text.strip().split("\n")
    for part in (lines[:8], lines[-3:]):
        for line in part:
            match = _ATOM.search(line) if len(line) < 60 else None
            if match and match["y"] and match["d"]:
                return _year(match["y"])
    return None


def _second(resolver: Resolver, first: Known, at: int, line: int) -> tuple[int, Known] | None:
    """Read what follows a dash: a whole date, or one that leaves out what it shares with the first."""
    text = resolver.text
    match = _ATOM.match(text, at)
    if match is not None and (match["iy"] or match["y"] or match["ry"]):
        known = resolver.point(match, line)
        return None if known is None else (match.end(), known)
    if match is not None and match["bm"]:
        month, day = _small(match["bm"]), _small(match["bd"])
        whole = month is not None and (first.month or 0) <= month
        return (match.end(), Known(first.year, month, day)) if whole else None
    alone = _DAY_ALONE.match(text, at)
    if alone is not None and first.day is not None and (_small(alone["d"]) or 0) > first.day:
        return alone.end(), Known(first.year, first.month, _small(alone["d"]))
    return None


def _surely_date(match: re.Match[str], text: str) -> bool:
    """Rule out what only looks like a date: 3.5 sections, 一月一次, 12个月."""
    if match["bm"]:
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if (before and before in "个几每第十百千0123456789.") or (after and after in "饼球季票票薪租嫂"):
            return bool(match["bd"]) and not (before and before in "0123456789.")
        return bool(match["bd"]) or match["bm"] not in "一元" or "份" in match.group()
    if match["iy"] and not match["id"]:
        return match["sep"] != "/" and not _NO_MONTH.match(text, match.end())
    return not (match["ry"] in ("当年", "本年") and text[match.end() : match.end() + 1] == "度")


def read_dates(text: str) -> list[Found]:
    """Return the dates of a text in normal form, in their order."""
    resolver = Resolver(text)
    found: list[Found] = []
    at = line = counted = 0
    while (match := _ATOM.search(text, at)) is not None:
        line += text.count("\n", counted, match.start())
        counted = match.start()
        at = match.end()
        if not _surely_date(match, text):
            at = match.start() + 1
            continue
        known = resolver.point(match, line)
        value = resolver.value(match, known)
        if match["in"]:
            value = resolver.interval
        resolver.keep(known, line)
        end = match.end()
        dash = _DASH.match(text, end)
        if (open_ := _OPEN.match(text, end)) is not None:
            value, end = (f"{value}/" if value and "/" not in value else None), open_.end()
        elif dash is not None and known is not None and not match["in"]:
            second = _second(resolver, known, dash.end(), line)
            if second is not None:
                end, after = second
                ordered = (after.year, after.month or 12, after.day or 31) >= (
                    known.year,
                    known.month or 1,
                    known.day or 1,
                )
                first_iso, last_iso = known.iso(), after.iso()
                value = f"{first_iso}/{last_iso}" if ordered and first_iso and last_iso else None
                resolver.keep(after, line)
        if value and "/" in value:
            resolver.interval = value
        at = end
        found.append(
            Found(match.start(), end, text[match.start() : end], "Date", "rule:date", 0.97 if value else 0.8, value)
        )
    return found


@Language.component("shenwa_dates", requires=["doc._.taken"], assigns=["doc._.taken"])
def find_dates(doc: Doc) -> Doc:
    """Find dates and spans of time; what cannot be resolved has no value."""
    taken: Taken = doc._.taken
    for one in read_dates(doc._.mapped.text):
        taken.add(one)
    return doc
