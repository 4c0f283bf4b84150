"""Reporters (举报人) stay hidden: what may not be kept of a text, and the text without it, every place where it was."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nlp.extraction import Extraction

# Stands in place of each character that is hidden, so that places stay what they are.
HIDDEN = "■"
_SHORTEST = 2  # one character alone stands in too many other words


@dataclass(frozen=True)
class Hiding:
    """What must not be kept of one text.

    Attributes:
        words: Names of reporters and the numbers that stand with them, as they are written; the longest first.
        spans: Their places in the reader's text.
    """

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def text(self, text: str) -> str:
        """Return the text they were found in with every place hidden."""
        shown = list(text)
        for start, end in self.spans:
            shown[start:end] = HIDDEN * (end - start)
        return "".join(shown)

    def word(self, text: str) -> str:
        """Return any other text, such as a path or a value, without them."""
        for word in self.words:
            text = text.replace(word, HIDDEN * len(word))
        return text

    def values(self, props: Mapping[str, object]) -> dict[str, object]:
        """Return properties without them."""
        return {name: self.word(value) if isinstance(value, str) else value for name, value in props.items()}


def hiding_of(text: str, found: Extraction) -> Hiding:
    """Return what must be hidden: reporters by every form of their names, and the identifiers that stand with them.

    Args:
        text: The reader's text.
        found: What was read from it.
    """
    protected = [one for one in found.mentions if one.protected]
    heads = {one.refers_to for one in protected}
    numbers = [
        found.mentions[number] for one, number in found.identifiers.items() if found.mentions[one].refers_to in heads
    ]
    written = {form for one in (*protected, *numbers) for form in (one.text, one.value) if isinstance(form, str)}
    words = tuple(sorted((one for one in written if len(one) >= _SHORTEST), key=lambda one: (-len(one), one)))
    spans = {(one.start, one.end) for one in (*protected, *numbers)} | set(_places(text, words))
    return Hiding(words, tuple(sorted(spans)))


def _places(text: str, words: Iterable[str]) -> Iterable[tuple[int, int]]:
    for word in words:
        for found in re.finditer(re.escape(word), text):
            yield found.span()
