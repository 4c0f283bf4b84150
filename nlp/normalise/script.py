"""Characters in one form: half-width digits, letters and punctuation, simplified script."""

from functools import cache

import opencc

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PUNCTUATION = {"\ufe51": "、", "\ufe50": ",", "\uff61": "。", "\uff64": "、", "﹒": ".", "﹔": ";"}
_PUNCTUATION |= {"﹕": ":", "﹖": "?", "﹗": "!"}
_PUNCTUATION |= {"﹙": "(", "﹚": ")", "「": "“", "」": "”", "『": "“", "』": "”", "﹝": "〔", "﹞": "〕"}
_SPACES = dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\t\r\f\v", " ")
_RADICALS = dict(zip("⼀⼆⼈⼊⼋⼏⼑⼒⼗⼝⼟⼠⼤⼥⼦⼩⼭⼯⼲⼴⼿⽀⽂⽅⽇⽉⽊⽌⽔⽕⽗⽚⽜⽟⽤⽥⽩⽪⽬⽯⽰⽴⽵⽶⽺⽼⽽⾁⾃⾏⾐⾔⾛⾜⾝⾞⾥⾦⾧⾨⾬⾮⾯⾷⾹⾼⿊⻋⻓⻔⻘⻛⻝⻢⻩⻬⻰", "一二人入八几刀力十口土士大女子小山工干广手支文方日月木止水火父片牛玉用田白皮目石示立竹米羊老而肉自行衣言走足身车里金长门雨非面食香高黑车长门青风食马黄齐龙", strict=True))  # fmt: skip  # noqa: E501
_TABLE: dict[int, str] = {code: chr(narrow) for code, narrow in _WIDE.items()}
_TABLE |= {ord(char): other for char, other in {**_PUNCTUATION, **_SPACES, **_RADICALS}.items()}
_LINE_SHARE = 12  # one changed character in so many makes a line traditional
_LINE_LEAST = 3


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _line(line: str) -> str:
    found: str = _converter().convert(line)
    if len(found) != len(line):
        found = "".join(one if len(one) == 1 else char for char, one in ((c, _converter().convert(c)) for c in line))
    changed = sum(before != after for before, after in zip(line, found, strict=True))
    # A simplified text keeps what only looks traditional: 乾 and 昇 in names are somebody's choice.
    return found if changed >= _LINE_LEAST and changed * _LINE_SHARE >= len(line) else line


def simplified(text: str) -> str:
    """Return the text with traditional lines in simplified script, each character in its place."""
    whole: str = _converter().convert(text)
    if whole == text:
        return text
    if len(whole) == len(text):
        changed = sum(before != after for before, after in zip(text, whole, strict=True))
        if changed >= _LINE_LEAST and changed * 2 * _LINE_SHARE >= len(text):
            return whole
    return "".join(_line(line) for line in text.splitlines(keepends=True))


def one_form(text: str) -> str:
    """Return the text with digits, letters and punctuation in half width (、。《》“” apart), same length."""
    return text.translate(_TABLE)
