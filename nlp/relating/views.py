"""What a rule sees of a sentence: everything, or without what only says who a person is.

`posts`: 时任青石县教育局局长韩冬生 as it stands, for rules about posts. `people`: only 韩冬生. `actors`: also
其妻弟周启明 is only 周启明, and 韩冬生的妻子 is somebody unnamed: what was said of her is not said of 韩冬生.
"""

import re
from dataclasses import dataclass
from functools import cache

from nlp.relating.coding import CODES, Coded
from nlp.words import any_of, table

_P, _POST = CODES["Person"], CODES["Post"]
_BODY = CODES["Agency"] + CODES["Company"]
_POSTS = re.compile(
    rf"(?:时任|原任?|现任|曾任)?[{_BODY}]?(?:的|原|时任)?{_POST}(?:[、,兼和]?(?:[{_BODY}]?{_POST}))*(?={_P})"
)


@cache
def _kin() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = any_of([*table("kin")["words"], *table("associates")["words"]])
    chain = rf"的?{words}(?:的{words})?"
    return re.compile(
        rf"(?:{_P}|(?<![\u4e00-\u9fff])[我其他她]|(?<=[给向由与和])[我其他她]){chain}(?={_P})"
    ), re.compile(rf"{_P}(?={chain}(?!{_P}))")


# Brackets that name nobody who acts: (身份证号…), (县公路中心计划科科长).
_ASIDE = re.compile(rf"\([^(){_P}{CODES['Company']}]*\)")


@dataclass(frozen=True)
class Views:
    """One sentence as rules of different kinds see it."""

    whole: Coded
    posts: Coded
    people: Coded
    actors: Coded


def views(coded: Coded) -> Views:
    """Return the views of a coded sentence."""
    plain = coded.without([found.span() for found in _ASIDE.finditer(coded.text)])
    people = plain.without([found.span() for found in _POSTS.finditer(plain.text)])
    beside, unnamed = _kin()
    actors = people.without([found.span() for found in beside.finditer(people.text)])
    actors = actors.without([found.span() for found in unnamed.finditer(actors.text)])
    return Views(coded, coded, people, actors)
