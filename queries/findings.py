"""What the linter finds: one rule broken in one file, in both languages."""

from dataclasses import dataclass

from graph.errors import Lang


@dataclass(frozen=True)
class Finding:
    """A rule that a saved query breaks.

    Attributes:
        query: Id of the saved query.
        rule: Short name of the rule, the same in every language.
        zh: What is wrong.
        en: The same in English.
    """

    query: str
    rule: str
    zh: str
    en: str

    def line(self, lang: Lang) -> str:
        """Return the finding as one line."""
        return f"{self.query}: [{self.rule}] {self.zh if lang == 'zh' else self.en}"
