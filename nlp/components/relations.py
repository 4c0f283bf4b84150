"""Relations by the rules of `nlp/rules`."""

from spacy.language import Language
from spacy.tokens import Doc

from nlp.relating.relate import relate


@Language.component(
    "shenwa_relations",
    requires=["doc._.taken", "doc._.references", "doc._.form", "doc._.voices", "doc._.sentences"],
    assigns=["doc._.relations"],
)
def find_relations(doc: Doc) -> Doc:
    """Find relations."""
    state = doc._
    doc._.relations = relate(
        doc._.mapped.text, state.form, state.voices, state.sentences, state.taken, state.references
    )
    return doc
