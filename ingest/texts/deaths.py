"""Deaths that a text states: 沈阿根于2020年11月3日病故. Benefits drawn after that day are a doubt."""

import re

from ingest.texts.entities import Entities, Entity
from ingest.texts.ties import Tie
from ingest.texts.values import Period, stated_day
from nlp.extraction import Extraction, Mention

_DIED = re.compile(r"[^。;;,,\n]{0,10}(?:去世|死亡|病故|病逝|身亡|亡故|离世)")
_BETWEEN = re.compile(r"[((]?[^。;;\n问答]{0,36}")
_UNSURE = re.compile(r"没有|未|不是|并非|听说|据说|可能|是否|谎称|假称|若|如果|的(?:妻|夫|父|母|儿|女|兄|弟|姐|妹)")
_SURE = ("found", "adjudicated", "registry", "witness", "self")


def deaths_of(text: str, found: Extraction, entities: Entities, document: Entity, claim: str) -> list[Tie]:
    """Return a tie `MENTIONS` of role `death` for each death with its day that a sentence states of one named person.

    Args:
        text: The reader's text.
        found: What was read from it.
        entities: Of the document.
        document: The document itself.
        claim: Rank of a plain statement in this kind of document; where that is only reported, nothing is read.
    """
    people = [one for one in found.mentions if one.type == "Person"]
    ties = []
    for day in found.mentions:
        after = _DIED.match(text, day.end) if day.type == "Date" else None
        known = stated_day(day.value)
        person = next((one for one in reversed(people) if one.end <= day.start), None)
        if after is None or known is None or person is None or claim not in _SURE:
            continue
        passage = text[person.end : after.end()]
        whole = _BETWEEN.fullmatch(text[person.end : day.start]) and not _UNSURE.search(passage)
        entity = entities.of(person.index)
        if not whole or entity is None or _several(people, person, text):
            continue
        exact = known.precision == "day"
        period = Period(known.earliest, None if exact else known.latest)
        props: dict[str, object] = {"role": "death", "date": known.earliest.isoformat()}
        place = (person.start, after.end(), "rule:death_of", round(0.9 * person.confidence, 3), claim, None)
        ties.append(Tie("MENTIONS", document.key, entity.key, props, period, *place))
    return ties


def _several(people: list[Mention], person: Mention, text: str) -> bool:
    """Tell whether the person is one of a list, or stands as another's."""
    before = text[max(0, person.start - 3) : person.start]
    return re.search(r"[、和与及]$|[其的]$", before) is not None
