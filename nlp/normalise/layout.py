"""What a page adds to a text: furniture, glosses, broken lines, spaces inside words."""

import re
from collections import Counter
from itertools import pairwise

from nlp.normalise.mapped import Mapped

_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
_GLOSS = re.compile(rf"(?<=[\u3400-\u9fff])(?P<out>[(\[] ?[a-zü{_TONES}' ]{{1,8}}[)\]])", re.IGNORECASE)
_TONED = re.compile(f"[{_TONES}]", re.IGNORECASE)
_FURNITURE = re.compile(
    r"""^[ \u3000]*(?:
      [-—–·~]*\ ?第?\ ?[0-9]{1,4}\ ?页?\ ?(?:[/,,]?\ ?共?\ ?[0-9]{1,4}\ ?页)?\ ?[-—–·~]*
    | 第\ ?[一二三四五六七八九十百]{1,4}\ ?页(?:\ ?共\ ?[一二三四五六七八九十百]{1,4}\ ?页)?
    | (?:浏览量|浏览次数|阅读量|阅读次数|点击量|点击数|点击次数|访问量)\ ?:?\ ?[0-9,万+]*\ ?次?
    | (?:设为首页|加入收藏|打印本页|关闭窗口|返回顶部|收藏本站|分享到|打印|关闭|字号|大|中|小|网站首页
         |当前位置|上一篇|下一篇|扫一扫|责任编辑|[|:【】\[\]>· ])+(?::[^。\n]{0,30})?
    )[ \u3000]*(?:\n|\Z)""",
    re.VERBOSE | re.MULTILINE,
)
_SPACED_OUT = re.compile(r"(?<![\u3400-\u9fff])[\u3400-\u9fff](?: {1,2}[\u3400-\u9fff]){2,}(?![\u3400-\u9fff])")
_GAP = re.compile("(?<! ) (?=[^ ])")
_MEASURED = re.compile("[0-9] (?:万|元|年|月|日|余|多)")
_SENTENCE = re.compile("[,。;!?](?![0-9]{3})")
_SPACED_DIGITS = re.compile(r"(?<![0-9 ])[0-9](?: [0-9]){1,8}(?= ?[万元年月])")
_PADDED_NAME = re.compile(
    r"(?<![\u3400-\u9fff] )(?<![\u3400-\u9fff])[\u3400-\u9fff](?P<out>[ \u3000]{1,2})[\u3400-\u9fff]"
    r"(?=[^\u3400-\u9fff ]|\Z| {2})"
)
_PADDED_SIGNER = re.compile(r"(?<=[长员人]) +[\u3400-\u9fff](?P<out>[ \u3000]{1,4})[\u3400-\u9fff] *$", re.MULTILINE)
_BESIDE_DIGITS = re.compile(
    r"(?<=[\u4e00-\u9fff])(?P<out> )(?=[0-9])|(?<=[0-9])(?P<out2> )(?=[\u4e00-\u9fff])|(?<=[0-9年月]) (?=[年月日])"
)
_SPACE = re.compile(" +")
_ENDS = frozenset("。!?:;…”』」》)")
_BEGINS = re.compile(
    r"[ \u3000]{2,}|(?:19|20)[0-9]{2}[.-]|[\u4e00-\u9fff]{1,4} [\u4e00-\u9fff]{2,4} "
    r"|[问答] ?:|[(]?[一二三四五六七八九十]{1,3}[)、.]|第[一二三四五六七八九十百零]{1,4}[条章节]"
    r"|[(]?[0-9]{1,2}[)、.](?![0-9])|[^,。:\n]{1,14}:|附[:件]|家庭(?:主要)?成员|简历|称谓|此致|敬礼|特此"
)
_LEAST_WIDTH = 16
_CELLS = re.compile(r"\S +\S+ +\S")  # a row of a table is a line of its own


def drop_furniture(mapped: Mapped) -> None:
    """Take out lines of page numbers and of web pages' buttons."""
    mapped.drop(_FURNITURE, keep=lambda found: not found.group().strip())


def drop_glosses(mapped: Mapped) -> None:
    """Take out pinyin that some publishers put after a character: 纪(jì)委."""
    mapped.drop(_GLOSS, keep=lambda found: _TONED.search(found.group()) is None)


def _width(line: str) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in line)


def join_broken_lines(mapped: Mapped) -> None:
    """Take out line ends inside a paragraph, where a page or a fixed width broke it.

    A line is broken when it ends without closing its sentence, reaches the width at which this text is wrapped, and
    the next one does not begin something new (an indent, a number, 问: or 答:, a label with a colon).
    """
    lines = mapped.text.split("\n")
    widths = [_width(line.rstrip()) for line in lines]
    counts = Counter(width // 2 for width in widths if width >= _LEAST_WIDTH * 2)
    wrapped = max((near for near, count in counts.items() if count + counts[near - 1] >= 3), default=0)
    spans: list[tuple[int, int]] = []
    at = 0
    for here, after in pairwise(lines):
        end = at + len(here)
        seen = here.rstrip()
        full = wrapped and abs(_width(seen) // 2 - wrapped) <= 2
        comma = len(seen) >= 8 and seen[-1:] in ("、", ",")
        row = _CELLS.search(seen) is not None and not comma
        if (
            seen
            and (full or comma)
            and not row
            and seen[-1] not in _ENDS
            and after.strip()
            and not _BEGINS.match(after)
        ):
            lead = len(after) - len(after.lstrip())
            spans.append((at + len(seen), end + 1 + lead))
        at = end + 1
    mapped.drop_spans(spans)


def _drop_inside(mapped: Mapped, pattern: re.Pattern[str]) -> None:
    spans = [
        (found.start() + space.start(), found.start() + space.end())
        for found in pattern.finditer(mapped.text)
        for space in _SPACE.finditer(found.group())
    ]
    mapped.drop_spans(spans)


def _in_row(text: str, at: int) -> bool:
    """Say whether a place stands in a row of a table, whose spaces part its cells."""
    end = text.find("\n", at)
    line = text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)].strip()
    return len(_GAP.findall(line)) >= 2 and _SENTENCE.search(line) is None and _MEASURED.search(line) is None


def drop_inner_spaces(mapped: Mapped) -> None:
    """Take out spaces inside words: characters set or scanned apart, two-character names padded, digits set off."""
    if " " not in mapped.text and "\u3000" not in mapped.text:
        return
    _drop_inside(mapped, _SPACED_OUT)
    _drop_inside(mapped, _SPACED_DIGITS)
    mapped.drop(_PADDED_NAME)
    mapped.drop(_PADDED_SIGNER)
    text = mapped.text
    spans = [
        found.span()
        for found in _BESIDE_DIGITS.finditer(text)
        if found.lastgroup is None or not _in_row(text, found.start())
    ]
    mapped.drop_spans(spans)
