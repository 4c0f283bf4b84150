"""Places: what the tagger calls one, and names of divisions, that no other mention holds."""

import re

from spacy.language import Language
from spacy.tokens import Doc

from nlp.lac.weights import MODEL_ID
from nlp.spans import Found, Taken
from nlp.words import divisions

_DIVISION = re.compile(r"[\u4e00-\u9fff]{1,6}(?:省|自治区|市|自治州|州|县|区|镇|乡|街道|村|组|路|街|巷|小区|大道)")
_NO_PLACE = re.compile(r"[,。:;、0-9\n]")


@Language.component("shenwa_places", requires=["doc._.tokens", "doc._.taken"], assigns=["doc._.taken"])
def find_places(doc: Doc) -> Doc:
    """Find places."""
    taken: Taken = doc._.taken
    text: str = doc._.mapped.text
    for token in doc._.tokens:
        if token.tag not in ("LOC", "ns"):
            continue
        name = text[token.start : token.end]
        if len(name) < 2 or _NO_PLACE.search(name) or not taken.free(token.start, token.end):
            continue
        sure = 0.95 if name in divisions() or _DIVISION.fullmatch(name) else 0.7
        taken.add(Found(token.start, token.end, name, "Place", MODEL_ID, sure))
    return doc
