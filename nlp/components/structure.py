"""Genre, head and tail, sentences and turns."""

from spacy.language import Language
from spacy.tokens import Doc

from nlp.structure import form_of, sentences_of


@Language.component("shenwa_structure", requires=["doc._.mapped"], assigns=["doc._.form", "doc._.sentences"])
def find_structure(doc: Doc) -> Doc:
    """Recognise the kind of document and cut it into sentences."""
    doc._.form = form_of(doc._.mapped.text)
    doc._.sentences = sentences_of(doc._.mapped.text)
    return doc
