"""Firms without their form: 宏远建筑, 宏远 and 沅坪宏远 of 沅坪县宏远建筑有限公司 that is written in full elsewhere."""

import re

from nlp.firm_names import FORM_AFTER, core_of, placed
from nlp.lac.segment import lexicon
from nlp.spans import Found, Taken, Token
from nlp.words import any_of

_MOST = 60  # firms of one text whose short names are looked for
_LEAST = 4  # a shorter one needs the tagger's word or the words beside it
_NAME_TAGS = frozenset(("ORG", "nz", "nw", "PER", "LOC", "nr", "ns", "an"))
_BESIDE = re.compile(r"(?:公司)?(?:顺利|成功)?(?:中了?标|承建|承揽|一家|报价|的(?:大|小)?(?:老|股|法|业|总|经|标|账))")


def variants(full: str) -> set[str]:
    """Return the short forms that a firm's full name may have.

    Args:
        full: 沅坪县宏远建筑有限公司

    Returns:
        宏远, 宏远建筑, 沅坪宏远, 沅坪宏远建筑, 沅坪县宏远, …; empty when the name has no brand.
    """
    place, core, brand = core_of(full)
    if len(brand) < 2:
        return set()
    found = {core[:size] for size in range(len(brand), len(core) + 1)}
    seats = {placed(place), place} - {""}
    return found | {f"{seat}{name}" for seat in seats for name in found}


def find_short_names(text: str, tokens: list[Token], taken: Taken) -> None:
    """Add the short names of firms that the text has in full; a form that two firms share names neither."""
    full = {one.text: one for one in taken.found if one.type == "Company" and len(one.text) >= 6}
    owners: dict[str, list[Found]] = {}
    for one in list(full.values())[:_MOST]:
        for name in variants(one.text):
            owners.setdefault(name, []).append(one)
    known = {name: ones[0] for name, ones in owners.items() if len({one.text for one in ones}) == 1}
    if not known:
        return
    tags = {token.start: token.tag for token in tokens}
    for match in re.finditer(any_of(known), text):
        start, end = match.span()
        form = FORM_AFTER.match(text, end)
        end = form.end() if form is not None else end  # the full name, once more
        held = [one for one in taken.found if one.start < end and start < one.end]
        short = end - start < _LEAST
        odd = lexicon()[0].get(match.group()) is None  # no word of the language: what else can it be
        if short and not odd and tags.get(start) not in _NAME_TAGS and _BESIDE.match(text, end) is None:
            continue
        if short and (held or start not in tags):
            continue
        if any(one.start < start or one.end > end or one.type not in ("Place", "Person") for one in held):
            continue
        taken.remove(held)
        one = known[match.group()]
        taken.add(Found(start, end, text[start:end], "Company", "rule:short_name", 0.85, None, one.kind, one.entity))
