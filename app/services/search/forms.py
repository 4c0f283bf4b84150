"""Names in the one form in which they are compared, and how their characters are read."""

from functools import cache, lru_cache

import opencc
from pypinyin import Style, pinyin

from graph.keys import fold

# Two characters that are one surname: the given name begins after them.
_DOUBLE = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 "
    "公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 "
    "拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 梁丘 左丘 东门 西门 第五"
)
DOUBLE_SURNAMES = frozenset(_DOUBLE.split())


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def simple(character: str) -> str:
    """Return a character in simplified script, itself where that is not one character."""
    found: str = _converter().convert(character)
    return found if len(found) == 1 else character


def plain(text: str) -> str:
    """Return the comparable form of a name: half width, upper case, simplified script, no white space."""
    return "".join(map(simple, fold(text)))


def is_han(character: str) -> bool:
    """Tell whether a character is one that has a reading."""
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


@lru_cache(maxsize=30_000)
def readings(character: str) -> tuple[str, ...]:
    """Return every reading of a character in plain letters (`ü` as `v`); none for what is not Han.

    Surnames are read in their own way (单 shan, 仇 qiu, 查 zha): that is among the readings.
    """
    if not is_han(character):
        return ()
    [found] = pinyin(character, style=Style.NORMAL, heteronym=True)
    plain_ = (one.replace("ü", "v").replace("ê", "e") for one in found)
    return tuple(dict.fromkeys(one for one in plain_ if one.isascii() and one.isalpha()))
