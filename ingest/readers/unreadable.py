"""The error for a file of which nothing can be read."""

from pathlib import Path

from graph.errors import Lang, ShenwaError
from ingest.readers.wording import sentence


class Unreadable(ShenwaError):
    """A file of which nothing can be read; the sentence of its code says why and what to do.

    Attributes:
        code: Key of `wording.toml`, for example `file.empty`.
        path: The file.
    """

    def __init__(self, code: str, path: Path, **facts: str) -> None:
        self.code = code
        self.path = path
        super().__init__(**facts)

    def sentence(self, lang: Lang = "zh") -> str:
        """Return one line: path, reason, code."""
        facts = {key: str(value) for key, value in self.facts.items()}
        colon, left, right = (":", "[", "]") if lang == "zh" else (": ", " [", "]")
        return f"{self.path.name}{colon}{sentence(self.code, facts, lang)}{left}{self.code}{right}"
