"""Every word of the interface, in both languages, from `words/*.toml`: one file a page, `common.toml` for all."""

import tomllib
from functools import cache
from importlib.resources import files

from graph.errors import Lang, ShenwaError
from graph.model import model


class NoWord(ShenwaError):
    """A page asks for a word that no file holds."""

    zh = "界面缺少文字:{key}"
    en = "the interface lacks a text: {key}"


@cache
def _tables() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for item in files("app.ui").joinpath("words").iterdir():
        if item.name.endswith(".toml"):
            page = item.name.removesuffix(".toml")
            for key, texts in tomllib.loads(item.read_text(encoding="utf-8")).items():
                found[f"{page}.{key}"] = texts
    for name, node in model().nodes.items():
        found[f"type.{name}"] = {"zh": node.zh, "en": node.en}
    for name, relation in model().relations.items():
        found[f"relation.{name}"] = {"zh": relation.zh, "en": relation.en}
    return found


def keys() -> dict[str, dict[str, str]]:
    """Return every key with its texts."""
    return _tables()


class Words:
    """The words of one language.

    Args:
        lang: `zh` or `en`.
    """

    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def __call__(self, key: str, **facts: object) -> str:
        """Return a text such as `graph.title`, with facts filled in.

        Raises:
            NoWord: No file holds it.
        """
        texts = _tables().get(key)
        if texts is None or self.lang not in texts:
            raise NoWord(key=key)
        return texts[self.lang].format(**facts) if facts else texts[self.lang]

    def group(self, prefix: str) -> dict[str, str]:
        """Return all texts below a prefix, under their keys without it."""
        start = f"{prefix}."
        return {key.removeprefix(start): texts[self.lang] for key, texts in _tables().items() if key.startswith(start)}
