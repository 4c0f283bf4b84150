"""Words with tags from LAC, for many documents in one pass."""

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from nlp.lac.tagger import tag
from nlp.spans import Token
from nlp.structure import passes

_TOGETHER = 40_000  # characters of one pass over several documents


class Tagger:
    """Tags the sentences of documents; `pipe` reads several documents in one pass, which is twice as fast."""

    def __call__(self, doc: Doc) -> Doc:
        """Tag one document."""
        self._tag([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Tag a stream of documents."""
        source = iter(stream)
        while batch := list(islice(source, batch_size)):
            group: list[Doc] = []
            size = 0
            for doc in batch:
                group.append(doc)
                size += len(doc._.mapped.text)
                if size >= _TOGETHER:
                    self._tag(group)
                    group, size = [], 0
            self._tag(group)
            yield from batch

    def _tag(self, docs: list[Doc]) -> None:
        texts: list[str] = [doc._.mapped.text for doc in docs]
        spans = [passes(text, doc._.sentences) for text, doc in zip(texts, docs, strict=True)]
        pieces = [text[start:end] for text, places in zip(texts, spans, strict=True) for start, end in places]
        tagged = iter(tag(pieces))
        for doc, places in zip(docs, spans, strict=True):
            tokens: list[Token] = []
            for start, _ in places:
                at = start
                for word, kind in next(tagged):
                    tokens.append(Token(at, at + len(word), kind))
                    at += len(word)
            doc._.tokens = tokens


@Language.factory("shenwa_tagger", requires=["doc._.sentences"], assigns=["doc._.tokens"])
def make_tagger(nlp: Language, name: str) -> Tagger:
    """Make the component."""
    return Tagger()
