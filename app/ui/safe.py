"""Text from files and people as text: never markup, whatever it holds."""

import re
import unicodedata

# Everything that Streamlit's Markdown gives a meaning to, `$` (formulas) and `:` (icons, colours) included.
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&@])")
_LONGEST = 300


def plain(text: object, longest: int = _LONGEST) -> str:
    """Return one line of text without control and direction marks, shortened with an ellipsis."""
    spaced = re.sub(r"[\n\r\t]", " ", str(text))
    kept = "".join(sign for sign in spaced if unicodedata.category(sign) not in ("Cc", "Cf"))
    return kept if len(kept) <= longest else kept[: longest - 1] + "…"


def markdown(text: object, longest: int = _LONGEST) -> str:
    """Return text that Markdown shows as it stands."""
    return _MARKUP.sub(r"\\\1", plain(text, longest))
