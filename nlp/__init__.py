"""Understanding Chinese text and the values in it; imports no other room.

`nlp.extract(text)` reads a text; it is loaded on first use, because registers need only the small readers of values.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nlp.pipeline import extract, extract_many

__all__ = ["extract", "extract_many"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        import nlp.pipeline

        return getattr(nlp.pipeline, name)
    raise AttributeError(name)
