"""The pipeline: spaCy blank zh, the components in their order, and text in, extraction out."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from nlp.extraction import Extraction
from nlp.finishing import finish
from nlp.registration import COMPONENTS, register_extensions

TOGETHER = 64  # documents in memory at once


class _Whole:
    """The tokenizer of the reader's text: one piece, because `shenwa_normalise` cuts the text that matters."""

    def __init__(self, nlp: Language) -> None:
        self._vocab = nlp.vocab

    def __call__(self, text: str) -> Doc:
        return Doc(self._vocab, words=[text] if text else [], spaces=[False] if text else [])


def load_components() -> None:
    """Import every component, which registers it under its name."""
    import nlp.components.dates
    import nlp.components.identifiers
    import nlp.components.linking
    import nlp.components.money
    import nlp.components.normalise
    import nlp.components.organisations
    import nlp.components.persons
    import nlp.components.places
    import nlp.components.posts
    import nlp.components.projects
    import nlp.components.references
    import nlp.components.relations
    import nlp.components.structure
    import nlp.components.tagger  # noqa: F401


@cache
def pipeline() -> Language:
    """Build the pipeline, once a process."""
    register_extensions()
    load_components()
    built = spacy.blank("zh")
    built.tokenizer = _Whole(built)
    for name in COMPONENTS:
        built.add_pipe(name)
    return built


def extract_many(texts: Iterable[str]) -> Iterator[Extraction]:
    """Read many texts; memory does not grow with their number.

    Args:
        texts: Readers' texts, line ends `\\n`.

    Yields:
        One extraction a text, in their order, spans in code points of the text given.
    """
    nlp = pipeline()
    source = iter(texts)
    while batch := list(islice(source, TOGETHER)):
        with nlp.memory_zone():  # the words of one batch are forgotten before the next
            done = [finish(doc) for doc in nlp.pipe(batch, batch_size=TOGETHER)]
        yield from done


def extract(text: str) -> Extraction:
    """Read one text.

    Args:
        text: A reader's text, line ends `\\n`.

    Returns:
        Mentions and relations with spans in code points of that text.
    """
    return next(extract_many([text]))
