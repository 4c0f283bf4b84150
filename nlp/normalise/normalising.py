"""The whole of normalisation, in its order."""

from nlp.normalise.layout import drop_furniture, drop_glosses, drop_inner_spaces, join_broken_lines
from nlp.normalise.mapped import Mapped
from nlp.normalise.script import one_form, simplified


def normalised(raw: str) -> Mapped:
    """Return the text in the shape that the components read, with the place of each character in the reader's text."""
    mapped = Mapped(raw)
    mapped.same_length(one_form(mapped.text))
    mapped.same_length(simplified(mapped.text))
    drop_glosses(mapped)
    drop_furniture(mapped)
    join_broken_lines(mapped)
    drop_inner_spaces(mapped)
    return mapped
