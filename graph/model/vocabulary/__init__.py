"""Word lists of the model: kin, posts; data files that the code only reads."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def vocabulary(name: str) -> dict[str, tuple[str, ...]]:
    """Return the lists of one vocabulary file.

    Args:
        name: File stem, such as `kin`.
    """
    text = (files("graph.model.vocabulary") / f"{name}.toml").read_text(encoding="utf-8")
    return {key: tuple(words) for key, words in tomllib.loads(text).items()}
