"""What a firm's name is made of: its place, what tells it from others, its trade, its form."""

import re
from functools import cache, lru_cache

from nlp.words import any_of, divisions, table

_PLACE = re.compile(r"^(?:[\u4e00-\u9fff]{2,4}?(?:省|自治区))?(?:[\u4e00-\u9fff]{1,4}?(?:市|州))?(?:[\u4e00-\u9fff]{1,3}?(?:县|区|市|旗))?(?:[\u4e00-\u9fff]{1,3}?(?:镇|乡|街道))?")  # fmt: skip  # noqa: E501
FORM = re.compile(r"(?:\([^()]*\))?(?:股份有限公司|有限责任公司|集团有限公司|有限公司|集团公司|总公司|分公司|公司|集团|专业合作社|合作社|经营部|事务所|厂|商行|门市部)+$")  # fmt: skip  # noqa: E501

FORM_AFTER = re.compile("(?:股份|集团|责任)?(?:有限责任公司|有限公司|公司)")


@cache
def _division() -> re.Pattern[str]:
    return re.compile(any_of(name for name in divisions() if len(name) > 2))


@cache
def industry() -> re.Pattern[str]:
    """Return a pattern of what firms do: 建筑, 贸易, 科技."""
    return re.compile(any_of(table("organisations")["industry"]["words"]))


def placed(place: str) -> str:
    """Return a place without its rank: 沅坪 of 沅坪县; empty when nothing is left to name it by."""
    short = re.sub(r"(?:省|市|县|区|镇|乡|街道)$", "", place)
    return short if len(short) >= 2 else ""


@lru_cache(maxsize=10_000)
def core_of(name: str) -> tuple[str, str, str]:
    """Return place, name without place and form, and brand: 青石县, 华信建设, 华信 of 青石县华信建设有限公司."""
    core = FORM.sub("", name)
    place = ""
    division = _division().match(core)
    if division is not None and len(core) - division.end() >= 2:
        place, core = division.group(), core[division.end() :]
    match = _PLACE.match(core)
    if match is not None and len(core) - match.end() >= 2:
        place, core = place + match.group(), core[match.end() :]
    found = industry().search(core)
    while found is not None and found.start() < 2:
        found = industry().search(core, found.end())
    if found is not None and found.start() >= 2:
        return place, core, core[: found.start()]
    return place, core, core if len(core) <= 4 else core[:4]


def brand(name: str) -> str:
    """Return what tells a firm from others: 华信 of 青石县华信建设工程有限公司; empty when nothing does."""
    return core_of(name)[2]
